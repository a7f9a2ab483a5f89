import { describe, expect, it } from 'vitest';
import { resolveBody } from '../body/body.ts';
import { randomSpec } from '../body/random-spec.ts';
import { bodySpecSchema } from '../body/spec.ts';
import { painterOf } from '../voxel/paint.ts';
import { type Anatomy, buildAnatomy } from './anatomy.ts';
import { crowding } from './beside-psoas.ts';
import { REFERENCE } from './reference.data.ts';
import type { Ellipsoid, ReferenceSubject, SweptEllipse, Tube } from './shape.ts';

const build = (spec: object): Anatomy => buildAnatomy(resolveBody(bodySpecSchema.parse(spec)));
const shape = (of: Anatomy | ReferenceSubject, id: string, side: string) =>
  of.structures.find((s) => s.structure === id && s.side === side)!.shapes[0]!;
const overlap = (of: Anatomy | ReferenceSubject, side: string): number =>
  crowding(shape(of, 'kidney', side) as Ellipsoid, shape(of, 'psoas_major', 'left') as SweptEllipse);

const MUSCULAR = { sex: 'male', height_cm: 190, weight_kg: 110, tissue: { muscularity: 1.4 } };

describe('beside a big psoas', () => {
  it.each([
    ['a muscular man', MUSCULAR],
    ['seed 918', randomSpec(918)],
  ])('kidneys of %s lie no deeper than in the reference adult', (_, spec) => {
    const anatomy = build(spec);
    for (const side of ['left', 'right'])
      expect(overlap(anatomy, side)).toBeLessThanOrEqual(
        overlap(REFERENCE.male, side) * anatomy.body.growth.wide + 0.01,
      );
  });

  it('renal vessels and ureters still end at the kidney', () => {
    const { structures, corridors, landmarks, body } = build(MUSCULAR);
    const { wide } = body.growth;
    for (const [side, sign] of [
      ['left', 1],
      ['right', -1],
    ] as const) {
      const kidney = shape({ structures } as Anatomy, 'kidney', side) as Ellipsoid;
      const aside =
        sign * kidney.centre[0] - Math.abs((shape(REFERENCE.male, 'kidney', side) as Ellipsoid).centre[0]) * wide;
      expect(aside).toBeGreaterThan(2);
      const hilum = landmarks[`renal_hilum_${side}`]!;
      for (const id of ['renal_artery', 'renal_vein']) {
        const end = (shape({ structures } as Anatomy, id, side) as Tube).points.at(-1)!;
        // as near to the hilum as in the reference adult, which has 1 to 6 mm between them
        expect(Math.hypot(...hilum.map((v, d) => v - end[d]!))).toBeLessThan(9);
      }
      const ureter = corridors.find((c) => c.structure === 'ureter' && c.side === side)!;
      expect(Math.abs(ureter.points[0]! - hilum[0])).toBeLessThan(4);
    }
  });

  it('the ureter lies on the front of the muscle, not in it', () => {
    for (const muscularity of [0.8, 1.4]) {
      const anatomy = build({ ...MUSCULAR, tissue: { muscularity } });
      const psoas = shape(anatomy, 'psoas_major', 'left') as SweptEllipse;
      const ureter = anatomy.corridors.find((c) => c.structure === 'ureter' && c.side === 'left')!.points;
      const station = psoas.stations.reduce((near, row) =>
        Math.abs(row[0]! - anatomy.levels.l4!) < Math.abs(near[0]! - anatomy.levels.l4!) ? row : near,
      );
      const [z, cx, cy, a, b] = station as [number, number, number, number, number];
      let n = 0;
      for (let k = 0; k < ureter.length; k += 3) if (Math.abs(ureter[k + 2]! - z) < Math.abs(ureter[n + 2]! - z)) n = k;
      const front = cy - b * Math.sqrt(1 - Math.min(Math.abs(ureter[n]! - cx) / a, 0.9) ** 2);
      // in front of the surface by at most the reference man's distance and half the way between two points
      expect(front - ureter[n + 1]!).toBeGreaterThan(-2);
      expect(front - ureter[n + 1]!).toBeLessThan(5);
    }
  });
});

describe('the wall', () => {
  it.each([
    ['the reference woman', {}],
    ['a lean man', { sex: 'male', height_cm: 175, weight_kg: 60 }],
    ['a heavy man', { sex: 'male', height_cm: 175, weight_kg: 105 }],
  ])('of %s is one sheet from the midline to the flank', (_, spec) => {
    const anatomy = build(spec);
    const grid = { origin: [-200, -160, 0], spacing: 2, size: [200, 120, 1] } as const;
    for (const high of [10, 40, 80, 120]) {
      const { volume, paintSlice } = painterOf(anatomy, {
        ...grid,
        origin: [-200, -160, high * anatomy.body.growth.tall],
      });
      paintSlice(0);
      // the first thing under the fat, column by column from the front
      const gaps: number[] = [];
      for (let i = 65; i < 135; i++) {
        let j = 0;
        const at = (): string => volume.table[volume.labels[i + 200 * j]!]!.structure;
        while (j < 120 && ['outside', 'skin', 'subcutaneous_fat'].includes(at())) j++;
        if (at() === 'other_muscle') gaps.push(i);
      }
      expect(gaps, `columns at height ${high}`).toEqual([]);
    }
  });
});

describe('small bowel', () => {
  it('is hardly more in a fat belly: the room behind it is mesentery', () => {
    const length = (spec: object): number => {
      const { points } = shape(build({ sex: 'male', height_cm: 175, ...spec }), 'small_intestine', 'midline') as Tube;
      return points
        .slice(1)
        .reduce((sum, p, n) => sum + Math.hypot(...[0, 1, 2].map((d) => p[d]! - points[n]![d]!)), 0);
    };
    // a wider space has more columns of coils; a coil through the whole depth would be more than half as long again
    expect(length({ weight_kg: 118, tissue: { visceralFat: 1.5 } }) / length({ weight_kg: 75 })).toBeLessThan(1.3);
  });
});
