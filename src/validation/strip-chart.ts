import { html } from '../base/html.ts';
import type { WholeSpeaker } from '../messages/say.ts';
import { type Checked, holds } from './anchor.ts';

const ROW = 26;
const LEFT = 330;
const WIDTH = 330;
const RIGHT = 190;

/**
 * Every figure against its accepted range, as SVG that needs no colour: the grey band is the range, brought to the same width for all;
 * a full dot lies inside, a ring outside, and arrows stand for values beyond the edge; a tick is the value on the other cells.
 */
export function stripChart({ say }: WholeSpeaker, checked: readonly Checked[]): string {
  const rows = checked.flatMap((c) =>
    c.outcome.figures.map((figure) => {
      const there = c.other?.outcome.figures.find(({ name }) => name === figure.name)?.value;
      return { id: c.id, figure, there, independent: c.independent };
    }),
  );
  const height = 44 + rows.length * ROW;
  const at = (share: number): number => LEFT + WIDTH * (1 / 3 + Math.min(Math.max(share, -0.95), 1.95) / 3);
  const lines = rows.map(({ id, figure, there, independent }, n) => {
    const y = 40 + n * ROW;
    const shareOf = (of: number): number => (of - figure.low) / (figure.high - figure.low);
    const share = shareOf(figure.value);
    const x = at(share);
    const tick = there === undefined ? '' : at(shareOf(there)).toFixed(1);
    const inside = holds(figure);
    const beyond = share < -0.95 || share > 1.95;
    const mark = beyond
      ? html`<path d="M${x} ${y - 6}l${share > 0 ? 9 : -9} 6l${share > 0 ? -9 : 9} 6z"/>`
      : html`<circle cx="${x.toFixed(1)}" cy="${y}" r="5"${inside ? '' : html` fill="#fff" stroke="#000" stroke-width="2"`}/>`;
    const value = `${short(figure.value)} ${figure.unit}`.trim();
    return [
      html`<text x="8" y="${y + 4}">${id}${independent ? '' : ' *'}</text>`,
      html`<text x="62" y="${y + 4}">${say(figure.name)}</text>`,
      html`<rect x="${at(0)}" y="${y - 8}" width="${(at(1) - at(0)).toFixed(1)}" height="16" fill="#ddd"/>`,
      tick === '' ? '' : html`<path d="M${tick} ${y - 8}v16" stroke="#000" stroke-width="1.5"/>`,
      mark,
      html`<text x="${LEFT + WIDTH + 8}" y="${y + 4}">${value} (${say('check.page.between', { low: short(figure.low), high: short(figure.high) })})</text>`,
    ].join('');
  });
  const width = LEFT + WIDTH + RIGHT;
  return [
    html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="13">`,
    html`<title>${say('check.chart.title')}</title><rect width="${width}" height="${height}" fill="#fff"/>`,
    html`<text x="${at(0)}" y="20">${say('check.chart.range')}</text><text x="${LEFT + WIDTH + 8}" y="20">${say('check.chart.model')}</text>`,
    ...lines,
    '</svg>\n',
  ].join('\n');
}

const short = (value: number): string => String(Number(value.toPrecision(3)));
