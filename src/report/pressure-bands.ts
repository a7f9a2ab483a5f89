import { type Html, html, together } from '../base/html.ts';
import { mmHgOf } from '../base/units.ts';
import type { Speaker } from '../messages/say.ts';
import { PRESSURE_COLOURS, PRESSURE_LEVELS } from '../words/pressure-scale.ts';

/** The key to the colours, with both units. It takes the width of its container; its height is fixed. */
export function pressureKey(speaker: Speaker): Html {
  // the first band is wider: the names of the units stand there
  const widths = PRESSURE_COLOURS.map((_, n) => (n === 0 ? 18 : 82 / (PRESSURE_COLOURS.length - 1)));
  const percent = (value: number): string => `${value.toFixed(2)}%`;
  const at = (n: number): string => percent(widths.slice(0, n).reduce((a, b) => a + b, 0));
  const swatches = PRESSURE_COLOURS.map(
    (c, n) => html`<rect x="${at(n)}" y="16" width="${percent(widths[n]!)}" height="16" fill="rgb(${c.join(',')})"/>`,
  );
  const numbers = PRESSURE_LEVELS.map((level, n) =>
    together(
      html`<line x1="${at(n + 1)}" x2="${at(n + 1)}" y1="14" y2="34" stroke="#555"/>`,
      html`<text x="${at(n + 1)}" y="11" text-anchor="middle">${level}</text>`,
      html`<text x="${at(n + 1)}" y="47" text-anchor="middle">${Math.round(mmHgOf(level))}</text>`,
    ),
  );
  const ends = html`<text x="0" y="11">kPa</text><text x="0" y="47">mmHg</text>`;
  const label = speaker.say('cut.key', { low: PRESSURE_LEVELS[0]!, high: PRESSURE_LEVELS.at(-1)! });
  return html`<svg class="key" role="img" aria-label="${label}" width="100%" height="52">${swatches}<rect x="0" y="16" width="100%" height="16" fill="none" stroke="#777"/>${numbers}${ends}</svg>`;
}
