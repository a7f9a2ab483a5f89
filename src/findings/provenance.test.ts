import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { STRUCTURES } from '../anatomy/structures.ts';
import { evidence } from '../evidence/evidence.ts';
import { SHAPE_EVIDENCE } from './provenance.data.ts';
import { ASKABLE, partsOf, provenanceOf } from './provenance.ts';
import { SUBJECTS } from './subjects.data.ts';

/** Names of structures in an old result: of findings, bones that hold the push, what lies near the tool or on its line. */
function namesIn(file: string): string[] {
  const { findings, headline, near, line } = JSON.parse(readFileSync(join(import.meta.dirname, 'v1', file), 'utf8'));
  return [...JSON.stringify([findings, headline, near, line]).matchAll(/"structure":"([^"]*)"/g)].map(
    ([, name]) => name!,
  );
}

describe('what can be asked for', () => {
  it.each(readdirSync(join(import.meta.dirname, 'v1')))('is whatever %s names', (file) => {
    const names = namesIn(file);
    expect(names).toContain('abdominal_wall');
    for (const name of names) expect(ASKABLE).toContain(name);
  });

  it('is every structure and every subject, once; the wall is made of its sheets', () => {
    expect(new Set(ASKABLE).size).toBe(ASKABLE.length);
    for (const { structure } of SUBJECTS) expect(ASKABLE).toContain(structure);
    expect(ASKABLE.length).toBe(STRUCTURES.length + 1);
    expect(partsOf('abdominal_wall')).toEqual(expect.arrayContaining(['rectus_abdominis', 'linea_alba']));
    expect(partsOf('psoas_major')).toEqual(['psoas_major']);
  });
});

describe('where a structure comes from', () => {
  it.each(ASKABLE)('is known for %s, drawn or scanned, on rows that exist', (id) => {
    for (const scanned of [false, true]) {
      const { shape, stiffness, figures } = provenanceOf(id, scanned);
      for (const part of [shape, stiffness, figures])
        for (const row of part.evidence) expect(evidence(row).id).toBe(row);
      // whoever names published sizes or levels has some
      expect(shape.evidence.length > 0, id).toBe(['sized', 'grown', 'course', 'mixed'].includes(shape.from));
      expect(figures.evidence.length > 0, id).toBe(figures.from === 'levels');
      expect(stiffness.evidence.length > 0, id).toBe(stiffness.from !== 'line');
    }
  });

  it.each(SUBJECTS.filter((s) => s.onlyWhereHeld === undefined).map((s) => s.structure))(
    'of %s, which every built body holds, is no scan',
    (structure) => {
      const { from } = provenanceOf(structure, false).shape;
      expect(['course', 'grown', 'sized', 'drawn', 'mixed']).toContain(from);
    },
  );

  it('of an organ that is drawn in several parts is that of all its parts', () => {
    const bowel = provenanceOf('large_intestine', false);
    // caecum and transverse colon; ascending and descending; sigmoid; none of the rectum
    expect(bowel.shape).toEqual({ from: 'mixed', evidence: ['B-55', 'B-35', 'B-58'] });
    expect(bowel.stiffness).toEqual(provenanceOf('sigmoid_colon', false).stiffness);
    expect(bowel.codes).toContain('TA98 A05.7.01.001');
    expect(provenanceOf('large_intestine', true).shape).toEqual({ from: 'scan', evidence: [] });
    const wall = provenanceOf('abdominal_wall', false);
    expect(wall.shape).toEqual({ from: 'mixed', evidence: ['B-34'] });
    // the tendon's rows beside those of the muscles
    const rows = ['rectus_abdominis', 'linea_alba'].flatMap((id) => provenanceOf(id, false).stiffness.evidence);
    expect(wall.stiffness).toEqual({ from: 'estimate', evidence: [...new Set(rows)] });
  });

  it('is told of exactly the shapes that are drawn for the reference adults', () => {
    const drawn = STRUCTURES.filter(
      (s) => s.source === 'reference' && provenanceOf(s.id, false).shape.from !== 'course',
    );
    expect(Object.keys(SHAPE_EVIDENCE).sort()).toEqual(drawn.map((s) => s.id).sort());
  });

  it('of psoas, outer thigh nerve, bone, an insert, and what only a scan holds', () => {
    expect(provenanceOf('psoas_major', false)).toEqual({
      structure: 'psoas_major',
      shape: { from: 'sized', evidence: ['B-01', 'B-04', 'B-06', 'B-07', 'B-10', 'B-57'] },
      stiffness: { from: 'estimate', evidence: ['T-97'] },
      figures: { from: 'levels', evidence: ['H-71', 'H-72'] },
      codes: ['TA98 A04.7.02.004', 'FMA:18060', 'UBERON:0001298'],
      named: true,
    });
    const of = (id: string, scanned = false) => {
      const { shape, stiffness, figures } = provenanceOf(id, scanned);
      return [shape.from, stiffness.from, figures.from];
    };
    expect(of('lateral_femoral_cutaneous_nerve')).toEqual(['course', 'line', 'levels']);
    expect(of('lateral_femoral_cutaneous_nerve', true)).toEqual(['course', 'line', 'levels']);
    expect(of('vertebra_l3')).toEqual(['sized', 'rigid', 'none']);
    expect(of('cyst')).toEqual(['insert', 'estimate', 'alone']);
    expect(of('skin')).toEqual(['grown', 'estimate', 'levels']);
    expect(of('liver')).toEqual(['drawn', 'estimate', 'none']);
    expect(of('liver', true)).toEqual(['scan', 'estimate', 'none']);
    // stands for the psoas that a scan cannot tell from the iliacus
    expect(of('iliopsoas', true)).toEqual(['scan', 'estimate', 'levels']);
    // and no scan is open
    expect(of('iliopsoas')).toEqual(['scan-only', 'estimate', 'levels']);
    // a scan's part that is in no table
    expect(of('thyroid_gland', true)).toEqual(['scan', 'estimate', 'none']);
    expect(provenanceOf('visceral_fat', false)).toMatchObject({ codes: [], named: false });
  });
});
