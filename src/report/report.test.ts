import { describe, expect, it } from 'vitest';
import { html as markup } from '../base/html.ts';
import type { Result } from '../findings/result.ts';
import { note } from '../messages/note.ts';
import { inEnglish } from '../messages/say.ts';
import { findingLabel } from '../words/finding-label.ts';
import { aboutOf, sentencesOf } from '../words/sentences.ts';
import { forceDepthCurve, ticks } from './curve.ts';
import { writeReport } from './report.ts';
import { syntheticPress, syntheticResult } from './synthetic-press.test-data.ts';

const press = syntheticPress();
const result = syntheticResult(press);
const html = writeReport(result, press);

/** What a person reads: no tags, no style, no picture data. */
const textOf = (page: string): string =>
  page
    .replace(/<style>.*?<\/style>/gs, '')
    .replace(/<\/?(a|span|b|i)\b[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

describe('writeReport', () => {
  it('answers in its first sentences', () => {
    const lead = textOf(/<p class="lead">(.*?)<\/p>/.exec(html)![1]!).trim();
    expect(lead).toMatch(
      /^A load of 210 N \(the weight of about 21 kg\) pushes the massage ball 38 mm into a body like this\. On the way lie skin, fat under the skin, belly wall, .* and left psoas muscle\. The front of the psoas gets about 13 kPa \(100 mmHg\), range 9\.1 to 19 kPa \(68 to 140 mmHg\): 11 % of what the skin gets, 130 kPa \(950 mmHg\)\. That is 4\.4 times what trained fingertips give it with a load of their own, 3\.0 kPa \(23 mmHg\), a central estimate\. \d+ parts under it reach a level at which an effect was published\. \d+ of them may not be felt\.$/,
    );
  });

  it('loads nothing from anywhere', () => {
    expect(html).toContain(`content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"`);
    const loads = [...html.matchAll(/(?:\b(?:src|srcset|href)\s*=|url\()\s*["']?([^"')\s>]+)/g)].map((m) => m[1]!);
    const outward = loads.filter((to) => !to.startsWith('data:image/png;base64,') && !to.startsWith('#'));
    expect(outward.filter((to) => !to.startsWith('https://doi.org/'))).toEqual([]);
    expect(html).not.toMatch(/<(script|link|iframe|object|embed|base|form)\b/i);
    expect([...html.matchAll(/https?:\/\//g)]).toHaveLength(outward.length);
  });

  it('never says that something is harmless, and prints no odds and no broken numbers', () => {
    const text = textOf(html);
    expect(text).not.toMatch(/\b(un)?safe(ly|ty|r)?\b|harmless|recommended|probability/i);
    expect(text).not.toMatch(/NaN|undefined|\bnull\b|Infinity|\[object/);
    expect(html.replace(/base64,[^"]*/g, '')).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });

  it('has every id once, and every link inside leads somewhere', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]!);
    expect(ids.filter((id, n) => ids.indexOf(id) !== n)).toEqual([]);
    const wanted = [...html.matchAll(/(?:href="#|aria-labelledby=")([^"]+)"/g)].map((m) => m[1]!);
    expect(wanted.length).toBeGreaterThan(10);
    expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('has one h1 and leaves out no level of headings', () => {
    const levels = [...html.matchAll(/<h([1-6])[ >]/g)].map((m) => Number(m[1]));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.filter((level, n) => level - (levels[n - 1] ?? 0) > 1)).toEqual([]);
  });

  it('tells every finding: value in both units, band, felt or silent, and that a range is missing', () => {
    const text = textOf(html);
    for (const f of result.findings) {
      const { sentence } = sentencesOf(inEnglish, f, aboutOf(result));
      expect(text).toContain(f.value === null ? findingLabel(inEnglish, f) : markup`${sentence}`.markup);
    }
    expect(text).toContain('19 kPa (140 mmHg)');
    expect(text).toContain('11 to 31 kPa (83 to 230 mmHg)');
    expect(text).toContain('range not computed');
    expect(text).toContain('may not be felt');
    expect(text).toContain('Not in this model, so nothing can be said about them: left ovary.');
  });

  it('shows text from outside as text', () => {
    const evil = `<script>alert("x")</script><img src=x onerror='y'>`;
    const finding = { ...result.findings[1]!, evidence: [evil], structure: evil };
    const page = writeReport(
      {
        ...result,
        scenario: { ...result.scenario, tool: { id: evil, parameters: { [evil]: 1 } } },
        tool: { ...result.tool, id: evil, label: evil },
        body: { ...result.body, label: evil },
        findings: [finding],
        shares: [{ structure: evil, share: 1, low: null, high: null }],
        assumptions: [{ id: evil, value: 1, low: 0, high: 2, unit: evil, evidence: [evil] }],
        notes: [note('note.text', { text: evil })],
        solver: { ...result.solver, converged: false, stopped: note('note.text', { text: evil }), backend: evil },
        manifest: { ...result.manifest, version: evil, time: evil, resultHash: evil, scenarioHash: evil },
      },
      press,
    );
    expect(page).not.toMatch(/<script|<img/i);
    expect(page.match(/&lt;script&gt;/g)!.length).toBeGreaterThan(12);
  });

  it('says first and plainly that a press was not solved to its end', () => {
    const folded = 'the skin folded under the edge of the tool';
    const reason = note('note.text', { text: folded });
    const solver = { ...result.solver, converged: false, stopped: reason };
    const path = result.path.slice(0, 4);
    const text = textOf(writeReport({ ...result, solver, path }, { ...press, converged: false }));
    const at = text.indexOf('This press was not solved to the end.');
    expect(at).toBeGreaterThan(0);
    expect(at).toBeLessThan(text.indexOf('into a body like this'));
    expect(text).toContain(`Reason: ${folded}. Everything below is for the last step`);
    expect(text).toContain(', not for the 210 N that were asked for.');
  });

  it('can be written when no step was solved and nothing was found', () => {
    const nothing: Result = { ...result, path: [], findings: [], shares: [], assumptions: [], notes: [] };
    const page = writeReport({ ...nothing, solver: { ...result.solver, converged: false } }, { ...press, steps: [] });
    expect(textOf(page)).toContain('No step of this press was solved');
    expect(textOf(page)).not.toMatch(/NaN|undefined/);
    const folded = 'the skin folded under the edge of the tool';
    const reason = note('note.text', { text: folded });
    const why = { ...nothing, solver: { ...result.solver, converged: false, stopped: reason } };
    expect(textOf(writeReport(why, { ...press, steps: [] }))).toContain(`Reason: ${folded}. No step was solved.`);
  });
});

describe('parts', () => {
  it('ticks are round, start at 0 and reach the largest value', () => {
    expect(ticks(210)).toEqual([0, 50, 100, 150, 200, 250]);
    expect(ticks(38)).toEqual([0, 10, 20, 30, 40]);
    expect(ticks(0.3).at(-1)).toBeGreaterThanOrEqual(0.3);
  });

  it('forceDepthCurve has a point for each step', () => {
    expect(forceDepthCurve(inEnglish, result.path, 210).markup.match(/<circle/g)).toHaveLength(result.path.length);
    expect(forceDepthCurve(inEnglish, [], 210).markup).toBe('');
  });

  it('says what the ranges hang on where there are ranges, and nothing of it where there are none', () => {
    expect(writeReport(result, press, { sections: [] })).not.toContain('id="hangs-on"');
    const input = { id: 'softness of <fat>', low: 1, high: 9, unit: 'kPa', evidence: ['T-91'], weight: 0.7 };
    const uncertainty: Result['uncertainty'] = {
      n: 20,
      used: 19,
      seed: 0,
      cell_mm: 10,
      chance: 0.4,
      inputs: [
        { ...input, id: 'grid', weight: 0.2, evidence: [] },
        { ...input, id: 'tool-size', weight: 0.5 },
        // no more than chance makes of it: no cause
        { ...input, id: 'belly', weight: 0.39 },
        input,
      ],
      tornado: [{ finding: 'share/psoas_major', bars: [{ input: input.id, rho: -0.8, low: 0.06, high: 0.03 }] }],
    };
    const html = writeReport({ ...result, uncertainty }, press, { sections: [] });
    const part = /<section class="hangs-on".*?<\/section>/s.exec(html)![0];
    // the strongest first, each with its range and source, and the psoas's share at both ends
    expect(part).toMatch(
      /softness of &lt;fat&gt;.*1\.0 to 9\.0 kPa.*0\.70.*#source-T-91.*size of the tool.*size of the cells/s,
    );
    expect(part).not.toContain('resting belly pressure');
    expect(part).toContain('softness of &lt;fat&gt;: 6.0 % at its low end, 3.0 % at its high end');
    expect(html).toContain('id="source-T-91"');
    expect(writeReport({ ...result, uncertainty: { ...uncertainty, used: 0 } }, press, { sections: [] })).not.toContain(
      'id="hangs-on"',
    );
  });
});
