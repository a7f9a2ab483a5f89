import { describe, expect, it } from 'vitest';
import { checkWay } from './ct-way.ts';
import { importScan } from './scan.ts';
import { BOX, HALF, storeReversed, trunkHounsfield } from './trunk.test-data.ts';

/** A trunk of 330 × 220 × 400 mm in cells of 5 mm, LPS: what of it is bone and lung, at a place. */
const size = [70, 48, 80] as const;
type Place = readonly [x: number, y: number, z: number];
type Is = (...at: Place) => boolean;
const spine: Is = (x, y) => ((x - 0) / 22) ** 2 + ((y - 50) / 18) ** 2 < 1;
const hips: Is = (x, y, z) => Math.abs(Math.abs(x) - 100) < 10 && Math.abs(y - 20) < 60 && z < -80;
const lungs: Is = (x, y, z) => ((Math.abs(x) - 70) / 40) ** 2 + (y / 60) ** 2 < 1 && z > 130;

function check(bone: Is, lung: Is, [flipY, flipZ]: readonly [boolean, boolean] = [false, false]) {
  const [nx, ny] = size;
  const at = (is: Is) => (c: number) => {
    const [x, y, z] = [c % nx, Math.floor(c / nx) % ny, Math.floor(c / (nx * ny))].map(
      (n, a) => 5 * (n + 0.5 - size[a]! / 2),
    );
    return is(x!, flipY ? -y! : y!, flipZ ? -z! : z!);
  };
  const isBody = at((x, y) => (x / 165) ** 2 + (y / 110) ** 2 < 1);
  const grid = { origin: [0, 0, 0], spacing: 5, size: [...size] } as const;
  return checkWay('ct.nii', { grid: grid as never, isBody, isBone: at(bone), isLung: at(lung) });
}

const none: Is = () => false;
const both: Is = (...at) => spine(...at) || hips(...at);

describe('which way a CT lies', () => {
  it('shows itself in spine and hip bones, or spine and lungs', () => {
    for (const [bone, lung, where] of [
      [both, none, 'hip bones lie at its head'],
      [spine, lungs, 'lungs lie at its feet'],
    ] as const) {
      expect(check(bone, lung)).toEqual([]);
      expect(() => check(bone, lung, [true, false])).toThrow(
        /^ct\.nii seems to be stored front to back \(the spine lies before the belly\) against its header; /,
      );
      expect(() => check(bone, lung, [false, true])).toThrow(
        `ct.nii seems to be stored head to feet (the ${where}) against`,
      );
      expect(() => check(bone, lung, [true, true])).toThrow(/stored front to back \(.*\) and head to feet \(/);
    }
  });

  it('is believed with a warning where little shows', () => {
    const what = (bone: Is, lung: Is) => check(bone, lung).map(({ id, values }) => [id, values?.what]);
    expect(what(none, none)).toEqual([['note.scan.way', 'both']]);
    expect(what(spine, none)).toEqual([['note.scan.way', 'ends']]);
    expect(what(none, lungs)).toEqual([['note.scan.way', 'front']]);
    // a symphysis lies in front, and is short
    expect(what((x, y, z) => spine(x, -y, z) && z < -130, none)).toEqual([['note.scan.way', 'both']]);
    // shoulders are wide too, where the lungs are
    expect(what((x, y, z) => spine(x, y, z) || hips(x, y, -z), lungs)).toEqual([]);
    // a bowel full of stool lies in the middle
    expect(what(spine, (x, y, z) => Math.abs(x) < 20 && Math.abs(y) < 60 && z < -130)).toEqual([
      ['note.scan.way', 'ends'],
    ]);
  });

  it('is looked at on a CT without labels', async () => {
    // bone is uneven, or it would be taken for contrast agent
    const uneven = (x: number, y: number, z: number): number => {
      const hu = trunkHounsfield(x, y, z);
      return hu < 200 ? hu : hu + 250 * ((Math.round(x / 6 + y / 6 + z / 6) % 2) * 2 - 0.5);
    };
    const read = (reversed: [boolean, boolean, boolean]) =>
      importScan({ ct: { name: 'ct.nii', bytes: storeReversed(BOX, reversed, uneven) } }, 15);
    expect(HALF[1]).toBe(110);
    expect((await read([false, false, false])).notes.map(({ id }) => id)).not.toContain('note.scan.way');
    await expect(read([false, true, false])).rejects.toThrow(/stored front to back/);
    await expect(read([true, false, true])).rejects.toThrow(/stored head to feet/);
  });
});
