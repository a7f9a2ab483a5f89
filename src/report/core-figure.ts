import { type Html, html, NOTHING, together } from '../base/html.ts';
import { spread } from '../base/spread.ts';
import type { CoreLayer, CoreSample } from '../findings/core-sample.ts';
import { feltUnder } from '../findings/felt.ts';
import { organOf } from '../findings/organ-of.ts';
import type { Result } from '../findings/result.ts';
import type { Speaker } from '../messages/say.ts';
import { formatNumber, listInWords, pressureText, rangeOf } from '../words/amounts.ts';
import { everydayName } from '../words/everyday-name.ts';
import { findingLabel, type Told } from '../words/finding-label.ts';
import type { Ledger } from './ledger.ts';

/** Places of the three tracks and the height of the drawing, in its own units. */
const WIDTH = 430;
const HEIGHT = 470;
const TOP = 46;
const REST = [14, 92] as const;
const PRESSED = [150, 262] as const;
const CURVE = [300, 424] as const;

/** Axis of the curve, kPa; equal lengths are equal factors, as on every other axis of the report. */
const TICKS = [1, 4, 16, 64] as const;
const [LEAST, MOST] = [0.5, 128];

/**
 * The core: layers before and during the press, true to one scale, with the pressure on the way down, and beside it the list of
 * the layers in order, numbered alike.
 */
export function coreFigure(
  speaker: Speaker,
  core: CoreSample,
  toolLabel: string,
  beside: readonly Told[],
  ledger: Ledger,
  line: Result['line'] = [],
): Html {
  if (core.pressed.length === 0) return NOTHING;
  const deepest = Math.max(...[...core.atRest, ...core.pressed].map((layer) => layer.to));
  const scale = (HEIGHT - TOP - 26) / deepest;
  const y = (at: number): number => TOP + at * scale;
  const layers = core.pressed.map((layer) => ({ layer, ...told(speaker, layer, core.atRest) }));
  const alt = speaker.say('core.alt', {
    layers: layers
      .map(({ layer, thickness }) =>
        speaker.say('core.alt.layer', {
          name: nameOf(speaker, layer),
          thickness,
          pressure: pressureWords(speaker, layer, core.cell),
        }),
      )
      .join('; '),
  });
  const parts = [
    heads(speaker, toolLabel),
    column(core.atRest, REST, y, 'rest'),
    connections(core, y),
    column(core.pressed, PRESSED, y, 'pressed'),
    tool(speaker, core, y),
    core.onBone ? bone(speaker, core, y) : '',
    curve(core, y),
    numbers(core.pressed, y),
  ];
  const rows = layers.map(({ layer, thickness, before }, n) => {
    const name = nameOf(speaker, layer);
    const range = rangeOn(speaker, layer, core, line);
    const entry = {
      what: `${n + 1}. ${name}`,
      value: `${thickness}; ${pressureWords(speaker, layer, core.cell)}`,
      ...(range !== undefined && { range }),
      how: speaker.say('how.layer'),
      evidence: layer.structure === 'skin' && before ? ['T-11'] : [],
    };
    const id = `core-${n}`;
    return together(
      html`<li><span class="disc">${n + 1}</span><b>${name}</b>${feltMark(speaker, layer)}`,
      html`<span class="line">${ledger.linkNumbers(id, `${thickness}`, entry)} · ${ledger.linkNumbers(id, pressureWords(speaker, layer, core.cell), entry)}${range === undefined ? '' : html` · ${ledger.linkNumbers(id, range, entry)}`}</span></li>`,
    );
  });
  return together(
    html`<div class="core-figure"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${alt}">${parts}</svg>`,
    html`<div><ol class="layers">${rows}</ol>${besideLine(speaker, beside, core)}</div></div><p class="foot">${speaker.say('core.foot', { ranges: line.some(({ thickness_mm: { low } }) => low !== null) ? 'yes' : 'no' })}</p>`,
  );
}

/** What is pressed too but does not lie on the line: vessels, nerves, ureters. */
function besideLine(speaker: Speaker, beside: readonly Told[], core: CoreSample): Html {
  const names = [
    ...new Set(
      beside
        .filter((f) => f.structure !== 'skin' && !core.pressed.some((l) => l.structure === f.structure))
        .map((each) => findingLabel(speaker, each)),
    ),
  ];
  return names.length === 0
    ? NOTHING
    : html`<p class="beside">${speaker.say('core.beside', { list: listInWords(speaker, names) })}</p>`;
}

/** Ranges of an organ that the line meets once; of one that it meets again they are of all of it, and belong to no layer. */
function rangeOn(
  speaker: Speaker,
  layer: CoreLayer,
  core: CoreSample,
  line: NonNullable<Result['line']>,
): string | undefined {
  const organ = line.find(({ structure }) => structure === layer.structure);
  if (organ === undefined || core.pressed.filter(({ structure }) => structure === layer.structure).length > 1)
    return undefined;
  const ranges = [rangeOf(speaker, organ.thickness_mm, 'mm'), rangeOf(speaker, organ.pressure_kPa, 'kPa')];
  const known = ranges.filter((range) => range !== undefined);
  return known.length === 0 ? undefined : known.join('; ');
}

const nameOf = (speaker: Speaker, layer: CoreLayer): string => everydayName(speaker, layer.structure, layer.side);

function pressureWords(speaker: Speaker, layer: CoreLayer, cell: number): string {
  const { pressure } = layer;
  const amount = pressureText(speaker, Math.abs(pressure));
  const words = pressure < 0 ? speaker.say('core.pulled', { amount }) : speaker.say('core.pressure', { amount });
  // the skin's figure comes from contact as much as from its cell
  const thin = layer.structure !== 'skin' && layer.to - layer.from < cell;
  return thin ? speaker.say('core.blurred', { amount: words, cell: String(Number(cell.toFixed(1))) }) : words;
}

/** Thickness now and before, where the layer lay on the line before. */
function told(
  speaker: Speaker,
  layer: CoreLayer,
  atRest: readonly CoreLayer[],
): { thickness: string; before: boolean } {
  const mm = (layers: readonly CoreLayer[]): number => layers.reduce((sum, l) => sum + l.to - l.from, 0);
  const was = atRest.filter((l) => l.structure === layer.structure && l.side === layer.side);
  const after = millimetres(speaker, layer.to - layer.from);
  if (was.length === 0) return { thickness: speaker.say('core.thickness.new', { after }), before: false };
  return { thickness: speaker.say('core.thickness', { before: millimetres(speaker, mm(was)), after }), before: true };
}

const millimetres = (speaker: Speaker, mm: number): string =>
  mm < 1 ? speaker.say('core.thin') : formatNumber(speaker, Math.round(mm));

function feltMark(speaker: Speaker, layer: CoreLayer): Html {
  if (feltUnder(organOf(layer.structure), layer.pressure).felt !== 'silent') return NOTHING;
  return html` <span class="felt">${speaker.say('core.silent')}</span>`;
}

// ---- the drawing ----

function heads(speaker: Speaker, toolLabel: string): Html {
  const middle = ([a, b]: readonly [number, number]): number => (a + b) / 2;
  const head = (x: number, text: string): Html =>
    html`<text x="${x}" y="14" text-anchor="middle" class="head">${text}</text>`;
  const axis = TICKS.map((kPa) =>
    together(
      html`<line x1="${curveX(kPa)}" x2="${curveX(kPa)}" y1="${TOP}" y2="${HEIGHT - 22}" class="grid"/>`,
      html`<text x="${curveX(kPa)}" y="${HEIGHT - 8}" text-anchor="middle" class="tick">${kPa}</text>`,
    ),
  );
  return together(
    head(middle(REST), speaker.say('core.before')),
    head(middle(PRESSED), speaker.say('core.pressed')),
    html`<text x="${CURVE[1]}" y="14" text-anchor="end" class="head">${speaker.say('core.curve')}</text>`,
    html`<title>${toolLabel}</title>${axis}`,
  );
}

function column(
  layers: readonly CoreLayer[],
  [x0, x1]: readonly [number, number],
  y: (at: number) => number,
  kind: string,
): Html {
  return together(
    layers.map(
      ({ from, to, colour }) =>
        html`<rect x="${x0}" y="${y(from).toFixed(1)}" width="${x1 - x0}" height="${Math.max(1, y(to) - y(from)).toFixed(1)}" fill="rgb(${colour.join(',')})" class="${kind}"/>`,
    ),
  );
}

/** Bands between a layer before and pressed, for those that lie in the same order on both lines. */
function connections({ atRest, pressed }: CoreSample, y: (at: number) => number): Html {
  let next = 0;
  return together(
    pressed.map((layer) => {
      const n = atRest.findIndex((l, k) => k >= next && l.structure === layer.structure && l.side === layer.side);
      if (n === -1) return '';
      next = n + 1;
      const was = atRest[n]!;
      const points = [
        [REST[1], y(was.from)],
        [PRESSED[0], y(layer.from)],
        [PRESSED[0], y(layer.to)],
        [REST[1], y(was.to)],
      ].map((p) => p.map((v) => v.toFixed(1)).join(','));
      return html`<polygon points="${points.join(' ')}" fill="rgb(${layer.colour.join(',')})" class="band"/>`;
    }),
  );
}

/** The end of the tool above the pressed column. */
function tool(speaker: Speaker, { pressed }: CoreSample, y: (at: number) => number): Html {
  const skin = y(pressed[0]!.from);
  const [x0, x1] = [PRESSED[0] + 14, PRESSED[1] - 14];
  const round = Math.min(30, skin - 22);
  return together(
    html`<path d="M${x0} 22V${(skin - round).toFixed(1)}Q${x0} ${skin.toFixed(1)} ${(x0 + x1) / 2} ${skin.toFixed(1)}Q${x1} ${skin.toFixed(1)} ${x1} ${(skin - round).toFixed(1)}V22z" class="tool"/>`,
    skin > 52
      ? html`<text x="${(x0 + x1) / 2}" y="40" text-anchor="middle" class="on-tool">${speaker.say('core.tool')}</text>`
      : '',
  );
}

function bone(speaker: Speaker, { pressed }: CoreSample, y: (at: number) => number): Html {
  const at = y(pressed.at(-1)!.to);
  return together(
    html`<path d="M${PRESSED[0] - 6} ${at.toFixed(1)}H${PRESSED[1] + 6}" class="bone"/>`,
    html`<text x="${PRESSED[0] - 10}" y="${(at + 4).toFixed(1)}" text-anchor="end" class="tick">${speaker.say('core.bone')}</text>`,
  );
}

function curve({ curve: points, pressed }: CoreSample, y: (at: number) => number): Html {
  if (points.length === 0) return NOTHING;
  const line = points.filter((_, n) => n % 2 === 0).map(({ at, kPa }) => `${curveX(kPa)} ${y(at).toFixed(1)}`);
  const [first, last] = [y(points[0]!.at).toFixed(1), y(points.at(-1)!.at).toFixed(1)];
  const guides = pressed
    .slice(1)
    .map(
      ({ from }) =>
        html`<line x1="${PRESSED[1]}" x2="${CURVE[1]}" y1="${y(from).toFixed(1)}" y2="${y(from).toFixed(1)}" class="guide"/>`,
    );
  return html`${guides}<path d="M${CURVE[0]} ${first}L${line.join('L')}L${CURVE[0]} ${last}z" class="area"/><path d="M${line.join('L')}" class="curve"/>`;
}

/** Numbers of the list on their layers, pushed apart where layers are thin. */
function numbers(layers: readonly CoreLayer[], y: (at: number) => number): Html {
  const wanted = layers.map(({ from, to }) => (y(from) + y(to)) / 2);
  const places = spread(
    wanted,
    layers.map(() => 19),
    TOP,
    HEIGHT - 20,
  );
  return together(
    places.map((place, n) => {
      const x = PRESSED[1] + 18;
      return together(
        html`<path d="M${PRESSED[1] - 12} ${wanted[n]!.toFixed(1)}H${PRESSED[1] + 1}L${x - 8} ${place.toFixed(1)}" class="lead"/>`,
        html`<circle cx="${x}" cy="${place.toFixed(1)}" r="9" class="disc"/><text x="${x}" y="${(place + 4).toFixed(1)}" text-anchor="middle" class="count">${n + 1}</text>`,
      );
    }),
  );
}

function curveX(kPa: number): string {
  const held = Math.min(Math.max(kPa, LEAST), MOST);
  const share = Math.log2(held / LEAST) / Math.log2(MOST / LEAST);
  return (CURVE[0] + share * (CURVE[1] - CURVE[0])).toFixed(1);
}
