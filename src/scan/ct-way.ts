import { InputError } from '../base/errors.ts';
import type { Grid } from '../base/grid.ts';
import type { Note } from '../base/note.ts';
import { tell } from '../base/told.ts';
import { SCAN_ERRORS } from '../messages/errors/scan.data.ts';
import { note } from '../messages/note.ts';

/** What a CT without labels says about one axis of its header. */
type Say = 'fits' | 'reversed' | 'unsure';
/** By what it shows that head and feet are reversed. */
type Sign = 'lungs' | 'hips' | 'none';

/** What the Hounsfield units of a trunk show, cell by cell, on a grid along LPS. */
export interface Shown {
  readonly grid: Grid;
  isBody(cell: number): boolean;
  isBone(cell: number): boolean;
  isLung(cell: number): boolean;
}

/** Half the width of the column around the body's middle in which the spine is looked for, mm: vertebral bodies are 40 to 55 wide. */
const SPINE_HALF = 40;
/** Least bone in it, mm² of a slice: half a lumbar vertebral body (B-20's 12 cm² and more), more than a sternum or a symphysis has. */
const SPINE_AREA = 500;
/** Length over which such slices must follow each other, mm: the symphysis with its branches is half as long. */
const SPINE_LENGTH = 100;
/**
 * Where the spine lies between belly (0) and back (1): its middle is at 0.6 to 0.8, less with a large belly behind it in the picture and
 * with a sternum in the same slices. Reversed these are 0.2 to 0.4. What lies between says nothing.
 */
const SPINE_BEHIND = 0.55;
/** Lung on each side of the middle at one end, mm³: less than the base of an adult's lung, more than a bowel full of stool shows on both sides. */
const LUNG_LEAST = 150_000;
/** Bone beside the spine, mm² of a slice: the wings of both hip bones have 20 cm² and more, ribs and the tips of vertebrae 2 to 6. */
const HIP_AREA = 1500;
const RIBS_SHARE = 0.25;

/**
 * Compares a CT that no label explains with what every trunk has: the spine behind, the lungs above, the hip bones below.
 * @returns what could not be checked, for the result's warnings
 * @throws InputError where front and back or head and feet are plainly the other way round than its header says
 */
export function checkWay(name: string, shown: Shown): Note[] {
  const { front, ends } = wayOf(shown);
  const wrong = [
    ...(front === 'reversed' ? [tell(SCAN_ERRORS, 'error.scan.way.front')] : []),
    ...(ends.say === 'reversed' ? [tell(SCAN_ERRORS, 'error.scan.way.ends', { sign: ends.sign })] : []),
  ];
  const [first, second] = wrong;
  if (first !== undefined) {
    const way = second === undefined ? first : tell(SCAN_ERRORS, 'error.scan.and', { first, second });
    throw new InputError(tell(SCAN_ERRORS, 'error.scan.way', { file: name, way }));
  }
  const unsure = [front === 'unsure' ? 'front' : '', ends.say === 'unsure' ? 'ends' : ''].join('');
  return unsure === '' ? [] : [note('note.scan.way', { what: unsure === 'frontends' ? 'both' : unsure })];
}

function wayOf({ grid, isBody, isBone, isLung }: Shown): {
  front: Say;
  ends: { say: Say; sign: Sign };
} {
  const [nx, ny, nz] = grid.size;
  const h = grid.spacing;
  const slices = Array.from({ length: nz }, () => ({ body: 0, place: Number.NaN, beside: 0, lung: [0, 0] }));
  for (let k = 0; k < nz; k++) {
    const slice = slices[k]!;
    let [x, y0, y1] = [0, ny, -1];
    for (let j = 0, c = nx * ny * k; j < ny; j++)
      for (let i = 0; i < nx; i++, c++) {
        if (!isBody(c)) continue;
        slice.body++;
        x += i;
        y0 = Math.min(y0, j);
        y1 = Math.max(y1, j);
      }
    if (slice.body === 0) continue;
    const middle = x / slice.body;
    let [spine, depth] = [0, 0];
    for (let j = y0, c = nx * (y0 + ny * k); j <= y1; j++)
      for (let i = 0; i < nx; i++, c++) {
        if (isLung(c) && Math.abs(i - middle) * h > SPINE_HALF) slice.lung[i < middle ? 0 : 1]!++;
        if (!isBone(c)) continue;
        if (Math.abs(i - middle) * h > SPINE_HALF) slice.beside++;
        else {
          spine++;
          depth += (j - y0 + 0.5) / (y1 - y0 + 1);
        }
      }
    if (spine * h * h >= SPINE_AREA) slice.place = depth / spine;
  }
  return {
    front: frontOf(
      slices.map(({ place }) => place),
      h,
    ),
    ends: endsOf(
      slices.filter(({ body }) => body > 0),
      h,
    ),
  };
}

/** Judged on the longest run of slices that show a spine. */
function frontOf(places: readonly number[], h: number): Say {
  let run: number[] = [];
  let longest: number[] = [];
  for (const place of places) {
    run = Number.isNaN(place) ? [] : [...run, place];
    if (run.length > longest.length) longest = run;
  }
  if (longest.length * h < SPINE_LENGTH) return 'unsure';
  const median = longest.toSorted((a, b) => a - b)[longest.length >> 1]!;
  return median > SPINE_BEHIND ? 'fits' : median < 1 - SPINE_BEHIND ? 'reversed' : 'unsure';
}

/** Judged on the thirds of the body at either end. @param slices from the feet to the head, as the header has them */
function endsOf(
  slices: readonly { readonly beside: number; readonly lung: readonly number[] }[],
  h: number,
): { say: Say; sign: Sign } {
  const third = Math.floor(slices.length / 3);
  const [low, high] = [slices.slice(0, third), slices.slice(slices.length - third)];
  const lung = (part: typeof slices): number =>
    Math.min(...[0, 1].map((side) => part.reduce((sum, { lung: both }) => sum + both[side]! * h * h * h, 0)));
  const hips = (part: typeof slices): number =>
    part.reduce((sum, { beside }) => sum + beside * h * h, 0) / Math.max(1, part.length);
  const [lungLow, lungHigh] = [lung(low), lung(high)];
  if (lungHigh >= LUNG_LEAST && lungLow < LUNG_LEAST / 10) return { say: 'fits', sign: 'none' };
  if (lungLow >= LUNG_LEAST && lungHigh < LUNG_LEAST / 10) return { say: 'reversed', sign: 'lungs' };
  // shoulders are as wide as hips, and never without lungs
  if (Math.max(lungLow, lungHigh) >= LUNG_LEAST / 10) return { say: 'unsure', sign: 'none' };
  const [hipsLow, hipsHigh] = [hips(low), hips(high)];
  if (hipsLow >= HIP_AREA && hipsHigh < RIBS_SHARE * hipsLow) return { say: 'fits', sign: 'none' };
  if (hipsHigh >= HIP_AREA && hipsLow < RIBS_SHARE * hipsHigh) return { say: 'reversed', sign: 'hips' };
  return { say: 'unsure', sign: 'none' };
}
