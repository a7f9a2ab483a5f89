import { InputError } from '../base/errors.ts';
import { psoasShare } from '../findings/psoas-share.ts';
import { say } from '../messages/say-app.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import type { Scenario } from '../press/scenario.ts';
import type { ScanFiles } from '../scan/scan.ts';
import type { Answer, BodyScene, FileKind, OnBody, Slot, StepState } from './protocol.ts';
import { fragmentOf, readFragment } from './share-link.ts';
import { type AppState, announce, EXAMPLE, FIRST_VIEW, type Inputs, setSlot, setView, store } from './state.ts';
import { type Job, JobError, WorkerClient } from './worker-client.ts';

/** Edge of a cell for the first, quick answer, mm. */
export const COARSE = 12;

const client = new WorkerClient();
client.onRestart = () => {
  for (const slot of ['a', 'b'] as const)
    if (store.getState()[slot].scan !== undefined) setSlot(slot, { scan: undefined, trouble: say('app.scan.again') });
};

/** What is under way for a slot; a newer press takes its place. */
const running = new Map<Slot, { job: Job | undefined; dropped: boolean }>();

/** Answers that the page does not need to compute twice, by scenario: the example above all. */
const settle = new Map<Slot, ReturnType<typeof setTimeout>>();

/** Changes what was entered, and computes anew once it has rested for a moment. */
export function change(slot: Slot, patch: Partial<Inputs>, { wait = 450 }: { wait?: number } = {}): void {
  const { inputs } = store.getState()[slot];
  // ranges belong to the press that they were asked for
  const { uncertainty: _, ...kept } = inputs;
  setSlot(slot, { inputs: { ...kept, ...patch }, trouble: undefined });
  writeAddress();
  clearTimeout(settle.get(slot));
  // nothing is computed for a person before the list has been shown
  if (store.getState().listSeen)
    settle.set(
      slot,
      setTimeout(() => void solve(slot), wait),
    );
}

/** The scenario of a slot, checked. @throws InputError */
export function scenarioOf(slot: Slot, cell_mm?: number): Scenario {
  const { inputs, scan } = store.getState()[slot];
  const named = scan === undefined ? {} : { scan: { labels: scan } };
  return parseScenario({ ...inputs, ...named, ...(cell_mm !== undefined && { cell_mm }) });
}

/** A coarse answer at once, the fine one after it. Errors become sentences in the slot; what was entered stays. */
export async function solve(slot: Slot, { finestOnly = false } = {}): Promise<void> {
  clearTimeout(settle.get(slot));
  stop(slot);
  const mine: { job: Job | undefined; dropped: boolean } = { job: undefined, dropped: false };
  running.set(slot, mine);
  try {
    const wanted = scenarioOf(slot);
    const stages = finestOnly || wanted.cell_mm >= COARSE ? [wanted.cell_mm] : [COARSE, wanted.cell_mm];
    setSlot(slot, { trouble: undefined });
    for (const [n, cell] of stages.entries()) {
      const last = n === stages.length - 1;
      const scenario = last ? scenarioOf(slot, cell) : { ...scenarioOf(slot, cell), uncertainty: 0 };
      await stage(slot, scenario, last ? 'fine' : 'coarse', n === 0 && !finestOnly, mine);
      if (mine.dropped) return;
    }
  } catch (error) {
    if (mine.dropped) return;
    if (error instanceof JobError && error.why === 'stopped') setSlot(slot, { job: undefined });
    else setSlot(slot, { job: undefined, trouble: sentenceOf(error) });
  } finally {
    if (running.get(slot) === mine) running.delete(slot);
  }
}

/** How far every value could be off: coarse presses with constants drawn from their published ranges. */
export function computeRanges(slot: Slot): void {
  setSlot(slot, { inputs: { ...store.getState()[slot].inputs, uncertainty: RANGE_PRESSES } });
  writeAddress();
  void solve(slot, { finestOnly: true });
}

/** Presses of the ensemble: about a minute of one processor. */
const RANGE_PRESSES = 16;

/** Stops what is under way; what was found stays. */
export function stop(slot: Slot): void {
  const now = running.get(slot);
  if (now === undefined) return;
  now.dropped = true;
  now.job?.stop();
  running.delete(slot);
  setSlot(slot, { job: undefined });
}

/**
 * One solve. The first one of a press shows its steps as they are found; a finer one works behind the answer on show and
 * takes its place when it is finished.
 */
async function stage(
  slot: Slot,
  scenario: Scenario,
  quality: 'coarse' | 'fine',
  live: boolean,
  mine: { job: Job | undefined; dropped: boolean },
): Promise<void> {
  const states: StepState[] = [];
  let body: BodyScene | undefined;
  setSlot(slot, { job: { stage: quality, phase: say('app.job.body'), fraction: 0, detail: undefined } });
  const listen = (answer: Answer): void => {
    if (mine.dropped) return;
    if (answer.kind === 'progress') {
      const { phase, fraction, detail } = answer.event;
      setSlot(slot, { job: { stage: quality, phase, fraction, detail } });
    } else if (answer.kind === 'body') {
      body = answer.body;
      if (live) setSlot(slot, { body, states: [] });
    } else if (answer.kind === 'surfaces') {
      setSlot(slot, { drawn: answer.drawn });
    } else if (answer.kind === 'step') {
      states.push(answer.state);
      states.sort((x, y) => x.depth - y.depth);
      if (live) {
        setSlot(slot, { states: [...states] });
        setView({ load: 1 });
      }
    } else if (answer.kind === 'pressed') {
      // steps beyond the load are no part of the path
      const deepest = answer.result.path.at(-1)?.depth_mm ?? 0;
      const kept = states.filter((s) => s.depth <= deepest * (1 + 1e-5) + 1e-6);
      setSlot(slot, { result: answer.result, line: undefined, pictures: undefined, quality, body, states: kept });
      announce(headline(slot));
    } else if (answer.kind === 'line') setSlot(slot, { line: answer.line });
    else if (answer.kind === 'pictures') setSlot(slot, { pictures: answer.pictures });
  };
  mine.job = client.press({ ...onBody(slot, scenario), preview: quality === 'coarse' }, slot, listen);
  await mine.job.done;
  if (!mine.dropped) setSlot(slot, { job: undefined });
}

/** What the worker has to know about a slot's body; small devices get fewer triangles. */
function onBody(slot: Slot, scenario: Scenario): OnBody {
  const { scan, drawn } = store.getState()[slot];
  const small = Math.min(screen.width, screen.height) < 600 || (navigator.hardwareConcurrency ?? 4) <= 2;
  return {
    scenario,
    detail: store.getState().flat !== undefined ? 'none' : small ? 'low' : 'medium',
    ...(scan !== undefined && { scan }),
    ...(drawn !== undefined && { have: drawn.key }),
  };
}

/** The answer in one spoken sentence. */
function headline(slot: Slot): string {
  const { result, quality } = store.getState()[slot];
  if (result === undefined) return '';
  const { shares } = result;
  return say('app.answer.spoken', { quality: quality ?? 'fine', percent: Math.round(100 * psoasShare(shares)) });
}

export const sentenceOf = (error: unknown): string =>
  error instanceof InputError || error instanceof JobError
    ? error.message.charAt(0).toUpperCase() + error.message.slice(1)
    : say('app.trouble.unforeseen');

/** Takes files from disk as the body of a slot. Nothing is uploaded: the worker reads them. */
export async function openScan(slot: Slot, files: ScanFiles, name: string): Promise<void> {
  try {
    await client.scan(name, files).done;
    setSlot(slot, { scan: name, trouble: undefined });
    await solve(slot);
    // a file that cannot be read leaves the body as it was
    if (store.getState()[slot].body?.source !== 'scan') setSlot(slot, { scan: undefined });
  } catch (error) {
    setSlot(slot, { scan: undefined, trouble: sentenceOf(error) });
  }
}

export const fileOf = (slot: Slot, kind: FileKind): Promise<File> => client.file(slot, kind);

/** Keeps the address in step with what was entered, without filling the history. */
export function writeAddress(): void {
  const { mode, a, b } = store.getState();
  if (mode === 'story') return;
  const shared = mode === 'compare' ? { a: a.inputs, b: b.inputs } : { a: a.inputs };
  // a scan stays on this device: a link to it would mean nothing elsewhere
  history.replaceState(null, '', a.scan === undefined ? fragmentOf(shared) : '#v1');
}

/** The link to what is on show. */
export const shareLink = (): string => {
  const { mode, a, b } = store.getState();
  return new URL(fragmentOf(mode === 'compare' ? { a: a.inputs, b: b.inputs } : { a: a.inputs }), location.href).href;
};

/** Takes over what the address says. */
export function readAddress(): void {
  const shared = readFragment(location.hash === '#v1' ? '' : location.hash);
  if (shared === undefined) return;
  if (typeof shared === 'string') {
    setSlot('a', { trouble: shared });
    return;
  }
  setSlot('a', { inputs: shared.a });
  if (shared.b !== undefined) setSlot('b', { inputs: shared.b });
  store.setState({ mode: shared.b === undefined ? 'yours' : 'compare' });
}

/** Reads the address and presses the example, so that there is something to see before anybody has entered anything. */
export function begin(): void {
  readAddress();
  window.addEventListener('hashchange', () => {
    readAddress();
    const { listSeen, mode } = store.getState();
    if (!listSeen) return;
    void solve('a');
    if (mode === 'compare') void solve('b');
  });
  if (store.getState().mode !== 'story') return;
  void solve('a');
  // the other tool of the story lies on the same body; it is shown, not pressed
  const hook = parseScenario({ ...EXAMPLE, tool: { id: 'lever-hook' }, cell_mm: COARSE });
  const laid = (answer: Answer): void => {
    if (answer.kind === 'body') store.setState({ hook: answer.body.tool });
  };
  client.show({ scenario: hook, detail: 'none' }, laid).done.catch(() => undefined);
}

/** Goes to a part of the page. */
export function enter(mode: AppState['mode']): void {
  store.setState({ mode });
  writeAddress();
  if (mode === 'story') {
    setView({ ...FIRST_VIEW });
    history.replaceState(null, '', location.pathname);
    return;
  }
  if (store.getState().listSeen) solveWhatIsMissing();
}

/** After the list of who should ask first: what is on show is computed. */
export function listWasSeen(): void {
  store.setState({ listSeen: true });
  solveWhatIsMissing();
}

function solveWhatIsMissing(): void {
  const { mode, a, b } = store.getState();
  if (a.result === undefined && !running.has('a')) void solve('a');
  if (mode === 'compare' && b.result === undefined && !running.has('b')) void solve('b');
}
