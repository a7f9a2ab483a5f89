import type { Speaker } from '../messages/speaker.ts';
import type { Viewer } from '../view/viewer.ts';

/** A pressure written on its line on a cut, CSS pixels. */
export interface LevelMark {
  readonly kPa: number;
  /** The highest says its unit. */
  readonly words: string;
  readonly at: readonly [number, number];
}

/** Between the middles of two of them, in letters. */
const APART = 1.15;

/** The pressures that are written on the cut now. @param letter size of the page's letters, CSS pixels */
export function levelMarks({ say }: Speaker, viewer: Viewer, letter: number): LevelMark[] {
  return viewer.levels(APART * letter).flatMap(({ kPa, at: place }, n) => {
    const { x, y, inFront } = viewer.project(place);
    return inFront ? [{ kPa, words: n === 0 ? say('amount.kPa', { kPa }) : String(kPa), at: [x, y] as const }] : [];
  });
}
