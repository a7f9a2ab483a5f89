import type { Vec3 } from '../base/grid.ts';
import { asIs, type Html, html, NOTHING, together } from '../base/html.ts';
import { deepestContact } from '../findings/core-sample.ts';
import { type DeformedBody, deformedBody } from '../findings/deformed-body.ts';
import { toBase64 } from '../io/to-base64.ts';
import type { Speaker } from '../messages/say.ts';
import type { Press } from '../press/press.ts';
import { formatNumber, listInWords, pressureText, twoDigits } from '../words/amounts.ts';
import { everydayName } from '../words/everyday-name.ts';
import { toolName } from '../words/tool-name.ts';
import { type OrganOnLine, type PushLine, pushLine } from './push-line.ts';
import { type CorridorMark, corridorMarks, drawCorridors } from './section-corridors.ts';
import { drawLeaders, drawNumbers, LABEL_COLUMN, sectionTags, type Tag } from './section-labels.ts';
import { type Edge, type SectionPlane, sectionPlanes } from './section-plane.ts';
import { drawSection, placeOf, readSection, type SectionLattice, type Window } from './section-raster.ts';

/** One picture of a section. */
export interface SectionPanel {
  /** Unique in the document. */
  readonly id: string;
  readonly kind: 'at-rest' | 'pressed' | 'pressure';
  readonly title: string;
  /** What the picture shows, with numbers, for people who do not see it. */
  readonly alt: string;
  /** Size in picture millimetres. */
  readonly width: number;
  readonly height: number;
  /** Inline SVG: the raster as PNG data, names and marks as text and lines. Styled by SECTION_STYLE. */
  readonly svg: string;
  /** The same without its root element. */
  readonly drawing: string;
  /** Names in the order of the numbers that narrow screens get instead of names beside the picture. */
  readonly names: readonly string[];
}

/** One cut through the body with its pictures. */
export interface Section {
  readonly plane: SectionPlane['name'];
  readonly title: string;
  readonly panels: readonly SectionPanel[];
}

/** Margin around the body, and the strip above it for the names of the edges, mm. */
const MARGIN = 8;
const STRIP = 18;

/** Pictures grow no larger than this on a wide screen, so that all are to one scale there. */
const MOST_PIXELS_PER_MM = 1.6;

/** Half of the length of a cut along the body, mm. */
const ALONG = 140;

/** How far below the skin the tool is shown, mm. */
const TOOL_SHOWN = 50;

/** The cut across the body through the deepest contact, and the cut along it, each with its pictures. */
export function sectionPictures(speaker: Speaker, press: Press): Section[] {
  const body = deformedBody(press);
  const contact = deepestContact(press, body);
  const line = pushLine(press);
  const [across, along] = sectionPlanes(press, contact.place);
  return [
    section(speaker, press, body, across, contact.place, line, ['pressed', 'at-rest', 'pressure']),
    section(speaker, press, body, along, contact.place, line, ['pressed', 'pressure']),
  ];
}

function section(
  speaker: Speaker,
  press: Press,
  body: DeformedBody,
  plane: SectionPlane,
  contact: Vec3,
  line: PushLine,
  kinds: readonly SectionPanel['kind'][],
): Section {
  const depth = press.steps.at(-1)?.depth ?? 0;
  const around = bodyWindow(press, body, plane, contact);
  const window = withTool(press, plane, around, depth);
  const pressed = readSection(press, plane, window, body);
  const panels = kinds.map((kind): SectionPanel => {
    const still = kind === 'at-rest';
    const lattice = still ? readSection(press, plane, withTool(press, plane, around, 0), undefined) : pressed;
    const marks = corridorMarks(speaker, press.model, plane, lattice.window, still ? undefined : body);
    const tags = kind === 'pressed' ? sectionTags(speaker, lattice, press.model.fine, marks) : [];
    const id = `${plane.name}-${kind}`;
    const { width, height } = lattice.window;
    const { title, alt } = words(speaker, press, plane, kind, line, lattice);
    const png = drawSection(press, lattice, kind === 'pressure' ? 'pressure' : 'structures');
    const numbers = kind === 'pressure' ? levelNumbers(speaker, press, lattice, contact) : NOTHING;
    const drawing = panelDrawing(speaker, lattice, png, marks, tags, numbers);
    return {
      id,
      kind,
      title,
      alt,
      width,
      height,
      drawing: drawing.markup,
      svg: cutSvg({ width, height, alt, drawing: drawing.markup }).markup,
      names: tags.map((tag) => tag.name),
    };
  });
  return { plane: plane.name, title: speaker.say('cut.plane', { plane: plane.name }), panels };
}

/** The part of the plane with the body in it, at rest and pressed. */
function bodyWindow(press: Press, body: DeformedBody, plane: SectionPlane, contact: Vec3): Window {
  const { skin, grid } = press.model;
  const along = (place: Vec3, d: SectionPlane['right']): number => place[d.axis] * d.sign;
  const a: number[] = [];
  const b: number[] = [];
  for (let n = 0; n < skin.vertices.length; n += 3) {
    const at: Vec3 = [skin.vertices[n]!, skin.vertices[n + 1]!, skin.vertices[n + 2]!];
    for (const place of [at, body.pressed(at)]) {
      if (Math.abs(place[plane.axis] - plane.place) > 2 * grid.spacing) continue;
      if (plane.name !== 'axial' && Math.abs(place[2] - contact[2]) > ALONG) continue;
      a.push(along(place, plane.right));
      b.push(along(place, plane.up));
    }
  }
  if (a.length === 0) {
    a.push(along(contact, plane.right) - ALONG, along(contact, plane.right) + ALONG);
    b.push(along(contact, plane.up) - ALONG, along(contact, plane.up) + ALONG);
  }
  const margin = plane.name === 'axial' ? MARGIN : 0;
  const left = Math.floor(Math.min(...a)) - margin;
  const bottom = Math.floor(Math.min(...b)) - MARGIN;
  const width = Math.ceil(Math.max(...a)) + margin - left;
  return { left, bottom, width, height: Math.ceil(Math.max(...b)) + STRIP - bottom };
}

/** A window made larger on the side that the tool comes from, by what can be seen of the tool at a depth. */
function withTool(press: Press, plane: SectionPlane, window: Window, depth: number): Window {
  const { distance, floor, direction } = press.placed;
  const fromBelow = direction[plane.up.axis] * plane.up.sign >= 0;
  let more = 0;
  for (let beyond = 1; beyond <= TOOL_SHOWN; beyond++) {
    const level = fromBelow ? window.bottom - beyond : window.bottom + window.height + beyond;
    for (let x = window.left; x <= window.left + window.width; x += 4) {
      const [px, py, pz] = placeOf(plane, x, level);
      const shown = distance(px, py, pz, depth) < 0 && !((floor?.(px, py, pz, depth) ?? 0) < 0);
      // a tool that goes on below is cut by the frame, so that nobody takes the cut for its foot
      if (shown) more = Math.min(beyond + MARGIN, TOOL_SHOWN);
    }
  }
  return { ...window, bottom: window.bottom - (fromBelow ? more : 0), height: window.height + more };
}

/**
 * A drawing in its root element.
 * @param own attributes for a file of its own: what is seen of the drawing's plane, and what lies under the drawing
 */
export function cutSvg(
  { width, height, alt, drawing }: Pick<SectionPanel, 'width' | 'height' | 'alt' | 'drawing'>,
  own?: { readonly box: readonly number[]; readonly ground: Html },
): Html {
  const box = own?.box ?? [0, 0, width, height];
  const space = own === undefined ? NOTHING : html` xmlns="http://www.w3.org/2000/svg"`;
  return html`<svg class="cut"${space} viewBox="${box.join(' ')}" style="max-width:${(width * MOST_PIXELS_PER_MM).toFixed(0)}px" role="img" aria-label="${alt}">${own?.ground}${asIs(drawing)}</svg>`;
}

function panelDrawing(
  speaker: Speaker,
  lattice: SectionLattice,
  png: Uint8Array,
  marks: readonly CorridorMark[],
  tags: readonly Tag[],
  numbers: Html,
): Html {
  const { width, height } = lattice.window;
  const { edges } = lattice.plane;
  const edge = (which: Edge): string => speaker.say(`cut.edge.${which}`);
  const frame = together(
    html`<text x="6" y="12" class="edge">◂ ${edge(edges.left)}</text>`,
    html`<text x="${width / 2}" y="12" text-anchor="middle" class="edge">${edge(edges.top)}</text>`,
    html`<text x="${width - 6}" y="12" text-anchor="end" class="edge">${edge(edges.right)} ▸</text>`,
    html`<path d="M${width - 58} ${height - 11}v5h50v-5" class="ruler"/>`,
    html`<text x="${width - 33}" y="${height - 12}" text-anchor="middle" class="edge">5 cm</text>`,
  );
  const named = tags.length === 0 ? '' : html`<g class="leaders">${drawLeaders(tags, width, height)}</g>`;
  const counted = tags.length === 0 ? '' : html`<g class="numbers">${drawNumbers(tags, width, height)}</g>`;
  return together(
    html`<image href="data:image/png;base64,${toBase64(png)}" width="${width}" height="${height}"/>`,
    html`${drawCorridors(marks)}${frame}${numbers}${named}${counted}`,
  );
}

/** Pressures written along the line of the push, every 14 mm from the skin inwards. */
function levelNumbers(speaker: Speaker, press: Press, lattice: SectionLattice, contact: Vec3): Html {
  const { plane, window, columns, rows } = lattice;
  const { direction } = press.placed;
  const a0 = contact[plane.right.axis] * plane.right.sign;
  const b0 = contact[plane.up.axis] * plane.up.sign;
  const [da, db] = [direction[plane.right.axis] * plane.right.sign, direction[plane.up.axis] * plane.up.sign];
  const marks: Html[] = [];
  for (let s = 5; marks.length < 6; s += 14) {
    const x = Math.round(a0 + s * da - window.left);
    const y = Math.round(window.bottom + window.height - b0 - s * db);
    const n = y * columns + x;
    if (x < 0 || y < 0 || x >= columns || y >= rows || lattice.label[n] === 0) break;
    if (press.model.fine.table[lattice.label[n]!]!.tissue === 'bone') break;
    const tick = html`<path d="M${x - 4} ${y}h8" class="halo"/><path d="M${x - 4} ${y}h8" class="leader"/>`;
    const unit = marks.length === 0 ? ' kPa' : '';
    marks.push(
      html`${tick}<text x="${x + 7}" y="${y + 3.6}" class="level">${twoDigits(speaker, lattice.pressure[n]!)}${unit}</text>`,
    );
  }
  return together(marks);
}

function words(
  speaker: Speaker,
  press: Press,
  plane: SectionPlane,
  kind: SectionPanel['kind'],
  line: PushLine,
  lattice: SectionLattice,
): { title: string; alt: string } {
  const depth = formatNumber(speaker, press.steps.at(-1)?.depth ?? 0);
  const { id, label } = press.placed.tool.family;
  const tool = toolName(speaker, id, label);
  const view = speaker.say('cut.view', {
    plane: plane.name,
    title: speaker.say('cut.plane', { plane: plane.name }),
    top: speaker.say(`cut.edge.${plane.edges.top}`),
  });
  const thick = (layers: readonly OrganOnLine[]): string =>
    listInWords(
      speaker,
      layers.map((l) => `${everydayName(speaker, l.structure, l.side)} ${formatNumber(speaker, l.thickness)} mm`),
    );
  if (kind === 'at-rest')
    return {
      title: speaker.say('cut.rest'),
      alt: speaker.say('cut.rest.alt', { view, list: thick(line.atRest) }),
    };
  if (kind === 'pressed')
    return {
      title: speaker.say('cut.pressed'),
      alt: speaker.say('cut.pressed.alt', { view, tool, depth, list: thick(line.pressed) }),
    };
  const most = largestByDistance(press, lattice);
  return {
    title: speaker.say('cut.pressure-title'),
    alt: speaker.say('cut.pressure-title.alt', {
      view,
      tool,
      near: pressureText(speaker, most.near),
      far: pressureText(speaker, most.far),
    }),
  };
}

/** Largest tissue pressure in the picture near the tool and more than 80 mm from it; bone left out. */
function largestByDistance(press: Press, lattice: SectionLattice): { near: number; far: number } {
  let near = 0;
  let far = 0;
  lattice.label.forEach((label, n) => {
    if (label === 0 || press.model.fine.table[label]!.tissue === 'bone') return;
    if (lattice.tool[n]! > 80) far = Math.max(far, lattice.pressure[n]!);
    else near = Math.max(near, lattice.pressure[n]!);
  });
  return { near, far };
}

/** Share of a figure's width that the picture takes when names stand beside it. */
export function pictureShare(panel: SectionPanel): number {
  return panel.width / (panel.width + 2 * LABEL_COLUMN);
}

/** Style of the marks inside the pictures, which always lie on light cards. */
export const SECTION_STYLE = `
.cut{display:block;width:100%;height:auto;margin-inline:auto;overflow:visible;font:11px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:#22252a}
.cut .edge{fill:#4a4e55;font-size:10px;paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}
.cut .ruler{fill:none;stroke:#22252a;stroke-width:1.2}
.cut .halo{fill:none;stroke:#fff;stroke-opacity:.85;stroke-width:2.6}
.cut .leader{fill:none;stroke:#22252a;stroke-width:.8}
.cut .dot{fill:#22252a;stroke:#fff;stroke-width:.8}
.cut .disc{fill:#fff;stroke:#22252a;stroke-width:.9}
.cut .level{font-weight:600;paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}
.cut .corridor{fill:none;stroke:#111;stroke-width:.9;stroke-dasharray:2.4 1.6}
.cut .course{fill:#111;stroke:#fff;stroke-width:.7}
.cut .band{fill:none;stroke:#fff;stroke-opacity:.25;stroke-linecap:round;stroke-linejoin:round}
.cut .along{fill:none;stroke:#111;stroke-width:1.3;stroke-dasharray:4 2.5}
`;
