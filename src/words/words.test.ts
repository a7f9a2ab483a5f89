import { describe, expect, it } from 'vitest';
import { isPsoas, isTarget, placeOf, STRUCTURES } from '../anatomy/structures.ts';
import { findingsTable } from '../cli/findings-table.ts';
import { assess } from '../findings/assess.ts';
import { coreSample } from '../findings/core-sample.ts';
import { keyOf } from '../findings/finding.ts';
import { makeResult } from '../findings/make-result.ts';
import { psoasShare, psoasShareOf } from '../findings/psoas-share.ts';
import { readResult } from '../findings/read-result.ts';
import { type Result, resultSchema } from '../findings/result.ts';
import { EN } from '../messages/en.ts';
import { note } from '../messages/note.ts';
import { type Catalogue, inEnglish, speakerOf } from '../messages/say.ts';
import type { Press } from '../press/press.ts';
import { scenarioSchema } from '../press/scenario.ts';
import { pushLine } from '../report/push-line.ts';
import { writeReport } from '../report/report.ts';
import { syntheticPress } from '../report/synthetic-press.test-data.ts';
import { TOOL_FAMILIES } from '../tool/catalogue.ts';
import { amountText, depthInMm, shortAmount } from './amounts.ts';
import { resultText, wordsOf } from './result-text.ts';

const press = syntheticPress();

/** The same body as a scan would hold it: psoas and iliacus as one muscle. */
function asScan(): Press {
  const { model } = press;
  const named = <R extends { readonly structure: string }>(row: R): R =>
    isTarget(row.structure) ? { ...row, structure: 'iliopsoas' } : row;
  return {
    ...press,
    model: {
      ...model,
      source: 'scan',
      corridors: [],
      fine: { ...model.fine, table: model.fine.table.map(named) },
      parts: model.parts.filter((part) => part.structure !== 'iliacus').map(named),
    },
  };
}

const resultOf = (of: Press, body = 'somebody'): Result =>
  makeResult({
    scenario: scenarioSchema.parse({}),
    press: of,
    ...assess(of),
    body: { label: body, weight_kg: 62 },
    version: '0',
    platform: 'test',
    time: '2000-01-01T00:00:00.000Z',
  });

describe('words and numbers', () => {
  it('the words of a result are beside its numbers, one for each key', () => {
    const result = resultOf(press);
    const written = JSON.parse(resultText(inEnglish, result));
    expect(written.words.findings.map((f: { finding: string }) => f.finding)).toEqual(result.findings.map(keyOf));
    expect(new Set(result.findings.map(keyOf)).size).toBe(result.findings.length);
    expect(Object.keys(written.words.inputs).sort()).toEqual(result.assumptions.map(({ id }) => id).sort());
    for (const name of Object.values(written.words.inputs)) expect(name).not.toMatch(/[/_]/);
    const numbers = JSON.stringify({ ...written, words: undefined });
    for (const { sentence } of written.words.findings) expect(numbers).not.toContain(sentence);
  });

  it('remarks and the reason of an early end are sentences in what is written, and notes for the program', () => {
    const result = resultOf({
      ...press,
      warnings: [note('note.preview')],
      converged: false,
      reason: note('reason.stopped'),
    });
    const written = JSON.parse(resultText(inEnglish, result));
    expect(written.warnings).toContain(EN['note.preview']);
    expect(written.warnings).toHaveLength(result.notes.length);
    for (const each of written.warnings) expect(each).toMatch(/^[A-Z].*\.$/s);
    expect(written.solver).toMatchObject({ reason: 'stopped by the user', stopped: { id: 'reason.stopped' } });
    expect(resultSchema.parse(written)).toEqual(written);
    // nothing is lost on the way back, and the words are left behind
    expect(readResult(written)).toEqual(JSON.parse(JSON.stringify(result)));
  });

  it('no sentence is in a hash: the whole catalogue may change, and every label, and no bit does', () => {
    const before = resultOf(press);
    const shouted = Object.fromEntries(Object.entries(EN).map(([key, message]) => [key, `«${message}»`]));
    const other = speakerOf({ tag: 'de', direction: 'ltr', messages: shouted as Catalogue });
    const family = { ...press.placed.tool.family, label: 'Zweispitz' };
    const placed = { ...press.placed, tool: { ...press.placed.tool, family } };
    const after = resultOf({ ...press, placed, warnings: [note('note.preview')] }, 'jemand');
    expect(after.manifest.resultHash).toBe(before.manifest.resultHash);
    expect(after.findings).toEqual(before.findings);
    expect(after.assumptions).toEqual(before.assumptions);
    expect(wordsOf(other, before).findings[0]!.sentence).toMatch(/^«.*»$/);
    expect(wordsOf(inEnglish, before).findings[0]!.sentence).not.toMatch(/«/);
    expect(before.manifest.resultHash).toBe(resultOf(press).manifest.resultHash);
    // while a number does, and what the scenario means does
    expect(resultOf({ ...press, steps: press.steps.slice(0, -1) }).manifest.resultHash).not.toBe(
      before.manifest.resultHash,
    );
  });
});

describe('names', () => {
  it('every tool has the sentence that the report is called by, and another is called by its name', () => {
    for (const { id } of TOOL_FAMILIES) expect(Object.keys(EN), id).toContain(`presses.${id}`);
    const titleOf = (id: string, label: string) =>
      /<h1>(.*?)<\/h1>/.exec(
        writeReport({ ...resultOf(press), tool: { ...resultOf(press).tool, id, label } }, press, { sections: [] }),
      )![1];
    expect(titleOf('fingertips', 'x')).toBe('What trained fingertips load on their way to the psoas, and around it');
    expect(titleOf('broomstick-end', 'x')).toBe(
      'What the end of a broomstick loads on its way to the psoas, and around it',
    );
    expect(titleOf('hoop', 'wooden hoop')).toBe('What a wooden hoop loads on its way to the psoas, and around it');
  });

  it('amounts in one unit are those of both units without the second', () => {
    for (const value of [0.02, -0.02, 0.5, 8.06, -3.21, 460])
      expect(amountText(inEnglish, value, 'kPa').replace(/ \(.*\)$/, '')).toBe(shortAmount(inEnglish, value, 'kPa'));
    expect(shortAmount(inEnglish, 31.4, '%')).toBe('31 %');
  });
});

describe('the muscles aimed at', () => {
  it('where they contract, that part of it is their own stands beside the figure in terminal and report', () => {
    const still = resultOf(press);
    const contracting = { ...still, scenario: { ...still.scenario, contract: 'psoas' as const } };
    const own = inEnglish.say('headline.own', { muscle: 'psoas' });
    for (const [result, told] of [
      [still, false],
      [contracting, true],
    ] as const) {
      const terminal = findingsTable(result, { width: 300 }).replace(/\s+/g, ' ');
      expect(terminal.includes(own)).toBe(told);
      expect(writeReport(result, press, { sections: [] }).includes(own)).toBe(told);
    }
  });

  it('are psoas and iliacus, and the one muscle of a scan that stands in the place of the psoas', () => {
    expect(STRUCTURES.map(({ id }) => id).filter(isTarget)).toEqual(['psoas_major', 'iliacus', 'iliopsoas']);
    expect(STRUCTURES.map(({ id }) => id).filter(isPsoas)).toEqual(['psoas_major', 'iliopsoas']);
    expect([placeOf('iliopsoas'), placeOf('iliacus'), placeOf('skin')]).toEqual(['psoas_major', 'iliacus', 'skin']);
  });

  it('the share of the work is the psoas’s: the iliacus beside it is counted by itself', () => {
    const share = (structure: string, of: number) => ({ structure, share: of, low: null, high: null });
    const body = [share('skin', 0.6), share('iliacus', 0.3), share('psoas_major', 0.1)];
    expect(psoasShare(body)).toBe(0.1);
    expect(psoasShareOf([share('skin', 0.6), share('iliopsoas', 0.4)])!.share).toBe(0.4);
    expect(psoasShare([share('skin', 1)])).toBe(0);
  });

  const scan = asScan();
  const result = resultOf(scan);

  it('on a scan: the table of the terminal has it where the psoas would stand', () => {
    const table = findingsTable(result, { width: 100 });
    const section = /^Target muscles\n([\s\S]*?)\n\n/m.exec(table)![1]!;
    expect(section).toMatch(/^ psoas and iliacus together\n {3}left, in tissue/);
    expect(table.match(/psoas and iliacus together/g)).toHaveLength(1);
    expect(table.replace(/\s+/g, ' ')).toMatch(/in the body, (?!0 %)[^%]+% is in the psoas/);
  });

  it('on a scan: the report has it under the muscles aimed at, and says its share', () => {
    const html = writeReport(result, scan, { sections: [] });
    expect(html).toMatch(/<h3>Target muscles<\/h3><ul class="full"><li><b>(Left p|P)soas and iliacus together/);
    expect(html).not.toContain('<h3>Other structures</h3>');
    expect(html).toMatch(/class="segment aimed"/);
  });

  it('on a scan: the line of the push ends with it, in report and app alike', () => {
    expect(coreSample(scan).pressed.at(-1)!.structure).toBe('iliopsoas');
    expect(pushLine(scan).pressed.at(-1)!.structure).toBe('iliopsoas');
    expect(pushLine(press).pressed.at(-1)!.structure).toBe('psoas_major');
    expect(pushLine(scan).pressed.map((layer) => layer.thickness)).toEqual(
      pushLine(press).pressed.map((layer) => layer.thickness),
    );
  });
});

describe('a depth', () => {
  it('is told in whole millimetres, and where that would read 0 or nearly so with two digits', () => {
    expect([0, 0.2, 0.994, 0.996, 4.6, 37.4].map((mm) => depthInMm(inEnglish, mm))).toEqual([
      '0',
      '0.20',
      '0.99',
      '1',
      '5',
      '37',
    ]);
  });
});
