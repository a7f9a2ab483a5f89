import type { Note } from '../base/note.ts';
import { drawnKey } from '../press/model-key.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import { RANGE_PRESSES } from '../press/range-presses.ts';
import type { Scenario } from '../press/scenario.ts';
import type { ScanFiles } from '../scan/scan.ts';
import { appNote, noteOf, Refused } from './app-note.ts';
import { tidy } from './entered.ts';
import { keptScene } from './kept.ts';
import { fetchKept, PATIENCE } from './kept-file.ts';
import type { BodyScene, FileKind, OnBody, Slot, StepState, WorkerResponse } from './protocol.ts';
import { questionOf, scenarioOf } from './question.ts';
import { readSaved } from './read-saved.ts';
import { refuseOther, shortHash } from './refuse-other.ts';
import { withTable } from './scan-files.ts';
import { fragmentOf, readFragment } from './share-link.ts';
import { viewFields } from './share-link-view.ts';
import {
  type AppState,
  accepted,
  announce,
  EXAMPLE,
  FIRST_VIEW,
  HANDS,
  type Inputs,
  isCurrent,
  isExample,
  isUpToDate,
  type Quality,
  rangesWanted,
  type SlotState,
  setAsked,
  setSlot,
  setView,
  store,
} from './state.ts';
import { storyFragment, storyStep } from './story-address.ts';
import { type PendingRequest, RequestError, WorkerClient } from './worker-client.ts';

/** Edge of a cell for the first, quick answer, mm. */
export const COARSE = 12;

const client = new WorkerClient();
// a new worker knows none of the scans that the old one was given; until they are opened again they are named, and nothing else is pressed on
client.onRestart = () => {
  for (const slot of ['a', 'b'] as const) {
    const { scan } = store.getState()[slot];
    if (scan === undefined) continue;
    const { id: _, ...wanted } = scan;
    ask(slot, { scan: undefined, wanted });
  }
};

/** What is under way for a slot; a newer press takes its place. */
interface Run {
  readonly key: string;
  job: PendingRequest | undefined;
  dropped: boolean;
  /** Whether the body could be built. */
  built: boolean;
  /** Whether it shows nothing before its answer: another body has been asked for since. */
  hidden: boolean;
}
const running = new Map<Slot, Run>();

/** What the scene showed of the last answer, for when a newer press comes to nothing. */
const scenes = new Map<Slot, Pick<SlotState, 'body' | 'states' | 'drawn' | 'person'>>();

/** The scene that the build has kept, once it is shown: the example's. */
let kept: Pick<SlotState, 'drawn' | 'person'> | undefined;
/** Whether the story's press still waits for it. */
let held = false;

/** Presses that begin once what was entered has rested. */
const waiting = new Map<Slot, ReturnType<typeof setTimeout>>();

const slotOf = (slot: Slot): SlotState => store.getState()[slot];

/** The one way in for what is asked: inputs, scan and the question that they make change together. */
export function ask(slot: Slot, next: Partial<Pick<SlotState, 'inputs' | 'scan' | 'wanted'>>): void {
  const { inputs, scan, wanted } = { ...slotOf(slot), ...next };
  const asked = { inputs: tidy(inputs), scan, wanted };
  let scenario: Scenario | undefined;
  try {
    if (wanted !== undefined)
      throw new Refused(appNote('app.scan.wanted', { names: appNote('app.scan.names', namesOf(wanted)) }));
    scenario = scenarioOf(inputs, scan);
    setAsked(slot, { ...asked, question: questionOf(scenario), problem: undefined });
  } catch (error) {
    setAsked(slot, { ...asked, question: undefined, problem: noteOf(error) });
  }
  takeKeptAway(slot, scenario);
}

/** The kept scene is of the example's body: while there is no answer, nothing would say that it is not of the one that is asked for. */
function takeKeptAway(slot: Slot, asked: Scenario | undefined): void {
  const { drawn, result } = slotOf(slot);
  if (drawn === undefined || drawn !== kept?.drawn || result !== undefined) return;
  if (asked !== undefined && drawnKey('low', asked) === drawn.key) return;
  const now = running.get(slot);
  if (now !== undefined) now.hidden = true;
  setSlot(slot, { drawn: undefined, person: undefined, body: undefined, states: [], live: false });
}

/** Changes what was entered, and computes anew once it has rested for a moment. */
export function change(slot: Slot, patch: Partial<Inputs>, { wait = 450 }: { wait?: number } = {}): void {
  replace(slot, { ...slotOf(slot).inputs, ...patch }, { wait });
}

/** Enters another press altogether. */
export function replace(slot: Slot, inputs: Inputs, { wait = 450 }: { wait?: number } = {}): void {
  ask(slot, { inputs });
  setSlot(slot, { trouble: undefined });
  store.setState({ notice: undefined });
  writeAddress();
  clearTimeout(waiting.get(slot));
  // nothing is computed for a person before the list has been shown
  if (store.getState().listSeen)
    waiting.set(
      slot,
      setTimeout(() => void solve(slot), wait),
    );
}

/**
 * A coarse answer at once, the fine one after it, and its ranges after that; nothing where the answer is there already. Errors become sentences in the slot;
 * what was entered stays.
 * @param anew computes the fine answer again although it is on show
 * @returns whether a body could be built, if it came to that
 */
export async function solve(slot: Slot, { anew = false } = {}): Promise<boolean> {
  clearTimeout(waiting.get(slot));
  const { inputs, scan, question, answered, quality } = slotOf(slot);
  const { mode } = store.getState();
  const ranges = rangesWanted(slotOf(slot), mode);
  const key = `${question} ${ranges}`;
  if (running.get(slot)?.key === key && !anew) return true;
  const nothing = question === undefined || (isUpToDate(slotOf(slot), mode) && !anew);
  drop(slot, nothing);
  if (nothing) return true;
  const mine: Run = { key, job: undefined, dropped: false, built: false, hidden: false };
  running.set(slot, mine);
  setSlot(slot, { trouble: undefined });
  try {
    const wanted = { ...scenarioOf(inputs, scan), uncertainty: ranges };
    const known = answered === question ? quality : undefined;
    if (known === undefined && wanted.cell_mm < COARSE)
      await stage(slot, { ...wanted, cell_mm: COARSE, uncertainty: 0 }, 'coarse', true, question, mine);
    if (!mine.dropped)
      await stage(slot, wanted, 'fine', known === undefined && wanted.cell_mm >= COARSE, question, mine);
  } catch (error) {
    if (!mine.dropped) {
      if (!(error instanceof RequestError && error.code === 'stopped')) setSlot(slot, { trouble: noteOf(error) });
      sceneAsAnswered(slot);
    }
  } finally {
    if (running.get(slot) === mine) {
      running.delete(slot);
      setSlot(slot, { job: undefined });
    }
  }
  return mine.built || mine.dropped;
}

/** Whether the ranges of this press and of those after it are computed. Where they are under way and not wanted, they stop. */
export function wantRanges(slot: Slot, yes: boolean): void {
  ask(slot, { inputs: { ...slotOf(slot).inputs, uncertainty: yes ? RANGE_PRESSES : 0 } });
  writeAddress();
  if (yes) void solve(slot);
  else if (slotOf(slot).job?.stage === 'ranges') stop(slot);
}

/** Stops what is under way; the last answer stays. */
export function stop(slot: Slot): void {
  clearTimeout(waiting.get(slot));
  drop(slot, true);
}

/** @param forGood whether nothing takes its place: the scene then goes back to the last answer */
function drop(slot: Slot, forGood: boolean): void {
  const now = running.get(slot);
  if (now === undefined) return;
  now.dropped = true;
  now.job?.stop();
  running.delete(slot);
  setSlot(slot, { job: undefined });
  if (forGood) sceneAsAnswered(slot);
}

/** Numbers and scene always belong to one press, except while a first look is under way. */
function sceneAsAnswered(slot: Slot): void {
  const scene = scenes.get(slot);
  if (scene !== undefined && slotOf(slot).states !== scene.states) setSlot(slot, { ...scene, live: false });
}

/**
 * One solve. The first one of a press shows its steps as they are found; a finer one works behind the answer on show and
 * takes its place when it is finished.
 */
async function stage(
  slot: Slot,
  scenario: Scenario,
  quality: Quality,
  live: boolean,
  question: string,
  mine: Run,
): Promise<void> {
  const states: StepState[] = [];
  let body: BodyScene | undefined;
  let answered = false;
  // what the worker is told that the page has, and does not send
  const { drawn: hadDrawn, person: hadPerson } = slotOf(slot);
  setSlot(slot, { job: { stage: quality, phase: 'phase.build-body', fraction: 0, detail: undefined } });
  const listen = (answer: WorkerResponse): void => {
    if (mine.dropped) return;
    if (answer.kind === 'progress') {
      const { phase, fraction, detail } = answer.event;
      setSlot(slot, { job: { stage: answered ? 'ranges' : quality, phase, fraction, detail } });
    } else if (answer.kind === 'body') {
      body = answer.body;
      mine.built = true;
      if (live && !mine.hidden) setSlot(slot, { body, states: [], live: true });
    } else if (answer.kind === 'surfaces') {
      const { drawn } = answer;
      setSlot(slot, { drawn });
      // the same body, drawn more finely
      const scene = scenes.get(slot);
      if (scene !== undefined && slotOf(slot).answered === question) scenes.set(slot, { ...scene, drawn });
    } else if (answer.kind === 'person') {
      const { person } = answer;
      setSlot(slot, { person });
      // the last answer's own, where that was the one
      const scene = scenes.get(slot);
      if (scene?.body?.lies === person.key) scenes.set(slot, { ...scene, person });
    } else if (answer.kind === 'step') {
      states.push(answer.state);
      states.sort((x, y) => x.depth - y.depth);
      if (live && !mine.hidden) {
        setSlot(slot, { states: [...states] });
        setView({ load: 1 });
      }
    } else if (answer.kind === 'beside') {
      setSlot(slot, { result: answer.result });
    } else if (answer.kind === 'ranged') {
      setSlot(slot, { result: answer.result });
      announce(appNote('app.answer.spoken.ranges'));
    } else if (answer.kind === 'pressed') {
      const { result } = answer;
      answered = true;
      // steps beyond the load are no part of the path
      const deepest = result.path.at(-1)?.depth_mm ?? 0;
      const pathed = states.filter((s) => s.depth <= deepest * (1 + 1e-5) + 1e-6);
      const { drawn = hadDrawn, person = hadPerson } = slotOf(slot);
      const come = { answered: question, quality, result, body, states: pathed };
      setSlot(slot, { ...accepted(slotOf(slot), come), drawn, person });
      scenes.set(slot, { body, states: pathed, drawn, person });
      const said = headline(slot);
      if (said !== undefined) announce(said);
    } else if (answer.kind === 'line') setSlot(slot, { line: answer.line, skinMap: answer.skinMap });
    else if (answer.kind === 'pictures') setSlot(slot, { pictures: answer.pictures });
  };
  mine.job = client.press({ ...onBody(slot, scenario), preview: quality === 'coarse' }, slot, listen);
  await mine.job.done;
}

/** What the worker has to know about a slot's body; small devices get fewer triangles. */
function onBody(slot: Slot, scenario: Scenario): OnBody {
  const { scan, drawn, person } = slotOf(slot);
  const { language, flat, mode } = store.getState();
  // the story goes on with the surfaces that the build has kept
  const asKept = mode === 'story' && drawn !== undefined && drawn.key === kept?.drawn?.key;
  const small = Math.min(screen.width, screen.height) < 600 || (navigator.hardwareConcurrency ?? 4) <= 2;
  return {
    scenario,
    detail: flat !== undefined ? 'none' : small || asKept ? 'low' : 'medium',
    ...(language !== undefined && { language }),
    ...(scan !== undefined && { scan: scan.id }),
    ...(drawn !== undefined && { have: drawn.key }),
    ...(person !== undefined && { haveLying: person.key }),
  };
}

/** The answer in one spoken sentence. */
function headline(slot: Slot): Note | undefined {
  const { result, quality } = slotOf(slot);
  if (result === undefined) return undefined;
  const kPa = result.headline?.psoasFrontPressure_kPa.value;
  return appNote('app.answer.spoken', {
    quality: quality ?? 'fine',
    kPa: kPa == null ? 'none' : String(Number(kPa.toPrecision(2))),
  });
}

/**
 * Takes files from disk as the body of a slot. Nothing is uploaded: the worker reads them. What is asked for by a saved result must be
 * those very files.
 */
export async function openScan(slot: Slot, files: ScanFiles): Promise<void> {
  const { scan: before, wanted } = slotOf(slot);
  // what was under way is for the body before; until the scan is read there is nothing to take files of
  stop(slot);
  const mine: Run = { key: 'scan', job: undefined, dropped: false, built: false, hidden: false };
  running.set(slot, mine);
  store.setState({ notice: undefined });
  setSlot(slot, {
    trouble: undefined,
    job: { stage: 'fine', phase: 'phase.read-scan', fraction: 0, detail: undefined },
  });
  try {
    const keep = (['a', 'b'] as const).flatMap((one) => slotOf(one).scan?.id ?? []);
    const scan = await client.scan(withTable(files, wanted?.labelTable), keep);
    if (mine.dropped) return;
    if (wanted !== undefined) refuseOther(wanted, scan);
    ask(slot, { scan, wanted: undefined });
    writeAddress();
    // a file that cannot be read leaves the body as it was
    if (!(await solve(slot))) ask(slot, { scan: before, wanted });
  } catch (error) {
    if (!mine.dropped) setSlot(slot, { trouble: noteOf(error) });
  } finally {
    if (running.get(slot) === mine) {
      running.delete(slot);
      setSlot(slot, { job: undefined });
    }
  }
}

/** Back to the body that is built to the entered sizes. */
export function closeScan(slot: Slot): void {
  ask(slot, { scan: undefined, wanted: undefined });
  writeAddress();
  void solve(slot);
}

/** Opens a scenario or a saved result: its press is entered, and computed if it needs no scan. */
export function openSaved(slot: Slot, text: string, name: string): void {
  try {
    const { inputs, wanted } = readSaved(text, name);
    ask(slot, { scan: undefined, wanted });
    replace(slot, inputs, { wait: 0 });
  } catch (error) {
    setSlot(slot, { trouble: noteOf(error) });
  }
}

/** Names of a scan's files, with the beginning of their SHA-256 where it is known. */
export const namesOf = ({ ct, ctHash, labels, labelsHash }: NonNullable<SlotState['wanted']>) => {
  const named = (name: string | undefined, hash: string | undefined): string | Note =>
    name === undefined ? '' : hash === undefined ? name : appNote('app.scan.file', { name, hash: shortHash(hash) });
  const [first, second] = [named(ct, ctHash), named(labels, labelsHash)];
  return { files: first === '' || second === '' ? 'one' : 'two', first: first || second, second };
};

/** A file of the fine answer on show; computed once more where the worker does not hold it any longer. */
export async function fileOf(slot: Slot, kind: FileKind): Promise<File> {
  const of = (): string => {
    const { result, quality } = slotOf(slot);
    if (result === undefined || quality !== 'fine' || !isCurrent(slotOf(slot)))
      throw new Refused(appNote('app.files.not-yet'));
    return `${result.manifest.scenarioHash}/${result.manifest.resultHash}`;
  };
  try {
    return await client.file(slot, kind, of(), store.getState().language);
  } catch (error) {
    if (!(error instanceof RequestError && error.code === 'gone')) throw error;
    await solve(slot, { anew: true });
    return client.file(slot, kind, of(), store.getState().language);
  }
}

/** Keeps the address in step with what was entered or scrolled to, without filling the history. */
function writeAddress(): void {
  forget();
  const { mode, step } = store.getState();
  const told = storyStep(location.hash);
  // a link that has not been read yet stays as it is
  if (mode === 'story' && (told === undefined || told === step)) return;
  history.replaceState(null, '', addressNow());
}

/** The address of what is on show: a picture of the story, or what was entered. */
function addressNow(): string {
  const { mode, step, a, b, view } = store.getState();
  if (mode === 'story') return storyFragment(step) || location.pathname;
  // a scan stays on this device: a link to it would mean nothing elsewhere
  if (!isShareable()) return SCAN;
  return fragmentOf(mode === 'compare' ? { a: a.inputs, b: b.inputs, view } : { a: a.inputs, view });
}

/** What stands in the address in place of a press on a scan. */
const SCAN = '#v1';

/** Whether a link can say all of what is on show. */
export const isShareable = ({ mode, a, b }: AppState = store.getState()): boolean =>
  [a, ...(mode === 'compare' ? [b] : [])].every(({ scan, wanted }) => scan === undefined && wanted === undefined);

/** The link to what is on show. */
export const shareLink = (): string => {
  const { mode, a, b, view } = store.getState();
  const shared = mode === 'compare' ? { a: a.inputs, b: b.inputs, view } : { a: a.inputs, view };
  return new URL(fragmentOf(shared), location.href).href;
};

/** Takes over what the address says. A link that says nothing sensible changes nothing but the notice. */
function readAddress(): void {
  if (storyStep(location.hash) !== undefined) {
    show('story');
    return;
  }
  if (location.hash === SCAN) {
    show('yours');
    return;
  }
  const shared = readFragment(location.hash);
  if (shared === undefined) return;
  if ('id' in shared) {
    store.setState({ notice: shared });
    return;
  }
  show(shared.b === undefined ? 'yours' : 'compare');
  setView({ ...FIRST_VIEW, ...shared.view });
  for (const slot of ['a', 'b'] as const) {
    const inputs = shared[slot];
    if (inputs === undefined) continue;
    // a link means the built body
    ask(slot, { inputs, scan: undefined, wanted: undefined });
    setSlot(slot, { trouble: undefined });
  }
}

/** Reads the address and presses the example, so that there is something to see before anybody has entered anything. */
export function begin(): void {
  ask('a', { inputs: EXAMPLE });
  ask('b', { inputs: HANDS });
  readAddress();
  window.addEventListener('hashchange', () => {
    forget();
    readAddress();
    solveWhatIsMissing();
  });
  store.subscribe((now, before) => {
    const looked =
      now.mode === 'story' ? now.step !== before.step : now.view !== before.view && toldOf(now) !== toldOf(before);
    if (looked && now.mode === before.mode) noteLook();
  });
  if (store.getState().mode !== 'story') return;
  const pressIt = (): void => {
    held = false;
    if (store.getState().mode === 'story') solveWhatIsMissing();
  };
  if (fetchKept() === undefined) pressIt();
  else {
    // on a slow network the solver, the largest part, would only hold up the picture that is kept; and what is shown need not be drawn again
    held = true;
    const late = new Promise<void>((done) => setTimeout(done, PATIENCE));
    void Promise.race([showKept().catch(() => undefined), late]).then(pressIt);
  }
}

/** The example's body from the file that the build has kept, unless the worker has been quicker. */
async function showKept(): Promise<void> {
  const scene = await keptScene(parseScenario({ ...EXAMPLE, cell_mm: COARSE }));
  const { inputs, scan, drawn } = slotOf('a');
  if (scene === undefined || inputs !== EXAMPLE || scan !== undefined || drawn !== undefined) return;
  const { key, surfaces, lies, figure } = scene;
  kept = { drawn: { key, surfaces }, person: { key: lies, figure } };
  setSlot('a', kept);
}

/** What a link tells of the view. */
const toldOf = ({ view }: AppState): string => viewFields(view).join();

/** How long what is looked at has to stay before the address tells it, ms: it changes with every step of a slider, a drag, or a scroll. */
const LOOKED = 300;
let looking: ReturnType<typeof setTimeout> | undefined;
function noteLook(): void {
  clearTimeout(looking);
  const { hash } = location;
  looking = setTimeout(() => {
    // the way back or forth has been taken, and the address is another's
    if (location.hash === hash) writeAddress();
    else forget();
  }, LOOKED);
}
function forget(): void {
  clearTimeout(looking);
  looking = undefined;
}
/** Before one goes somewhere else: the address that the way back leads to is that of what was looked at last. */
function leaveAddress(): void {
  if (looking !== undefined) writeAddress();
}

let hookIsLaid = false;
/** The other tool of the story lies on the example's body; it is shown, not pressed. */
function layHook(): void {
  if (hookIsLaid) return;
  hookIsLaid = true;
  const hook = parseScenario({ ...EXAMPLE, tool: { id: 'lever-hook' }, cell_mm: COARSE });
  const laid = (answer: WorkerResponse): void => {
    if (answer.kind === 'body') store.setState({ hook: answer.body.tool });
  };
  client.show({ scenario: hook, detail: 'none' }, laid).done.catch(() => undefined);
}

function show(mode: AppState['mode']): void {
  const anew = mode === 'story' && store.getState().mode !== 'story';
  store.setState({ mode, notice: undefined, ...(anew && { view: FIRST_VIEW }) });
}

/** Goes to a part of the page; the way back leads to where one was. */
export function enter(mode: AppState['mode']): void {
  const before = store.getState().mode;
  leaveAddress();
  show(mode);
  // they would take the picture's time, and are computed when one comes back
  if (mode === 'story' && slotOf('a').job?.stage === 'ranges') stop('a');
  if (mode !== before) history.pushState(null, '', addressNow());
  solveWhatIsMissing();
}

/** Goes to a picture of the story; the way back leads to the one before. */
export function enterPicture(step: number): void {
  leaveAddress();
  if (storyStep(location.hash) !== step) history.pushState(null, '', storyFragment(step) || location.pathname);
}

/** After the list of who should ask first: what is on show is computed. */
export function listWasSeen(): void {
  store.setState({ listSeen: true });
  solveWhatIsMissing();
}

/** Computes what is asked on this part of the page and has no answer yet. */
function solveWhatIsMissing(): void {
  const { mode, listSeen, a } = store.getState();
  if (mode === 'story') {
    if (held) return;
    // nothing is computed for a person before the list has been shown; what is under way goes on
    if ((listSeen || isExample(a)) && !isCurrent(a) && !running.has('a')) void solve('a');
    layHook();
    return;
  }
  if (!listSeen) return;
  void solve('a');
  if (mode === 'compare') void solve('b');
}
