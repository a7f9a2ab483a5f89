import { describe, expect, it } from 'vitest';
import { InputError } from '../base/errors.ts';
import { resolveBody } from '../body/body.ts';
import { bodySpecSchema } from '../body/spec.ts';
import { findingsTable } from '../cli/findings-table.ts';
import { evidence } from '../evidence/evidence.ts';
import { assess } from '../findings/assess.ts';
import { makeResult } from '../findings/make-result.ts';
import type { Result } from '../findings/result.ts';
import type { NeutralProblem } from '../mechanics/neutral.ts';
import { solveNeutral } from '../mechanics/solve-neutral.ts';
import { note } from '../messages/note.ts';
import { inEnglish, speakerOf } from '../messages/say.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import { comparisonPage } from '../report/comparison-page.ts';
import { writeReport } from '../report/report.ts';
import { sectionPictures } from '../report/sections.ts';
import { syntheticPress } from '../report/synthetic-press.test-data.ts';
import { readLabelTable } from '../scan/label-table.ts';
import { readNifti } from '../scan/nifti.ts';
import { parsePlan } from '../study/parse-plan.ts';
import { redisTrouble } from '../study/redis-trouble.ts';
import { buildTool } from '../tool/build.ts';
import { TOOL_FAMILIES } from '../tool/catalogue.ts';
import { checkedText } from '../validation/checked-text.ts';
import { stripChart } from '../validation/strip-chart.ts';
import { validate } from '../validation/validate.ts';
import { validationPage } from '../validation/validation-page.ts';
import { noteText } from './note-text.ts';
import { leftInEnglish, MIRRORED, PSEUDO, textOfPage } from './pseudo-language.test-data.ts';
import { wordsOf } from './result-text.ts';

const made = syntheticPress();
const family = TOOL_FAMILIES.find(({ id }) => id === 'ball-lacrosse')!;
const placed = { ...made.placed, tool: { ...made.placed.tool, family } };
const press = { ...made, placed, warnings: [] };
const { findings, shares, headline } = assess(press);
const result: Result = makeResult({
  scenario: parseScenario({ tool: { id: 'ball-lacrosse' }, body: { height_cm: 163, weight_kg: 62 } }),
  press,
  headline,
  // half of the values with a range, so that both kinds of sentences are said
  findings: findings.map((f, n) =>
    n % 2 === 0 || f.value === null ? f : { ...f, low: f.value - 1, high: f.value + 2 },
  ),
  shares: shares.map((s) => ({ ...s, low: s.share / 2, high: Math.min(1, 2 * s.share) })),
  body: resolveBody(bodySpecSchema.parse({ height_cm: 163, weight_kg: 62 })),
  version: '0',
  platform: 'test',
  time: '2000-01-01T00:00:00.000Z',
});
const pseudo = speakerOf(PSEUDO);
const mirrored = speakerOf(MIRRORED);

describe('in a language that nobody speaks, no English is left', () => {
  it('in the sentences of findings and the names of inputs', () => {
    const { findings: said, inputs, notice } = wordsOf(pseudo, result);
    for (const { finding, label, sentence, professional } of said)
      expect(leftInEnglish(`${label} ${sentence} ${professional}`), finding).toEqual([]);
    expect(leftInEnglish(Object.values(inputs).join(' '))).toEqual([]);
    expect(leftInEnglish(notice)).toEqual([]);
  });

  it('in the table of the terminal', () => {
    expect(leftInEnglish(findingsTable(result, { speaker: pseudo, width: 100 }))).toEqual([]);
    expect(leftInEnglish(findingsTable({ ...result, path: [] }, { speaker: pseudo }))).toEqual([]);
  });

  it('in the report, with and without hands and ranges', () => {
    const sections = sectionPictures(pseudo, press);
    const whole = writeReport(result, press, { speaker: pseudo, sections, hands: result });
    expect(leftInEnglish(textOfPage(whole))).toEqual([]);
    const bare = { ...result, findings, path: result.path.slice(0, 2), solver: { ...result.solver, converged: false } };
    expect(leftInEnglish(textOfPage(writeReport(bare, press, { speaker: pseudo, sections })))).toEqual([]);
  });

  it('in the page of the checks and its picture, the figures of the evidence left out', async () => {
    const checked = await validate({}, { only: ['A-03', 'A-04', 'A-05', 'A-12', 'A-13', 'A-17', 'A-20', 'A-36'] });
    const quoted = checked.flatMap(({ id }) => {
      const { text, unit, range, citation, note } = evidence(id);
      return [citation, range, `${text} ${unit}`.trim(), `${text} (${unit})`, text, note ?? citation];
    });
    // the longest first: a short one may be a part of it
    quoted.sort((a, b) => b.length - a.length);
    const page = quoted.reduce((rest, text) => rest.replaceAll(text, ' '), validationPage(pseudo, checked, 'v.svg'));
    expect(leftInEnglish(page.replaceAll('v.svg', ' '))).toEqual([]);
    const picture = textOfPage(stripChart(pseudo, checked));
    expect(leftInEnglish(picture.replace(/font-family="[^"]*"/g, ''))).toEqual([]);
    const words = checked.map((each) => checkedText(pseudo, each));
    expect(leftInEnglish(words.map(({ title, method }) => `${title} ${method}`).join(' '))).toEqual([]);
  });

  it('in what a scan’s labels have to say, structures by their names', () => {
    const part = (side: string, id: string) => note('scan.part', { side, name: { id: `structure.${id}` } });
    const signs = note('scan.signs.two', {
      first: note('scan.sign.below', { name: part('left', 'kidney'), other: part('midline', 'vertebra_l4') }),
      second: note('scan.sign.side', { name: part('midline', 'liver'), side: 'left' }),
    });
    const grid = note('scan.grid', { voxels: '9 × 9 × 9', edges: '3 × 3 × 3' });
    const names = note('scan.list', {
      first: note('scan.labels.spelled.one', { name: '1_2', known: '3_4' }),
      rest: '5',
    });
    for (const each of [
      note('scan.labels.odd', { file: 'a.csv', signs }),
      note('scan.labels.grid', { labels: grid, ct: grid }),
      note('scan.labels.spelled', { file: 'a.csv', names }),
    ])
      expect(leftInEnglish(noteText(pseudo, each)), each.id).toEqual([]);
    expect(noteText(inEnglish, signs)).toBe('“left kidney” lies below “vertebra L4” and “liver” lies on the left');
  });

  it.each<[string, () => unknown, RegExp?]>([
    ['a key that there is not', () => parseScenario({ bady: {} }), /"bady"|schemaVersion.*seed/g],
    ['a number out of its range', () => parseScenario({ cell_mm: 1 }), /cell_mm/],
    ['two loads', () => parseScenario({ load: { force_N: 1, mass_kg: 1 } }), /force_N|mass_kg|bodyWeightShare/g],
    ['a size that nobody has', () => resolveBody(bodySpecSchema.parse({ weight_kg: 1000 }))],
    [
      'a tool that does not fit together',
      () => buildTool({ id: 'two-peak', parameters: { spacing: 61, tipAcross: 40 } }),
      /two-peak|spacing|tipAcross/g,
    ],
    ['cells of no size', () => solveNeutral({} as NeutralProblem, 0)],
    ['a plan that varies nothing', () => parsePlan({ base: {} }, 'p.json'), /psoascope press|p\.json|vary|population/g],
    [
      'a distribution that is none',
      () => parsePlan({ vary: { cell_mm: { distribution: 'gamma' } } }),
      /"\w+"|uniform, normal, log-normal|categorical|cell_mm|vary/g,
    ],
    ['a file that is no scan', () => readNifti(new Uint8Array(400), 'a.bin'), /\.nii(\.gz)?/g],
    [
      'a DICOM file',
      () =>
        readNifti(
          Uint8Array.from({ length: 400 }, (_, n) => 'DICM'.charCodeAt(n - 128) || 0),
          'a.bin',
        ),
      /DICOM|dcm2niix|NIfTI/g,
    ],
    ['a table of another numbering', () => readLabelTable('nowhere'), /nowhere|total.*liver_segments/g],
    ['an evidence row that there is not', () => evidence('H-9999'), /\(.*?\)/g],
  ])('in the error of %s; its message is the same in English', async (_, wrong, names = /$^/) => {
    const error = await Promise.resolve()
      .then(wrong)
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InputError);
    const { message, note: said } = error as InputError;
    expect(noteText(inEnglish, said)).toBe(message);
    const text = noteText(pseudo, said);
    expect(text).toMatch(/^\[.*~\]$/s);
    expect(leftInEnglish(text.replace(names, ' ')), text).toEqual([]);
  });

  it('in what a Redis is in trouble with', () => {
    for (const answer of ['OOM command not allowed', 'NOAUTH Authentication required.', 'LOADING Redis is loading']) {
      const { said } = redisTrouble(new Error(answer), 'redis://h')!;
      expect(noteText(inEnglish, said)).toBe(said.english);
      const text = noteText(pseudo, said);
      expect(leftInEnglish(text.replace(/redis:\S*|maxmemory/g, ' ')), text).toEqual([]);
    }
  });

  it('in the page of two presses', () => {
    const compared = { result, sections: sectionPictures(pseudo, press) };
    expect(leftInEnglish(textOfPage(comparisonPage(compared, compared, pseudo)))).toEqual([]);
  });
});

describe('the tool that looks for it', () => {
  it('finds a word in a text, in a label and inside a sentence, and lets units and sources be', () => {
    expect(leftInEnglish('[Ṽþ 12 kPa (90 mmHg), H-04, T-6a, summary.csv~~]')).toEqual([]);
    const said = pseudo.say('table.pressed', { start: 'relaxed', force: 1, kg: 1, depth: 1 });
    expect(leftInEnglish(said)).toEqual(['relaxed']);
    expect(leftInEnglish(textOfPage('<p title="not said">[þñ]</p><pre>any code</pre>'))).toEqual(['not', 'said']);
  });

  it('its sentences are in brackets, longer by 40 %, and whole: what is put in stays, plurals choose', () => {
    expect(pseudo.say('plain.within')).toMatch(/^\[[^\]]*~+\]$/);
    const [plain, longer] = [inEnglish, pseudo].map((speaker) => speaker.say('plain.within').length) as [
      number,
      number,
    ];
    expect(longer).toBeGreaterThanOrEqual(Math.floor(1.4 * plain));
    expect(pseudo.say('study.varies.count', { count: 1 })).toMatch(/^\[1 /);
  });
});

describe('from right to left', () => {
  it('the pages say so, and write digits as the language does', () => {
    const html = writeReport(result, press, { speaker: mirrored, sections: [] });
    expect(html).toMatch(/^<!doctype html>\n<html lang="ar-EG" dir="rtl">/);
    expect(html).toMatch(/[٠-٩]+ ķÞå \([٠-٩]+ ɱɱĤĝ\)/);
    expect(findingsTable(result, { speaker: mirrored })).toMatch(/[٠-٩] kPa/);
  });
});
