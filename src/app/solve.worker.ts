import { buildAnatomy } from '../anatomy/anatomy.ts';
import { CancelledError, InputError } from '../base/errors.ts';
import { canonicalJson } from '../base/hash.ts';
import type { Note } from '../base/note.ts';
import type { Progress } from '../base/progress.ts';
import { resolveBody } from '../body/body.ts';
import { liesAs, lyingFigure, upOf } from '../figure/figure.ts';
import { handOf } from '../figure/hand.ts';
import { besideFingers } from '../findings/make-result.ts';
import type { Result } from '../findings/result.ts';
import { pathCsv } from '../io/csv.ts';
import { vti, vtu } from '../io/vtk.ts';
import { useWebThreads } from '../mechanics/kernels/threads.web.ts';
import { inEnglish, type Language, type Speaker, speakerOf } from '../messages/say.ts';
import { drawnPressure } from '../press/as-seen-by.ts';
import { drawnKey, modelKey } from '../press/model-key.ts';
import { KeptModels, prepare } from '../press/prepare.ts';
import type { PlacedTool } from '../press/press.ts';
import { PreviewMemory } from '../press/preview.ts';
import type { Scenario } from '../press/scenario.ts';
import { toolSurface } from '../press/tool-surface.ts';
import { trainedHands } from '../press/trained-hands.ts';
import { pushLine } from '../report/push-line.ts';
import { writeReport } from '../report/report.ts';
import { sectionPictures } from '../report/sections.ts';
import { skinMap } from '../report/skin-map.ts';
import { type Run, run } from '../run.ts';
import type { ScanFiles } from '../scan/scan.ts';
import { scanHashes } from '../scan/scan-hashes.ts';
import type { VoxelModel } from '../voxel/model.ts';
import { buildSurfaces, surfaceBuffers } from '../voxel/surfaces.ts';
import { resultText } from '../words/result-text.ts';
import { appNote } from './app-note.ts';
import type {
  BodyScene,
  FailureCode,
  FileKind,
  OnBody,
  OpenScan,
  Slot,
  WorkerRequest,
  WorkerResponse,
} from './protocol.ts';
import { holdLock } from './worker-watch.ts';

/** The library in a worker: the same run() as the command line's, one request at a time. */

// more threads where the page is isolated from others, one where it is not; the numbers are the same
// biome-ignore lint/correctness/useHookAtTopLevel: no React here, only a name that begins with use
useWebThreads();

/** Models kept for the next press on the same body: one fine and one coarse for each of two compared bodies. */
const KEPT = 4;
const models = new KeptModels(KEPT);
const scans = new Map<string, ScanFiles>();
const finished = new Map<Slot, Run & { readonly hands?: Result }>();
/** What trained fingertips do to the bodies that were pressed last. */
const fingers = new Map<string, Result>();
/** Where the last quick look of each press ended: the next one begins there. */
const previews: Readonly<Record<Slot, PreviewMemory>> = { a: new PreviewMemory(), b: new PreviewMemory() };
const stops = new Map<number, AbortController>();
let queue: Promise<void> = Promise.resolve();

holdLock(self.name, () => post({ kind: 'alive' }));

self.onmessage = ({ data }: MessageEvent<WorkerRequest>) => {
  if (data.kind === 'stop') {
    stops.get(data.id)?.abort();
    return;
  }
  const stop = new AbortController();
  stops.set(data.id, stop);
  // a file of an answer that is on show need not wait for its ranges
  const before = data.kind === 'file' && finished.has(data.slot) ? Promise.resolve() : queue;
  const done = before
    .then(() => {
      if (stop.signal.aborted) throw new CancelledError('stopped before it began');
      return handleRequest(data, {
        signal: stop.signal,
        report: (event) => post({ kind: 'progress', id: data.id, event }),
      });
    })
    .then(() => post({ kind: 'done', id: data.id }))
    .catch((error) => post({ id: data.id, ...explain(error) }))
    .finally(() => stops.delete(data.id));
  if (before === queue) queue = done;
};

function post(response: WorkerResponse, handedOver: Transferable[] = []): void {
  self.postMessage(response, { transfer: handedOver });
}

async function handleRequest(request: Exclude<WorkerRequest, { kind: 'stop' }>, progress: Progress): Promise<void> {
  switch (request.kind) {
    case 'show':
      return show(request.id, request, progress);
    case 'press':
      return pressOn(request.id, request, request.slot, progress);
    case 'scan':
      return takeScan(request.id, request.files, request.keep);
    case 'file':
      return file(request.id, request.slot, request.file, request.of, speakerIn(request.language));
  }
}

/** Keeps a scan under its content, and forgets those that nobody uses any more. */
function takeScan(id: number, files: ScanFiles, keep: readonly string[]): void {
  const hashes = scanHashes(files);
  const table = files.labels?.table;
  const tableName = typeof table === 'object' ? table.name : table;
  const scan: OpenScan = {
    id: [hashes.ctHash, hashes.labelsHash, hashes.labelTableHash ?? tableName].map((part) => part ?? '').join('/'),
    ...(files.ct !== undefined && { ct: files.ct.name }),
    ...(files.labels !== undefined && { labels: files.labels.name }),
    ...(tableName !== undefined && { labelTable: tableName }),
    ...hashes,
  };
  for (const known of scans.keys()) if (!keep.includes(known)) scans.delete(known);
  scans.set(scan.id, files);
  post({ kind: 'scanned', id, scan });
}

/** The trunk at rest, as soon as it can be: for the tour and for a body that is being changed. */
async function show(id: number, on: OnBody, progress: Progress): Promise<void> {
  const { scenario } = on;
  const model = await kept(on, progress);
  const body = postBody(id, on, model, (await prepare(scenario, { model })).placed);
  await postSurfaces(id, on, model, progress);
  postPerson(id, on, model, body);
}

async function pressOn(id: number, on: OnBody, slot: Slot, progress: Progress): Promise<void> {
  const { scenario, scan } = on;
  const model = await kept(on, progress);
  // whoever sees the body already, if less finely drawn, gets the answer first
  const seen = on.have === drawnKey('low', scenario, scan);
  if (!seen) await postSurfaces(id, on, model, progress);
  let posted = false;
  let body: BodyScene | undefined;
  let hands: Result | undefined;
  const beside = ({ press, result }: Run): Run => ({
    press,
    result: hands === undefined ? result : besideFingers(result, hands),
  });
  const postPress = async (done: Run): Promise<void> => {
    posted = true;
    // a quick look is for the eye; files are written from full presses only
    if (on.preview !== true) finished.set(slot, done);
    postAnswer(id, on, done);
    // who lies there is drawn once the answer is there: nobody waits for it
    if (body !== undefined) postPerson(id, on, model, body);
    // and drawn more finely when nobody waits for anything
    if (seen && on.preview !== true) await postSurfaces(id, on, model, progress);
    if (on.preview === true || !done.result.solver.converged) return;
    hands = await trainedFingers(scenario, progress);
    if (hands === undefined) return;
    const both = { ...beside(done), hands };
    finished.set(slot, both);
    post({ kind: 'beside', id, result: both.result });
  };
  const done = await run(
    scenario,
    {
      files: scan === undefined ? undefined : scans.get(scan),
      model,
      preview: on.preview === true ? previews[slot] : undefined,
      onModel: (_, placed) => {
        body = postBody(id, on, model, placed);
      },
      onStep: (step, fields) => {
        const read = fields();
        const { displacement } = read;
        const pressure = drawnPressure(read);
        const contents = read.contents && { displacement: read.contents.displacement, share: read.contents.share };
        const { depth, force } = step;
        const state = { depth, force, displacement, pressure, ...(contents && { contents }) };
        const moved = [displacement, pressure, ...(contents ? Object.values(contents) : [])];
        post(
          { kind: 'step', id, step, state },
          moved.map(({ buffer }) => buffer),
        );
      },
      onCentral: postPress,
    },
    progress,
  );
  if (!posted) return postPress(done);
  // stopped meanwhile: the answer is on show already
  if (done.result.uncertainty === undefined) return;
  const ranged = { ...beside(done), ...(hands !== undefined && { hands }) };
  finished.set(slot, ranged);
  post({ kind: 'ranged', id, result: ranged.result });
}

/** What trained fingertips do to the same body, computed once for each; undefined where that cannot be, or was stopped. */
async function trainedFingers(scenario: Scenario, { signal }: Progress): Promise<Result | undefined> {
  const wanted = trainedHands(scenario);
  if (wanted === undefined) return undefined;
  const key = canonicalJson(wanted);
  const known = fingers.get(key);
  if (known !== undefined) return known;
  try {
    const { result } = await run(wanted, {}, signal === undefined ? {} : { signal });
    for (const oldest of fingers.keys()) if (fingers.size >= KEPT) fingers.delete(oldest);
    fingers.set(key, result);
    return result;
  } catch (error) {
    if (error instanceof CancelledError || error instanceof InputError) return undefined;
    throw error;
  }
}

function postAnswer(id: number, on: OnBody, { press, result }: Run): void {
  post({ kind: 'pressed', id, result });
  // the numbers are there; the words about the line of the push and the drawings follow, where they are wanted
  post({
    kind: 'line',
    id,
    line: pushLine(press),
    // not while a tool is dragged: nobody looks at it then
    skinMap: on.preview === true ? '' : String(skinMap(speakerIn(on.language), press)),
  });
  if (on.detail === 'none') {
    const pictures = sectionPictures(speakerIn(on.language), press).flatMap(({ panels }) =>
      panels.map(({ id, title, alt, svg, names }) => ({ id, title, alt, svg, names })),
    );
    post({ kind: 'pictures', id, pictures });
  }
}

/** The model of a body and a cell size, made once. */
function kept({ scenario, scan }: OnBody, progress: Progress): Promise<VoxelModel> {
  return models.of(scenario, scan === undefined ? undefined : scans.get(scan), scan, progress);
}

function postBody(id: number, { scenario, scan }: OnBody, model: VoxelModel, placed: PlacedTool): BodyScene {
  const { grid, fill, fine, skin, bodyOrigin, landmarks, source, notes } = model;
  const tool = toolSurface(placed);
  const hand = handOf(placed);
  const up = upOf(scenario.pose, tool);
  const body: BodyScene = {
    key: modelKey(scenario, scan),
    cell_mm: scenario.cell_mm,
    grid,
    fill,
    fine,
    skin,
    bodyOrigin,
    landmarks,
    source,
    notes,
    tool: hand === undefined ? tool : { ...tool, hand },
    up,
    lies: liesAs(scan ?? scenario.body, scenario.pose, tool),
  };
  post({ kind: 'body', id, body });
  return body;
}

/** The person around the trunk, unless the page has that one already. */
function postPerson(id: number, { scenario, detail, haveLying }: OnBody, model: VoxelModel, body: BodyScene): void {
  if (detail === 'none' || body.lies === haveLying) return;
  const figure = lyingFigure(model, resolveBody(scenario.body), scenario.pose, body.tool);
  const buffers =
    figure === undefined
      ? []
      : [figure.vertices, figure.normals, figure.triangles, figure.away, figure.give].map(
          (a) => a.buffer as ArrayBuffer,
        );
  post({ kind: 'person', id, person: { key: body.lies, figure } }, buffers);
}

/** The surfaces to look at, unless the page has them already. */
async function postSurfaces(id: number, on: OnBody, model: VoxelModel, progress: Progress): Promise<void> {
  const { scenario, scan, detail, have } = on;
  const key = drawnKey(detail, scenario, scan);
  // finer ones are not taken away for coarser ones
  if (detail === 'none' || have === key || have === drawnKey('medium', scenario, scan)) return;
  const anatomy = scan === undefined ? { anatomy: buildAnatomy(resolveBody(scenario.body), scenario.pose) } : {};
  const surfaces = await buildSurfaces({ model, ...anatomy }, { detail }, progress);
  post({ kind: 'surfaces', id, drawn: { key, surfaces } }, surfaceBuffers(surfaces));
}

async function file(id: number, slot: Slot, kind: FileKind, of: string, speaker: Speaker): Promise<void> {
  const done = finished.get(slot);
  if (done === undefined || pinOf(done) !== of) throw new GoneError();
  const { press, result } = done;
  const name = `psoascope-${result.tool.id}`;
  switch (kind) {
    case 'report':
      return sendFile(
        id,
        `${name}.html`,
        'text/html',
        writeReport(result, press, { speaker, ...(done.hands !== undefined && { hands: done.hands }) }),
      );
    case 'json':
      return sendFile(id, `${name}.json`, 'application/json', resultText(speaker, result));
    case 'csv':
      return sendFile(id, `${name}.csv`, 'text/csv', pathCsv(result));
    case 'vtu':
      return sendFile(id, `${name}.vtu`, 'application/octet-stream', vtu(press));
    case 'vti':
      return sendFile(id, `${name}.vti`, 'application/octet-stream', vti(press));
    case 'glb': {
      const { glb } = await import('../io/glb.ts');
      const { model, placed, fields, steps } = press;
      const { scenario } = result;
      const anatomy =
        model.source === 'scan' ? {} : { anatomy: buildAnatomy(resolveBody(scenario.body), scenario.pose) };
      const surfaces = await buildSurfaces({ model, ...anatomy }, { detail: 'medium' });
      const { displacement } = fields;
      const contents = fields.contents?.displacement;
      const moved = { grid: model.grid, fill: model.fill, displacement, contents, depth: steps.at(-1)?.depth ?? 0 };
      const content = await glb({ surfaces, tool: toolSurface(placed), press: moved });
      return sendFile(id, `${name}.glb`, 'model/gltf-binary', content);
    }
  }
}

function sendFile(id: number, name: string, type: string, content: string | Uint8Array): void {
  post({ kind: 'file', id, name, type, content: content as BlobPart });
}

const speakerIn = (language: Language | undefined): Speaker =>
  language === undefined ? inEnglish : speakerOf(language);

const pinOf = ({ result: { manifest } }: Run): string => `${manifest.scenarioHash}/${manifest.resultHash}`;

/** The press that a file was wanted of is not here: it was another worker's, or a newer one took its place. */
class GoneError extends Error {}

/** What went wrong, with a way on. */
function explain(error: unknown): { kind: 'failed'; code: FailureCode; note: Note } {
  if (error instanceof GoneError) return { kind: 'failed', code: 'gone', note: appNote('app.files.failed') };
  if (error instanceof InputError) return { kind: 'failed', code: 'input', note: error.note };
  if (error instanceof CancelledError) return { kind: 'failed', code: 'stopped', note: appNote('app.trouble.stopped') };
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError || /memory|allocation/i.test(message))
    return {
      kind: 'failed',
      code: 'memory',
      note: appNote('app.trouble.memory'),
    };
  return {
    kind: 'failed',
    code: 'unforeseen',
    note: appNote('app.trouble.computation', { reason: message }),
  };
}
