import { expect, it } from 'vitest';
import { cellCentre } from '../src/base/grid.ts';
import { pressOnce } from '../src/findings/press-once.ts';
import { SheetPoints } from '../src/mechanics/sheet-points.ts';
import { parseScenario } from '../src/press/parse-scenario.ts';
import { prepare } from '../src/press/prepare.ts';

it('a press takes fibres beside its tissues: a soft belly wall that they hold lets the tool in less deep', async () => {
  const scenario = parseScenario({ cell_mm: 15, load: { force_N: 100 } });
  const prepared = await prepare(scenario);
  const { grid, fill, parts } = prepared.model;
  const points = new SheetPoints(grid, (c) => fill[c]! > 0);
  for (const along of [
    [1, 0, 0],
    [0, 0, 1],
  ] as const) {
    points.begin({ k1: 100, k2: 5, tension: 0 });
    for (const { tissue, cells, fraction } of parts)
      if (tissue === 'muscle_wall')
        cells.forEach((c, i) => {
          points.add(cellCentre(grid, c), fraction[i]! * grid.spacing ** 3, along);
        });
  }
  const fibres = points.fibres();
  const scale = { muscle_wall: { stiffening: 0 } };
  const [soft, held, again] = [
    await pressOnce(prepared, { scale }),
    await pressOnce(prepared, { scale, fibres }),
    await pressOnce(prepared, { scale, fibres }),
  ];
  const depth = ({ press }: typeof soft): number => press.steps.at(-1)!.depth;
  for (const { press } of [soft, held]) expect(press.converged).toBe(true);
  expect(depth(held)).toBeLessThan(0.95 * depth(soft));
  expect(depth(again)).toBe(depth(held));
});
