import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashOf } from '../base/hash.ts';
import type { Note } from '../base/note.ts';
import type { Result } from '../findings/result.ts';
import { inEnglish } from '../messages/say.ts';
import { drawnKey } from '../press/model-key.ts';
import type { Scenario } from '../press/scenario.ts';
import { noteText } from '../words/note-text.ts';
import type { BodyScene, OpenScan, Slot, WorkerRequest, WorkerResponse } from './protocol.ts';
import { questionOf } from './question.ts';
import { storyFragment } from './story-address.ts';

/** A worker that does what it is told, when it is told to. */
class FakeWorker {
  static all: FakeWorker[] = [];
  onmessage: ((event: { data: WorkerResponse }) => void) | undefined;
  onerror: ((event: { preventDefault(): void }) => void) | undefined;
  requests: Exclude<WorkerRequest, { kind: 'stop' }>[] = [];
  stopped = new Set<number>();
  dead = false;
  constructor() {
    FakeWorker.all.push(this);
  }
  postMessage(request: WorkerRequest): void {
    if (request.kind === 'stop') this.stopped.add(request.id);
    else this.requests.push(request);
  }
  terminate(): void {
    this.dead = true;
  }
  say(answer: WorkerResponse): void {
    if (!this.dead) this.onmessage?.({ data: answer });
  }
  die(): void {
    this.dead = true;
    this.onerror?.({ preventDefault: () => undefined });
  }
  /** Carries out the oldest request. @param how far it comes */
  work(how: 'body' | 'answer' | 'whole' = 'whole'): void {
    const request = this.requests[0];
    if (request === undefined || this.dead) return;
    const { id } = request;
    if (how === 'whole') this.requests.shift();
    if (this.stopped.has(id)) {
      if (how === 'body') this.requests.shift();
      this.say({ kind: 'failed', id, code: 'stopped', note: { id: 'app.trouble.stopped' } });
      return;
    }
    if (request.kind === 'press') {
      const body = {
        key: JSON.stringify(request.scenario.body),
        source: request.scan ?? 'built',
      } as unknown as BodyScene;
      this.say({ kind: 'body', id, body });
      if (how === 'body') return;
      const ranges = request.scenario.uncertainty > 0;
      this.say({ kind: 'pressed', id, result: resultOf({ ...request.scenario, uncertainty: 0 }) });
      if (ranges) this.say({ kind: 'progress', id, event: { phase: 'phase.ranges', fraction: 0.5 } });
      if (how === 'answer') return;
      if (ranges) this.say({ kind: 'ranged', id, result: resultOf(request.scenario) });
    }
    if (request.kind === 'scan') {
      const { ct } = request.files;
      const ctHash = hashOf(ct!.bytes);
      this.say({ kind: 'scanned', id, scan: { id: ctHash, ct: ct!.name, ctHash } });
    }
    this.say({ kind: 'done', id });
  }
}

/** A result that tells what it answers. */
const resultOf = (scenario: Scenario): Result =>
  ({
    scenario,
    shares: [],
    findings: [],
    path: [],
    manifest: { scenarioHash: 's', resultHash: 'r' },
  }) as unknown as Result;

type Session = typeof import('./session.ts');
type State = typeof import('./state.ts');
let session: Session;
let state: State;
let hearHash: () => void = () => undefined;
const address = { hash: '', href: 'http://x/', pathname: '/' };
/** Addresses that the way back leads through; the last is the one on show. */
let entries: string[] = [''];

beforeEach(async () => {
  vi.resetModules();
  FakeWorker.all = [];
  address.hash = '';
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('location', address);
  vi.stubGlobal('screen', { width: 1000, height: 800 });
  entries = [''];
  const write = (_: unknown, __: unknown, to: string): void => {
    address.hash = to.startsWith('#') ? to : '';
    entries[entries.length - 1] = address.hash;
  };
  const push = (...to: Parameters<typeof write>): void => {
    entries.push('');
    write(...to);
  };
  vi.stubGlobal('history', { replaceState: write, pushState: push });
  vi.stubGlobal('window', {
    addEventListener: (kind: string, hear: () => void) => {
      if (kind === 'hashchange') hearHash = hear;
    },
  });
  vi.useFakeTimers();
  session = await import('./session.ts');
  state = await import('./state.ts');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const worker = (): FakeWorker => FakeWorker.all.at(-1)!;
const slot = (which: Slot = 'a') => state.store.getState()[which];
/** Lets everything that waits for a promise go on. */
const settle = async (): Promise<void> => {
  for (let n = 0; n < 20; n++) await Promise.resolve();
};
/** Carries out all that is ordered. */
const finish = async (): Promise<void> => {
  vi.advanceTimersByTime(500);
  for (let n = 0; n < 30; n++) {
    await settle();
    worker()?.work();
  }
  await settle();
};
/** Goes to one's own press, past the list. */
const yours = async (): Promise<void> => {
  session.begin();
  session.enter('yours');
  session.listWasSeen();
  await finish();
};
const paste = (hash: string): void => {
  address.hash = hash;
  entries[entries.length - 1] = hash;
  hearHash();
};
const answers = (which: Slot = 'a'): string => questionOf({ ...slot(which).result!.scenario, cell_mm: 6 });

/** What the page says. */
const said = (note: Note | undefined): string => (note === undefined ? '' : noteText(inEnglish, note));

describe('the session', () => {
  it('a link pasted into a tab with the finished story is computed after the list, and is what is answered', async () => {
    session.begin();
    await finish();
    expect(state.isUpToDate(slot())).toBe(true);
    paste('#v1;b=m,190,110;t=ball-lacrosse;x=as-sold');
    expect(state.store.getState().mode).toBe('yours');
    expect(state.isCurrent(slot())).toBe(false);
    session.listWasSeen();
    await finish();
    expect(slot().result?.scenario).toMatchObject({ tool: { id: 'ball-lacrosse' }, body: { height_cm: 190 } });
    expect(state.isUpToDate(slot())).toBe(true);
  });

  it('a link that says nothing sensible changes nothing but a notice, which stays until something is done', async () => {
    await yours();
    const before = slot().inputs;
    for (const hash of ['#kaputt', '#v2;b=f', '#v1;t=x', '#v1;x=constructor', '#%']) {
      paste(hash);
      await finish();
      expect(said(state.store.getState().notice), hash).toMatch(/^This link .*\.$/);
      expect(slot().inputs).toBe(before);
      expect(state.isUpToDate(slot())).toBe(true);
    }
    session.change('a', { pose: 'side' });
    expect(state.store.getState().notice).toBe(undefined);
  });

  it('a broken link at the start leaves its sentence beside the example', async () => {
    address.hash = '#kaputt';
    session.begin();
    await finish();
    expect(said(state.store.getState().notice)).toMatch(/cannot be read/);
    expect(state.isUpToDate(slot())).toBe(true);
  });

  it('ranges follow the answer by themselves; leaving them out stops them alone, and is kept for the next press and its link', async () => {
    await yours();
    expect(slot().result?.scenario.uncertainty).toBe(16);
    expect(address.hash).not.toContain('uncertainty');
    session.change('a', { load: { force_N: 90 } });
    vi.advanceTimersByTime(500);
    await settle();
    worker().work();
    await settle();
    worker().work('answer');
    await settle();
    // the answer is there, and says that its ranges are on the way
    expect([slot().quality, state.isCurrent(slot()), slot().job?.stage]).toEqual(['fine', true, 'ranges']);
    const central = slot().result;
    expect(central?.scenario.uncertainty).toBe(0);
    session.wantRanges('a', false);
    await finish();
    expect([slot().result, slot().job, state.isUpToDate(slot())]).toEqual([central, undefined, true]);
    session.change('a', { load: { force_N: 60 } });
    await finish();
    expect(slot().result?.scenario).toMatchObject({ uncertainty: 0, load: { force_N: 60 } });
    expect(session.shareLink()).toContain('uncertainty=0');
    session.wantRanges('a', true);
    await finish();
    expect(slot().result?.scenario).toMatchObject({ uncertainty: 16, load: { force_N: 60 } });
  });

  it('no ranges are computed for the story, nor of two that are compared unless somebody asks', async () => {
    session.begin();
    await finish();
    expect(slot().result?.scenario.uncertainty).toBe(0);
    session.enter('compare');
    session.listWasSeen();
    await finish();
    for (const which of ['a', 'b'] as const) expect(slot(which).result?.scenario.uncertainty).toBe(0);
    session.wantRanges('b', true);
    await finish();
    expect([slot().result?.scenario.uncertainty, slot('b').result?.scenario.uncertainty]).toEqual([0, 16]);
    // back in one's own press they are wanted, and the story takes precedence over them
    session.enter('yours');
    await settle();
    worker().work('answer');
    await settle();
    expect(slot().job?.stage).toBe('ranges');
    session.enter('story');
    await settle();
    expect(slot().job).toBe(undefined);
  });

  it('Run does nothing where the answer is there, and only the fine part where the coarse one is', async () => {
    await yours();
    const requests = (): number => FakeWorker.all.reduce((n, w) => n + w.requests.length, 0);
    void session.solve('a');
    await settle();
    expect(requests()).toBe(0);
    session.change('a', { load: { force_N: 90 } });
    vi.advanceTimersByTime(500);
    await settle();
    worker().work();
    await settle();
    expect([slot().quality, state.isCurrent(slot())]).toEqual(['coarse', true]);
    session.stop('a');
    await finish();
    expect([slot().quality, state.isUpToDate(slot())]).toEqual(['coarse', false]);
    void session.solve('a');
    await settle();
    expect(worker().requests.map((o) => o.kind === 'press' && o.scenario.cell_mm)).toEqual([6]);
    await finish();
    expect([slot().quality, slot().firstLook?.scenario.cell_mm]).toEqual(['fine', 12]);
  });

  it('what is refused and what is stopped leaves the last answer with its scene, marked as another’s', async () => {
    await yours();
    const { result, body, states } = slot();
    session.change('a', { body: { sex: 'female', weight_kg: 500 } });
    await finish();
    expect(said(slot().problem)).toMatch(/^weight 500 kg .*\.$/);
    expect([slot().result, state.isCurrent(slot()), state.showsPrevious(slot())]).toEqual([result, false, true]);
    // a press that is stopped when its body is there already
    session.change('a', { body: { sex: 'female', weight_kg: 70 } });
    vi.advanceTimersByTime(500);
    await settle();
    worker().work('body');
    expect([slot().body === body, slot().live]).toEqual([false, true]);
    session.stop('a');
    expect([slot().body, slot().states, slot().live]).toEqual([body, states, false]);
    expect([slot().job, state.isCurrent(slot())]).toEqual([undefined, false]);
    // and back to what was asked before: its answer is there
    session.change('a', { body: { sex: 'female' } });
    await finish();
    expect([slot().result, state.isUpToDate(slot())]).toEqual([result, true]);
  });

  it('a worker that dies leaves a sentence, and the next press goes to a new one', async () => {
    await yours();
    session.change('a', { pose: 'side' });
    vi.advanceTimersByTime(500);
    await settle();
    worker().die();
    await settle();
    expect([slot().job, said(slot().trouble)]).toEqual([undefined, expect.stringMatching(/broke off/)]);
    void session.solve('a');
    await finish();
    expect([FakeWorker.all.length, state.isUpToDate(slot())]).toEqual([2, true]);
  });

  it('one that does not stop when it is told to is ended after a while', async () => {
    await yours();
    session.change('a', { pose: 'side' });
    vi.advanceTimersByTime(500);
    await settle();
    const deaf = worker();
    session.stop('a');
    void session.solve('a');
    await settle();
    vi.advanceTimersByTime(30_000);
    await settle();
    expect(deaf.dead).toBe(true);
    void session.solve('a');
    await finish();
    expect([worker() === deaf, state.isUpToDate(slot())]).toEqual([false, true]);
  });

  it('two scans of one name are two scans, and a lost one is asked for by name and hash', async () => {
    await yours();
    const open = async (content: string): Promise<OpenScan | undefined> => {
      void session.openScan('a', { ct: { name: 'ct.nii.gz', bytes: new TextEncoder().encode(content) } });
      await finish();
      return slot().scan;
    };
    const one = await open('one');
    expect(slot().result?.scenario.scan).toEqual({ ct: 'ct.nii.gz', ctHash: hashOf('one') });
    const first = slot().answered;
    // while a scan is read nothing counts as done, and Stop leaves all as it was
    void session.openScan('a', { ct: { name: 'ct.nii.gz', bytes: new Uint8Array(3) } });
    await settle();
    expect(slot().job?.phase).toBe('phase.read-scan');
    session.stop('a');
    await finish();
    expect([slot().answered, slot().scan?.id, slot().job, state.isUpToDate(slot())]).toEqual([
      first,
      one?.id,
      undefined,
      true,
    ]);
    const two = await open('two');
    expect(two?.id).not.toBe(one?.id);
    expect(slot().answered).not.toBe(first);
    expect([slot().result?.scenario.scan?.ctHash, slot().body?.source]).toEqual([hashOf('two'), hashOf('two')]);
    expect(state.isUpToDate(slot())).toBe(true);
    // the worker dies with the scan: nothing else may be pressed in its place
    session.change('a', { pose: 'side' });
    vi.advanceTimersByTime(500);
    await settle();
    worker().die();
    await finish();
    expect(slot().wanted).toEqual({ ct: 'ct.nii.gz', ctHash: hashOf('two') });
    void session.solve('a');
    await finish();
    expect([FakeWorker.all.length, said(slot().problem)]).toEqual([
      1,
      expect.stringContaining(hashOf('two').slice(0, 12)),
    ]);
    await open('one');
    expect([slot().scan, said(slot().trouble)]).toEqual([
      undefined,
      expect.stringMatching(/is not the CT ct\.nii\.gz/),
    ]);
    await open('two');
    expect([slot().scan?.id, state.isUpToDate(slot())]).toEqual([hashOf('two'), true]);
    // a link means the built body, not the scan that happens to be open
    paste('#v1;b=f;t=two-peak');
    await finish();
    expect([slot().scan, slot().result?.scenario.scan, state.isUpToDate(slot())]).toEqual([undefined, undefined, true]);
    await open('two');
    session.closeScan('a');
    await finish();
    expect([slot().result?.scenario.scan, state.isUpToDate(slot())]).toEqual([undefined, true]);
  });

  it('whatever is done in whatever order, an answer that counts is the one to what is asked', async () => {
    const act = fc.oneof(
      fc
        .constantFrom(30, 60, 90)
        .map((force_N) => ({ what: 'load', run: () => session.change('a', { load: { force_N } }) })),
      fc
        .constantFrom('prone', 'side')
        .map((pose) => ({ what: pose, run: () => session.change('a', { pose: pose as 'side' }) })),
      fc
        .constantFrom(62, 70, 999)
        .map((weight_kg) => ({ what: `${weight_kg} kg`, run: () => session.change('a', { body: { weight_kg } }) })),
      fc
        .constantFrom('#v1;b=f;t=fingertips', '#v1;b=f;t=two-peak;l=60N', '#kaputt')
        .map((hash) => ({ what: hash, run: () => paste(hash) })),
      fc.constant({ what: 'run', run: () => void session.solve('a') }),
      fc.constant({ what: 'ranges', run: () => session.wantRanges('a', true) }),
      fc.constant({ what: 'no ranges', run: () => session.wantRanges('a', false) }),
      fc.constant({ what: 'work up to the answer', run: () => worker()?.work('answer') }),
      fc.constant({ what: 'stop', run: () => session.stop('a') }),
      fc.constant({ what: 'story', run: () => session.enter('story') }),
      fc.constant({ what: 'yours', run: () => session.enter('yours') }),
      fc.constant({ what: 'wait', run: () => vi.advanceTimersByTime(500) }),
      fc.constant({ what: 'body', run: () => worker()?.work('body') }),
      fc.constant({ what: 'work', run: () => worker()?.work() }),
      fc.constant({ what: 'work on', run: () => worker()?.work() }),
      fc.constant({ what: 'die', run: () => worker()?.die() }),
    );
    await yours();
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        for (const { run } of acts) {
          run();
          await settle();
          if (state.isCurrent(slot())) expect(answers()).toBe(slot().question);
          if (state.isUpToDate(slot())) expect(slot().result?.scenario.cell_mm).toBe(6);
          // outside of a first look the scene is that of the numbers
          if (!slot().live && slot().result !== undefined)
            expect(slot().body?.key).toBe(JSON.stringify(slot().result!.scenario.body));
        }
        session.enter('yours');
        await finish();
        if (slot().problem === undefined) expect(state.isUpToDate(slot())).toBe(true);
        expect(slot().job).toBe(undefined);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the address of what is looked at', () => {
  const look = (step: number): void => state.store.setState({ step });
  const rest = (): void => void vi.advanceTimersByTime(1000);

  it("tells the picture that is scrolled to, and a view of one's press, once they rest", async () => {
    session.begin();
    look(1);
    look(3);
    expect(entries).toEqual(['']);
    rest();
    expect(entries).toEqual(['#story-bowel']);
    session.enter('yours');
    state.setView({ peel: 0.5 });
    rest();
    expect(entries).toEqual(['#story-bowel', expect.stringContaining('peel=0.5')]);
  });

  it('is told before one goes elsewhere, so that the way back leads to what was looked at last', () => {
    session.begin();
    look(3);
    session.enterPicture(5);
    look(5);
    session.enter('yours');
    state.setView({ section: 'sagittal' });
    session.enter('compare');
    expect(entries).toEqual([
      '#story-bowel',
      storyFragment(5),
      expect.stringContaining('cut=sagittal'),
      expect.any(String),
    ]);
    expect(entries[3]).toContain(';vs;');
  });

  it('of another entry of the history is left alone, also when what was looked at rests only then', () => {
    session.begin();
    session.enter('yours');
    const link = '#v1;b=m,190,110;t=ball-lacrosse;x=as-sold';
    // back from a picture that was being scrolled past, to a press
    paste('#story-bowel');
    look(4);
    paste(link);
    rest();
    expect(address.hash).toBe(link);
    // the same in the moment before the page hears of it
    paste('#story-bowel');
    look(3);
    rest();
    look(4);
    address.hash = '#story-ureters';
    rest();
    expect(address.hash).toBe('#story-ureters');
    // and where one goes on at once
    look(5);
    paste('#v1;t=ball-lacrosse;b=m,190,110;x=as-sold');
    session.enter('compare');
    expect(entries.at(-2)).toBe('#v1;t=ball-lacrosse;b=m,190,110;x=as-sold');
  });

  it('is not written anew by steps of a press, nor by going to the story', async () => {
    await yours();
    const written = vi.spyOn(history, 'replaceState');
    state.setView({ load: 0.5 });
    state.setView({ xray: true });
    rest();
    paste('#story-bowel');
    look(3);
    rest();
    expect(written).not.toHaveBeenCalled();
  });
});

describe("the story's press and the scene that the build has kept", () => {
  const surfaces = [] as const;
  /** What the page waits for; resolves to what the build has kept of the example, or to what comes of a bad file. */
  let arrive: (how?: 'broken') => Promise<void>;
  beforeEach(async () => {
    const { EXAMPLE } = state;
    vi.doMock('./kept-file.ts', async (actual) => ({
      ...(await actual<typeof import('./kept-file.ts')>()),
      fetchKept: () => new Promise(() => undefined),
    }));
    vi.doMock('./kept.ts', () => ({
      keptScene: (scenario: Scenario) =>
        new Promise((resolve, reject) => {
          arrive = async (how) => {
            if (how === 'broken') reject(new Error('not what was packed'));
            else resolve({ version: '1', key: drawnKey('low', scenario), surfaces, lies: 'prone', figure: undefined });
            await settle();
          };
        }),
    }));
    vi.resetModules();
    session = await import('./session.ts');
    state = await import('./state.ts');
    expect(state.EXAMPLE).toEqual(EXAMPLE);
  });
  afterEach(() => {
    vi.doUnmock('./kept-file.ts');
    vi.doUnmock('./kept.ts');
  });
  const press = () => FakeWorker.all.at(-1)?.requests.find((request) => request.kind === 'press');
  const begun = async (): Promise<void> => {
    session.begin();
    await settle();
  };

  it('the first press is told what is shown already, and does not draw it again', async () => {
    await begun();
    expect(FakeWorker.all).toEqual([]);
    await arrive();
    expect(press()).toMatchObject({ have: slot().drawn?.key, haveLying: 'prone', detail: 'low', preview: true });
    expect(slot().drawn?.key).toMatch(/^low /);
  });

  it('begins without it where it cannot be read', async () => {
    await begun();
    await arrive('broken');
    expect(press()).toMatchObject({ kind: 'press', detail: 'medium' });
    expect(press()).not.toHaveProperty('have');
  });

  it('begins after a while where nothing comes, finely drawn', async () => {
    const { PATIENCE } = await import('./kept-file.ts');
    await begun();
    vi.advanceTimersByTime(PATIENCE - 1);
    await settle();
    expect(press()).toBe(undefined);
    vi.advanceTimersByTime(1);
    await settle();
    expect(press()).toMatchObject({ kind: 'press', detail: 'medium' });
  });

  it('is pressed by whoever comes back to the story, by a button or by the address, if that had not been begun', async () => {
    for (const back of [() => session.enter('story'), () => paste('#story-bowel')]) {
      vi.resetModules();
      session = await import('./session.ts');
      state = await import('./state.ts');
      FakeWorker.all = [];
      await begun();
      session.enter('yours');
      await arrive();
      expect(press()).toBe(undefined);
      back();
      await settle();
      expect(press()).toMatchObject({ kind: 'press', scenario: { uncertainty: 0 } });
      // what is under way goes on, with ranges or without
      session.enter('yours');
      session.listWasSeen();
      await settle();
      const { requests } = worker();
      const ordered = requests.length;
      session.enter('story');
      paste('#story-ureters');
      await settle();
      expect(requests.length).toBe(ordered);
      await finish();
      expect([state.isUpToDate(slot(), 'story'), slot().result?.scenario.cell_mm]).toEqual([true, 6]);
    }
  });

  it('is not computed of somebody’s own press before the list has been passed', async () => {
    address.hash = '#v1;b=m,190,110;t=ball-lacrosse;x=as-sold';
    await begun();
    session.enter('story');
    await settle();
    expect(press()).toBe(undefined);
    session.listWasSeen();
    await finish();
    expect(slot().result?.scenario.tool.id).toBe('ball-lacrosse');
  });

  it('shows no body but its own: it goes when another is asked for, and comes back with its answer', async () => {
    await begun();
    await arrive();
    const { drawn, person } = slot();
    // the same body under another load
    paste('#v1;b=f;t=two-peak;x=as-sold;l=60N');
    expect([slot().drawn, slot().person]).toEqual([drawn, person]);
    worker().work('body');
    expect(slot().body).toBeDefined();
    paste('#v1;b=m,190,110;t=ball-lacrosse;x=as-sold');
    expect([slot().drawn, slot().person, slot().body, slot().live]).toEqual([undefined, undefined, undefined, false]);
    worker().work('body');
    expect(slot().body).toBe(undefined);
    // the worker thinks that the page has them
    worker().work('answer');
    expect([slot().drawn, slot().person, state.showsPrevious(slot())]).toEqual([drawn, person, true]);
    expect(slot().body?.key).toBe(JSON.stringify(slot().result!.scenario.body));
  });

  it('the same body in another pose is another, the same entered anew is not', async () => {
    await begun();
    await arrive();
    const { drawn } = slot();
    session.change('a', { body: { ...slot().inputs.body }, pose: 'prone' });
    expect(slot().drawn).toBe(drawn);
    session.change('a', { pose: 'side' });
    expect(slot().drawn).toBe(undefined);
  });

  it('finer surfaces stay when a later press is stopped', async () => {
    await begun();
    await arrive();
    await finish();
    session.enter('yours');
    session.listWasSeen();
    await settle();
    const { id } = press()!;
    worker().work('answer');
    const drawn = { key: slot().drawn!.key.replace('low', 'medium'), surfaces };
    worker().say({ kind: 'surfaces', id, drawn });
    worker().requests.shift();
    worker().say({ kind: 'done', id });
    await settle();
    expect(slot().drawn).toBe(drawn);
    session.change('a', { body: { sex: 'female', weight_kg: 70 } });
    vi.advanceTimersByTime(500);
    await settle();
    worker().work('body');
    session.stop('a');
    expect(slot().drawn).toBe(drawn);
    // nor does the story go back to coarser ones
    session.enter('story');
    expect(worker().requests.at(-1)).toMatchObject({ kind: 'press', have: drawn.key, detail: 'medium' });
  });
});
