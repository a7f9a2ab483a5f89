import { STRUCTURES } from '../anatomy/structures.ts';
import type { Figure } from '../figure/figure.ts';
import type { ToolInHand } from '../figure/hand.ts';
import { organOf } from '../findings/organ-of.ts';
import type { SectionShows } from '../view/section-material.ts';
import type { Slot } from './protocol.ts';
import type { AppState, View } from './state.ts';
import { stepOf } from './story.data.ts';

/** What is on show in a slot, whoever decided it: the story or the person. */
export interface Look {
  readonly peel: number;
  readonly load: number;
  readonly xray: boolean;
  readonly section: AppState['view']['section'];
  readonly shows: SectionShows;
  readonly isolated: readonly string[] | undefined;
  /** Structures, or structures with their sides, that were picked; and what is pointed at. */
  readonly highlighted: readonly string[];
  readonly pointed: readonly string[];
  readonly faded: readonly string[];
  readonly tool: ToolInHand | undefined;
  readonly figure: Figure | undefined;
}

/** Equal looks hold the same objects, so that a change can be told by identity. */
export function lookOf(state: AppState, slot: Slot): Look {
  const { view, mode } = state;
  const { body, person } = state[slot];
  // who lies otherwise than the body does waits for the one that belongs to it; the story's is there before its body is
  const lies = body === undefined && mode === 'story' ? person?.key : body?.lies;
  const figure = person !== undefined && person.key === lies ? person.figure : undefined;
  if (mode === 'story') {
    const step = stepOf(state.step);
    return {
      peel: step.peel,
      load: step.load,
      xray: step.xray,
      section: step.section ? 'axial' : 'off',
      shows: 'both',
      isolated: step.shown.length > 0 ? step.shown : undefined,
      highlighted: NONE,
      pointed: NONE,
      faded: NONE,
      tool: step.tool === 'none' ? undefined : step.tool === 'lever-hook' ? state.hook : body?.tool,
      figure,
    };
  }
  return {
    peel: view.peel,
    load: view.load,
    xray: view.xray,
    section: view.section,
    shows: view.sectionShows,
    isolated: view.isolated === undefined ? undefined : alone(view.isolated),
    highlighted: partsOf(view.picked),
    pointed: partsOf(view.pointed),
    faded: view.faded,
    tool: body?.tool,
    figure,
  };
}

const NONE: readonly string[] = [];

const PARTS = new Map<string, readonly string[]>();

/** A structure and what belongs to it, as the viewer calls them: an organ of the findings may be drawn in several parts. */
function alone(structure: string, side?: string): readonly string[] {
  const key = `${structure}/${side}`;
  const known = PARTS.get(key);
  if (known !== undefined) return known;
  const all = [
    structure,
    ...STRUCTURES.map(({ id }) => id).filter((id) => id !== structure && organOf(id) === structure),
  ];
  const parts = side === 'left' || side === 'right' ? all.map((id) => `${id}/${side}`) : all;
  PARTS.set(key, parts);
  return parts;
}

const partsOf = (what: View['picked']): readonly string[] =>
  what === undefined ? NONE : alone(what.structure, what.side);
