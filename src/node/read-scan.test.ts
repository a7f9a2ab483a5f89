import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseScenario } from '../press/parse-scenario.ts';
import { writeNifti } from '../scan/write-nifti.test-data.ts';
import { readScan } from './read-scan.ts';

const home = mkdtempSync(join(tmpdir(), 'psoascope-read-'));
const at = (...names: string[]): string => join(home, ...names);
const put = (bytes: string, ...names: string[]): void => {
  mkdirSync(at(...names.slice(0, -1)), { recursive: true });
  writeFileSync(at(...names), bytes);
};
const dicom = `${'\0'.repeat(128)}DICM`;
const read = (scan: { ct?: string; labels?: string }) => readScan(parseScenario({ scan }, 'a test'), undefined);

beforeAll(() => {
  put(dicom, 'series', 'IM0001');
  put(dicom, 'study', 'series', 'IM0001');
  put('x', 'one', 'ct.nii.gz');
  put('x', 'two', 'a.nii');
  put('x', 'two', 'b.nii');
  put('x', 'none', 'readme.txt');
  mkdirSync(at('trap', 'aorta.nii.gz'), { recursive: true });
});
afterAll(() => rmSync(home, { recursive: true }));

describe('readScan', () => {
  it.each([
    ['a DICOM folder', 'series', /is a folder, not a CT file; it holds DICOM files: .*dcm2niix/],
    ['a DICOM folder in a folder', 'study', /is a folder, not a CT file; it holds DICOM files: .*dcm2niix/],
    ['a folder of anything', 'none', /is a folder, not a CT file; convert the DICOM series to NIfTI first/],
    ['a folder with the CT in it', 'one', /is a folder, not a CT file; give the volume in it: .*ct\.nii\.gz\.$/],
    ['a folder with several volumes', 'two', /give one of the 2 volumes in it/],
    ['a CT that is not there', 'missing.nii', /missing\.nii cannot be read: there is no such file\.$/],
  ])('says what to give instead of %s', (_what, name, sentence) => {
    expect(() => read({ ct: at(name) })).toThrow(sentence);
    expect(() => read({ ct: at(name) })).toThrow(expect.objectContaining({ name: 'InputError' }));
  });

  it('says what a label folder lacks, and takes no folder for a mask', () => {
    expect(() => read({ labels: at('series') })).toThrow(
      /holds no \.nii or \.nii\.gz file, only DICOM files; .*dcm2niix/,
    );
    expect(() => read({ labels: at('none') })).toThrow(/holds no \.nii or \.nii\.gz file\.$/);
    expect(() => read({ labels: at('trap') })).toThrow(/holds no \.nii or \.nii\.gz file\.$/);
  });

  it('takes a CT that was saved as labels for the CT that it is, and a label volume for labels', () => {
    const size = [4, 4, 4];
    writeFileSync(at('ct.nii'), writeNifti({ size, value: (i) => (i === 0 ? -1000 : 40) }));
    writeFileSync(at('labels.nii'), writeNifti({ size, value: (i) => (i === 0 ? 0 : 5) }));
    const { scenario, files, notes } = read({ labels: at('ct.nii') });
    expect(scenario.scan).toEqual({ ct: at('ct.nii'), ctHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(files).toEqual({ ct: { name: 'ct.nii', bytes: expect.any(Uint8Array) } });
    expect(notes).toEqual([{ id: 'scan.ct.called-labels', values: { file: 'ct.nii' } }]);

    const labelled = read({ labels: at('labels.nii') });
    expect(labelled.scenario.scan).toMatchObject({ labels: at('labels.nii') });
    expect(labelled.notes).toEqual([]);
  });
});
