import { type Html, type HtmlPart, html, NOTHING, together } from '../base/html.ts';
import { inTwoLines } from '../base/text.ts';
import type { Speaker } from '../messages/say.ts';
import { type Axis, tickText } from './axis.ts';

/** Points that belong together: one colour and one shape. */
export interface Series {
  readonly name: string;
  /** 0 … 5: colour and shape, never colour alone. */
  readonly mark: number;
  readonly points: readonly Point[];
  /** Through these, a line. */
  readonly line?: readonly { readonly x: number; readonly y: number }[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
  /** Shown when a pointer rests on it. */
  readonly title: string;
}

export interface Panel {
  readonly title: string;
  /** The whole picture in a sentence, for those who do not see it. */
  readonly description: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly xLabel: string;
  readonly yLabel: string;
  /** Instead of numbers along x: names at whole places. */
  readonly xNames?: readonly string[];
  readonly series: readonly Series[];
  /** More to draw over the points, in drawing units. */
  readonly extra?: (x: (value: number) => number, y: (value: number) => number) => Html;
}

const WIDTH = 360;
const HEIGHT = 270;
const LEFT = 46;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 46;

/** As many letters stand along the vertical axis, and so far apart are two lines. */
const UPRIGHT = 34;
const LINE = 13;

/** Paths of the six shapes around the origin; they differ without colour. */
const SHAPES = [
  'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z',
  'M-3.6 -3.6h7.2v7.2h-7.2z',
  'M0 -4.8l4.6 8.2h-9.2z',
  'M0 -5.2l4.4 5.2l-4.4 5.2l-4.4 -5.2z',
  'M0 4.8l4.6 -8.2h-9.2z',
  'M-4.2 -1.4h2.8v-2.8h2.8v2.8h2.8v2.8h-2.8v2.8h-2.8v-2.8h-2.8z',
] as const;

/** The mark of a series at a place of the drawing. */
const markAt = (mark: number, x: number, y: number, inner: HtmlPart = ''): Html =>
  html`<path class="m s${mark % SHAPES.length}" transform="translate(${x.toFixed(1)} ${y.toFixed(1)})" d="${SHAPES[mark % SHAPES.length]}">${inner}</path>`;

/** A small picture of points and lines. It takes the width of its container. */
export function drawPanel(speaker: Speaker, panel: Panel): Html {
  const x = (value: number): number => LEFT + panel.x.at(value) * (WIDTH - LEFT - RIGHT);
  const y = (value: number): number => HEIGHT - BOTTOM - panel.y.at(value) * (HEIGHT - BOTTOM - TOP);
  const grid = panel.y.ticks.map(
    (t) =>
      html`<line class="g" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(t).toFixed(1)}" y2="${y(t).toFixed(1)}"/><text x="${LEFT - 6}" y="${y(t).toFixed(1)}" dy="4" text-anchor="end">${tickText(speaker, t)}</text>`,
  );
  const names = panel.xNames;
  const below = (names === undefined ? panel.x.ticks : names.map((_, n) => n)).map(
    (t) =>
      html`<line class="a" x1="${x(t).toFixed(1)}" x2="${x(t).toFixed(1)}" y1="${HEIGHT - BOTTOM}" y2="${HEIGHT - BOTTOM + 4}"/><text x="${x(t).toFixed(1)}" y="${HEIGHT - BOTTOM + 17}" text-anchor="middle">${names === undefined ? tickText(speaker, t) : names[t]!}</text>`,
  );
  const axes = together(
    html`<line class="a" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${HEIGHT - BOTTOM}" y2="${HEIGHT - BOTTOM}"/>`,
    html`<text class="n" x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${panel.xLabel}</text>`,
    // a second line stands further out, where pictures have room between them
    ...inTwoLines(panel.yLabel, UPRIGHT).map(
      (line, n, { length }) =>
        html`<text class="n" transform="translate(${11 - LINE * (length - 1 - n)} ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">${line}</text>`,
    ),
  );
  const lines = panel.series.map(({ line, mark }) =>
    line === undefined || line.length < 2
      ? ''
      : html`<polyline class="l t${mark % SHAPES.length}" points="${line.map((p) => `${x(p.x).toFixed(1)},${y(p.y).toFixed(1)}`).join(' ')}"/>`,
  );
  const points = panel.series.flatMap(({ points: all, mark }) =>
    all.map((p) => markAt(mark, x(p.x), y(p.y), html`<title>${p.title}</title>`)),
  );
  const extra = panel.extra?.(x, y) ?? '';
  return html`<figure class="panel"><figcaption>${panel.title}</figcaption><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${panel.description}">${grid}${below}${axes}${lines}${points}${extra}</svg></figure>`;
}

/** What the marks mean. */
export function legend(title: string, names: readonly string[]): Html {
  if (names.length < 2) return NOTHING;
  const items = names.map(
    (name, n) =>
      html`<li><svg width="30" height="14" viewBox="-15 -7 30 14" aria-hidden="true"><line class="l t${n % SHAPES.length}" x1="-14" x2="14" y1="0" y2="0"/>${markAt(n, 0, 0)}</svg>${name}</li>`,
  );
  return html`<p class="key-title">${title}</p><ul class="keys">${items}</ul>`;
}

/** Okabe and Ito's colours (jfly.uni-koeln.de/color), told apart with every kind of colour vision; lighter ones on dark paper. */
export const PANEL_STYLE = `
.panels{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr));gap:1.4rem 1.6rem;align-items:end;margin:0 0 1.6rem}
.panels.top{align-items:start}
.panels.three{grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr))}
.panels.two{grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr))}
.panel{margin:0;min-width:0}
.panel figcaption{margin:0 0 .35rem;font-weight:600;color:var(--ink);font-size:.95rem;line-height:1.35;min-height:1.35em}
.panel svg{display:block;width:100%;height:auto;font-size:11.5px;fill:var(--quiet);overflow:visible}
.panel .g{stroke:var(--rule);stroke-width:1}.panel .a{stroke:var(--quiet);stroke-width:1}.panel .n{fill:var(--ink)}
.m{stroke:var(--paper);stroke-width:.9}
.l{fill:none;stroke-width:1.8;stroke-linejoin:round}
.s0{fill:#0072b2}.s1{fill:#d55e00}.s2{fill:#007a59}.s3{fill:#a0457e}.s4{fill:#8a6100}.s5{fill:#444}
.t0{stroke:#0072b2}.t1{stroke:#d55e00}.t2{stroke:#007a59}.t3{stroke:#a0457e}.t4{stroke:#8a6100}.t5{stroke:#444}
.t1{stroke-dasharray:7 3}.t2{stroke-dasharray:2 3}.t3{stroke-dasharray:9 3 2 3}.t4{stroke-dasharray:4 2}
.front{fill:none;stroke:var(--ink);stroke-width:1.6}
.ring{fill:none;stroke:var(--ink);stroke-width:1.3}
.range{stroke:var(--ink);stroke-width:1.2}.box{fill:var(--band);fill-opacity:.55;stroke:var(--ink);stroke-width:1}.mid{stroke:var(--ink);stroke-width:2.6}
.faint .m{fill-opacity:.55;stroke-width:.4}
.key-title{margin:0 0 .2rem;font-size:.9rem;color:var(--quiet)}
.keys{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;padding:0;margin:0 0 1.1rem;font-size:.95rem;max-width:none!important}
section>ul.keys li{display:flex;align-items:center;gap:.45rem;margin:0}
.tornado{list-style:none;padding:0;margin:0 0 .4rem}
.tornado li{display:grid;grid-template-columns:8.5rem minmax(0,1fr) 3.4rem;gap:0 .7rem;align-items:center;font-size:.92rem;line-height:1.25;margin:0!important;min-height:1.75rem}
.tornado svg{display:block;width:100%;height:18px;overflow:visible}
.tornado .zero{stroke:var(--quiet)}.tornado .up{fill:#0072b2}.tornado .down{fill:#d55e00}.tornado .either{fill:none;stroke:var(--ink);stroke-width:1.3;stroke-dasharray:4 2}
.tornado b{font-weight:600;text-align:right;font-variant-numeric:tabular-nums}
.tornado .ends{font-size:.8rem;color:var(--quiet);display:flex;justify-content:space-between}
@media (prefers-color-scheme:dark){.s0{fill:#56b4e9}.s1{fill:#ff9a4d}.s2{fill:#3fcf9f}.s3{fill:#e6a3cb}.s4{fill:#e6b422}.s5{fill:#ccc}
.t0{stroke:#56b4e9}.t1{stroke:#ff9a4d}.t2{stroke:#3fcf9f}.t3{stroke:#e6a3cb}.t4{stroke:#e6b422}.t5{stroke:#ccc}
.tornado .up{fill:#56b4e9}.tornado .down{fill:#ff9a4d}}
`;
