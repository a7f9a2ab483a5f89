import { describe, expect, it, vi } from 'vitest';
import { buildAnatomy } from '../anatomy/anatomy.ts';
import { CancelledError } from '../base/errors.ts';
import { resolveBody } from '../body/body.ts';
import { note } from '../messages/note.ts';
import { buildTool } from '../tool/build.ts';
import { voxelize } from '../voxel/voxelize.ts';
import { placeTool } from './place.ts';
import type { Press } from './press.ts';
import { PreviewMemory } from './preview.ts';
import { press } from './solve-press.ts';

const model = await voxelize(buildAnatomy(resolveBody({ sex: 'female', age: 40 })), 14, {});
const ball = buildTool({ id: 'ball-lacrosse', parameters: {} });
const place = (x: number, y: number) => placeTool(model, ball, { x_mm: x, y_mm: y }, 'prone');
const depthOf = (p: Press): number => p.steps[p.steps.length - 1]!.depth;
/** Contents that give way make the first, light steps of loose looks scatter by 5 % of their force, and their ends by 1 %. */
const STUCK = 1;
const look = (
  preview: PreviewMemory,
  x: number,
  y: number,
  targetForce = 80,
  tensed: { readonly brace?: number } = {},
) => press(model, place(x, y), { targetForce, ...tensed, preview, contents: STUCK });

describe('a quick look', () => {
  it('carries the load within 3 %, near the depth of the full press, and says that it is one', async () => {
    const full = await press(model, place(50, 20), { targetForce: 80, contents: STUCK });
    const quick = await look(new PreviewMemory(), 50, 20);
    expect(quick.converged).toBe(true);
    const last = quick.steps[quick.steps.length - 1]!;
    expect(Math.abs((last.force + last.floorForce) / 80 - 1)).toBeLessThan(0.03);
    // the force grows about like the depth squared, and both tolerances together are some 10 % of the force
    expect(Math.abs(depthOf(quick) / depthOf(full) - 1)).toBeLessThan(0.06);
    expect(quick.warnings).toEqual([note('note.preview')]);
    expect(full.warnings).not.toContainEqual(note('note.preview'));
    expect(quick.solver.iterations).toBeLessThan(full.solver.iterations);
  });

  it('goes on from the last one: a moved tool and another load cost a few iterations and end where a fresh look does', async () => {
    const preview = new PreviewMemory();
    const first = await look(preview, 50, 20);
    for (const [x, y, force] of [
      [53, 22, 80],
      [53, 22, 95],
    ] as const) {
      const next = await look(preview, x, y, force);
      const fresh = await look(new PreviewMemory(), x, y, force);
      expect(next.converged).toBe(true);
      expect(next.solver.iterations).toBeLessThan(first.solver.iterations / 2);
      expect(Math.abs(depthOf(next) / depthOf(fresh) - 1)).toBeLessThan(0.06);
    }
  });

  it('starts from rest where the muscles are tensed instead, as if nothing had been before', async () => {
    const preview = new PreviewMemory();
    await look(preview, 50, 20);
    const after = await look(preview, 50, 20, 80, { brace: 0.5 });
    const fresh = await look(new PreviewMemory(), 50, 20, 80, { brace: 0.5 });
    expect(after.steps).toEqual(fresh.steps);
    expect(after.fields.displacement).toEqual(fresh.fields.displacement);
  });

  it('starts from rest where contents give way otherwise, too', async () => {
    const preview = new PreviewMemory();
    await look(preview, 50, 20);
    const free = { targetForce: 80, contents: 0.05 } as const;
    const after = await press(model, place(50, 20), { ...free, preview });
    const fresh = await press(model, place(50, 20), { ...free, preview: new PreviewMemory() });
    expect(after.converged).toBe(true);
    expect(after.steps).toEqual(fresh.steps);
  });

  it.each([
    ['before its first step: it throws', 0],
    ['after a step: it keeps what had converged', 1],
  ] as const)('forgets a look that was stopped %s', async (_, steps) => {
    const preview = new PreviewMemory();
    const stop = new AbortController();
    // with a look before it, what is stopped is the way on from there
    if (steps === 0) {
      await look(preview, 50, 20);
      stop.abort();
    }
    const onStep = () => stop.abort();
    // a stop is noticed when a tenth of a second has gone by: by this clock, after every iteration
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
    const hard = { targetForce: 300, contents: STUCK, preview, onStep } as const;
    const stopped = press(model, place(20, 60), hard, { signal: stop.signal });
    if (steps === 0) await expect(stopped).rejects.toThrow(CancelledError);
    else expect(await stopped).toMatchObject({ converged: false, reason: note('reason.stopped'), steps: [{}] });
    clock.mockRestore();
    // what comes next is what comes in a memory in which nothing has been
    const again = await look(preview, 50, 20);
    const fresh = await look(new PreviewMemory(), 50, 20);
    expect(again.converged).toBe(true);
    expect(again.steps.length).toBe(fresh.steps.length);
    // the smoother's estimates are kept, so it is not the same bits but the same path: what the tolerances leave is 0.3 %
    for (const [n, step] of again.steps.entries()) {
      expect(Math.abs(step.depth / fresh.steps[n]!.depth - 1)).toBeLessThan(0.008);
      expect(Math.abs(step.force / fresh.steps[n]!.force - 1)).toBeLessThan(0.008);
    }
  });
});
