import { beforeAll, describe, expect, it } from 'vitest';
import type { Note } from '../base/note.ts';
import { inEnglish } from '../messages/say.ts';
import { noteText } from '../words/note-text.ts';
import type { LabelTableInput } from './label-table.ts';
import { type LabelInput, readLabels, type ScanLabels } from './labels.ts';
import { type NiftiVolume, readNifti } from './nifti.ts';
import { NUMBERINGS } from './numberings.data.ts';
import { BOX, type Box, SHAPES, shapeAt, storeReversed, trunkHounsfield } from './trunk.test-data.ts';

const AS_IS = [false, false, false] as const;
const numbersOf = (id: string): ReadonlyMap<string, number> =>
  new Map(NUMBERINGS.find((n) => n.id === id)!.classes.map((name, n) => [name, n + 1]));
const V2 = numbersOf('total');

type Value = (x: number, y: number, z: number) => number;
const numbered =
  (numbers: ReadonlyMap<string, number>): Value =>
  (x, y, z) =>
    numbers.get(shapeAt(x, y, z)?.name ?? '') ?? 0;
const labelFile = (value: Value, reversed: readonly [boolean, boolean, boolean] = AS_IS, box: Box = BOX): Uint8Array =>
  storeReversed(box, reversed, value, 4);
let ct: NiftiVolume;
beforeAll(() => {
  ct = readNifti(storeReversed(BOX, AS_IS, trunkHounsfield), 'ct.nii');
});
const read = (bytes: Uint8Array, on: NiftiVolume | undefined = ct, table?: LabelTableInput): Promise<ScanLabels> =>
  readLabels({ name: 'seg.nii', bytes, table } as LabelInput, {}, on);
const structures = ({ rows }: ScanLabels): string[] =>
  rows
    .slice(1)
    .map((r) => r.structure)
    .sort();
const usual = async (): Promise<string[]> => structures(await read(labelFile(numbered(V2))));

/** What notes of labels say. */
const said = (notes: readonly Note[]): string[] => notes.map((each) => noteText(inEnglish, each));

describe('labels of a whole trunk', () => {
  it('are believed without a word where they fit, with a CT and without', async () => {
    const labels = await read(labelFile(numbered(V2)));
    expect(said(labels.notes)).toEqual([]);
    expect(structures(labels)).toContain('iliopsoas');
    expect(labels.counts.reduce((a, b) => a + b)).toBe(BOX.n[0] * BOX.n[1] * BOX.n[2]);
    expect((await readLabels({ name: 'seg.nii', bytes: labelFile(numbered(V2)) }, {})).notes).toEqual([]);
  });

  it.each([
    ['total_v1', 'version 1', true],
    ['total_v1', 'version 1', false],
    ['total_mr', 'total_mr', true],
  ])('numbered as %s are read so, and a note says it', async (id, words, withCt) => {
    for (const on of [withCt ? ct : undefined]) {
      const labels = await readLabels({ name: 'seg.nii', bytes: labelFile(numbered(numbersOf(id))) }, {}, on);
      expect(structures(labels)).toContain('iliopsoas');
      expect(structures(labels)).not.toContain('brain');
      expect(said(labels.notes)).toEqual([
        expect.stringMatching(new RegExp(`contradict anatomy.*read as those of .*${words}`)),
      ]);
      const psoas = labels.rows.findIndex((r) => r.structure === 'iliopsoas' && r.side === 'left');
      expect(labels.counts[psoas]).toBeGreaterThan(100);
    }
  });

  it('that could be of two versions are refused with both', async () => {
    const file = { name: 'seg.nii', bytes: labelFile(numbered(numbersOf('total_mr'))) };
    await expect(readLabels(file, {})).rejects.toThrow(/--label-table total_mr\) or .*--label-table total_mr_56\)/);
    expect(structures(await readLabels({ ...file, table: 'total_mr' }, {}))).toContain('iliopsoas');
  });

  it('of tissues alone are refused with their likely numbering, and taken with it', async () => {
    const tissues: Value = (x, y, z) => {
      const hu = trunkHounsfield(x, y, z);
      return hu === -100 ? 1 : hu > 0 && hu < 70 ? 3 : 0;
    };
    await expect(read(labelFile(tissues))).rejects.toThrow(
      /does not name its numbers.*task tissue_types \(--label-table tissue_types\)/,
    );
    const named = await read(labelFile(tissues), ct, 'tissue_types');
    expect(structures(named)).toEqual(['other_muscle', 'subcutaneous_fat']);
    expect(named.notes).toEqual([]);
  });

  it('numbered as vertebrae alone are no spleen and kidneys', async () => {
    const numbers = numbersOf('vertebrae_mr');
    const labels = await read(labelFile(numbered(numbers)));
    expect(structures(labels)).toEqual([
      'sacrum',
      ...['l1', 'l2', 'l3', 'l4', 'l5', 't12'].map((v) => `vertebra_${v}`),
    ]);
    expect(said(labels.notes)[0]).toMatch(/read as those of .*vertebrae_mr/);
  });

  it('with numbers in no known order are refused', async () => {
    const shuffled = new Map(SHAPES.map((shape, n) => [shape.name, 1 + ((7 * n + 3) % SHAPES.length)]));
    await expect(read(labelFile(numbered(shuffled)))).rejects.toThrow(/contradict anatomy: .*--label-table/);
  });

  it('are named by a person’s own table, in any of its forms', async () => {
    const shuffled = new Map(SHAPES.map((shape, n) => [shape.name, 1 + ((7 * n + 3) % SHAPES.length)]));
    const lines = [...shuffled].map(([name, n]) => `${n} 255 0 0 1 1 1 "${name}"`).join('\r\n');
    const labels = await read(labelFile(numbered(shuffled)), ct, {
      name: 'table.txt',
      bytes: new TextEncoder().encode(lines),
    });
    expect(structures(labels)).toEqual(await usual());
    expect(said(labels.notes)).toEqual([]);
  });
});

describe('a scan or labels the wrong way round', () => {
  const ways = [
    ['mirrored left to right', [true, false, false]],
    ['turned back to front', [false, true, false]],
    ['turned head to feet', [false, false, true]],
    ['mirrored left to right and turned head to feet', [true, false, true]],
  ] as const;

  it.each(ways)('is refused when all of it is %s', async (way, reversed) => {
    const turned = readNifti(storeReversed(BOX, reversed, trunkHounsfield), 'ct.nii');
    await expect(read(labelFile(numbered(V2), reversed), turned)).rejects.toThrow(
      new RegExp(`is ${way} against (its|the) header: `),
    );
  });

  it.each(ways)('is refused when the labels alone are %s', async (way, reversed) => {
    await expect(read(labelFile(numbered(V2), reversed))).rejects.toThrow(
      new RegExp(`(are|is) ${way} against the (CT|header): `),
    );
    await expect(readLabels({ name: 'seg.nii', bytes: labelFile(numbered(V2), reversed) }, {})).rejects.toThrow(
      new RegExp(`labels of seg\\.nii are ${way} against their header: `),
    );
  });

  it('is told from organs that lie mirrored in a person whose sides are right', async () => {
    const mirrored: Value = (x, y, z) => {
      const own = shapeAt(x, y, z)?.name ?? '';
      const other = shapeAt(-x, y, z)?.name ?? '';
      const single = (name: string): boolean => !/left|right|vertebra|sacrum|bladder|colon/.test(name) && name !== '';
      return V2.get(single(other) ? other : single(own) ? '' : own) ?? 0;
    };
    const hu: Value = (x, y, z) => {
      const n = mirrored(x, y, z);
      const shape = SHAPES.find((s) => V2.get(s.name) === n);
      return shape?.hounsfield ?? (trunkHounsfield(x, y, z) === -1000 ? -1000 : 40);
    };
    const labels = await read(labelFile(mirrored), readNifti(storeReversed(BOX, AS_IS, hu), 'ct.nii'));
    expect(said(labels.notes)).toEqual([
      expect.stringMatching(/“liver” lies on the left.*either the scan is mirrored or this person’s organs are/),
    ]);
  });
});

describe('labels on another grid than the CT', () => {
  it('are laid by their own header, and a note says so', async () => {
    const boxes: readonly (readonly [string, Box])[] = [
      ['coarser', { n: [30, 20, 25], spacing: [12, 12, 12] }],
      ['finer', { n: [120, 80, 60], spacing: [3, 3, 5] }],
      ['cropped', { n: [40, 30, 20], spacing: [6, 6, 6], middle: [12, 6, -30] }],
      ['padded', { n: [80, 60, 60], spacing: [6, 6, 6], middle: [6, 0, 30] }],
    ];
    for (const [what, box] of boxes) {
      const labels = await read(labelFile(numbered(V2), AS_IS, box));
      expect(said(labels.notes)[0], what).toMatch(/are on another grid than the CT \(.*\), so they were laid onto it/);
      expect(labels.notes.length, what).toBe(1);
    }
  });

  it('are refused beside the CT, and where they do not lie on what they name', async () => {
    const value = numbered(V2);
    const beside: Box = { ...BOX, middle: [0, 0, 900] };
    await expect(read(labelFile((x, y, z) => value(x, y, z - 900), AS_IS, beside))).rejects.toThrow(
      /lie outside the CT ct\.nii/,
    );
    // the front half cut off, and the header left as it was
    const back: Box = { n: [60, 20, 50], spacing: [6, 6, 6], middle: [0, -60, 0] };
    await expect(
      read(
        labelFile((x, y, z) => value(x, y + 120, z), AS_IS, back),
        ct,
        'total',
      ),
    ).rejects.toThrow(/do not lie on what they name on the CT ct\.nii: .*they would fit 120 mm front to back/);
  });
});

describe('masks', () => {
  const mask = (name: string, marks: (inside: boolean) => number = Number): [string, Uint8Array] => [
    `${name}.nii`,
    labelFile((x, y, z) => marks(shapeAt(x, y, z)?.name === name)),
  ];
  const folder = (...masks: [string, Uint8Array][]): Promise<ScanLabels> =>
    readLabels({ name: 'masks', files: new Map(masks) }, {}, ct);

  it('one of which is inverted are refused, in a folder and in a volume', async () => {
    await expect(
      folder(
        mask('liver'),
        mask('urinary_bladder', (inside) => Number(!inside)),
      ),
    ).rejects.toThrow(/masks gives (99|100) % of its voxels to urinary_bladder .*inverted/);
    await expect(read(labelFile((x, y, z) => numbered(V2)(x, y, z) || 21))).rejects.toThrow(
      /inverted, or the background has a number/,
    );
  });

  it('that overlap, come twice, are spelled otherwise or hold several numbers are spoken of', async () => {
    const [, liver] = mask('liver');
    const spelled = await folder(
      ['Left Kidney.nii', mask('kidney_left')[1]],
      ['R_iliopsoas.nii', mask('iliopsoas_right')[1]],
    );
    expect(
      spelled.rows
        .slice(1)
        .map((r) => `${r.structure} ${r.side}`)
        .sort(),
    ).toEqual(['iliopsoas right', 'kidney left']);
    expect(said(spelled.notes)).toEqual([
      expect.stringMatching(/Left Kidney as kidney_left, R_iliopsoas as iliopsoas_right/),
    ]);
    expect(said((await folder(['liver.nii', liver], ['stomach.nii', liver])).notes).join(' ')).toMatch(
      /overlap by \d+ ml.*liver and stomach do/,
    );
    expect(said((await folder(['liver.nii', liver], ['liver.nii.gz', liver])).notes)).toEqual([
      expect.stringMatching(/liver to more than one label/),
    ]);
    expect(
      said((await folder(['liver.nii', liver], ['livr_1.nii', liver], ['livver.nii', liver])).notes).join(' '),
    ).toMatch(/livver/);
    await expect(folder(['liver.nii', labelFile(numbered(V2))])).rejects.toThrow(
      /holds the numbers \d+ and \d+; a mask has one number/,
    );
  });
});
