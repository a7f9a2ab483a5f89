import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STRUCTURES } from '../anatomy/structures.ts';
import type { Vec3 } from '../base/grid.ts';
import { readLabelTable } from './label-table.ts';
import { readLabels } from './labels.ts';
import { readNifti } from './nifti.ts';
import { NUMBERINGS } from './numberings.data.ts';
import { fineGridOf, resample } from './resample.ts';
import { BOX, type Box, originOf, shapeAt, trunkHounsfield } from './trunk.test-data.ts';
import { STORAGES, storeBlock, writeNifti } from './write-nifti.test-data.ts';

const V2 = new Map(NUMBERINGS[0]!.classes.map((name, n) => [name, n + 1]));
const AS_IS = STORAGES[0]!;
const store = (box: Box, value: (x: number, y: number, z: number) => number, storage = AS_IS, datatype: 2 | 4 = 2) =>
  storeBlock({ n: box.n, spacing: box.spacing, origin: originOf(box), value }, storage, { datatype });
const number = (x: number, y: number, z: number): number => V2.get(shapeAt(x, y, z)?.name ?? '') ?? 0;

/** What each cell of the fine grid is called, as one text per cell. */
async function cellsOf(ctFile: Uint8Array, labelFile: Uint8Array): Promise<string[]> {
  const ct = readNifti(ctFile, 'ct.nii');
  const labels = await readLabels({ name: 'seg.nii', bytes: labelFile }, {}, ct);
  const field = await resample(fineGridOf(ct, 7.5), ct, labels, {});
  return Array.from(field.labels!, (v) => `${labels.rows[v]!.structure} ${labels.rows[v]!.side}`);
}

describe('labels in any order of axes, cut or padded', () => {
  it('name the same cells', async () => {
    const ct = store(BOX, trunkHounsfield, AS_IS, 4);
    const plain = await cellsOf(ct, store(BOX, number));
    expect(new Set(plain).size).toBeGreaterThan(15);
    const order = fc.constantFrom(...STORAGES);
    const pad = fc.tuple(
      fc.integer({ min: -2, max: 4 }),
      fc.integer({ min: -2, max: 4 }),
      fc.integer({ min: -2, max: 4 }),
    );
    await fc.assert(
      fc.asyncProperty(order, order, pad, async (ofCt, ofLabels, by) => {
        // the trunk ends 2 voxels before the box in x and y, so that nothing labelled is cut off; in z the ends are left out below
        const n = BOX.n.map((v, a) => v + 2 * by[a]!) as unknown as Vec3;
        const cells = await cellsOf(store(BOX, trunkHounsfield, ofCt, 4), store({ ...BOX, n }, number, ofLabels));
        expect(cells.length).toBe(plain.length);
        const slice = 48 * 32;
        const differ = cells.filter((cell, c) => {
          const k = Math.floor(c / slice);
          return k > 3 && k < 36 && cell !== plain[c];
        });
        // a centre of a cell on the face between two voxels may fall to either side
        expect(differ.length).toBeLessThan(0.01 * cells.length);
      }),
      { numRuns: 12 },
    );
  }, 300_000);
});

describe('many labels', () => {
  it('beyond 255 are not mixed up', async () => {
    const all = STRUCTURES.flatMap(({ id }) => [id, `${id}_left`, `${id}_right`]);
    expect(all.length).toBeGreaterThan(285);
    const text = all.map((name, n) => `${n + 1},${name}`).join('\n');
    const file = writeNifti({ size: [all.length, 2, 2], datatype: 4, value: (i) => i + 1 });
    const labels = await readLabels(
      { name: 'seg.nii', bytes: file, table: { name: 't.csv', bytes: new TextEncoder().encode(text) } },
      {},
    );
    for (const [i, name] of all.entries()) {
      const side = /_(left|right)/.exec(name)?.[1] ?? 'midline';
      expect(labels.rows[labels.voxels[i]!], name).toMatchObject({
        side,
        structure: name.replace(/_(left|right)$/, ''),
      });
    }
  });
});

describe('readLabelTable', () => {
  it.each([
    ['pandas, with an index', ',name,value\n0,spleen,1\n1,liver,5'],
    ['a colour before the number', 'name,r,g,b,id\nspleen,157,108,162,1\nliver,1,2,3,5'],
    ['names last', 'LabelValue,Color_R,Color_G,Color_B,Color_A,Name\n1,157,108,162,255,spleen\n5,1,2,3,255,liver'],
    ['all in quotes', '"id","name"\n"1","spleen"\n"5","liver"'],
    ['numbers with a point', '1.0;spleen\n5.0;liver'],
    ['capital keys', '[{"Value":1,"Name":"spleen"},{"Value":5,"Name":"liver"}]'],
    ['segments', '{"segments":[{"labelValue":1,"name":"spleen"},{"labelValue":5,"name":"liver"}],"version":3}'],
    ['DICOM', '{"segmentAttributes":[[{"labelID":1,"SegmentLabel":"spleen"}],[{"labelID":5,"SegmentLabel":"liver"}]]}'],
    ['Python', "{1: 'spleen', 5: 'liver'}"],
    ['Python on lines, names first', '{\n  "spleen": 1,  # left\n  "liver": 5,\n}\n'],
    ['pairs', '[[1,"spleen"],[5,"liver"]]'],
    ['one task by its name', '{"total":{"1":"spleen","5":"liver"}}'],
    ['nnU-Net with other numbers', '{"channel_names":{"0":"CT"},"labels":{"spleen":1,"liver":5},"numTraining":31}'],
  ])('%s: the right number for each name', (_, text) => {
    const { names } = readLabelTable({ name: 'table', bytes: new TextEncoder().encode(text) });
    expect([...names]).toEqual([[1, 'spleen'], [5, 'liver']]); // biome-ignore format: one row
  });

  it.each([
    ["{1: 'spleen', 5: 'liver'", /holds no label table/],
    ['{"1":"spleen"', /holds no label table/],
    ['1 2 3\n4 5 6', /holds no label table/],
    ['{"1":"spleen","1":"liver"}', /has the key "1" twice/],
    ['{"total":{"1":"spleen"},"lung_vessels":{"1":"lung_vessels"}}', /holds no label table/],
  ])('%s is refused', (text, sentence) => {
    expect(() => readLabelTable({ name: 'table', bytes: new TextEncoder().encode(text) })).toThrow(sentence);
  });

  const wide = (text: string): Uint8Array => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
  const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
  it.each([
    ['lines', utf8('# a comment\n1 spleen\n88 iliopsoas_left 10 20 30 255\n')],
    ['CSV with a mark', utf8('\ufeffid,name\r\n1,spleen\r\n88,iliopsoas_left\r\n')],
    ['UTF-16', wide('1\tspleen\r\n88\tiliopsoas_left\r\n')],
    ['JSON', utf8('{"1":"spleen","88":"iliopsoas_left"}')],
    ['JSON of nnU-Net', wide('{"labels":{"spleen":1,"iliopsoas_left":88}}')],
    [
      'XML',
      utf8('<LabelTable><Label Key="1">spleen</Label><Label Key="88"><![CDATA[iliopsoas_left]]></Label></LabelTable>'),
    ],
    ['Python', utf8('1: "spleen",\n88: "iliopsoas_left",\n')],
  ])('reads %s', (_what, bytes) => {
    const { names } = readLabelTable({ name: 'table', bytes });
    expect([names.get(1), names.get(88)]).toEqual(['spleen', 'iliopsoas_left']);
  });

  it('refuses what names nothing, one number twice, no text, and an unknown numbering', () => {
    const read = (bytes: Uint8Array) => () => readLabelTable({ name: 'table', bytes });
    expect(read(utf8('hello'))).toThrow(/holds no label table/);
    expect(read(utf8('1 spleen\n1 liver'))).toThrow(/gives the number 1 two names, "spleen" and "liver"/);
    expect(read(new Uint8Array([0x31, 0x20, 0xc3, 0x28]))).toThrow(/not text in UTF-8 or UTF-16/);
    expect(() => readLabelTable('total_v3')).toThrow(/the known ones are total, total_v1/);
  });
});
