import { beforeAll, describe, expect, it } from 'vitest';
import { cellAt, cellCentre } from '../src/base/grid.ts';
import { type Pressed, pressOnce } from '../src/findings/press-once.ts';
import type { Fibres } from '../src/mechanics/problem.ts';
import { inEnglish } from '../src/messages/say.ts';
import { balancedBy, braced, braceOf } from '../src/press/bracing.ts';
import { contracted } from '../src/press/contraction.ts';
import { parseScenario } from '../src/press/parse-scenario.ts';
import { prepare } from '../src/press/prepare.ts';
import type { VoxelModel } from '../src/voxel/model.ts';
import { noteText } from '../src/words/note-text.ts';
import { blockProblem, EXACT, follow } from './block-problem.ts';

// what bracing does in people: the wall pulls, the belly is under pressure, and what lies deep gets less of a push

/** Where the middle of a round belly is, mm. */
const MIDDLE = 42.5;
/** A slice of a round belly of radius 40 mm whose wall, 28 to 32 mm from its middle, is one muscle, in cells of 2.5 mm. */
function roundBelly(structure: string): {
  readonly model: VoxelModel;
  readonly cells: readonly [number, number, number];
} {
  const fine = { origin: [0, 0, 0], spacing: 0.5, size: [170, 170, 5] } as const;
  const labels = new Uint8Array(170 * 170 * 5);
  for (let c = 0; c < labels.length; c++) {
    const [x, y] = cellCentre(fine, c);
    const r = Math.hypot(x - MIDDLE, y - MIDDLE);
    labels[c] = r > 28 && r < 32 ? 1 : 0;
  }
  const colour = [0, 0, 0] as const;
  const table = [
    { structure: 'air', side: 'midline', tissue: 'soft_tissue', colour },
    { structure, side: 'midline', tissue: 'muscle_wall', colour },
  ];
  const cells = [34, 34, 1] as const;
  const grid = { origin: [0, 0, 0], spacing: 2.5, size: cells };
  const fill = new Float32Array(34 * 34).fill(1);
  return { model: { grid, fill, fine: { grid: fine, labels, table } } as unknown as VoxelModel, cells };
}

/** Pressure in the middle of it, kPa: so hard to squeeze that next to nothing moves, so that nothing else bears. */
function pressureInside(fibres: Fibres, cells: readonly [number, number, number]): number {
  const { solver } = follow(
    blockProblem({
      cells,
      h: 2.5,
      mu: 3,
      law: { a: 0, bulk: 300 },
      fill: (x, y) => (Math.hypot(x - MIDDLE, y - MIDDLE) <= 40 ? 1 : 0),
      fixed: (x, y) => 4 | (x === MIDDLE ? 1 : 0) | (y === MIDDLE ? 2 : 0),
      fibres,
    }),
    [0],
    { ...EXACT, decrementTolerance: 1e-5, balance: 1, volumeError: 1e-4 },
  );
  const { pressure } = solver.solution().cells();
  let [sum, count] = [0, 0];
  for (let c = 0; c < pressure.length; c++) {
    if (Math.hypot(((c % 34) + 0.5) * 2.5 - MIDDLE, (Math.floor(c / 34) + 0.5) * 2.5 - MIDDLE) > 20) continue;
    sum += pressure[c]!;
    count++;
  }
  return sum / count;
}

describe('Laplace’s law', () => {
  it('a hoop that pulls puts what it holds under its pull over its radius', () => {
    const { model, cells } = roundBelly('transversus_abdominis');
    // 72 kPa in 4 mm for each N/mm; ∫ σ dr / r over the wall
    const expected = 72 * 0.02 * Math.log(32 / 28);
    expect(pressureInside(braced(model, 0.02).fibres, cells) / expected).toBeCloseTo(1, 1);
  });
});

const scenario = parseScenario({ cell_mm: 15, tone: 'guarded' });
const relaxed = parseScenario({ cell_mm: 15 });
const brace = braceOf(scenario)!;
let model: VoxelModel;
let [still, tensed, both]: [Pressed?, Pressed?, Pressed?] = [];
beforeAll(async () => {
  const prepared = await prepare(scenario);
  ({ model } = prepared);
  still = await pressOnce({ ...prepared, scenario: relaxed });
  tensed = await pressOnce(prepared);
  both = await pressOnce({ ...prepared, scenario: parseScenario({ cell_mm: 15, tone: 'guarded', contract: 'psoas' }) });
});

describe('fibres of a trunk', () => {
  it('fill the wall and nothing else, and run in its plane, obliques of one side against each other', () => {
    const { fibres, whole } = braced(model, 1);
    expect(whole).toBe(true);
    const { fine } = model;
    const wall = fine.table.map(({ tissue, structure }) => tissue === 'muscle_wall' || structure === 'linea_alba');
    const voxel = fine.grid.spacing ** 3;
    let all = 0;
    for (const label of fine.labels) if (wall[label]) all += voxel;
    const volume = fibres.volumes.reduce((sum, v) => sum + v, 0);
    expect(volume / all).toBeCloseTo(1, 2);
    // who goes 12 mm along a fibre stays in the wall, who leaves across it does not
    const stays = (n: number, [x, y, z]: readonly number[]): boolean => {
      const at = [0, 1, 2].map((d) => fibres.points[3 * n + d]! + 12 * [x!, y!, z!][d]!);
      const cell = cellAt(fine.grid, at[0]!, at[1]!, at[2]!);
      return cell >= 0 && wall[fine.labels[cell]!]!;
    };
    let [within, across, count] = [0, 0, 0];
    const middle = fibres.points.reduce((sum, y, i) => (i % 3 === 1 ? sum + y : sum), 0) / fibres.volumes.length;
    const senses = [0, 1, 2].map(() => ({ with: 0, against: 0 }));
    for (let n = 0; n < fibres.volumes.length; n++) {
      const [x, y, z] = [0, 1, 2].map((d) => fibres.directions[3 * n + d]!) as [number, number, number];
      expect(Math.hypot(x, y, z)).toBeCloseTo(1, 6);
      const family = fibres.family[n]!;
      if (family > 2) continue;
      const round = Math.hypot(x, y);
      count++;
      within += stays(n, [x, y, z]) ? 1 : 0;
      across += stays(n, [-y / round, x / round, 0]) ? 1 : 0;
      // in front, above the groin (below it the wall goes round nothing): towards the midline is to the right on the left
      if (fibres.points[3 * n + 2]! < 0) continue;
      if (Math.abs(fibres.points[3 * n]!) < 40 || Math.abs(x) < 0.6 || fibres.points[3 * n + 1]! > middle) continue;
      const down = x * z * Math.sign(fibres.points[3 * n]!);
      senses[family]![down > 0 ? 'with' : 'against']++;
      if (family === 2) expect(z).toBeCloseTo(0, 9);
    }
    expect(within / count).toBeGreaterThan(0.75);
    expect(across / count).toBeLessThan(0.4);
    // down towards the midline, up towards the midline
    expect(senses[0]!.with).toBeGreaterThan(50);
    expect(senses[0]!.against).toBeLessThan(3);
    expect(senses[1]!.with).toBeLessThan(3);
    expect(senses[1]!.against).toBeGreaterThan(50);
  });

  it('pull across the body with about what is asked', () => {
    const { fibres } = braced(model, 1);
    // across the front, over 60 mm of height and 60 of breadth above the hip bones: Σ V σ x² over both
    let front = 0;
    for (let n = 0; n < fibres.volumes.length; n++) {
      const [x, , z] = [0, 1, 2].map((d) => fibres.points[3 * n + d]!) as [number, number, number];
      if (z < 30 || z > 90 || Math.abs(x) > 30) continue;
      front += 1e-3 * fibres.volumes[n]! * fibres.families[fibres.family[n]!]!.tension * fibres.directions[3 * n]! ** 2;
    }
    expect(front / 3600).toBeCloseTo(1, 0.9);
  });

  it('a scan without a wall is refused in one sentence, one with a part of it is told so', () => {
    const bare = { ...model, fine: { ...model.fine, labels: model.fine.labels.map(() => 0) } };
    expect(() => braced(bare, 0.5)).toThrow(
      /^the belly cannot be tensed, because this scan shows no muscle of its wall/,
    );
    const { table } = model.fine;
    const sheath = table.map(({ structure }) => structure === 'rectus_sheath');
    const less = { ...model, fine: { ...model.fine, labels: model.fine.labels.map((l) => (sheath[l] ? 0 : l)) } };
    expect(braced(less, 0.5).whole).toBe(false);
  });
});

describe('a trunk that is tensed', () => {
  const pressureIn = ({ findings }: Pressed, structure: string): number =>
    Math.max(
      ...findings.filter((f) => f.structure === structure && f.quantity === 'tissue-pressure').map((f) => f.value!),
    );
  const depth = ({ press }: Pressed): number => press.steps.at(-1)!.depth;

  it('lets the tool in less deep and takes some of the push off what lies deep', () => {
    for (const { press } of [still!, tensed!, both!]) expect(press.converged).toBe(true);
    expect(depth(tensed!)).toBeLessThan(0.97 * depth(still!));
    expect(tensed!.headline.psoasFrontPressure.value!).toBeLessThan(0.95 * still!.headline.psoasFrontPressure.value!);
    for (const deep of ['psoas_major', 'iliacus', 'femoral_nerve'])
      expect(pressureIn(tensed!, deep), deep).toBeLessThan(0.97 * pressureIn(still!, deep));
  });

  it('has its belly under pressure, also where no tool is', () => {
    const inBowel = ({ press: { fields, model: of } }: Pressed): number => {
      let [sum, volume] = [0, 0];
      for (const { tissue, cells, fraction } of of.parts)
        if (tissue === 'bowel')
          cells.forEach((c, i) => {
            sum += fraction[i]! * fields.pressure[c]!;
            volume += fraction[i]!;
          });
      return sum / volume;
    };
    const more = inBowel(tensed!) - inBowel(still!);
    expect(more).toBeGreaterThan(0.4 * balancedBy(brace.value));
    expect(more).toBeLessThan(1.2 * balancedBy(brace.value));
    expect(pressureIn(tensed!, 'small_intestine')).toBeGreaterThan(pressureIn(still!, 'small_intestine') + 1);
  });

  it('can have its psoas contract, too: both pull', () => {
    expect(depth(both!)).toBeLessThan(0.9 * depth(tensed!));
    expect(pressureIn(both!, 'psoas_major')).toBeGreaterThan(2 * pressureIn(tensed!, 'psoas_major'));
    expect(both!.press.warnings.map(({ id }) => id)).toEqual(expect.arrayContaining(['note.pull', 'note.brace']));
  });

  it('multiplies nothing: the material is that of the relaxed belly', () => {
    expect(tensed!.press.materials).toEqual(still!.press.materials);
  });

  it('is told of, with what it is taken to pull with', () => {
    expect([brace.low, brace.value, brace.high].map((t) => Number(balancedBy(t).toFixed(1)))).toEqual([1.1, 3.1, 7]);
    const said = tensed!.press.warnings.map((each) => noteText(inEnglish, each)).join(' ');
    expect(said).toContain('are taken to pull along their fibres (tensed belly): 0.51 N for each mm of height');
    expect(said).toContain('balances 3.1 kPa in the belly');
    expect(still!.press.warnings.map(({ id }) => id)).not.toContain('note.brace');
    expect(braceOf(relaxed)).toBeUndefined();
  });

  it('says so where it pushes the tool with more than the load by itself', async () => {
    const light = await prepare(parseScenario({ cell_mm: 15, tone: 'guarded', load: { force_N: 0.5 } }));
    const { press } = await pressOnce(light);
    expect(press.reason!.id).toBe('reason.muscle-pushes');
    expect(noteText(inEnglish, press.reason!)).toMatch(/^the tensed belly already pushes the tool with about [\d.]+ N/);
  });

  it('fibres of others bear beside', async () => {
    const prepared = await prepare(scenario);
    const { fibres } = contracted(prepared.model, 67);
    const beside = await pressOnce(prepared, { fibres });
    expect(depth(beside)).toBeLessThan(0.9 * depth(tensed!));
  });
});
