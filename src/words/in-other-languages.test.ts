import { describe, expect, it } from 'vitest';
import { resolveBody } from '../body/body.ts';
import { bodySpecSchema } from '../body/spec.ts';
import { findingsTable } from '../cli/findings-table.ts';
import { assess } from '../findings/assess.ts';
import { makeResult } from '../findings/make-result.ts';
import type { Result } from '../findings/result.ts';
import { inEnglish, speakerOf } from '../messages/say.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import { comparisonPage } from '../report/comparison-page.ts';
import { writeReport } from '../report/report.ts';
import { sectionPictures } from '../report/sections.ts';
import { syntheticPress } from '../report/synthetic-press.test-data.ts';
import { TOOL_FAMILIES } from '../tool/catalogue.ts';
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
