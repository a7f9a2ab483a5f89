import type { Mask } from './morphology.ts';
import type { ScanField } from './resample.ts';

/** A face that rises by this within EDGE, mm, ends in an edge: skin rounds off. */
const STEP = 8;
const EDGE = 5;
/** Narrowest face that is a pad's, and the thickest pad, mm. */
const WIDTH = 100;
const THICKNESS = 80;
/** Steepest rise of a face at its edges, mm per mm: a cradle or a tilt of some 20°. Round bodies are far steeper where they fall away. */
const STEEPEST = 0.35;
/** Shortest pad along the body, mm. */
const LENGTH = 60;
/** How far, HU, the pad's own numbers are widened to take in noise. */
const NOISE = 15;

/** What lies against the body from outside. */
export interface Pad {
  readonly cells: Mask;
  /** Half of the slices have it thicker, mm. */
  readonly thickness: number;
  readonly where: 'front' | 'back' | 'side';
}

/** A side that a face is looked for on: across runs along it, towards points out of the body. */
interface Look {
  readonly across: 0 | 1;
  readonly out: 1 | -1;
  readonly where: Pad['where'];
}

const LOOKS: readonly Look[] = [
  { across: 0, out: 1, where: 'back' },
  { across: 0, out: -1, where: 'front' },
  { across: 1, out: 1, where: 'side' },
  { across: 1, out: -1, where: 'side' },
];

/** One slice's face: out-most cells over [from, to] as a parabola, and the thickness of what it belongs to, all in cells. */
interface Face {
  readonly from: number;
  readonly to: number;
  at(u: number): number;
  readonly thickness: number;
}

/**
 * Looks for a pad, cushion or table top that lies against the body: a smooth face with a sharp edge at either end, whose thickness
 * shows at these edges, over many slices. Undefined where there is none.
 * @param body what is denser than air, in one piece
 * @param least thinnest pad that is looked for, mm
 */
export function padOn(body: Mask, field: ScanField, least = STEP): Pad | undefined {
  for (const look of LOOKS) {
    const pad = padAt(body, field, look, least);
    if (pad !== undefined) return pad;
  }
  return undefined;
}

function padAt(body: Mask, field: ScanField, { across, out, where }: Look, least: number): Pad | undefined {
  const { size, spacing } = field.grid;
  const [nx, ny, nz] = size;
  const [nu, nv] = across === 0 ? [nx, ny] : [ny, nx];
  // depth d counts from the side that is looked from
  const cell = (u: number, d: number, k: number): number => {
    const v = out === 1 ? nv - 1 - d : d;
    return across === 0 ? u + nx * (v + ny * k) : v + nx * (u + ny * k);
  };
  const faces: (Face | undefined)[] = [];
  for (let k = 0; k < nz; k++) faces.push(faceOf((u, d) => body[cell(u, d, k)] === 1, nu, nv, spacing, least));
  // a slice or two without a face, between others, has that of its neighbour
  const near = Math.ceil(10 / spacing);
  const whole = faces.map((face, k) => {
    for (let step = 0; step <= near && face === undefined; step++) face = faces[k - step] ?? faces[k + step];
    return face;
  });
  const found = faces.filter((face) => face !== undefined);
  if (found.length * spacing < LENGTH) return undefined;

  const hu = field.hounsfield!;
  const own: number[] = [];
  const zone = (visit: (c: number, free: boolean, shallow: boolean) => void): void => {
    whole.forEach((face, k) => {
      if (face === undefined) return;
      for (let u = face.from; u <= face.to; u++) {
        const top = Math.max(0, Math.round(face.at(u)));
        const end = Math.min(nv - 1, Math.round(face.at(u) + face.thickness));
        // beyond the pad there is air: what lies in the zone is the pad alone
        const free = body[cell(u, Math.min(nv - 1, end + 1), k)] === 0;
        const inside = u >= face.from + 2 && u <= face.to - 2;
        for (let d = top; d < end; d++) {
          const shallow = inside && d >= top + 2 && d < top + face.thickness / 4;
          visit(cell(u, d, k), free && d > top && d < end - 1, shallow);
        }
        for (let d = 0; d < top; d++) visit(cell(u, d, k), false, false);
      }
    });
  };
  zone((c, free) => {
    if (free && body[c] === 1) own.push(hu[c]!);
  });
  // a pad no wider than what lies on it never shows alone, but its face does
  if (own.length <= 50) {
    zone((c, _, shallow) => {
      if (shallow) own.push(hu[c]!);
    });
  }
  own.sort((a, b) => a - b);
  const [low, high] =
    own.length > 50
      ? [own[Math.floor(0.02 * own.length)]! - NOISE, own[Math.floor(0.98 * own.length)]! + NOISE]
      : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const cells = new Uint8Array(body.length);
  let n = 0;
  zone((c) => {
    if (hu[c]! < low || hu[c]! > high || cells[c] === 1) return;
    cells[c] = 1;
    n += body[c]!;
  });
  if (n === 0) return undefined;
  const thicknesses = found.map((face) => face.thickness).sort((a, b) => a - b);
  return { cells, thickness: thicknesses[thicknesses.length >> 1]! * spacing, where };
}

/** The face that one slice shows to a side; `is` tells the body at a place across and a depth. */
function faceOf(
  is: (u: number, d: number) => boolean,
  nu: number,
  nv: number,
  spacing: number,
  least: number,
): Face | undefined {
  const [step, edge, most] = [STEP / spacing, Math.ceil(EDGE / spacing), THICKNESS / spacing];
  const outer = Array.from({ length: nu }, (_, u) => {
    for (let d = 0; d < nv; d++) if (is(u, d)) return d;
    return Number.POSITIVE_INFINITY;
  });
  const depthAt = (u: number): number => (u < 0 || u >= nu ? Number.POSITIVE_INFINITY : outer[u]!);
  const left: number[] = [];
  const right: number[] = [];
  for (let u = 0; u < nu; u++) {
    if (!Number.isFinite(outer[u]!)) continue;
    // the outermost column of a slope of several
    if (depthAt(u - edge) - outer[u]! >= step && !(depthAt(u - 1) - outer[u]! < 1)) left.push(u);
    if (depthAt(u + edge) - outer[u]! >= step && !(depthAt(u + 1) - outer[u]! < 1)) right.push(u);
  }
  for (const from of left)
    for (const to of [...right].reverse()) {
      if ((to - from) * spacing < WIDTH) break;
      const at = parabola(outer, from + 1, to - 1);
      if (at === undefined) continue;
      const thickness = Math.min(thicknessAt(from, 1), thicknessAt(to, -1));
      if (thickness >= least / spacing && thickness <= most) return { from, to, at, thickness };
    }
  return undefined;

  /** How thick the pad is at an edge: down to the air under it, or to the skin beside it. */
  function thicknessAt(u: number, inward: 1 | -1): number {
    const runs: number[] = [];
    for (let n = 2; n <= 2 + edge; n++) {
      const column = u + inward * n;
      let d = depthAt(column);
      const top = d;
      while (d < nv && is(column, d)) d++;
      runs.push(d - top);
    }
    runs.sort((a, b) => a - b);
    const beside = depthAt(u - inward * edge) - depthAt(u + inward * edge);
    return Math.min(runs[runs.length >> 1]!, beside);
  }
}

/** The parabola through depths over [from, to] where nearly all of them lie within a cell of it and it is nowhere steep. */
function parabola(depths: readonly number[], from: number, to: number): Face['at'] | undefined {
  for (let u = from; u <= to; u++) if (!Number.isFinite(depths[u]!)) return undefined;
  const half = (to - from) / 2;
  const middle = (from + to) / 2;
  // t from -1 to 1; Legendre polynomials are nearly orthogonal on the columns, so that two rounds of projection fit them
  const fit: [number, number, number] = [0, 0, 0];
  const valueAt = (u: number): number => {
    const t = (u - middle) / half;
    return fit[0] + t * fit[1] + (1.5 * t * t - 0.5) * fit[2];
  };
  // thousands of pairs of edges are tried in each slice, so nothing is allocated here
  for (let round = 0; round < 6; round++)
    for (let n = 0; n < 3; n++) {
      let [over, under] = [0, 0];
      for (let u = from; u <= to; u++) {
        const t = (u - middle) / half;
        const p = n === 0 ? 1 : n === 1 ? t : 1.5 * t * t - 0.5;
        over += p * (depths[u]! - valueAt(u));
        under += p * p;
      }
      fit[n]! += over / under;
    }
  if ((Math.abs(fit[1]!) + 3 * Math.abs(fit[2]!)) / half > STEEPEST) return undefined;
  let off = 0;
  for (let u = from; u <= to; u++) if (Math.abs(depths[u]! - valueAt(u)) > 1) off++;
  return off <= 0.06 * (to - from + 1) ? valueAt : undefined;
}
