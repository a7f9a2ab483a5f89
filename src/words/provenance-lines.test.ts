import { describe, expect, it } from 'vitest';
import { STRUCTURES } from '../anatomy/structures.ts';
import { SUBJECTS } from '../findings/subjects.data.ts';
import { inEnglish } from '../messages/say.ts';
import { provenanceLines } from './provenance-lines.ts';

describe('where a part comes from, in words', () => {
  it('has six lines for every structure, each a sentence or codes', () => {
    for (const id of [...STRUCTURES.map((s) => s.id), ...SUBJECTS.map((s) => s.structure)])
      for (const scanned of [false, true]) {
        const lines = provenanceLines(inEnglish, id, scanned);
        expect(lines.map((line) => line.id)).toEqual(['shape', 'stiffness', 'figures', 'colour', 'codes', 'licence']);
        for (const { text } of lines) expect(text, id).toMatch(/^[A-Z][^{}]*[.\d]$/);
      }
  });

  it('of the psoas, of a nerve, of fat between the organs, and of a part that no list names alone', () => {
    const of = (id: string) => Object.fromEntries(provenanceLines(inEnglish, id, false).map((line) => [line.id, line]));
    expect(of('psoas_major').shape).toMatchObject({ name: 'Shape', evidence: expect.arrayContaining(['B-01']) });
    expect(of('psoas_major').codes!.text).toBe('TA98 A04.7.02.004, FMA:18060, UBERON:0001298');
    expect(of('femoral_nerve').shape).toMatchObject({ name: 'Course', text: expect.stringMatching(/^A line, /) });
    expect(of('femoral_nerve').codes!.text).toBe('TA98 A14.2.07.020, FMA:16486, UBERON:0001267');
    expect(of('visceral_fat').codes!.text).toBe('None: the model’s own name for a group or a remainder.');
    expect(of('hamstring_muscles').codes!.text).toBe('No entry was found that means just this part.');
    expect(of('large_intestine').shape!.text).toMatch(/some of its parts after published sizes/);
    expect(of('large_intestine').licence!.text).toMatch(/^Apache-2.0/);
    expect(of('abdominal_wall').codes!.text).toBe('None: the model’s own name for a group or a remainder.');
    expect(of('iliopsoas').shape!.text).toMatch(/^Only in scans\./);
    expect(of('liver').licence!.text).toContain('HuBMAP (CC BY 4.0)');
  });
});
