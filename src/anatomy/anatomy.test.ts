import { describe, expect, it } from 'vitest';
import { resolveBody } from '../body/body.ts';
import type { BodySpec } from '../body/spec.ts';
import { evidence } from '../evidence/evidence.ts';
import { type Anatomy, buildAnatomy, type Pose } from './anatomy.ts';
import { densePath } from './dense-points.ts';
import { girthAt } from './girth.ts';
import { REFERENCE } from './reference.data.ts';
import { mirrorShape } from './shape.ts';
import { STRUCTURES, structureOf } from './structures.ts';

const SEXES = ['female', 'male'] as const;
const known = new Set(STRUCTURES.map((row) => row.id));

describe('structures', () => {
  it('have one row each', () => expect(known.size).toBe(STRUCTURES.length));

  it('groups are the two that findings know', () => {
    const groups = new Set(STRUCTURES.flatMap((row) => row.group ?? []));
    expect([...groups].sort()).toEqual(['abdominal_wall', 'large_intestine']);
    expect(structureOf('sigmoid_colon').group).toBe('large_intestine');
  });

  it('of the reference adults are all in the table, and the table promises none that they lack', () => {
    const used = new Set(
      SEXES.flatMap((sex) => [...REFERENCE[sex].structures, ...REFERENCE[sex].courses].map((s) => s.structure)),
    );
    expect([...used].filter((id) => !known.has(id))).toEqual([]);
    expect(STRUCTURES.filter((row) => row.source === 'reference' && !used.has(row.id))).toEqual([]);
  });

  it('nobody names a class of TotalSegmentator twice', () => {
    const classes = STRUCTURES.flatMap((row) => row.totalSegmentator ?? []);
    expect(new Set(classes).size).toBe(classes.length);
  });

  it('unknown ids get a row in words', () => expect(structureOf('left_thumb').label).toBe('left thumb'));
});

describe.each(SEXES)('the reference %s', (sex) => {
  const subject = REFERENCE[sex];

  it('has stations in ascending order and rows of equal length', () => {
    const tables = [
      ...Object.values(subject.contours).map((c) => c.stations),
      ...subject.structures.flatMap((s) => s.shapes.flatMap((shape) => ('stations' in shape ? [shape.stations] : []))),
    ];
    for (const rows of tables) {
      expect(new Set(rows.map((row) => row.length)).size).toBe(1);
      expect(rows.flat().every(Number.isFinite)).toBe(true);
      for (let k = 1; k < rows.length; k++) expect(rows[k]![0]).toBeGreaterThan(rows[k - 1]![0]!);
    }
  });

  it('lets structures be painted only over earlier ones', () => {
    subject.structures.forEach((s, n) => {
      const earlier = new Set(subject.structures.slice(0, n).map((t) => t.structure));
      expect((s.onlyIn ?? []).filter((id) => !earlier.has(id))).toEqual([]);
    });
  });

  it('has its ASIS on the frame', () => {
    const [left, right] = [subject.landmarks.asis_left!, subject.landmarks.asis_right!];
    expect(left.map((v, d) => v + right[d]!)).toEqual([0, 0, 0]);
    expect(left[0]).toBeGreaterThan(0);
  });

  it('has corridors on both sides with points 2 mm apart, a spread and evidence that exists', () => {
    const { corridors } = buildAnatomy(resolveBody({ sex, age: 40 }));
    expect(corridors.map((c) => `${c.structure} ${c.side}`).sort()).toEqual(
      [
        'femoral_nerve',
        'genitofemoral_nerve',
        'genitofemoral_nerve_femoral_branch',
        'iliohypogastric_nerve',
        'ilioinguinal_nerve',
        'lateral_femoral_cutaneous_nerve',
        'obturator_nerve',
        'ureter',
      ].flatMap((id) => [`${id} left`, `${id} right`]),
    );
    for (const { points, spread, side, evidence: ids } of corridors) {
      expect(spread).toBeGreaterThan(0);
      for (const id of ids) expect(() => evidence(id)).not.toThrow();
      for (let n = 3; n < points.length; n += 3) {
        const step = Math.hypot(
          points[n]! - points[n - 3]!,
          points[n + 1]! - points[n - 2]!,
          points[n + 2]! - points[n - 1]!,
        );
        // chords between knots are shorter than the curve: equal steps of the chord length are a little longer on the curve
        expect(step).toBeGreaterThan(1.5);
        expect(step).toBeLessThan(2.8);
        expect(side === 'left' ? points[n]! : -points[n]!).toBeGreaterThan(0);
      }
    }
  });
});

describe('a person', () => {
  const person = (spec: Partial<BodySpec>, pose: Pose = 'prone') =>
    buildAnatomy(resolveBody({ sex: 'female', age: 40, ...spec }), pose);

  it('has bones that follow the height, not the weight', () => {
    const [small, large, heavy] = [person({}), person({ height_cm: 180 }), person({ height_cm: 180, weight_kg: 110 })];
    const tall = 180 / 163;
    expect(large.landmarks.asis_left![0]).toBeCloseTo(small.landmarks.asis_left![0] * tall ** 0.7, 9);
    expect(large.landmarks.vertebra_l2_body![2]).toBeCloseTo(small.landmarks.vertebra_l2_body![2] * tall, 9);
    expect(heavy.landmarks.asis_left).toEqual(large.landmarks.asis_left);
    const bones = (a: Anatomy) => a.structures.filter((s) => /vertebra|hip_bone|femur|sacrum/.test(s.structure));
    expect(bones(heavy)).toEqual(bones(large));
  });

  it('has the given waist and the hips of the fit', () => {
    for (const spec of [
      {},
      { weight_kg: 48 },
      { weight_kg: 100 },
      { weight_kg: 70, waist_cm: 80 },
      { weight_kg: 70, waist_cm: 100 },
      { sex: 'male' as const, height_cm: 190, weight_kg: 130 },
      { tissue: { visceralFat: 1.8 } },
      { tissue: { subcutaneousFat: 0.6, muscularity: 1.4 } },
    ]) {
      for (const pose of ['prone', 'supine'] as const) {
        const a = person(spec, pose);
        // 5 mm is what is promised
        expect(Math.abs(girthAt(a.contours.skin, a.landmarks.umbilicus![2]) - 10 * a.body.waist_cm)).toBeLessThan(5);
        const hips = girthAt(a.contours.skin, -75 * a.body.growth.tall);
        expect(Math.abs(hips - 10 * a.body.hip_cm)).toBeLessThan(5);
      }
    }
  });

  it('is less deep and broader on the back', () => {
    const [prone, supine] = [person({}), person({}, 'supine')];
    expect(supine.landmarks.umbilicus![1]).toBeGreaterThan(prone.landmarks.umbilicus![1] + 8);
    const side = (a: Anatomy) => a.contours.fascia.stations.find((row) => Math.abs(row[0]! - 130) < 1)![7]!;
    expect(side(supine)).toBeGreaterThan(side(prone) + 4);
  });
});

describe('mirrorShape', () => {
  it('done twice changes nothing', () => {
    for (const shape of REFERENCE.male.structures.flatMap((s) => s.shapes)) {
      // a rotation that is left out and one of nothing are the same
      const plain = shape.kind === 'ellipsoid' ? { ...shape, rotation: shape.rotation ?? [0, 0, 0] } : shape;
      const twice = JSON.parse(JSON.stringify(mirrorShape(mirrorShape(shape))));
      expect(twice).toEqual(JSON.parse(JSON.stringify(plain)));
    }
  });
});

describe('densePath', () => {
  it('goes straight between two points, the radius with it', () => {
    expect(
      Array.from(
        densePath([
          [0, 0, 0, 1],
          [4, 0, 0, 3],
        ]),
      ),
    ).toEqual([0, 0, 0, 1, 2, 0, 0, 2, 4, 0, 0, 3]);
  });
});

describe('another person of the same size', () => {
  const person = (variant: number, spec: Partial<BodySpec> = {}) =>
    buildAnatomy(resolveBody({ sex: 'female', age: 40, variant, ...spec }));

  it('is the same for the same seed, and different for another', () => {
    expect(person(3)).toEqual(person(3));
    expect(person(4).structures).not.toEqual(person(3).structures);
  });

  it('keeps waist and bones', () => {
    const usual = buildAnatomy(resolveBody({ sex: 'female', age: 40 }));
    for (const seed of [1, 2, 3, 4, 5]) {
      const a = person(seed);
      expect(Math.abs(girthAt(a.contours.skin, a.landmarks.umbilicus![2]) - 10 * a.body.waist_cm)).toBeLessThan(5);
      expect(a.landmarks.asis_left).toEqual(usual.landmarks.asis_left);
    }
  });

  it('has great vessels that divide on the spine, where the landmark says, and go on without a gap', () => {
    for (let seed = 0; seed < 40; seed++) {
      const { structures, landmarks, body } = person(seed);
      const tube = (id: string, side: string) => {
        const shape = structures.find((s) => s.structure === id && s.side === side)!.shapes[0]!;
        if (shape.kind !== 'tube') throw new Error('no tube');
        return shape.points;
      };
      const end = tube('abdominal_aorta', 'midline').at(-1)!;
      for (const side of ['left', 'right'])
        expect(tube('common_iliac_artery', side)[0]!.slice(0, 3)).toEqual(end.slice(0, 3));
      const usual = REFERENCE.female.landmarks.aortic_bifurcation![2];
      const level = REFERENCE.female.levels.l3! - REFERENCE.female.levels.l4!;
      expect(landmarks.aortic_bifurcation![2]).toBeCloseTo(usual + level * body.variant!.bifurcation, 6);
      // descending all the way
      const z = tube('abdominal_aorta', 'midline').map((p) => p[2]!);
      for (let n = 1; n < z.length; n++) expect(z[n]!).toBeLessThan(z[n - 1]!);
    }
  });
});

describe('codes of structures', () => {
  it('have the form of their list and belong to one structure each', () => {
    const forms = {
      ta98: /^A\d\d\.\d\.\d\d\.\d{3}$/,
      fma: /^FMA:\d{4,6}$/,
      uberon: /^UBERON:\d{7}$/,
      snomed: /^\d{6,9}$/,
    } as const;
    for (const [list, form] of Object.entries(forms)) {
      const codes = STRUCTURES.flatMap((s) => s[list as keyof typeof forms] ?? []);
      for (const code of codes) expect(code).toMatch(form);
      expect(new Set(codes).size, list).toBe(codes.length);
    }
  });

  it('are there for all that has a Latin name but for those whose blank is explained beside the table', () => {
    const blank = STRUCTURES.filter((s) => s.latin !== '' && s.fma === undefined && s.uberon === undefined);
    expect(blank.map((s) => s.id)).toEqual([
      'subcutaneous_fat',
      'rectus_sheath',
      'greater_omentum',
      'portal_vein',
      'lateral_femoral_cutaneous_nerve',
      'erector_spinae',
      'hamstring_muscles',
      'bone',
    ]);
  });

  it('of Terminologia Anatomica are there for muscles, vessels and nerves that have a Latin name', () => {
    const kinds = ['muscle', 'muscle_psoas', 'muscle_wall', 'aponeurosis', 'artery', 'vein', 'neural'];
    const blank = STRUCTURES.filter((s) => kinds.includes(s.tissue) && s.latin !== '' && s.ta98 === undefined);
    expect(blank.map((s) => s.id)).toEqual(['portal_vein', 'spinal_cord', 'hamstring_muscles']);
  });

  it('tell the greater psoas from both psoas muscles together', () => {
    expect(structureOf('psoas_major')).toMatchObject({
      uberon: 'UBERON:0001298',
      fma: 'FMA:18060',
      ta98: 'A04.7.02.004',
    });
    expect(structureOf('external_iliac_vein')).toMatchObject({
      uberon: 'UBERON:0001316',
      fma: 'FMA:18883',
      ta98: 'A12.3.10.024',
    });
  });
});
