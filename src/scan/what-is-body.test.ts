import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../base/grid.ts';
import { inEnglish } from '../messages/say.ts';
import { noteText } from '../words/note-text.ts';
import { type PreparedScan, prepareScan } from './prepare-scan.ts';
import { type Storage, storeBlock } from './write-nifti.test-data.ts';

const AS_IS: Storage = { axis: [0, 1, 2], flip: [false, false, false] };
type Hounsfield = (x: number, y: number, z: number) => number;
const within = (x: number, y: number, rx: number, ry: number): boolean => (x / rx) ** 2 + (y / ry) ** 2 < 1;
/** Noise of ±6 HU, as a CT of a trunk has. */
const noise = (x: number, y: number, z: number): number =>
  (((Math.sin(x * 12.9 + y * 78.2 + z * 37.7) * 43758.5) % 1) + 1) * 6 - 6;

/** A trunk of 320 × 210 mm, LPS: fat, soft tissue, a spine with a shell, in air. */
const trunk: Hounsfield = (x, y, z) =>
  noise(x, y, z) +
  (!within(x, y, 160, 105)
    ? -1000
    : !within(x, y, 140, 85)
      ? -100
      : within(x, y - 50, 24, 24)
        ? within(x, y - 50, 20, 20)
          ? 180
          : 600
        : 40);

const block = (value: Hounsfield, size = 440): Uint8Array => {
  const n: Vec3 = [size / 5, size / 5, 16];
  return storeBlock({ n, origin: [2.5 - size / 2, 2.5 - size / 2, 0], spacing: [5, 5, 5], value }, AS_IS);
};
const prepare = (bytes: Uint8Array): Promise<PreparedScan> => prepareScan({ ct: { name: 'ct.nii', bytes } }, 10, {});

let trunkAlone: Promise<PreparedScan> | undefined;
const bare = (): Promise<PreparedScan> => (trunkAlone ??= prepare(block(trunk)));

/** Box of the body across, mm: left and right end, front and back. */
function boxOf({ fine: { grid, labels } }: PreparedScan): number[] {
  const [nx, ny] = grid.size;
  const box = [nx, 0, ny, 0];
  labels.forEach((label, c) => {
    if (label === 0) return;
    const [i, j] = [c % nx, Math.floor(c / nx) % ny];
    box[0] = Math.min(box[0]!, i);
    box[1] = Math.max(box[1]!, i + 1);
    box[2] = Math.min(box[2]!, j);
    box[3] = Math.max(box[3]!, j + 1);
  });
  return box.map((n, e) => grid.origin[e < 2 ? 0 : 1] + n * grid.spacing);
}
const litres = ({ fine: { grid, labels } }: PreparedScan): number =>
  (labels.reduce((n, label) => n + (label === 0 ? 0 : 1), 0) * grid.spacing ** 3) / 1e6;
const padNotes = ({ notes }: PreparedScan): string[] =>
  notes.map((each) => noteText(inEnglish, each)).filter((text) => text.startsWith('Something flat'));

describe('a pad against the body', () => {
  /** Lays a slab on the trunk: from y = near to y = far, as wide as given, tilted by so many mm on each mm to the side. */
  const slab =
    (near: number, far: number, half: number, hu: number, tilt = 0): Hounsfield =>
    (x, y, z) => {
      const at = y - tilt * x;
      const isPad = Math.abs(x) < half && at > Math.min(near, far) && at < Math.max(near, far);
      return isPad && !within(x, y, 160, 105) ? hu + noise(x, y, z) : trunk(x, y, z);
    };

  it.each([
    ['under the back', slab(100, 125, 210, -60), 'back'],
    ['under the back, as light as fat', slab(104, 130, 210, -100), 'back'],
    ['under the back, as dense as muscle', slab(95, 140, 200, 60), 'back'],
    ['under the back, tilted', slab(104, 130, 190, -60, 0.06), 'back'],
    ['under the back, no wider than where it touches', slab(80, 130, 90, 200), 'back'],
    ['before the belly', slab(-100, -125, 210, -60), 'front'],
    ['before the belly, thick', slab(-102, -160, 180, 20), 'front'],
  ])('%s is left out and a sentence says so', async (_what, value, where) => {
    const [plain, scan] = [await bare(), await prepare(block(value))];
    expect(padNotes(plain)).toEqual([]);
    expect(padNotes(scan)).toHaveLength(1);
    expect(padNotes(scan)[0]).toContain(where === 'back' ? 'against the back' : 'against the belly');
    // a voxel is 5 mm: the skin is where it was to within one
    boxOf(scan).forEach((edge, n) => {
      expect(Math.abs(edge - boxOf(plain)[n]!)).toBeLessThan(5.1);
    });
    expect(Math.abs(litres(scan) / litres(plain) - 1)).toBeLessThan(0.03);
  });

  // no sharp edges at both ends of a flat face
  it.each<[string, Hounsfield]>([
    ['a back flattened by what it lay on', (x, y, z) => (y > 88 ? -1000 + noise(x, y, z) : trunk(x, y, z))],
    ['a belly flattened by what it lay on', (x, y, z) => (y < -85 ? -1000 + noise(x, y, z) : trunk(x, y, z))],
    [
      'a hanging fold of the belly',
      (x, y, z) => (within(x, y + 105, 110, 45) && !within(x, y, 160, 105) ? -100 : trunk(x, y, z)),
    ],
    [
      'an arm beside the trunk',
      (x, y, z) => (Math.hypot(x - 192, y) < 33 && !within(x, y, 160, 105) ? 20 : trunk(x, y, z)),
    ],
  ])('%s is none', async (_what, value) => {
    expect(padNotes(await prepare(block(value)))).toEqual([]);
  });
});

describe('a body wider than the circle that the scanner sees', () => {
  const outside =
    (radius: number, hu: number, value: Hounsfield): Hounsfield =>
    (x, y, z) =>
      Math.hypot(x, y) > radius ? hu : value(x, y, z);
  const cutNotes = ({ notes }: PreparedScan): string[] =>
    notes.map((each) => noteText(inEnglish, each)).filter((text) => text.includes('cuts the body off'));
  /** What the body ends with to the left and right, at mid-height within 20 mm of its middle. */
  const endsWith = ({ fine: { grid, labels, table } }: PreparedScan): string[] => {
    const [nx, ny, nz] = grid.size;
    const ends = new Set<string>();
    for (let j = 0; j < ny; j++) {
      if (Math.abs(grid.origin[1] + (j + 0.5) * grid.spacing) > 20) continue;
      const row = [...labels.subarray(nx * (j + ny * (nz >> 1)), nx * (j + 1 + ny * (nz >> 1)))];
      for (const n of [row.findIndex((v) => v !== 0), row.findLastIndex((v) => v !== 0)])
        ends.add(table[row[n]!]!.structure);
    }
    return [...ends];
  };

  // 280 mm: the circle that just fits into the picture, or a smaller one in a larger picture
  it.each([
    [-3024, 280],
    [-2000, 280],
    [-1024, 280],
    [-1000, 280],
    [-2000, 330],
    [-1024, 330],
  ])('with %d HU around it in a picture of %d mm is noticed, and has no skin there', async (hu, size) => {
    const scan = await prepare(block(outside(138, hu, trunk), size));
    expect(cutNotes(scan)).toHaveLength(1);
    // the trunk would reach 160 mm
    expect(endsWith(scan)).not.toContain('skin');
    expect(endsWith(await bare())).toEqual(['skin']);
  });

  it.each([
    [-3024, 400, 200],
    [-1024, 400, 200],
    [-1000, 400, 200],
    [-1024, 440, 190],
    [-1000, 440, 220],
  ])(
    'with %d HU around it in a picture of %d mm leaves a body within a circle of %d mm as it is',
    async (hu, size, radius) => {
      const [bare, scan] = [await prepare(block(trunk, size)), await prepare(block(outside(radius, hu, trunk), size))];
      expect(cutNotes(scan)).toEqual([]);
      expect(boxOf(scan)).toEqual(boxOf(bare));
      expect(litres(scan)).toBe(litres(bare));
    },
  );
});

describe('numbers that are no Hounsfield units', () => {
  const stored =
    (offset: number, padding?: number): Hounsfield =>
    (x, y, z) =>
      padding !== undefined && Math.hypot(x, y) > 215 ? padding : Math.max(0, trunk(x, y, z) + offset);
  it.each([
    ['as stored, without padding', stored(1024)],
    ['as stored, padded with -2000', stored(1024, -2000)],
    ['as stored, padded with -3024', stored(1024, -3024)],
    ['as stored, padded with -1024', stored(1024, -1024)],
    ['as stored, padded with -32768', stored(1024, -32768)],
    ['shifted by 1000, padded with -1000', stored(1000, -1000)],
  ])('%s: refused in one sentence', async (_what, value) => {
    await expect(prepare(block(value))).rejects.toThrow(/^ct\.nii does not hold Hounsfield units: [^.]*\d[^.]*\.$/);
  });
});
