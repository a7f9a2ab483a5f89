import { type Html, html, together } from '../base/html.ts';
import { mmHgOf } from '../base/units.ts';
import type { Speaker } from '../messages/say.ts';
import { twoDigits } from '../words/amounts.ts';

/** Ends of the axis of pressures, kPa; equal lengths are equal factors. What lies beyond is drawn at the end. */
const LOWEST = 0.25;
const HIGHEST = 1024;
const TICKS = [0.25, 1, 4, 16, 64, 256, 1024] as const;

/** Place of a pressure on the axis, 0…100 with two digits. */
export function placeOnAxis(kPa: number): string {
  const held = Math.min(Math.max(kPa, LOWEST), HIGHEST);
  return ((100 * Math.log2(held / LOWEST)) / Math.log2(HIGHEST / LOWEST)).toFixed(2);
}

/** Upright lines at the axis's numbers. */
export const tracksGrid = (height: number): Html =>
  together(
    TICKS.map(
      (kPa) => html`<line x1="${placeOnAxis(kPa)}%" x2="${placeOnAxis(kPa)}%" y1="0" y2="${height}" class="grid"/>`,
    ),
  );

/** The numbers of the axis in both units, as the drawing of one track; every other line has its number. */
export function axisNumbers(speaker: Speaker): Html {
  const marks = [1, 16, 256].map((kPa) =>
    together(
      html`<text x="${placeOnAxis(kPa)}%" y="10" text-anchor="middle">${kPa}</text>`,
      html`<text x="${placeOnAxis(kPa)}%" y="22" text-anchor="middle">${twoDigits(speaker, mmHgOf(kPa))}</text>`,
    ),
  );
  return html`<text x="-4" y="10" text-anchor="end">kPa</text><text x="-4" y="22" text-anchor="end">mmHg</text>${marks}`;
}

export const axisRow = (speaker: Speaker): Html =>
  html`<li class="scale" aria-hidden="true"><svg class="track" width="100%" height="26">${axisNumbers(speaker)}</svg></li>`;
