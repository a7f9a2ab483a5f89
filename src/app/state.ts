import { createStore } from 'zustand/vanilla';
import type { Result } from '../findings/result.ts';
import type { ScenarioInput } from '../press/scenario.ts';
import type { ToolSurface } from '../press/tool-surface.ts';
import type { BodyScene, DrawnBody, Picture, PushLine, Slot, StepState } from './protocol.ts';

/** What a person enters: a scenario without what only files have. */
export type Inputs = Omit<ScenarioInput, 'schemaVersion' | 'scan' | 'seed'>;

export type Mode = 'story' | 'yours' | 'compare';

/** One press with everything on the way to it. */
export interface SlotState {
  readonly inputs: Inputs;
  /** Name of a scan from disk that stands in for the body; its content never leaves the worker. */
  readonly scan: string | undefined;
  /** The trunk of the states below. */
  readonly body: BodyScene | undefined;
  /** What the scene draws of it. */
  readonly drawn: DrawnBody | undefined;
  /** Solved steps of the answer on show, by depth. */
  readonly states: readonly StepState[];
  /** The answer on show; that of older inputs while `job` is under way. */
  readonly result: Result | undefined;
  readonly line: PushLine | undefined;
  /** Drawings of the cuts, made where there is no 3-D. */
  readonly pictures: readonly Picture[] | undefined;
  readonly quality: 'coarse' | 'fine' | undefined;
  readonly job: JobState | undefined;
  /** What went wrong last, as a sentence with a way on. */
  readonly trouble: string | undefined;
}

export interface JobState {
  readonly stage: 'coarse' | 'fine';
  readonly phase: string;
  readonly fraction: number;
  readonly detail: string | undefined;
}

export interface View {
  /** 0 skin … 1 psoas. */
  readonly peel: number;
  /** 0 at rest … 1 the whole load. */
  readonly load: number;
  readonly xray: boolean;
  readonly section: 'axial' | 'sagittal' | 'along-push' | 'off';
  readonly sectionShows: 'pressure' | 'structures';
  /** Structure whose card is open. */
  readonly picked: { readonly structure: string; readonly side: string } | undefined;
  readonly isolated: string | undefined;
  readonly faded: readonly string[];
}

export interface AppState {
  readonly mode: Mode;
  /** Step of the story. */
  readonly step: number;
  /** Whether the list of who should ask first was passed on this visit. Never stored, never in the address. */
  readonly listSeen: boolean;
  readonly units: 'metric' | 'imperial';
  readonly scheme: 'system' | 'light' | 'dark';
  readonly view: View;
  readonly a: SlotState;
  readonly b: SlotState;
  /** Spoken by screen readers when it changes. */
  readonly said: string;
  /** The hook of the story, laid on the example's body. */
  readonly hook: ToolSurface | undefined;
  /** Why there is no scene to look at, as a sentence; the drawings and tables stay. */
  readonly flat: string | undefined;
  /** The graphics card took the picture away; the canvas waits for it to come back. */
  readonly lost: boolean;
}

const emptySlot = (inputs: Inputs): SlotState => ({
  inputs,
  scan: undefined,
  body: undefined,
  drawn: undefined,
  states: [],
  result: undefined,
  line: undefined,
  pictures: undefined,
  quality: undefined,
  job: undefined,
  trouble: undefined,
});

export const EXAMPLE: Inputs = {
  body: { sex: 'female' },
  tool: { id: 'two-peak' },
  placement: { preset: 'as-sold' },
};

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
  sectionShows: 'pressure',
  picked: undefined,
  isolated: undefined,
  faded: [],
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
  said: '',
  hook: undefined,
  flat: undefined,
  lost: false,
}));

export const setView = (change: Partial<View>): void =>
  store.setState(({ view }) => ({ view: { ...view, ...change } }));

export const setSlot = (slot: Slot, change: Partial<SlotState>): void =>
  store.setState((state) => ({ [slot]: { ...state[slot], ...change } }));

/** Has screen readers say it. */
export const announce = (said: string): void => store.setState({ said });
