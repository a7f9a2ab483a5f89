import { mmHgOf } from '../base/units.ts';
import { LEVELS, type Level } from '../evidence/levels.ts';
import type { Finding, Share } from '../findings/finding.ts';
import { pressureText, twoDigits } from '../findings/words.ts';
import { everydayName } from './everyday-name.ts';
import { escapeHtml, formatPercent } from './html.ts';

/** Ends of the axis of pressures, kPa; equal lengths are equal factors. What lies beyond is drawn at the end. */
const LOWEST = 0.25;
const HIGHEST = 1024;
const TICKS = [0.25, 1, 4, 16, 64, 256, 1024] as const;

/** The three pressures never share a heading: what was computed, where. */
const GROUPS = [
  { quantity: 'contact-pressure', title: 'On the skin' },
  { quantity: 'tissue-pressure', title: 'In the tissue' },
  { quantity: 'excess-pressure', title: 'In the tissue, above the rest of the belly' },
] as const;

/**
 * Pressures of the findings as rows: name, mark on an axis, value. Behind the mark lies the range in which an effect was
 * published; a bar through the mark is the 5–95 % range where it was computed.
 */
export function pressureBars(findings: readonly Finding[]): string {
  return GROUPS.map(({ quantity, title }) => {
    const rows = findings.filter((f) => f.quantity === quantity && f.value !== null && f.unit === 'kPa');
    if (rows.length === 0) return '';
    return `<h3>${title}</h3><ul class="bars">${rows.map(pressureRow).join('')}${axisRow()}</ul>`;
  }).join('');
}

function pressureRow(f: Finding): string {
  const value = f.value ?? 0;
  const level = comparedWith(f);
  const band = level === undefined ? '' : bar(place(level.from), place(level.to), 3, 20, 'published');
  const range = f.low === null || f.high === null ? '' : bar(place(f.low), place(f.high), 10, 6, 'range');
  const mark = `<line x1="0" x2="${percent(place(value))}" y1="13" y2="13" class="stem"/><circle cx="${percent(place(value))}" cy="13" r="5" class="mark"/>`;
  return `<li><span class="name">${escapeHtml(f.label)}</span><span class="value">${value >= 0.05 ? `${twoDigits(value)} kPa <span>${twoDigits(mmHgOf(value))} mmHg</span>` : pressureText(value)}</span><svg class="track" width="100%" height="26" aria-hidden="true">${gridLines(26)}${band}${mark}${range}</svg></li>`;
}

function axisRow(): string {
  const marks = TICKS.map((kPa, n) => {
    const anchor = n === 0 ? 'start' : n === TICKS.length - 1 ? 'end' : 'middle';
    const at = percent(place(kPa));
    const units = n === 0 ? [' kPa', ' mmHg'] : ['', ''];
    return (
      `<text x="${at}" y="14" text-anchor="${anchor}">${kPa}${units[0]}</text>` +
      `<text x="${at}" y="30" text-anchor="${anchor}">${twoDigits(mmHgOf(kPa))}${units[1]}</text>`
    );
  });
  return `<li class="scale" aria-hidden="true"><svg class="track" width="100%" height="34">${marks.join('')}</svg></li>`;
}

/** The published level behind a finding: the one whose sources it names, the highest that it reaches when there are several. */
export function comparedWith(f: Finding): Level | undefined {
  if (f.band === 'no-published-level' || f.value === null) return undefined;
  const levels = Object.values(LEVELS)
    .flat()
    .filter((l) => l.compare === f.quantity && l.unit === f.unit && l.evidence.every((id) => f.evidence.includes(id)))
    .sort((a, b) => b.evidence.length - a.evidence.length || a.from - b.from);
  const same = levels.filter((l) => l.evidence.length === levels[0]!.evidence.length);
  return same.findLast((l) => f.value! >= l.from) ?? same[0];
}

/** Where the push went: one bar per structure, longest first, the psoas and the iliacus set off. */
export function shareBars(shares: readonly Share[]): string {
  const longest = Math.max(...shares.map((s) => s.share), 1e-9);
  const rows = shares.map(({ structure, share }) => {
    const aimed = /psoas|iliacus/.test(structure) ? ' aimed' : '';
    const name = everydayName(structure);
    return `<li class="share${aimed}"><span class="name">${escapeHtml(name)}</span><span class="value">${formatPercent(share)}</span><svg class="track" width="100%" height="18" aria-hidden="true"><rect x="0" y="2" height="14" width="${percent(Math.max(0.4, (100 * share) / longest))}" class="bar"/></svg></li>`;
  });
  return `<ul class="bars">${rows.join('')}</ul>`;
}

/** Place on the axis, 0…100. */
function place(kPa: number): number {
  const held = Math.min(Math.max(kPa, LOWEST), HIGHEST);
  return (100 * Math.log2(held / LOWEST)) / Math.log2(HIGHEST / LOWEST);
}

const percent = (value: number): string => `${value.toFixed(2)}%`;
const bar = (from: number, to: number, y: number, height: number, name: string): string =>
  `<rect x="${percent(from)}" width="${percent(Math.max(0.5, to - from))}" y="${y}" height="${height}" class="${name}"/>`;
const gridLines = (height: number): string =>
  TICKS.map(
    (kPa) => `<line x1="${percent(place(kPa))}" x2="${percent(place(kPa))}" y1="0" y2="${height}" class="grid"/>`,
  ).join('');
