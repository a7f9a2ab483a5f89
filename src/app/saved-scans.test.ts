import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inEnglish } from '../messages/say.ts';
import { readScan } from '../node/read-scan.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import { scanHashes } from '../scan/scan-hashes.ts';
import { noteText } from '../words/note-text.ts';
import { Refused } from './app-note.ts';
import { drawable } from './question.ts';
import { readSaved } from './read-saved.ts';
import { refuseOther } from './refuse-other.ts';
import { scanFilesOf, withTable } from './scan-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'psoascope-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What the page says of what is refused. */
function refusal(ask: () => unknown): string {
  try {
    ask();
  } catch (error) {
    if (error instanceof Refused) return noteText(inEnglish, error.note);
    throw error;
  }
  return 'not refused';
}

describe('scans by their content', () => {
  it('have the hashes that the command line gives them, whatever order the files came in', () => {
    writeFileSync(join(folder, 'ct.nii'), 'a ct');
    mkdirSync(join(folder, 'masks'));
    const masks = { 'liver.nii.gz': 'one', 'Aorta.nii': 'two', 'colon.nii': 'three' };
    for (const [name, content] of Object.entries(masks)) writeFileSync(join(folder, 'masks', name), content);
    const asked = parseScenario({ scan: { ct: join(folder, 'ct.nii'), labels: join(folder, 'masks') } });
    const { scan } = readScan(asked, undefined).scenario;
    const files = new Map(Object.entries(masks).map(([name, content]) => [name, bytes(content)]));
    expect(scanHashes({ ct: { name: 'ct.nii', bytes: bytes('a ct') }, labels: { name: 'labels', files } })).toEqual({
      ctHash: scan?.ctHash,
      labelsHash: scan?.labelsHash,
    });
    const one = parseScenario({ scan: { labels: join(folder, 'ct.nii') } });
    expect(scanHashes({ labels: { name: 'x', bytes: bytes('a ct') } }).labelsHash).toBe(
      readScan(one, undefined).scenario.scan?.labelsHash,
    );
  });

  it('are asked for by a saved result with names and hashes', () => {
    const scenario = parseScenario({
      tool: { id: 'ball-tennis' },
      load: { force_N: 20 },
      scan: { ct: 'ct.nii.gz', ctHash: 'aa', labels: 'l.nii.gz', labelsHash: 'bb' },
    });
    const { schemaVersion: _, scan, ...inputs } = scenario;
    for (const text of [
      JSON.stringify({ manifest: {}, scenario }),
      JSON.stringify(scenario),
      `\uFEFF${JSON.stringify(scenario)}`,
    ])
      expect(readSaved(text, 'r.json')).toEqual({ inputs, wanted: scan });
    expect(readSaved('{"tool":{"id":"fingertips"}}', 's.json').wanted).toBe(undefined);
  });

  it.each([
    ['no json', 'this is not', /r\.json is not JSON/],
    ['no object', '[1]', /r\.json: .*object/],
    ['null', 'null', /r\.json/],
    ['an unknown tool', '{"tool":{"id":"x"}}', /no tool x/],
    ['a result without a scenario', '{"manifest":{}}', /r\.json/],
    ['a newer one', '{"schemaVersion":99}', /newer version/],
  ])('a file with %s is refused in a sentence', (_, text, sentence) => {
    expect(() => readSaved(text, 'r.json')).toThrow(sentence);
  });

  it('are the wanted ones only with the wanted content', () => {
    const wanted = { ct: 'ct.nii.gz', ctHash: 'c1', labels: 'l.nii.gz', labelsHash: 'l1' };
    expect(() => refuseOther(wanted, { ...wanted, ct: 'renamed.nii.gz' })).not.toThrow();
    expect(refusal(() => refuseOther(wanted, { ...wanted, ctHash: 'c2' }))).toMatch(
      /^ct\.nii\.gz is not the CT ct\.nii\.gz .* begins with c2, not with c1\.$/,
    );
    expect(refusal(() => refuseOther(wanted, { ...wanted, labelsHash: 'l2' }))).toMatch(/not the label file/);
    expect(refusal(() => refuseOther(wanted, { ct: 'ct.nii.gz', ctHash: 'c1' }))).toMatch(
      /label file l\.nii\.gz is missing/,
    );
    const alone = { ct: 'ct.nii.gz', ctHash: 'c1' };
    expect(refusal(() => refuseOther(alone, wanted))).toMatch(/without labels; leave l\.nii\.gz out/);
    // what an older version wrote without hashes pins nothing
    expect(() => refuseOther({ labels: 'ct.nii.gz' }, wanted)).not.toThrow();
  });

  it('with a label table: the same scan only with the same one, and a numbering comes by its name', () => {
    const wanted = { labels: 'l.nii.gz', labelsHash: 'l1', labelTable: 'mine.csv', labelTableHash: 't1' };
    const saved = { scan: wanted, tool: { id: 'ball-tennis' } };
    expect(readSaved(JSON.stringify(saved), 'r.json').wanted).toEqual(wanted);
    expect(drawable({}, wanted).scan).toEqual(wanted);
    expect(() => refuseOther(wanted, { ...wanted, labelTable: 'renamed.txt' })).not.toThrow();
    expect(refusal(() => refuseOther(wanted, { ...wanted, labelTableHash: 't2' }))).toMatch(
      /not the label table mine\.csv/,
    );
    const { labelTable, labelTableHash, ...without } = wanted;
    expect(refusal(() => refuseOther(wanted, without))).toMatch(/label table mine\.csv is missing/);
    expect(refusal(() => refuseOther(without, wanted))).toMatch(/without a label table; leave mine\.csv out/);
    const numbering = { ...without, labelTable: 'total_v1' };
    expect(refusal(() => refuseOther(numbering, without))).toMatch(/label table total_v1 is missing/);
    expect(() => refuseOther(numbering, numbering)).not.toThrow();
    const labels = { name: 'l.nii.gz', bytes: bytes('labels') };
    expect(withTable({ labels }, 'total_v1').labels?.table).toBe('total_v1');
    expect(withTable({ labels }, 'mine.csv').labels?.table).toBe(undefined);
    const table = { name: 'a.csv', bytes: bytes('1,liver') };
    expect(withTable({ labels: { ...labels, table } }, 'total_v1').labels?.table).toBe(table);
  });
});

describe('files chosen as labels', () => {
  const file = (name: string) => ({ name, bytes: bytes(name) });
  it('are one volume, masks, and a table that names the numbers', () => {
    const [ct, one, two, table] = ['ct.nii', 'a.nii.gz', 'B.NII', 'labels.ctbl'].map(file);
    expect(scanFilesOf(ct, [])).toEqual({ ct });
    expect(scanFilesOf(undefined, [one!])).toEqual({ labels: one });
    expect(scanFilesOf(ct, [table!, one!])).toEqual({ ct, labels: { ...one, table } });
    const { labels } = scanFilesOf(ct, [one!, two!]);
    expect(labels && 'files' in labels && [...labels.files.keys()]).toEqual(['a.nii.gz', 'B.NII']);
    expect(scanHashes(scanFilesOf(ct, [table!, one!]))).not.toEqual(scanHashes(scanFilesOf(ct, [one!])));
    expect(refusal(() => scanFilesOf(ct, [table!]))).toMatch(
      /labels\.ctbl is no NIfTI file .* choose them together\.$/,
    );
    expect(refusal(() => scanFilesOf(ct, [one!, table!, file('x.csv')]))).toMatch(/choose one label table/);
  });
});
