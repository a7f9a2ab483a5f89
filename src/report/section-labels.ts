import { type Html, html, together } from '../base/html.ts';
import { spread } from '../base/spread.ts';
import { inTwoLines } from '../base/text.ts';
import type { Speaker } from '../messages/say.ts';
import type { LabelVolume } from '../voxel/model.ts';
import { everydayName } from '../words/everyday-name.ts';
import type { CorridorMark } from './section-corridors.ts';
import type { SectionLattice } from './section-raster.ts';

/** A name and the place that it belongs to, in picture millimetres from the top left. */
export interface Tag {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/** At most this many names in one picture; more cannot be read. */
const MOST_TAGS = 16;

/** A patch smaller or thinner than this cannot be pointed at, mm² and mm from its border. */
const SMALLEST_PATCH = 30;
const THINNEST_PATCH = 2;

/** What people ask about first; the rest follows by size. Matched at the start of the structure's id. */
const FIRST = [
  'ureter',
  'genitofemoral_nerve',
  'lateral_femoral_cutaneous_nerve',
  'femoral_nerve',
  'psoas_major',
  'iliacus',
  'abdominal_aorta',
  'inferior_vena_cava',
  'small_intestine',
  'duodenum',
  'large_intestine',
  'colon',
  'caecum',
  'ascending_colon',
  'descending_colon',
  'sigmoid_colon',
  'transverse_colon',
  'common_iliac',
  'external_iliac',
  'kidney',
  'urinary_bladder',
  'uterus',
  'rectus_abdominis',
  'abdominal_wall',
  'vertebra',
  'sacrum',
  'hip_bone',
  'subcutaneous',
];

/** Width of the column of names on either side of a picture, in picture millimetres. */
export const LABEL_COLUMN = 140;

/** Height of a line of text and the gap between two names, picture millimetres; longest name on one line, characters. */
const LINE = 12;
const GAP = 4;
const LONGEST = 24;

/** Names worth showing in a section, most asked-about first, each with the middle of its largest patch; then the corridors. */
export function sectionTags(
  speaker: Speaker,
  lattice: SectionLattice,
  fine: LabelVolume,
  marks: readonly CorridorMark[],
): Tag[] {
  const inset = distanceToBorder(lattice);
  const best = new Map<number, { n: number; depth: number; area: number }>();
  lattice.label.forEach((label, n) => {
    if (label === 0 || lattice.tool[n]! < 0) return;
    const known = best.get(label) ?? { n, depth: -1, area: 0 };
    known.area++;
    if (inset[n]! > known.depth) {
      known.depth = inset[n]!;
      known.n = n;
    }
    best.set(label, known);
  });

  const rank = (structure: string): number => {
    const n = FIRST.findIndex((start) => structure.startsWith(start));
    return n === -1 ? FIRST.length : n;
  };
  const bodies = [...best.entries()]
    .filter(([, patch]) => patch.area >= SMALLEST_PATCH && patch.depth >= THINNEST_PATCH)
    .map(([label, patch]) => ({ row: fine.table[label]!, ...patch }))
    .sort((a, b) => rank(a.row.structure) - rank(b.row.structure) || lattice.tool[a.n]! - lattice.tool[b.n]!)
    .map(({ row, n }) => ({
      name: everydayName(speaker, row.structure, row.side),
      x: n % lattice.columns,
      y: Math.floor(n / lattice.columns),
    }));
  const toTool = ({ x, y }: Tag): number => lattice.tool[Math.round(y) * lattice.columns + Math.round(x)]!;
  const corridors = marks
    .map(({ structure, name, points }) => {
      const [x, y] = points[Math.floor(points.length / 2)]!;
      return { structure, name, x, y };
    })
    .sort((a, b) => rank(a.structure) - rank(b.structure) || toTool(a) - toTool(b))
    .map(({ name, x, y }): Tag => ({ name, x, y }));
  const seen = new Set<string>();
  return [...bodies.slice(0, MOST_TAGS - Math.min(corridors.length, 6)), ...corridors.slice(0, 6)].filter(
    ({ name }) => !seen.has(name) && seen.add(name),
  );
}

/** How many millimetres each point lies inside its own patch, the picture's edge counting as a border (city block, two sweeps). */
function distanceToBorder(lattice: SectionLattice): Uint16Array {
  const { columns, rows, label, tool } = lattice;
  const inset = new Uint16Array(label.length);
  const kind = (n: number): number => (tool[n]! < 0 ? -1 : label[n]!);
  const step = (n: number, m: number): number => (kind(m) === kind(n) ? inset[m]! + 1 : 0);
  for (let row = 1; row < rows - 1; row++)
    for (let column = 1; column < columns - 1; column++) {
      const n = row * columns + column;
      inset[n] = Math.min(step(n, n - 1), step(n, n - columns));
    }
  for (let row = rows - 2; row > 0; row--)
    for (let column = columns - 2; column > 0; column--) {
      const n = row * columns + column;
      inset[n] = Math.min(inset[n]!, step(n, n + 1), step(n, n + columns));
    }
  return inset;
}

/** Names in columns left and right of the picture, each with a line to its place. */
export function drawLeaders(tags: readonly Tag[], width: number, height: number): Html {
  return together(
    shareOut(tags, width).map(({ side, members }) => {
      const lines = members.map((tag) => inTwoLines(tag.name, LONGEST));
      const wanted = members.map((tag) => tag.y);
      const heights = spread(
        wanted,
        lines.map((l) => l.length * LINE + GAP),
        4,
        height - 4,
      );
      return together(members.map((tag, n) => leader(tag, lines[n]!, heights[n]!, side, width)));
    }),
  );
}

function leader(tag: Tag, lines: readonly string[], y: number, side: 'left' | 'right', width: number): Html {
  const out = side === 'left' ? -1 : 1;
  const edge = side === 'left' ? 0 : width;
  const path = `M${edge + 6 * out} ${y.toFixed(1)}H${edge - 2 * out}L${tag.x.toFixed(1)} ${tag.y.toFixed(1)}`;
  const first = y + 3.8 - ((lines.length - 1) * LINE) / 2;
  const text = lines.map(
    (line, n) =>
      html`<text x="${edge + 10 * out}" y="${(first + n * LINE).toFixed(1)}" text-anchor="${side === 'left' ? 'end' : 'start'}">${line}</text>`,
  );
  return html`<path d="${path}" class="halo"/><path d="${path}" class="leader"/>${dot(tag)}${text}`;
}

const dot = (tag: Tag): Html => html`<circle cx="${tag.x.toFixed(1)}" cy="${tag.y.toFixed(1)}" r="1.7" class="dot"/>`;

/** Numbers on the picture, for screens too narrow for names beside it; the names follow as a list in the same order. */
export function drawNumbers(tags: readonly Tag[], width: number, height: number): Html {
  const radius = 8;
  const at = tags.map((tag) => ({ x: tag.x, y: tag.y }));

  // push overlapping numbers apart
  for (let round = 0; round < 60; round++)
    for (let i = 0; i < at.length; i++)
      for (let j = 0; j < i; j++) {
        const [p, q] = [at[i]!, at[j]!];
        const [dx, dy] = [p.x - q.x || 0.01, p.y - q.y];
        const gap = Math.hypot(dx, dy);
        const push = (2 * radius + 1 - gap) / 2;
        if (push <= 0) continue;
        p.x += (dx / gap) * push;
        p.y += (dy / gap) * push;
        q.x -= (dx / gap) * push;
        q.y -= (dy / gap) * push;
      }
  return together(
    tags.map((tag, n) => {
      const x = Math.min(Math.max(at[n]!.x, radius), width - radius);
      const y = Math.min(Math.max(at[n]!.y, radius), height - radius);
      const moved = Math.hypot(x - tag.x, y - tag.y) > 4;
      const line = moved
        ? html`<path d="M${x.toFixed(1)} ${y.toFixed(1)}L${tag.x.toFixed(1)} ${tag.y.toFixed(1)}" class="leader"/>${dot(tag)}`
        : '';
      return html`${line}<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius}" class="disc"/><text x="${x.toFixed(1)}" y="${(y + 3.7).toFixed(1)}" text-anchor="middle">${n + 1}</text>`;
    }),
  );
}

/** Left and right columns, from top to bottom, with about as many names in each. */
function shareOut(tags: readonly Tag[], width: number) {
  const sorted = [...tags].sort((a, b) => a.x - b.x);
  const middle = sorted.filter((tag) => tag.x < width / 2).length;
  const limit = Math.ceil(tags.length / 2) + 1;
  const cut = Math.min(Math.max(middle, tags.length - limit), limit);
  const down = (members: Tag[]): Tag[] => members.sort((a, b) => a.y - b.y);
  return [
    { side: 'left', members: down(sorted.slice(0, cut)) },
    { side: 'right', members: down(sorted.slice(cut)) },
  ] as const;
}
