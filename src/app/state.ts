import { createStore } from 'zustand/vanilla';
import type { Note } from '../base/note.ts';
import type { Phase } from '../base/progress.ts';
import type { ToolInHand } from '../figure/hand.ts';
import type { Result } from '../findings/result.ts';
import type { Language } from '../messages/speaker.ts';
import { RANGE_PRESSES } from '../press/range-presses.ts';
import type { ScenarioInput } from '../press/scenario.ts';
import type { PushLine } from '../report/push-line.ts';
import type { SectionShows } from '../view/section-material.ts';
import type { BodyScene, DrawnBody, DrawnPerson, OpenScan, Picture, ScanNames, Slot, StepState } from './protocol.ts';
import type { Eye } from './share-link-view.ts';

/** What a person enters: a scenario without its scan, whose files only this device has. */
export type Inputs = Omit<ScenarioInput, 'schemaVersion' | 'scan'>;

export type Mode = 'story' | 'yours' | 'compare';

/** What a person asks in a slot. Written in one place only (session.ts), so that `question` always is that of the inputs. */
interface Asked {
  readonly inputs: Inputs;
  /** A scan from disk that stands in for the body; its content never leaves the worker. */
  readonly scan: OpenScan | undefined;
  /** A scan that the inputs were made for, named by a saved result, and that has not been opened. */
  readonly wanted: ScanNames | undefined;
  /** Equal for what must give equal answers; undefined while it cannot be computed. */
  readonly question: string | undefined;
  /** Why it cannot, as a sentence with a way on. */
  readonly problem: Note | undefined;
}

/** One press with everything on the way to it. */
export interface SlotState extends Asked {
  /** The trunk of the states below. */
  readonly body: BodyScene | undefined;
  /** What the scene draws of it. */
  readonly drawn: DrawnBody | undefined;
  /** Who lies around it; shown with the body that it belongs to only. */
  readonly person: DrawnPerson | undefined;
  /** Solved steps by depth: of the answer, or of the first look while that is under way. */
  readonly states: readonly StepState[];
  /** Whether body and states are those of a first look that is under way; else they belong to the answer below. */
  readonly live: boolean;
  /** The last answer, and the question that it answers: not always the one that is asked now. */
  readonly result: Result | undefined;
  readonly answered: string | undefined;
  readonly quality: Quality | undefined;
  /** What the coarse look had said of the same press, once the fine answer is there. */
  readonly firstLook: Result | undefined;
  readonly line: PushLine | undefined;
  /** Where the skin is pressed, as SVG. */
  readonly skinMap: string | undefined;
  /** Drawings of the cuts, made where there is no 3-D. */
  readonly pictures: readonly Picture[] | undefined;
  readonly job: JobState | undefined;
  /** What went wrong last, with a way on. */
  readonly trouble: Note | undefined;
}

export type Quality = 'coarse' | 'fine';

/** What is under way: an answer, or the ranges of the one on show. */
export interface JobState {
  readonly stage: Quality | 'ranges';
  readonly phase: Phase;
  readonly fraction: number;
  readonly detail: Note | undefined;
}

export interface View {
  /** 0 skin … 1 psoas. */
  readonly peel: number;
  /** 0 at rest … 1 the whole load. */
  readonly load: number;
  readonly xray: boolean;
  readonly section: 'axial' | 'sagittal' | 'along-push' | 'off';
  readonly sectionShows: SectionShows;
  /** Structure whose card is open. */
  readonly picked: { readonly structure: string; readonly side: string } | undefined;
  /** Structure that a pointer or the focus is on, here or in the lists beside the scene. */
  readonly pointed: { readonly structure: string; readonly side: string } | undefined;
  readonly isolated: string | undefined;
  readonly faded: readonly string[];
  /** Where somebody has moved the eye to; undefined where it stands as the app puts it. */
  readonly eye: Eye | undefined;
}

export interface AppState {
  readonly mode: Mode;
  /** Step of the story. */
  readonly step: number;
  /** Whether the list of who should ask first was passed on this visit. Never stored, never in the address. */
  readonly listSeen: boolean;
  readonly units: 'metric' | 'imperial';
  /** What the page speaks; undefined: English, whose tables come with the parts that need them. */
  readonly language: Language | undefined;
  readonly scheme: 'system' | 'light' | 'dark';
  readonly view: View;
  readonly a: SlotState;
  readonly b: SlotState;
  /** What the page has to say about the address it was given; stays until the next thing that is done. */
  readonly notice: Note | undefined;
  /** Spoken by screen readers when it changes. */
  readonly said: Note | undefined;
  /** The hook of the story, laid on the example's body. */
  readonly hook: ToolInHand | undefined;
  /** Why there is no scene to look at; the drawings and tables stay. */
  readonly flat: Note | undefined;
  /** The graphics card took the picture away; the canvas waits for it to come back. */
  readonly lost: boolean;
}

const emptySlot = (inputs: Inputs): SlotState => ({
  inputs,
  scan: undefined,
  wanted: undefined,
  question: undefined,
  problem: undefined,
  body: undefined,
  drawn: undefined,
  person: undefined,
  states: [],
  live: false,
  result: undefined,
  answered: undefined,
  quality: undefined,
  firstLook: undefined,
  line: undefined,
  skinMap: undefined,
  pictures: undefined,
  job: undefined,
  trouble: undefined,
});

export const EXAMPLE: Inputs = {
  body: { sex: 'female' },
  tool: { id: 'two-peak' },
  placement: { preset: 'as-sold' },
};

/** Whether what is asked is the story's press, which the build has drawn: to no other belong its pictures. */
export const isExample = ({ inputs, scan }: Pick<SlotState, 'inputs' | 'scan'>): boolean =>
  inputs === EXAMPLE && scan === undefined;

/** The hands of somebody trained, as the second of the compared presses. */
export const HANDS: Inputs = {
  body: { sex: 'female' },
  tool: { id: 'fingertips' },
  placement: { preset: 'as-sold' },
};

export const FIRST_VIEW: View = {
  peel: 0.3,
  load: 1,
  xray: false,
  section: 'axial',
  sectionShows: 'both',
  picked: undefined,
  pointed: undefined,
  isolated: undefined,
  faded: [],
  eye: undefined,
};

/** The one state of the app: readable by viewer, interface and tests without React. */
export const store = createStore<AppState>(() => ({
  mode: 'story',
  step: 0,
  listSeen: false,
  units: 'metric',
  scheme: 'system',
  view: FIRST_VIEW,
  a: emptySlot(EXAMPLE),
  b: emptySlot(HANDS),
  language: undefined,
  notice: undefined,
  said: undefined,
  hook: undefined,
  flat: undefined,
  lost: false,
}));

export const setView = (change: Partial<View>): void =>
  store.setState(({ view }) => ({ view: { ...view, ...change } }));

/** Lets a structure glow in passing. @returns takes that back, and nothing that was pointed at since */
export function pointAt(pointed: NonNullable<View['pointed']>): () => void {
  setView({ pointed });
  return () => {
    if (store.getState().view.pointed === pointed) setView({ pointed: undefined });
  };
}

/** Changes what is known of a slot; what is asked in it is for session.ts to change. */
export const setSlot = (slot: Slot, change: Partial<Omit<SlotState, keyof Asked>>): void =>
  store.setState((state) => ({ [slot]: { ...state[slot], ...change } }));

/** Changes what is asked in a slot. */
export const setAsked = (slot: Slot, asked: Asked): void =>
  store.setState((state) => ({ [slot]: { ...state[slot], ...asked } }));

/** Whether the answer on show is one to what is asked now. */
export const isCurrent = ({ result, answered, question }: SlotState): boolean =>
  result !== undefined && question !== undefined && answered === question;

/** Whether the scene shows the last answer while something else is asked. */
export const showsPrevious = (slot: SlotState): boolean => slot.result !== undefined && !isCurrent(slot) && !slot.live;

/** The answer to what is asked now; undefined while there is none. */
export const currentResult = (slot: SlotState): Result | undefined => (isCurrent(slot) ? slot.result : undefined);

/**
 * Presses that the ranges of a slot's answer are to come from. A press of one's own has them unless somebody leaves them out; of two that
 * are compared, where most of what is not known is the same for both, only where somebody asks for them.
 */
export const rangesWanted = ({ inputs }: Pick<SlotState, 'inputs'>, mode: Mode): number =>
  mode === 'story' ? 0 : (inputs.uncertainty ?? (mode === 'yours' ? RANGE_PRESSES : 0));

/** Whether there is nothing left to compute: a fine answer to this question, with ranges where they are wanted. */
export const isUpToDate = (slot: SlotState, mode = store.getState().mode): boolean =>
  isCurrent(slot) && slot.quality === 'fine' && (slot.result?.scenario.uncertainty ?? 0) >= rangesWanted(slot, mode);

/** An answer that has come: what a slot then knows. A coarse one never takes the place of a fine one to the same question. */
export function accepted(
  slot: SlotState,
  come: Pick<SlotState, 'body' | 'states'> & { answered: string; quality: Quality; result: Result },
): Partial<Omit<SlotState, keyof Asked>> {
  const same = slot.answered === come.answered;
  if (same && slot.quality === 'fine' && come.quality === 'coarse') return {};
  const firstLook =
    !same || come.quality === 'coarse' ? undefined : slot.quality === 'coarse' ? slot.result : slot.firstLook;
  return { ...come, live: false, firstLook, line: undefined, skinMap: undefined, pictures: undefined };
}

/** Has screen readers say it. */
export const announce = (said: Note): void => store.setState({ said });
