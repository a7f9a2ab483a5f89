import { describe, expect, it } from 'vitest';
import type { Note } from '../base/note.ts';
import { inEnglish } from '../messages/say.ts';
import { TISSUES } from '../voxel/model.ts';
import { noteText } from '../words/note-text.ts';
import { rowOfClass } from './label-names.ts';
import { readLabels } from './labels.ts';
import { TOTAL_V2 } from './totalsegmentator.data.ts';
import { writeNifti } from './write-nifti.test-data.ts';

const QUIET = {};
const one = (bytes: Uint8Array, name = 'seg.nii.gz') => readLabels({ name, bytes }, QUIET);

/** What notes of labels say. */
const said = (notes: readonly Note[]): string[] => notes.map((each) => noteText(inEnglish, each));

describe('rowOfClass', () => {
  it('knows every class of task total, version 2', () => {
    expect(TOTAL_V2).toHaveLength(117);
    expect(new Set(TOTAL_V2).size).toBe(117);
    for (const name of TOTAL_V2) {
      const row = rowOfClass(name);
      expect(row, name).toBeDefined();
      expect(row!.structure).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(TISSUES).toContain(row!.tissue);
      expect(row!.side).toBe(/_left/.test(name) ? 'left' : /_right/.test(name) ? 'right' : 'midline');
    }
  });

  it.each([
    [20, 'large_intestine', 'midline', 'bowel'],
    [18, 'small_intestine', 'midline', 'bowel'],
    [21, 'urinary_bladder', 'midline', 'urinary_bladder'],
    [28, 'vertebra_l4', 'midline', 'bone'],
    [52, 'abdominal_aorta', 'midline', 'artery'],
    [63, 'inferior_vena_cava', 'midline', 'vein'],
    [65, 'common_iliac_artery', 'left', 'artery'],
    [68, 'common_iliac_vein', 'right', 'vein'],
    [77, 'hip_bone', 'left', 'bone'],
    [86, 'erector_spinae', 'left', 'muscle'],
    [88, 'iliopsoas', 'left', 'muscle_psoas'],
    [89, 'iliopsoas', 'right', 'muscle_psoas'],
    [92, 'rib', 'left', 'bone'],
    [103, 'rib', 'left', 'bone'],
    [104, 'rib', 'right', 'bone'],
    [115, 'rib', 'right', 'bone'],
    [116, 'sternum', 'midline', 'bone'],
  ])('class %i is %s, %s, %s', (n, structure, side, tissue) => {
    expect(rowOfClass(TOTAL_V2[n - 1]!)).toMatchObject({ structure, side, tissue });
  });

  it('knows muscles of other tasks, and no invented or inherited names', () => {
    expect(rowOfClass('psoas_major_right')).toMatchObject({ structure: 'psoas_major', side: 'right' });
    for (const name of ['', 'constructor', 'toString_left', 'vertebrae_L9', 'pancreas_2']) {
      expect(rowOfClass(name)).toBeUndefined();
    }
  });
});

describe('readLabels', () => {
  const spec = { size: [3, 3, 3], datatype: 2 as const };

  it('names numbers by the classes of version 2, and leaves unknown ones unlabelled with a note', async () => {
    const bytes = writeNifti({ ...spec, value: (i) => [0, 88, 240][i]! });
    const labels = await one(bytes);
    expect(labels.rows.map((r) => r.structure)).toEqual(['unlabelled', 'iliopsoas']);
    expect([...labels.voxels.slice(0, 3)]).toEqual([0, 1, 0]);
    expect(labels.counts).toEqual([18, 9]);
    expect(said(labels.notes)).toEqual([expect.stringContaining('240')]);
  });

  it('believes a label table in the file more than the numbers', async () => {
    const extension =
      '<LabelTable><Label Key="1"><![CDATA[aorta]]></Label><Label Key="2"><![CDATA[my_tumour]]></Label></LabelTable>';
    const labels = await one(writeNifti({ ...spec, extension, value: (i) => i }));
    expect(labels.rows.map((r) => r.structure)).toEqual(['unlabelled', 'abdominal_aorta']);
    expect(said(labels.notes)[0]).toContain('my_tumour');
  });

  it('takes whole numbers stored as floats or scaled, and refuses others', async () => {
    const floats = await one(writeNifti({ ...spec, datatype: 16, value: () => 52 }));
    expect(floats.rows[1]!.structure).toBe('abdominal_aorta');
    const scaled = await one(writeNifti({ ...spec, slope: 0.1, value: () => 200 }));
    expect(scaled.rows[1]!.structure).toBe('large_intestine');
    await expect(one(writeNifti({ ...spec, datatype: 16, value: () => 0.4 }))).rejects.toThrow(
      /0\.4; labels are whole numbers/,
    );
    await expect(one(writeNifti({ ...spec, datatype: 16, value: () => Number.NaN }))).rejects.toThrow(/whole numbers/);
    await expect(one(writeNifti({ ...spec, datatype: 4, value: () => -1000 }))).rejects.toThrow(
      /-1000; .*is this a CT/,
    );
  });

  it('joins a folder of masks', async () => {
    const mask = (at: number) => writeNifti({ ...spec, value: (i) => (i === at ? 1 : 0) });
    const files = new Map([
      ['segmentations/aorta.nii.gz', mask(0)],
      ['iliopsoas_right.nii', mask(1)],
      ['skeletal_muscle.nii.gz', writeNifti({ ...spec, value: () => 1 })],
      ['ct.nii.gz', mask(2)],
    ]);
    const labels = await readLabels({ name: 'segmentations', files }, QUIET);
    expect([...labels.voxels.slice(0, 3)].map((v) => labels.rows[v]!.structure)).toEqual([
      'abdominal_aorta',
      'iliopsoas',
      'other_muscle',
    ]);
    expect(said(labels.notes)[0]).toContain('ct.nii.gz');
    await expect(readLabels({ name: 'x', files: new Map([['ct.nii', mask(0)]]) }, QUIET)).rejects.toThrow(
      /no mask of a TotalSegmentator class/,
    );
    files.set('colon.nii.gz', writeNifti({ ...spec, size: [3, 3, 4] }));
    await expect(readLabels({ name: 'x', files }, QUIET)).rejects.toThrow(
      /3 × 3 × 3 voxels.*3 × 3 × 4 voxels|3 × 3 × 4 voxels.*3 × 3 × 3 voxels/,
    );
  });
});
