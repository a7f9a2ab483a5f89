import { describe, expect, it } from 'vitest';
import { buildAnatomy } from '../anatomy/anatomy.ts';
import { CancelledError } from '../base/errors.ts';
import { resolveBody } from '../body/body.ts';
import { evidence } from '../evidence/evidence.ts';
import { principalStretches } from '../mechanics/principal-stretches.ts';
import { inEnglish } from '../messages/say.ts';
import { buildTool } from '../tool/build.ts';
import { voxelize } from '../voxel/voxelize.ts';
import { noteText } from '../words/note-text.ts';
import { continuedOutward, displacementAt } from './displacement.ts';
import { tissueMaterials } from './materials.ts';
import { placeTool } from './place.ts';
import { press } from './solve-press.ts';

// one coarse woman for all tests here: the physics of a press does not need a fine grid to keep its laws
const model = await voxelize(buildAnatomy(resolveBody({ sex: 'female', age: 40 })), 12, {});
const roller = buildTool({ id: 'roller-smooth', parameters: {} });
const place = (x: number, y: number, tool = roller, pose: 'prone' | 'side' = 'prone') =>
  placeTool(model, tool, { x_mm: x, y_mm: y }, pose);

describe('placing a tool', () => {
  it('touches the skin without entering it', () => {
    const placed = place(60, 20, buildTool({ id: 'two-peak', parameters: {} }));
    const { vertices: v } = model.skin;
    let nearest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < v.length; i += 3) nearest = Math.min(nearest, placed.distance(v[i]!, v[i + 1]!, v[i + 2]!, 0));
    expect(nearest).toBeGreaterThan(-1e-6);
    expect(nearest).toBeLessThan(0.02);
  });

  it('moves along the push: 5 mm deeper is 5 mm nearer straight ahead', () => {
    const ball = place(60, 20, buildTool({ id: 'ball-lacrosse', parameters: {} }));
    const [x, y, z] = ball.at;
    const ahead = [x + 40 * ball.direction[0], y + 40 * ball.direction[1], z + 40 * ball.direction[2]] as const;
    expect(ball.distance(...ahead, 0) - ball.distance(...ahead, 5)).toBeCloseTo(5, 1);
  });

  it('a side-lying push comes from the side of the tool, inwards and back', () => {
    const { direction } = place(80, 20, roller, 'side');
    expect(direction[0]).toBeLessThan(-0.5);
    expect(direction[1]).toBeGreaterThan(0.5);
  });

  it('off the body it says where the body is, and an unknown place lists the places', () => {
    expect(() => place(400, 0)).toThrow(/no skin at X = 400.*from X = -\d+ to \d+/);
    expect(() => placeTool(model, roller, { preset: 'moon' }, 'prone')).toThrow(/as-sold/);
  });
});

describe('a press', () => {
  it('reaches the load with balanced forces, growing depth and growing force', async () => {
    const p = await press(model, place(0, 10), { targetForce: 60 });
    expect(p.reason).toBeUndefined();
    expect(p.converged).toBe(true);
    const last = p.steps[p.steps.length - 1]!;
    expect(Math.abs(last.force + last.floorForce - 60)).toBeLessThan(0.3 + 1e-9);
    for (const s of p.steps) {
      expect(s.forceBalance).toBeLessThan(0.005);
      expect(Math.abs(s.force + s.floorForce - s.supportForce) / (s.force + s.floorForce)).toBeCloseTo(
        s.forceBalance,
        6,
      );
      expect(s.meanSkinPressure).toBeCloseTo((s.force * 1e3) / s.contactArea, 6);
    }
    for (let i = 1; i < p.steps.length; i++) {
      expect(p.steps[i]!.depth).toBeGreaterThan(p.steps[i - 1]!.depth);
      expect(p.steps[i]!.force).toBeGreaterThan(p.steps[i - 1]!.force);
    }
    for (const field of Object.values(p.fields)) expect(field.every(Number.isFinite)).toBe(true);
    expect(p.fields.contact.length).toBe(model.skin.triangles.length / 3);
    expect(p.fields.contact.some((c) => c > 1)).toBe(true);
    // the skin under the tool cannot be where the tool is: it was, before it moved, and is not any more
    const { vertices: v } = model.skin;
    const placed = place(0, 10);
    const field = continuedOutward(model.grid, model.fill, p.fields.displacement);
    let [before, after] = [0, 0];
    const moved = displacementAt(model.grid, field, Float32Array.from(v));
    for (let i = 0; i < v.length; i += 3) {
      const at = [v[i]!, v[i + 1]!, v[i + 2]!] as const;
      before = Math.min(before, placed.distance(...at, last.depth));
      after = Math.min(
        after,
        placed.distance(at[0] + moved[i]!, at[1] + moved[i + 1]!, at[2] + moved[i + 2]!, last.depth),
      );
    }
    expect(before).toBeLessThan(-0.9 * last.depth);
    // contact is kept at points within the triangles; their corners may be out by a tenth of a cell
    expect(after).toBeGreaterThan(-1.2);
  });

  it('a tensed belly lets the tool in less deep at the same load', async () => {
    const depth = async (tensed: { readonly brace?: number }): Promise<number> => {
      const p = await press(model, place(0, 40), { targetForce: 40, ...tensed });
      expect(p.converged).toBe(true);
      return p.steps[p.steps.length - 1]!.depth;
    };
    expect(await depth({ brace: 0.5 })).toBeLessThan(0.9 * (await depth({})));
  });

  it('stopped at once it throws; stopped later it keeps what had converged, marked', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(press(model, place(0, 10), { targetForce: 60 }, { signal: stop.signal })).rejects.toThrow(
      CancelledError,
    );
    const later = new AbortController();
    const p = await press(
      model,
      place(0, 10),
      { targetForce: 400 },
      {
        signal: later.signal,
        report: (e) => {
          if (e.fraction > 0.1) later.abort();
        },
      },
    );
    expect(p.converged).toBe(false);
    expect(noteText(inEnglish, p.reason!)).toMatch(/stopped by the user/);
    expect(p.steps.length).toBeGreaterThan(0);
    expect(p.fields.pressure.every(Number.isFinite)).toBe(true);
  });

  it('a low tool shares the load with the floor and says so', async () => {
    const ball = buildTool({ id: 'ball-lacrosse', parameters: {} });
    // a belly wall that gives way, so that the floor is reached at a load that is quick to compute
    const scale = { muscle_wall: { stiffening: 0.08 }, aponeurosis: { stiffening: 0.08 } };
    const p = await press(model, place(40, 60, ball), { targetForce: 300, scale });
    expect(p.steps.some((s) => s.floorForce > 10)).toBe(true);
    expect(p.warnings.map((each) => noteText(inEnglish, each)).join(' ')).toMatch(/reaches the floor/);
  });
});

describe('materials', () => {
  it('every tissue has a modulus inside its range and at least one source', () => {
    for (const [tissue, m] of Object.entries(tissueMaterials())) {
      expect(m.mu, tissue).toBeGreaterThanOrEqual(m.low);
      expect(m.mu, tissue).toBeLessThanOrEqual(m.high);
      expect(m.evidence.length, tissue).toBeGreaterThan(0);
      expect(m.stiffening.value, tissue).toBeGreaterThanOrEqual(m.stiffening.low);
      expect(m.stiffening.value, tissue).toBeLessThanOrEqual(m.stiffening.high);
      for (const id of [...m.evidence, ...m.stiffening.evidence]) expect(() => evidence(id)).not.toThrow();
    }
  });

  it('principal stretches of a known deformation', () => {
    // stretch 1.2, 0.5, 0.9 turned by 0.7 rad about z: rotation must not matter
    const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
    const [low, high] = principalStretches(Float64Array.from([c * 1.2, -s * 0.5, 0, s * 1.2, c * 0.5, 0, 0, 0, 0.9]));
    expect(low).toBeCloseTo(0.5, 10);
    expect(high).toBeCloseTo(1.2, 10);
  });
});
