import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { isLoose } from '../anatomy/structures.ts';
import { cellAt, type Vec3 } from '../base/grid.ts';
import { inEnglish } from '../messages/say.ts';
import { noteText } from '../words/note-text.ts';
import { type PreparedScan, prepareScan } from './prepare-scan.ts';
import { STORAGES, type Storage, storeBlock, writeNifti } from './write-nifti.test-data.ts';

/** A person of ellipses, in LPS millimetres around the origin of the trunk: 300 × 200 mm, spine behind, gas in front, psoas beside. */
const AS_IS: Storage = { axis: [0, 1, 2], flip: [false, false, false] };
const within = (x: number, y: number, rx: number, ry: number): boolean => (x / rx) ** 2 + (y / ry) ** 2 < 1;
const hounsfield = (x: number, y: number): number =>
  !within(x, y, 150, 100)
    ? -1000
    : !within(x, y, 130, 80)
      ? -100
      : within(x, y - 45, 22, 22)
        ? within(x, y - 45, 19, 19)
          ? 180
          : 500
        : within(x + 40, y + 45, 25, 15)
          ? -990
          : 50;
const label = (x: number, y: number): number =>
  within(x, y - 45, 22, 22) ? 29 : within(x - 50, y - 40, 20, 20) ? 88 : within(x + 50, y - 40, 20, 20) ? 89 : 0;

const BLOCK = { n: [70, 50, 30] as Vec3, origin: [-172.5, -122.5, 400] as Vec3, spacing: [5, 5, 4] as Vec3 };
const ctOf = (value: (x: number, y: number, z: number) => number, storage = AS_IS): Uint8Array =>
  storeBlock({ ...BLOCK, value }, storage);
const labelsOf = (value: (x: number, y: number, z: number) => number, storage = AS_IS): Uint8Array =>
  storeBlock({ ...BLOCK, value }, storage, { datatype: 2 });

const prepare = (ct?: Uint8Array, labels?: Uint8Array, cell = 10): Promise<PreparedScan> =>
  prepareScan(
    { ...(ct && { ct: { name: 'ct.nii', bytes: ct } }), ...(labels && { labels: { name: 'seg.nii', bytes: labels } }) },
    cell,
    {},
  );
const rowAt = ({ fine }: PreparedScan, x: number, y: number, z = 460) =>
  fine.table[fine.labels[cellAt(fine.grid, x, y, z)] ?? 0]!;
const volumes = ({ fine }: PreparedScan): Record<string, number> => {
  const out: Record<string, number> = {};
  for (const v of fine.labels) {
    const { structure, side } = fine.table[v]!;
    const key = side === 'midline' ? structure : `${structure} ${side}`;
    out[key] = (out[key] ?? 0) + fine.grid.spacing ** 3 / 1000;
  }
  return out;
};

describe('prepareScan on a person of ellipses', () => {
  it('classes a CT alone', async () => {
    const scan = await prepare(ctOf(hounsfield));
    expect(rowAt(scan, 0, -90).structure).toBe('subcutaneous_fat');
    expect(rowAt(scan, 0, 45).structure).toBe('bone');
    expect(rowAt(scan, -40, -45).structure).toBe('gas');
    expect(rowAt(scan, 50, 0).structure).toBe('soft_tissue');
    expect(rowAt(scan, -160, 0).structure).toBe('outside');
    expect(scan.bodyOriginFrom).toBe('scan-middle');
    // middle of the body, on its front, half-way up the scan (398…518 mm)
    expect(scan.bodyOrigin[0]).toBeCloseTo(0, 0);
    expect(Math.abs(scan.bodyOrigin[1] + 100)).toBeLessThan(4);
    expect(Math.abs(scan.bodyOrigin[2] - 458)).toBeLessThan(4);
    // area of the ellipse × the kept length; the surface is known to a fraction of a 5 mm voxel
    const { outside: _, ...inside } = volumes(scan);
    const litres = Object.values(inside).reduce((a, b) => a + b, 0) / 1000;
    const expected = (Math.PI * 150 * 100 * scan.fine.grid.size[2] * scan.fine.grid.spacing) / 1e6;
    expect(Math.abs(litres / expected - 1)).toBeLessThan(0.03);
  });

  it('makes a grid that the solver likes: whole cells, multiples of 4, an empty rim in x and y', async () => {
    for (const cell of [4, 5, 8, 10]) {
      const { fine } = await prepare(ctOf(hounsfield), undefined, cell);
      const per = cell / fine.grid.spacing;
      expect(per).toBe(Math.round(per));
      const [nx, ny, nz] = fine.grid.size;
      expect([nx % (4 * per), ny % (4 * per), nz % (2 * per)]).toEqual([0, 0, 0]);
      for (let c = 0; c < fine.labels.length; c++) {
        const [i, j] = [c % nx, Math.floor(c / nx) % ny];
        if (i < per || j < per || i >= nx - per || j >= ny - per) expect(fine.labels[c]).toBe(0);
      }
    }
  });

  it('gives the same volume for every way of storing it', async () => {
    const first = await prepare(ctOf(hounsfield), labelsOf(label));
    expect(rowAt(first, 50, 40)).toMatchObject({ structure: 'iliopsoas', side: 'left', tissue: 'muscle_psoas' });
    expect(rowAt(first, -50, 40)).toMatchObject({ structure: 'iliopsoas', side: 'right' });
    expect(rowAt(first, 0, 45).structure).toBe('vertebra_l3');
    for (const storage of STORAGES.filter((_, n) => n % 11 === 3)) {
      const scan = await prepare(gzipSync(ctOf(hounsfield, storage)), gzipSync(labelsOf(label, storage)));
      expect(scan.fine.grid.size).toEqual(first.fine.grid.size);
      for (const axis of [0, 1, 2]) expect(scan.fine.grid.origin[axis]).toBeCloseTo(first.fine.grid.origin[axis]!, 3);
      // a cell centre half-way between two voxels may fall to either side
      const differ = scan.fine.labels.reduce((n, v, c) => n + (v === first.fine.labels[c] ? 0 : 1), 0);
      expect(differ / scan.fine.labels.length).toBeLessThan(0.005);
    }
  });

  it('finds structures in place on an oblique scan', async () => {
    const [a, b] = [0.35, 0.2];
    const turn = [
      [Math.cos(a), -Math.sin(a) * Math.cos(b), Math.sin(a) * Math.sin(b)],
      [Math.sin(a), Math.cos(a) * Math.cos(b), -Math.cos(a) * Math.sin(b)],
      [0, Math.sin(b), Math.cos(b)],
    ];
    const [size, h] = [
      [90, 80, 50],
      [5, 5, 5],
    ];
    const centre = [222.5, 197.5, 122.5];
    const lps = turn.map((row, r) => [
      ...row.map((v, c) => v * h[c]!),
      [0, 0, 460][r]! - row.reduce((s, v, c) => s + v * centre[c]!, 0),
    ]);
    const sform = lps.map((row, r) => (r < 2 ? row.map((v) => -v) : row));
    const at = (r: number, ijk: number[]): number => lps[r]![3]! + ijk.reduce((s, v, c) => s + v * lps[r]![c]!, 0);
    const sample =
      (f: (x: number, y: number) => number) =>
      (...ijk: [number, number, number]) =>
        f(at(0, ijk), at(1, ijk));
    const scan = await prepare(
      writeNifti({ size, sform, value: sample(hounsfield) }),
      writeNifti({ size, sform, value: sample(label), datatype: 16 }),
    );
    const value = scan.fine.table.findIndex((r) => r.structure === 'iliopsoas' && r.side === 'left');
    const [nx, ny] = scan.fine.grid.size;
    let [x, y, n] = [0, 0, 0];
    for (let c = 0; c < scan.fine.labels.length; c++) {
      if (scan.fine.labels[c] !== value) continue;
      x += scan.fine.grid.origin[0] + ((c % nx) + 0.5) * scan.fine.grid.spacing;
      y += scan.fine.grid.origin[1] + ((Math.floor(c / nx) % ny) + 0.5) * scan.fine.grid.spacing;
      n++;
    }
    expect(Math.abs(x / n - 50)).toBeLessThan(1);
    expect(Math.abs(y / n - 40)).toBeLessThan(1);
    expect(rowAt(scan, 0, 45).tissue).toBe('bone');
  });

  it('leaves out table, arms and a blanket', async () => {
    const plain = volumes(await prepare(ctOf(hounsfield)));
    const clutter = (x: number, y: number): number => {
      // a solid slab that the back lies on, a shell beside it, an arm that touches the flank, cloth over the belly
      if (y > 98 && y < 112) return 100;
      if (within(x - 170, y, 30, 30) && !within(x, y, 150, 100)) return 40;
      if (Math.abs(y + 108) < 4 && Math.abs(x) < 140) return -250;
      return hounsfield(x, y);
    };
    const wide = { n: [90, 60, 30] as Vec3, origin: [-222.5, -147.5, 400] as Vec3, spacing: [5, 5, 4] as Vec3 };
    const scan = await prepare(storeBlock({ ...wide, value: clutter }, AS_IS));
    expect(rowAt(scan, 175, 0).structure).toBe('outside');
    expect(rowAt(scan, -120, 106).structure).toBe('outside');
    const [dressed, bare] = [volumes(scan), plain].map(({ outside: _, ...rest }) =>
      Object.values(rest).reduce((a, b) => a + b, 0),
    ) as [number, number];
    // where they touch, a few millimetres stay on: less than 3 % of the body
    expect(Math.abs(dressed / bare - 1)).toBeLessThan(0.03);
  });

  it('keeps the gas behind a thin wall', async () => {
    // 8 mm of wall in front of a gas-filled loop
    const lean = (x: number, y: number): number =>
      within(x, y, 150, 100) && within(x, y + 62, 60, 30) ? -990 : hounsfield(x, y);
    const scan = await prepare(ctOf(lean));
    expect(rowAt(scan, 0, -62).structure).toBe('gas');
    expect(rowAt(scan, 0, -97).structure).not.toBe('outside');
  });

  it('does not take a vessel or a kidney full of contrast agent for bone', async () => {
    const enhanced = (x: number, y: number, z: number): number =>
      within(x - 12, y - 10, 12, 12) || within(x + 80, y - 20, 25, 30)
        ? 350 + 8 * Math.sin(x + 2 * y + 3 * z)
        : hounsfield(x, y);
    const scan = await prepare(ctOf(enhanced));
    expect(rowAt(scan, 12, 10).structure).toBe('soft_tissue');
    expect(rowAt(scan, -80, 20).structure).toBe('soft_tissue');
    expect(rowAt(scan, 0, 45).structure).toBe('bone');
  });

  it('puts a skin of fat around labels alone', async () => {
    const scan = await prepare(
      undefined,
      labelsOf((x, y) => label(x, y) || (within(x, y, 120, 75) && y < 0 ? 20 : 0)),
    );
    expect(rowAt(scan, 50, 40).structure).toBe('iliopsoas');
    expect(rowAt(scan, 0, -85).structure).toBe('fat');
    expect(rowAt(scan, 0, -105).structure).toBe('outside');
    expect(scan.notes.map((each) => noteText(inEnglish, each)).join(' ')).toMatch(/no CT.*20 mm/);
  });

  it('lets labelled bowel give way, and says where there is none or only fat', async () => {
    const bowel = labelsOf((x, y) => label(x, y) || (within(x, y, 120, 75) && y < 0 ? 20 : 0));
    const inner = (x: number, y: number): number => (within(x - 60, y + 20, 25, 25) ? -100 : hounsfield(x, y));
    const about = async (ct?: Uint8Array, labels?: Uint8Array) =>
      (await prepare(ct, labels)).notes
        .filter(({ id }) => id === 'note.scan.no-bowel')
        .map(({ values }) => values?.fat);
    expect(await about(undefined, bowel)).toEqual([]);
    expect(isLoose(rowAt(await prepare(undefined, bowel), 0, -40).structure)).toBe(true);
    expect(await about(undefined, labelsOf(label))).toEqual(['none']);
    expect(await about(ctOf(inner))).toEqual(['some']);
    expect(isLoose(rowAt(await prepare(ctOf(inner)), 60, -20).structure)).toBe(true);
  });

  it('runs on labels of one class, with and without a CT', async () => {
    const psoas = labelsOf((x, y) => (label(x, y) === 88 ? 88 : 0));
    expect(Object.keys(volumes(await prepare(undefined, psoas))).sort()).toEqual([
      'fat',
      'iliopsoas left',
      'outside',
      'skin',
    ]);
    expect(rowAt(await prepare(ctOf(hounsfield), psoas), 0, 45).structure).toBe('bone');
  });

  it('finds the iliac spines on hip labels', async () => {
    // two wings, highest at z = 610 and foremost at x = ±115, y = -60, z = 540; the pubis reaches as far forward 130 mm farther down
    const hip = (x: number, y: number, z: number): number => {
      const wing = Math.abs(Math.abs(x) - 115) < 8 && y > -60 + Math.abs(z - 540) && y < 50 && z < 610;
      const pubis = Math.abs(Math.abs(x) - 60) < 20 && Math.abs(y + 70) < 8 && z < 440 && z > 412;
      return wing || pubis ? (x > 0 ? 77 : 78) : 0;
    };
    const tall = { ...BLOCK, n: [70, 50, 60] as Vec3 };
    const scan = await prepare(
      storeBlock({ ...tall, value: hounsfield }, AS_IS),
      storeBlock({ ...tall, value: hip }, AS_IS),
    );
    expect(scan.bodyOriginFrom).toBe('asis');
    const wanted = [115, -60, 540];
    for (const axis of [0, 1, 2]) expect(Math.abs(scan.landmarks.asis_left![axis]! - wanted[axis]!)).toBeLessThan(6);
    expect(scan.landmarks.asis_right![0]).toBeLessThan(-105);
    expect(Math.abs(scan.bodyOrigin[0])).toBeLessThan(3);
  });

  it('keeps 400 mm of a long scan and says so', async () => {
    const long = { ...BLOCK, n: [70, 50, 60] as Vec3, spacing: [5, 5, 12] as Vec3 };
    const scan = await prepare(storeBlock({ ...long, value: hounsfield }, AS_IS));
    expect(scan.fine.grid.size[2] * scan.fine.grid.spacing).toBe(400);
    expect(scan.notes.map((each) => noteText(inEnglish, each)).join(' ')).toMatch(/720 mm long; 400 mm/);
  });

  it.each([
    ['nothing', undefined, undefined, /needs a CT file, a label file or both/],
    ['labels as the CT', labelsOf(label), undefined, /does not hold Hounsfield units: its lowest value is 0/],
    ['a CT as the labels', undefined, ctOf(hounsfield), /whole numbers from 0/],
    ['a CT of air', ctOf(() => -1000), undefined, /shows no body/],
    [
      'a CT that the body fills to the brim',
      ctOf((x, y) => (within(x, y, 20, 20) ? -900 : 40)),
      undefined,
      /shows no body with skin/,
    ],
    ['empty labels', undefined, labelsOf(() => 0), /labels nothing/],
    ['a thin scan', storeBlock({ ...BLOCK, n: [70, 50, 5], value: hounsfield }, AS_IS), undefined, /shows only 20 mm/],
  ])('refuses %s', async (_what, ct, labels, message) => {
    await expect(prepare(ct, labels)).rejects.toThrow(message);
    await expect(prepare(ct, labels)).rejects.toHaveProperty('name', 'InputError');
  });

  it('stops when asked to', async () => {
    const signal = AbortSignal.abort();
    await expect(prepareScan({ ct: { name: 'ct', bytes: ctOf(hounsfield) } }, 10, { signal })).rejects.toHaveProperty(
      'name',
      'CancelledError',
    );
  });
});

const REAL = process.env.PSOASCOPE_SCAN_DATA;
const hasReal = REAL !== undefined && existsSync(join(REAL, 'ct-upper.nii.gz'));
if (!hasReal)
  console.warn(
    'Set PSOASCOPE_SCAN_DATA to the folder with ct-upper, labels-upper and ct-whole.nii.gz to test on a real scan.',
  );

describe.skipIf(!hasReal)('prepareScan on a real scan', () => {
  const file = (name: string) => ({ name, bytes: new Uint8Array(readFileSync(join(REAL!, name))) });

  it('joins CT and labels', async () => {
    const scan = await prepareScan({ ct: file('ct-upper.nii.gz'), labels: file('labels-upper.nii.gz') }, 10, {});
    const v = volumes(scan);
    // kidneys of an adult are 100–250 ml, an aorta over 8 cm is 20–40 ml; this scan cuts the kidneys' lower poles
    expect(v['kidney left']).toBeGreaterThan(70);
    expect(v.abdominal_aorta).toBeGreaterThan(15);
    expect(v.skin).toBeGreaterThan(100);
    expect(v.gas ?? 0).toBeLessThan(5);
    expect(scan.bodyOriginFrom).toBe('scan-middle');
  });

  it('runs on the CT alone and finds the iliac spines', async () => {
    const scan = await prepareScan({ ct: file('ct-whole.nii.gz') }, 10, {});
    const { asis_left: left, asis_right: right } = scan.landmarks;
    // 227 ± 16 mm in adults (doi 10.1007/s00256-009-0791-x)
    expect(Math.hypot(...left!.map((c, axis) => c - right![axis]!))).toBeGreaterThan(195);
    expect(Math.hypot(...left!.map((c, axis) => c - right![axis]!))).toBeLessThan(260);
    const v = volumes(scan);
    expect(v.bone).toBeGreaterThan(1000);
    expect(v.bone).toBeLessThan(2500);
  });

  it('runs on labels alone, and refuses labels whose header misleads', async () => {
    const labels = file('labels-upper.nii.gz');
    expect(volumes(await prepareScan({ labels }, 10, {}))['iliopsoas left']).toBeGreaterThan(3);
    await expect(prepareScan({ ct: file('ct-whole.nii.gz'), labels }, 10, {})).rejects.toThrow(
      /do not lie on what they name on the CT ct-whole\.nii\.gz.*they would fit 246 mm to the head/,
    );
  });
});
