import { capitalised } from '../base/text.ts';
import { mmHgOf } from '../base/units.ts';
import type { Finding, Quantity, Ranged } from '../findings/finding.ts';
import { psoasShareOf } from '../findings/psoas-share.ts';
import type { Result } from '../findings/result.ts';
import { subjectOf } from '../findings/subject-of.ts';
import { SUBJECTS, type Subject } from '../findings/subjects.data.ts';
import { inEnglish, type Speaker } from '../messages/say.ts';
import {
  depthInMm,
  durationText,
  isLittle,
  kgText,
  levelEnd,
  levelText,
  SMALL_PRESSURE,
  shareRangeText,
  twoDigits,
} from '../words/amounts.ts';
import { shareName } from '../words/everyday-name.ts';
import { findingRange, isFlatVein } from '../words/finding-amount.ts';
import { findingLabel, sidelessLabel } from '../words/finding-label.ts';
import { headlineLines } from '../words/headline-lines.ts';
import { nearLines } from '../words/near-lines.ts';
import { noteText } from '../words/note-text.ts';
import { rangesText } from '../words/ranges-text.ts';
import { effectText, isPressure, levelOf, standingName } from '../words/sentences.ts';
import { HARDLY_ROWS, hardlyPressed, sortFindings } from '../words/sort-findings.ts';
import { toolName } from '../words/tool-name.ts';
import { wrap } from './text-table.ts';

export interface TableOptions {
  /** The language; English when absent. */
  readonly speaker?: Speaker;
  /** Columns of the terminal; 60 to 100 are used. */
  readonly width?: number;
  /** Bold headings and quiet notes by terminal codes; never colours for danger. */
  readonly colour?: boolean;
}

/**
 * A result for people, as plain text: first what the tool did to the psoas and where the push ends, then a line per structure from the skin
 * inwards, then the published levels that were compared with, warnings and the notice. Nothing is longer than the width.
 */
export function findingsTable(
  result: Result,
  { width = 80, colour = false, speaker = inEnglish }: TableOptions = {},
): string {
  const columns = Math.max(60, Math.min(100, Math.floor(width)));
  const style = {
    bold: (text: string): string => (colour ? `\u001b[1m${text}\u001b[22m` : text),
    dim: (text: string): string => (colour ? `\u001b[2m${text}\u001b[22m` : text),
  };
  const paragraph = (text: string): string[] => within(text, columns);
  const quiet = (text: string, indent = 0): string[] =>
    within(text, columns - indent).map((line, n) => style.dim(`${' '.repeat(n > 0 ? indent : 0)}${line}`));

  const { hardly } = sortFindings(speaker, result.findings);
  const valued = result.findings.filter((f) => f.value !== null);
  const shown = valued.filter((f) => !hardly.includes(f));
  const missing = result.findings.filter((f) => f.value === null).map((each) => findingLabel(speaker, each));
  const layout = layoutFor(columns);
  const lines: string[] = [
    ...within(whatWasPressed(speaker, result), columns).map(style.bold),
    '',
    ...reachedText(speaker, result).flatMap(paragraph),
    ...headline(speaker, result).flatMap(paragraph),
    ...paragraph(countOfPublished(speaker, valued)),
    '',
    style.dim(
      row(layout, [
        '',
        speaker.say('table.how-much'),
        speaker.say('table.range'),
        speaker.say('table.published'),
        speaker.say('table.felt'),
      ]),
    ),
  ];
  for (const section of new Set(SUBJECTS.map((s) => s.section))) {
    const subjects = SUBJECTS.filter((s) => s.section === section);
    const rows = subjects.flatMap((subject) => subjectRows(speaker, layout, subject, shown));
    if (rows.length > 0) lines.push(style.bold(speaker.say(`section.${section}`)), ...rows, '');
  }
  if (hardly.length > 0) lines.push(...quiet(`${hardlyPressed(speaker, hardly)} [${HARDLY_ROWS.join(' ')}]`), '');
  const near = nearLines(speaker, result);
  if (near.length > 0) {
    lines.push(style.bold(speaker.say('near.title')));
    for (const text of near) lines.push(...within(text, columns - 2).map((line, n) => `${n > 0 ? '   ' : ' '}${line}`));
    lines.push(...quiet(speaker.say('near.intro'), 2), '');
  }
  if (missing.length > 0 && result.path.length > 0)
    lines.push(...quiet(speaker.say('table.missing', { source: result.body.source, list: missing.join(', ') })), '');

  const ranges = rangesText(speaker, result);
  if (ranges.length > 0) {
    for (const text of ranges) lines.push(...quiet(text, 2));
    lines.push('');
  }
  lines.push(style.bold(speaker.say('table.how-to-read')));
  for (const text of howToRead(speaker, result, shown)) lines.push(...quiet(text, 2));
  const levels = levelsUsed(speaker, shown);
  if (levels.length > 0) lines.push('', style.bold(speaker.say('table.levels')));
  for (const text of levels) lines.push(...quiet(text, 2));
  if (result.notes.length > 0) {
    lines.push('', style.bold(speaker.say('table.about')));
    for (const each of result.notes) lines.push(...quiet(noteText(speaker, each), 2));
  }
  lines.push('', style.bold(speaker.say('table.work')), ...quiet(workShares(speaker, result), 2));
  lines.push('', ...paragraph(speaker.say('notice')));
  return `${lines.join('\n')}\n`;
}

/** What is told first, before the ranges are there: what was pressed, and what that does to the psoas. */
export function centralText(result: Result, width: number, speaker: Speaker): string {
  const texts = [whatWasPressed(speaker, result), ...headline(speaker, result), speaker.say('table.ranges-follow')];
  return `${texts.flatMap((text) => within(text, width)).join('\n')}\n`;
}

/** How far it may have gone in, and how much of it may touch. */
function reachedText(speaker: Speaker, { reached }: Result): string[] {
  const depth = reached && amongOf(speaker, reached.depth_mm, 'mm');
  const area = reached && amongOf(speaker, reached.contactArea_cm2, 'cm²');
  return depth === undefined || area === undefined ? [] : [speaker.say('table.ends', { depth, area })];
}

function amongOf(speaker: Speaker, { low, high }: Pick<Ranged, 'low' | 'high'>, unit: string): string | undefined {
  if (low === null || high === null) return undefined;
  const range = speaker.say('amount.from-to', { from: twoDigits(speaker, low), to: twoDigits(speaker, high) });
  return `${range} ${unit}`;
}

function howToRead(speaker: Speaker, { scenario }: Result, shown: readonly Finding[]): string[] {
  const unknown = shown.some((f) => f.low === null || f.high === null);
  return [
    speaker.say('table.read.window'),
    speaker.say('table.read.pressures'),
    speaker.say('resting-pressure'),
    speaker.say('table.read.published'),
    speaker.say('table.read.times', { here: durationText(speaker, scenario.rate_s + scenario.hold_s) }),
    speaker.say('table.read.silent'),
    ...(unknown ? [speaker.say('table.read.no-range')] : []),
  ];
}

/** 'Two-peak tool, face down, 198 N (20 kg): it goes in 38 mm …' */
function whatWasPressed(speaker: Speaker, result: Result): string {
  const { tool, scenario, solver } = result;
  const last = result.path.at(-1);
  const name = toolName(speaker, tool.id, tool.label);
  const label = capitalised(name);
  const start = speaker.say('table.start', {
    tool: label,
    pose: scenario.pose,
    tone: scenario.tone,
    contents: scenario.contents,
    contract: scenario.contract ?? 'none',
  });
  const reason = solver.stopped === undefined ? 'none' : noteText(speaker, solver.stopped);
  if (last === undefined) return speaker.say('table.nothing', { start, reason });
  const pressed = speaker.say('table.pressed', {
    start,
    force: last.force_N.toFixed(0),
    kg: kgText(speaker, last.force_N),
    depth: depthInMm(speaker, last.depth_mm),
  });
  if (solver.converged) return pressed;
  return `${pressed} ${speaker.say('table.stopped', { force: tool.targetForce_N.toFixed(0), reason })}`;
}

/** What the psoas gets, and where the push ends. */
function headline(speaker: Speaker, result: Result): string[] {
  const lines = headlineLines(speaker, result);
  if (lines === undefined)
    return result.path.length === 0 ? [] : [speaker.say('headline.none', { source: result.body.source })];
  const { pressure, fingers, own, before, supports } = lines;
  return [[pressure, fingers, own].filter((line) => line !== undefined).join(' '), before, supports];
}

/** Shares of the work, for who knows what they are: 'Of the work of deforming the body, 6 % …' */
function workShares(speaker: Speaker, result: Result): string {
  const psoas = psoasShareOf(result.shares);
  const others = result.shares.filter((s) => s !== psoas && s.share >= 0.01);
  if (result.shares.length === 0) return speaker.say('table.no-shares');
  const list = others.map((s) => `${shareName(speaker, s.structure)} ${percent(s.share)}`).join(', ');
  return speaker.say('table.shares', {
    psoas: percent(psoas?.share ?? 0),
    range: shareRangeText(speaker, psoas),
    list,
  });
}

function countOfPublished(speaker: Speaker, shown: readonly Finding[]): string {
  const compared = shown.filter((f) => f.band !== 'no-published-level');
  const reached = compared.filter((f) => f.band !== 'below-published');
  return speaker.say('table.reached', { reached: reached.length, compared: compared.length });
}

const percent = (share: number): string => (share < 0.005 ? 'less than 1 %' : `${Math.round(100 * share)} %`);

/** The name of a structure, then a line for each side and quantity. */
function subjectRows(speaker: Speaker, layout: Layout, subject: Subject, shown: readonly Finding[]): string[] {
  const findings = findingsOf(subject, shown);
  if (findings.length === 0) return [];
  const name = sidelessLabel(speaker, findings[0]!.structure);
  return [
    ...within(name, layout.total - 1).map((line) => ` ${line}`),
    ...findings.map((f) =>
      row(layout, [
        `   ${rowName(speaker, f)}`,
        amount(speaker, f),
        range(speaker, f),
        published(speaker, f),
        speaker.say(`table.felt.${f.felt}`),
      ]),
    ),
  ];
}

/** Scans with one iliopsoas report it in the place of psoas major. */
const findingsOf = (subject: Subject, findings: readonly Finding[]): Finding[] =>
  findings.filter((f) => subjectOf(f) === subject);

const measures = (speaker: Speaker, { bone }: Finding): Readonly<Record<Quantity, string>> => ({
  'peak-contact-pressure': speaker.say('table.skin-peak'),
  'mean-contact-pressure': speaker.say('table.skin-mean'),
  'tissue-pressure': speaker.say('table.in-tissue'),
  'excess-pressure': speaker.say('table.over-rest'),
  compression: speaker.say('table.thinner'),
  stretch: speaker.say('table.longer'),
  'elongation-sliding': speaker.say('table.longer-sliding'),
  'elongation-stuck': speaker.say('table.longer-stuck'),
  'area-change': speaker.say('table.room-inside'),
  'flow-change': speaker.say('table.flow-inside'),
  'transmural-pressure': speaker.say('table.outwards'),
  crush: speaker.say('table.crushed', { bone: bone ?? 'other' }),
  slide: speaker.say('table.slides'),
  'membrane-tension-longitudinal': speaker.say('table.pull-longitudinal'),
  'membrane-tension-transverse': speaker.say('table.pull-transverse'),
  'membrane-force': speaker.say('table.pull'),
});

function rowName(speaker: Speaker, f: Finding): string {
  return speaker.say('table.row', { side: f.side, what: measures(speaker, f)[f.quantity] });
}

/** '8.1 kPa   61 mmHg', right-aligned in two columns of nine and ten. */
function amount(speaker: Speaker, f: Finding): string {
  const value = f.value!;
  if (!isPressure(f.quantity))
    return (
      isFlatVein(f)
        ? speaker.say('amount.flat')
        : `${isLittle(value, f.unit) ? '<0.5' : twoDigits(speaker, value)} ${f.unit}`
    ).padStart(9);
  const small = Math.abs(value) < SMALL_PRESSURE;
  const kPa = small ? `<${SMALL_PRESSURE}` : twoDigits(speaker, value);
  const mmHg = small ? '<1' : twoDigits(speaker, mmHgOf(value));
  return `${`${kPa} kPa`.padStart(9)}${`${mmHg} mmHg`.padStart(10)}`;
}

function range(speaker: Speaker, f: Finding): string {
  if (f.low === null || f.high === null) return speaker.say('table.not-computed');
  const text = findingRange(speaker, f);
  if (text === undefined || f.low < 0) return text ?? '';
  // a dash is short enough for a column, and cannot be taken for a minus here
  return speaker.say('table.ends.short', {
    from: twoDigits(speaker, f.low),
    to: twoDigits(speaker, f.high),
    unit: f.unit,
  });
}

/** Where the value stands: 'below 4 kPa', 'in 4–8 kPa', 'above 32 kPa'. */
function published(speaker: Speaker, f: Finding): string {
  const level = levelOf(f);
  if (level === undefined) return speaker.say('table.nothing-published');
  const { unit } = level;
  const [from, to] = [levelEnd(speaker, level.from), levelEnd(speaker, level.to)];
  if (f.band === 'below-published') return speaker.say('table.below', { from, unit });
  return f.band === 'above-published'
    ? speaker.say('table.above', { to, unit })
    : speaker.say('table.within', { from, to, unit });
}

/** Each level that some value was compared with, once. */
function levelsUsed(speaker: Speaker, shown: readonly Finding[]): string[] {
  const texts = new Set<string>();
  for (const subject of SUBJECTS)
    for (const f of findingsOf(subject, shown)) {
      const level = levelOf(f);
      if (level === undefined) continue;
      texts.add(
        `${levelText(speaker, level, level.from, level.to)}: ${effectText(speaker, level)} [${level.evidence.join(' ')}; ${standingName(speaker, level)}]`,
      );
    }
  return [...texts];
}

interface Layout {
  readonly total: number;
  /** Width of each column; two spaces between. */
  readonly widths: readonly number[];
}

/** What, how much, range, published, felt: the fixed ones need 61 with their gaps, the name takes the rest. */
function layoutFor(total: number): Layout {
  const narrow = total < 80;
  // on a narrow terminal the range goes: it stands under the table
  const fixed = narrow ? [19, 0, 15, 7] : [19, total < 90 ? 12 : 14, 15, 7];
  const gaps = 2 * fixed.filter((w) => w > 0).length;
  return { total, widths: [Math.min(28, total - gaps - fixed.reduce((a, b) => a + b, 0)), ...fixed] };
}

/** One line; a cell too wide for its column is continued below. Columns of width 0 are left out. */
function row({ widths }: Layout, texts: readonly string[]): string {
  const columns = texts.map((text, n) => ({ text, width: widths[n]! })).filter(({ width }) => width > 0);
  const cells = columns.map(({ text, width }) => {
    if (text.length <= width) return [text];
    const indent = /^ */.exec(text)![0];
    return within(text.trimStart(), width - indent.length).map((line) => indent + line);
  });
  const height = Math.max(...cells.map((cell) => cell.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((cell, n) => (cell[line] ?? '').padEnd(columns[n]!.width))
      .join('  ')
      .trimEnd(),
  ).join('\n');
}

/** No line is wider than the terminal or its column. */
const within = (text: string, width: number): string[] => wrap(text, width, 'cut');
