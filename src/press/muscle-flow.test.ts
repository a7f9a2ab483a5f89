import { describe, expect, it } from 'vitest';
import type { LabelRow, LabelVolume } from '../voxel/model.ts';
import { muscleFlow } from './muscle-flow.ts';

const row = (structure: string, tissue: LabelRow['tissue']): LabelRow => ({
  structure,
  side: 'left',
  tissue,
  colour: [0, 0, 0],
});
const [AIR, SPINE, MUSCLE, FEMUR, FAT] = [0, 1, 2, 3, 4];
const TABLE = [
  row('air', 'soft_tissue'),
  row('vertebra_l3', 'bone'),
  row('psoas_major', 'muscle_psoas'),
  row('femur', 'bone'),
  row('visceral_fat', 'fat_visceral'),
];

/** Voxels of 2 mm, 24 across and 60 up. */
function volume(label: (x: number, y: number, z: number) => number): LabelVolume {
  const size = [24, 24, 60] as const;
  const labels = new Uint8Array(size[0] * size[1] * size[2]);
  for (let c = 0; c < labels.length; c++) labels[c] = label(c % 24, Math.floor(c / 24) % 24, Math.floor(c / (24 * 24)));
  return { grid: { origin: [-10, 0, 5], spacing: 2, size }, labels, table: TABLE };
}
const within = (v: number, low: number, high: number): boolean => v >= low && v < high;

/** The flow through each height, mm², and its mean direction there. */
function sections({ places, flow }: NonNullable<ReturnType<typeof muscleFlow>>) {
  const out = new Map<number, { through: number; x: number }>();
  for (let i = 0; i < places.length; i += 3) {
    const at = out.get(places[i + 2]!) ?? { through: 0, x: 0 };
    out.set(places[i + 2]!, { through: at.through - 4 * flow[i + 2]!, x: at.x - 4 * flow[i]! });
  }
  return out;
}
/** Middle of the nth slice, mm. */
const height = (k: number): number => 5 + 2 * (k + 0.5);

describe('fibres as a flow', () => {
  it('between bone above and below a bar they run straight, one for each', () => {
    const found = muscleFlow(
      volume((x, y, z) => (!within(x, 6, 16) || !within(y, 6, 16) ? AIR : z < 10 ? FEMUR : z < 50 ? MUSCLE : SPINE)),
      'psoas_major',
      'left',
    )!;
    expect(found.section).toBe(400);
    for (let i = 0; i < found.places.length; i += 3) {
      if (!within(found.places[i + 2]!, height(12), height(48))) continue;
      expect(Math.abs(found.flow[i]!)).toBeLessThan(1e-3);
      expect(Math.abs(found.flow[i + 1]!)).toBeLessThan(1e-3);
      expect(found.flow[i + 2]!).toBeCloseTo(-1, 3);
    }
  });

  it('begin beside the spine as the muscle grows, and crowd together where it narrows, none lost on the way', () => {
    // 4 voxels wide at the top, 12 in the middle, 3 at the femur; the spine beside its upper half
    const width = (z: number): number =>
      z >= 30 ? 12 - Math.floor((8 * (z - 30)) / 25) : 3 + Math.floor((9 * (z - 5)) / 25);
    const found = muscleFlow(
      volume((x, y, z) => {
        if (!within(y, 6, 16)) return AIR;
        if (z < 5) return within(x, 4, 20) ? FEMUR : AIR;
        if (z >= 55) return AIR;
        if (x < 4) return z >= 30 ? SPINE : AIR;
        return x < 4 + width(z) ? MUSCLE : AIR;
      }),
      'psoas_major',
      'left',
    )!;
    const through = sections(found);
    expect(found.section).toBe(12 * 10 * 4);
    for (let k = 8; k <= 24; k++) expect(through.get(height(k))!.through / found.section).toBeCloseTo(1, 3);
    // above the widest part: as many as have begun, those of a slice over some slices around it
    for (const k of [36, 42, 48]) expect(through.get(height(k))!.through).toBeGreaterThan(0.55 * 40 * width(k));
    for (const k of [36, 42, 48]) expect(through.get(height(k))!.through).toBeLessThan(1.25 * 40 * width(k));
    // above the femur 4 × 10 voxels carry what 12 × 10 did
    const near = [...found.places.keys()].filter((i) => i % 3 === 2 && found.places[i] === height(8));
    expect(near.reduce((sum, i) => sum - found.flow[i]!, 0) / near.length).toBeCloseTo(120 / near.length, 2);
    expect(near.length).toBe(40);
  });

  it('follow a muscle that runs askew, and hold on to bone over a gap of fat', () => {
    const found = muscleFlow(
      volume((x, y, z) => {
        const middle = 6 + z / 5;
        if (!within(x, middle - 3, middle + 3) || !within(y, 6, 16)) return AIR;
        return z < 8 ? FEMUR : z < 10 || (z >= 50 && z < 52) ? FAT : z < 50 ? MUSCLE : SPINE;
      }),
      'psoas_major',
      'left',
    )!;
    let [askew, slices] = [0, 0];
    for (const [z, { through, x }] of sections(found)) {
      if (!within(z, height(14), height(46))) continue;
      expect(through / found.section).toBeCloseTo(1, 1);
      // one voxel aside for every five down
      askew += x / through;
      slices++;
    }
    expect(askew / slices).toBeCloseTo(0.2, 2);
  });

  it('are none where there is no such muscle, or no bone to begin or end in', () => {
    const bar = (top: number, bottom: number) =>
      volume((x, y, z) => (!within(x, 6, 16) || !within(y, 6, 16) ? AIR : z < 10 ? bottom : z < 50 ? MUSCLE : top));
    expect(muscleFlow(bar(SPINE, FEMUR), 'psoas_major', 'right')).toBeUndefined();
    expect(muscleFlow(bar(AIR, FEMUR), 'psoas_major', 'left')).toBeUndefined();
    expect(muscleFlow(bar(SPINE, AIR), 'psoas_major', 'left')).toBeUndefined();
  });

  it('end where a scan cuts the muscle off above the thigh', () => {
    const found = muscleFlow(
      volume((x, y, z) => (!within(x, 6, 16) || !within(y, 6, 16) ? AIR : z < 50 ? MUSCLE : SPINE)),
      'psoas_major',
      'left',
    )!;
    for (const k of [2, 20, 45]) expect(sections(found).get(height(k))!.through).toBeCloseTo(400, 0);
  });
});
