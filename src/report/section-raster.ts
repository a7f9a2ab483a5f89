import type { Vec3 } from '../base/grid.ts';
import type { DeformedBody } from '../findings/deformed-body.ts';
import { pressureAt } from '../findings/pressure-at.ts';
import { encodePng } from '../io/png.ts';
import type { Press } from '../press/press.ts';
import type { LabelVolume } from '../voxel/model.ts';
import { PRESSURE_COLOURS, pressureBand } from '../words/pressure-scale.ts';
import type { SectionPlane } from './section-plane.ts';

/** Part of a section plane, mm along the picture's right (a) and up (b) directions; sizes are whole millimetres. */
export interface Window {
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

/** A section read once per millimetre, corners included: (width + 1) × (height + 1) values, rows from the top. */
export interface SectionLattice {
  readonly plane: SectionPlane;
  readonly window: Window;
  readonly columns: number;
  readonly rows: number;
  /** Point of the body at rest, flattened ×3, mm, LPS. */
  readonly atRest: Float64Array;
  /** Label of the fine volume; 0 outside. */
  readonly label: Uint8Array;
  /** Tissue pressure, kPa. */
  readonly pressure: Float64Array;
  /** Signed distance to the tool and to the floor, mm (infinite where there is none). */
  readonly tool: Float64Array;
  readonly floor: Float64Array;
}

/** Drawn pixels per millimetre, and samples per pixel along each edge. */
const PIXELS_PER_MM = 2;
const SAMPLES = 2;

type Rgb = readonly [number, number, number];
const PAPER: Rgb = [255, 255, 255];
const TOOL: Rgb = [126, 132, 140];
const TOOL_EDGE: Rgb = [48, 52, 58];
const FLOOR: Rgb = [214, 211, 204];
const FLOOR_EDGE: Rgb = [120, 118, 112];
const BONE_UNDER_PRESSURE: Rgb = [222, 219, 212];
const BONE_EDGE: Rgb = [133, 131, 127];

/** A place in the plane, mm, LPS. */
export function placeOf(plane: SectionPlane, a: number, b: number): Vec3 {
  const place: [number, number, number] = [0, 0, 0];
  place[plane.axis] = plane.place;
  place[plane.right.axis] = a * plane.right.sign;
  place[plane.up.axis] = b * plane.up.sign;
  return place;
}

/** Reads body, pressure, tool and floor over a window; body undefined reads the body at rest, with the tool not yet touching. */
export function readSection(
  press: Press,
  plane: SectionPlane,
  window: Window,
  body: DeformedBody | undefined,
): SectionLattice {
  const columns = window.width + 1;
  const rows = window.height + 1;
  const depth = body === undefined ? 0 : (press.steps.at(-1)?.depth ?? 0);
  const size = columns * rows;
  const lattice: SectionLattice = {
    plane,
    window,
    columns,
    rows,
    atRest: new Float64Array(3 * size),
    label: new Uint8Array(size),
    pressure: new Float64Array(size),
    tool: new Float64Array(size),
    floor: new Float64Array(size).fill(Number.POSITIVE_INFINITY),
  };
  let above: Vec3 | undefined;
  for (let row = 0; row < rows; row++) {
    let near = above;
    for (let column = 0; column < columns; column++) {
      const n = row * columns + column;
      const place = placeOf(plane, window.left + column, window.bottom + window.height - row);
      const at = body === undefined ? place : body.atRest(place, near);
      near = at;
      if (column === 0) above = at;
      lattice.atRest.set(at, 3 * n);
      lattice.label[n] = smoothLabel(press.model.fine, at[0], at[1], at[2], plane.axis);
      lattice.pressure[n] = pressureAt(press, at);
      lattice.tool[n] = press.placed.distance(place[0], place[1], place[2], depth);
      if (press.placed.floor !== undefined) lattice.floor[n] = press.placed.floor(place[0], place[1], place[2], depth);
    }
  }
  return lattice;
}

/** Draws a section as PNG: the structures in their own colours, or the tissue pressure in bands. */
export function drawSection(press: Press, lattice: SectionLattice, what: 'structures' | 'pressure'): Uint8Array {
  const { fine } = press.model;
  const perMm = PIXELS_PER_MM * SAMPLES;
  const width = lattice.window.width * perMm;
  const height = lattice.window.height * perMm;
  const labels = labelSamples(fine, lattice);
  const group = groupOf(fine);
  const { plain, edged } = what === 'structures' ? structureColours(fine) : pressureColours();
  const bone = fine.table.map((row) => row.tissue === 'bone');

  const outWidth = lattice.window.width * PIXELS_PER_MM;
  const out = new Uint8Array(outWidth * lattice.window.height * PIXELS_PER_MM * 4);
  const sum = new Uint16Array(outWidth * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = sample(x, y);
      const cell = 3 * Math.floor(x / SAMPLES);
      sum[cell] = sum[cell]! + colour[0];
      sum[cell + 1] = sum[cell + 1]! + colour[1];
      sum[cell + 2] = sum[cell + 2]! + colour[2];
    }
    if (y % SAMPLES !== SAMPLES - 1) continue;
    const row = Math.floor(y / SAMPLES);
    for (let x = 0; x < outWidth; x++) {
      for (let c = 0; c < 3; c++) out[4 * (row * outWidth + x) + c] = Math.round(sum[3 * x + c]! / SAMPLES ** 2);
      out[4 * (row * outWidth + x) + 3] = 255;
    }
    sum.fill(0);
  }
  return encodePng(outWidth, lattice.window.height * PIXELS_PER_MM, out);

  function sample(x: number, y: number): Rgb {
    const tool = bilinear(lattice, lattice.tool, x, y, perMm);
    if (tool < 0) return tool > -1 ? TOOL_EDGE : TOOL;
    const label = labels[y * width + x]!;
    if (label === 0) {
      const floor = bilinear(lattice, lattice.floor, x, y, perMm);
      if (floor < 0) return floor > -1 ? FLOOR_EDGE : FLOOR;
      return PAPER;
    }
    const edge = onBorder(labels, group, width, height, x, y);
    if (what === 'structures') return (edge ? edged : plain)[label]!;
    if (bone[label]!) return edge ? BONE_EDGE : BONE_UNDER_PRESSURE;
    return (edge ? edged : plain)[pressureBand(bilinear(lattice, lattice.pressure, x, y, perMm))]!;
  }
}

interface Colours {
  readonly plain: readonly Rgb[];
  readonly edged: readonly Rgb[];
}

const structureColours = (fine: LabelVolume): Colours => ({
  plain: fine.table.map((row) => row.colour),
  edged: fine.table.map((row) => darker(row.colour, 0.62)),
});

const pressureColours = (): Colours => ({
  plain: PRESSURE_COLOURS,
  edged: PRESSURE_COLOURS.map((c) => blend(c, luminance(c) > 90 ? [60, 60, 60] : [235, 235, 235], 0.45)),
});

const drawn = new WeakMap<SectionLattice, Uint8Array>();

/**
 * The label of every sample, made once for all pictures of a lattice. A square millimetre whose corners and their neighbours
 * agree is filled without asking for each sample: nothing is thinner than the cells of the fine volume.
 */
function labelSamples(fine: LabelVolume, lattice: SectionLattice): Uint8Array {
  const known = drawn.get(lattice);
  if (known !== undefined) return known;
  const perMm = PIXELS_PER_MM * SAMPLES;
  const { columns, rows, label, atRest, window } = lattice;
  const width = window.width * perMm;
  const height = window.height * perMm;
  const labels = new Uint8Array(width * height);
  for (let j = 0; j < window.height; j++)
    for (let i = 0; i < window.width; i++) {
      const even = evenAround(i, j);
      for (let y = j * perMm; y < (j + 1) * perMm; y++)
        for (let x = i * perMm; x < (i + 1) * perMm; x++) labels[y * width + x] = even ?? labelOf(x, y);
    }
  paintSkin(fine, labels, width, height, perMm);
  drawn.set(lattice, labels);
  return labels;

  /** The one label around a square millimetre, or undefined. */
  function evenAround(i: number, j: number): number | undefined {
    if (i === 0 || j === 0 || i + 2 >= columns || j + 2 >= rows) return undefined;
    const here = label[j * columns + i]!;
    for (let b = j - 1; b <= j + 2; b++)
      for (let a = i - 1; a <= i + 2; a++) if (label[b * columns + a] !== here) return undefined;
    return here;
  }

  function labelOf(x: number, y: number): number {
    const a = (x + 0.5) / perMm;
    const b = (y + 0.5) / perMm;
    const n = 3 * (Math.floor(b) * columns + Math.floor(a));
    const [s, t] = [a - Math.floor(a), b - Math.floor(b)];
    const at = (c: number): number =>
      (atRest[n + c]! * (1 - s) + atRest[n + 3 + c]! * s) * (1 - t) +
      (atRest[n + 3 * columns + c]! * (1 - s) + atRest[n + 3 * columns + 3 + c]! * s) * t;
    return smoothLabel(fine, at(0), at(1), at(2), lattice.plane.axis);
  }
}

/**
 * The label that weighs most around a point: in the plane across `axis`, each cell within two counts by a bell as wide as a cell
 * (standard deviation); along the axis, the two nearest count by nearness. That rounds off the staircase of the cells; a layer
 * one cell thick stays, because its own weight (0.40) beats either side's (0.30).
 */
function smoothLabel(fine: LabelVolume, x: number, y: number, z: number, axis: 0 | 1 | 2): number {
  const { grid, labels, table } = fine;
  const [nx, ny, nz] = grid.size;
  for (let d = 0; d < 3; d++) {
    const place = ((d === 0 ? x : d === 1 ? y : z) - grid.origin[d]!) / grid.spacing;
    const cell = Math.floor(place);
    middle[d] = cell;
    const phase = (d === axis ? ACROSS : ALONG)[Math.floor((place - cell) * PHASES)]!;
    for (let n = 0; n < 5; n++) weights[5 * d + n] = phase[n]!;
  }
  const [i, j, k] = [middle[0]!, middle[1]!, middle[2]!];
  if (i < -2 || j < -2 || k < -2 || i > nx + 1 || j > ny + 1 || k > nz + 1) return 0;
  let label = 0;
  if (i > 1 && j > 1 && k > 1 && i < nx - 2 && j < ny - 2 && k < nz - 2) {
    label = labels[i + nx * (j + ny * k)]!;
    if (uniform(fine, i, j, k, label)) return label;
  }
  share.fill(0, 0, table.length);
  for (let c = 0; c < 5; c++)
    for (let b = 0; b < 5; b++) {
      const weight = weights[5 + b]! * weights[10 + c]!;
      if (weight === 0) continue;
      const row = nx * (j + b - 2 + ny * (k + c - 2));
      const outside = j + b < 2 || j + b - 2 >= ny || k + c < 2 || k + c - 2 >= nz;
      for (let a = 0; a < 5; a++) {
        const p = i + a - 2;
        const here = outside || p < 0 || p >= nx ? 0 : labels[row + p]!;
        share[here] = share[here]! + weights[a]! * weight;
      }
    }

  // in or out first: where the skin is one cell thick, the outline must not depend on who comes second inside
  let inside = 0;
  label = 1;
  for (let n = 1; n < table.length; n++) {
    inside += share[n]!;
    if (share[n]! > share[label]!) label = n;
  }
  return inside > share[0]! ? label : 0;
}

/** Weights of five cells in a row for a place in the middle one, at so many places: in the plane and across it. */
const PHASES = 64;
const rows = (weight: (away: number) => number): Float64Array[] =>
  Array.from({ length: PHASES }, (_, phase) =>
    Float64Array.from({ length: 5 }, (_, n) => weight(Math.abs(n - 1.5 - (phase + 0.5) / PHASES))),
  );
const ALONG = rows((away) => Math.exp(-0.5 * away ** 2));
const ACROSS = rows((away) => Math.max(0, 1 - away));
const middle = new Int32Array(3);
const weights = new Float64Array(15);
const share = new Float64Array(256);

/** Whether a cell and its neighbours on all sides, and those behind them straight on, have one label: then nothing needs weighing. */
function uniform(fine: LabelVolume, i: number, j: number, k: number, label: number): boolean {
  const { labels, grid } = fine;
  const [nx, ny] = grid.size;
  for (let c = k - 1; c <= k + 1; c++)
    for (let b = j - 1; b <= j + 1; b++) {
      const n = i + nx * (b + ny * c);
      if (labels[n - 1] !== label || labels[n] !== label || labels[n + 1] !== label) return false;
    }
  const n = i + nx * (j + ny * k);
  for (const step of [2, 2 * nx, 2 * nx * ny])
    if (labels[n - step] !== label || labels[n + step] !== label) return false;
  return true;
}

/** Reads one value of a lattice at a sample (x, y), counted from the top left at perMm samples per millimetre. */
function bilinear(lattice: SectionLattice, data: Float64Array, x: number, y: number, perMm: number): number {
  const a = (x + 0.5) / perMm;
  const b = (y + 0.5) / perMm;
  const n = Math.floor(b) * lattice.columns + Math.floor(a);
  const [s, t] = [a - Math.floor(a), b - Math.floor(b)];
  const top = data[n]! * (1 - s) + data[n + 1]! * s;
  return top * (1 - t) + (data[n + lattice.columns]! * (1 - s) + data[n + lattice.columns + 1]! * s) * t;
}

/** Thickness that skin is drawn with, mm (evidence T-11). */
const SKIN = 2;

/**
 * Gives the outermost 2 mm to the skin. It is thinner than a cell, so that in the labels it comes and goes; where it is
 * labelled deeper than that it stays.
 */
function paintSkin(fine: LabelVolume, labels: Uint8Array, width: number, height: number, perMm: number): void {
  const skin = fine.table.findIndex((row, n) => n > 0 && row.tissue === 'skin');
  if (skin === -1) return;

  // steps to the outside, straight 1 and aslant 1.4, by two sweeps; what lies beyond the picture is not outside
  const most = SKIN * perMm + 2;
  const away = new Float32Array(labels.length);
  for (let n = 0; n < labels.length; n++) away[n] = labels[n] === 0 ? 0 : most;
  const sweep = (n: number, way: number): void => {
    if (away[n] === 0) return;
    const straight = Math.min(away[n - way]!, away[n - way * width]!) + 1;
    const aslant = Math.min(away[n - way * (width + 1)]!, away[n - way * (width - 1)]!) + Math.SQRT2;
    const least = straight < aslant ? straight : aslant;
    if (least < away[n]!) away[n] = least;
  };
  for (let y = 1; y < height - 1; y++) for (let x = 1; x < width - 1; x++) sweep(y * width + x, 1);
  for (let y = height - 2; y > 0; y--) for (let x = width - 2; x > 0; x--) sweep(y * width + x, -1);
  for (let n = 0; n < labels.length; n++) if (labels[n] !== 0 && away[n]! <= SKIN * perMm) labels[n] = skin;
}

/** Number of each label's structure, so that the two sides of one structure have no border between them. */
function groupOf(fine: LabelVolume): Uint8Array {
  const names = fine.table.map((row) => row.structure);
  return Uint8Array.from(names, (name) => names.indexOf(name));
}

/** Whether a sample lies at a border: the sample beside it, below it or one further belongs to another structure. */
function onBorder(labels: Uint8Array, group: Uint8Array, width: number, height: number, x: number, y: number): boolean {
  const here = group[labels[y * width + x]!]!;
  const differs = (a: number, b: number): boolean =>
    a >= 0 && b >= 0 && a < width && b < height && group[labels[b * width + a]!]! !== here;
  return differs(x + 1, y) || differs(x, y + 1) || differs(x - 1, y) || differs(x, y - 1);
}

const darker = (colour: Rgb, by: number): Rgb => [colour[0] * by, colour[1] * by, colour[2] * by];
const blend = (a: Rgb, b: Rgb, t: number): Rgb => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];
const luminance = (c: Rgb): number => 0.3 * c[0] + 0.59 * c[1] + 0.11 * c[2];
