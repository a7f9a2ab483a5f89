import type { Command } from 'commander';
import { buildAnatomy } from '../anatomy/anatomy.ts';
import { CancelledError, InputError } from '../base/errors.ts';
import type { Progress } from '../base/progress.ts';
import { tell } from '../base/told.ts';
import { resolveBody } from '../body/body.ts';
import type { Result } from '../findings/result.ts';
import { pathCsv } from '../io/csv.ts';
import { glb } from '../io/glb.ts';
import { stl } from '../io/stl.ts';
import { feb, inp, twinProblem, twinRemarks } from '../io/twin-files.ts';
import { vti, vtu } from '../io/vtk.ts';
import { CLI_ERRORS } from '../messages/errors/cli.data.ts';
import { PRESS_ERRORS } from '../messages/errors/press.data.ts';
import type { WholeSpeaker } from '../messages/say.ts';
import type { ScenarioInputs } from '../node/read-scan.ts';
import { keptShear } from '../press/contents.ts';
import { moverOf } from '../press/displacement.ts';
import { prepare } from '../press/prepare.ts';
import type { PlacedTool, Press } from '../press/press.ts';
import type { Scenario } from '../press/scenario.ts';
import { toolSurface } from '../press/tool-surface.ts';
import { assertStraight, twinOf } from '../press/twin.ts';
import { type Run, run } from '../run.ts';
import type { VoxelModel } from '../voxel/model.ts';
import { buildSurfaces, type Surface, type SurfaceDetail, surfaceId } from '../voxel/surfaces.ts';
import { noteText } from '../words/note-text.ts';
import { EXIT } from './exit-codes.ts';
import { openOutputFile } from './output-file.ts';
import { addScenarioFlags, readScenario, type ScenarioFlags } from './scenario-flags.ts';
import { progressBar, type Terminal } from './terminal.ts';

const FORMATS = ['glb', 'vtu', 'vti', 'stl', 'csv', 'feb', 'inp', 'twin'] as const;
type Format = (typeof FORMATS)[number];
/** The file of a format when nobody names one. */
const fileOf = (format: string): string => `psoascope.${format === 'twin' ? 'twin.json' : format}`;
const DETAILS: readonly string[] = ['low', 'medium', 'high'] satisfies SurfaceDetail[];

interface ExportOptions extends ScenarioFlags {
  readonly format: string;
  readonly output?: string;
  readonly rest?: boolean;
  readonly detail: string;
  readonly structure: string;
  readonly quiet?: boolean;
}

/** Writes a press, or a body at rest, for other programs. */
export function addExport(program: Command, terminal: Terminal): void {
  const { speaker } = terminal;
  const { say } = speaker;
  addScenarioFlags(program.command('export'), speaker)
    .description(say('help.export'))
    .requiredOption('--format <format>', say('help.export.format'))
    .option('-o, --output <file>', say('help.export.output', { file: 'psoascope.<format>' }))
    .option('--rest', say('help.export.rest'))
    .option('--detail <detail>', say('help.export.detail'), 'medium')
    .option('--structure <id>', say('help.export.structure'), 'skin')
    .option('--quiet', say('help.quiet'))
    .action(async (path: string | undefined, options: ExportOptions) => {
      const format = formatOf(options);
      const output = options.output ?? fileOf(format);
      const inputs = readScenario(path, options);
      const file = openOutputFile(output);
      const bar = progressBar(process.stderr, options.quiet === true, speaker);
      const progress: Progress = { report: (event) => bar.report(event), signal: terminal.signal };
      try {
        const content = options.rest
          ? await atRest(format, inputs, options, progress, terminal.speaker)
          : await pressed(format, inputs, options, progress, terminal);
        bar.end();
        file.write(content);
        terminal.say(say('cli.written.file', { file: output }));
      } catch (error) {
        bar.end();
        if (!(error instanceof CancelledError)) throw error;
        terminal.say(say('cli.stopped-export'));
        process.exitCode = EXIT.interrupted;
      } finally {
        file.discard();
      }
    });
}

function formatOf({ format, rest, detail }: ExportOptions): Format {
  const known = FORMATS.find((name) => name === format);
  if (known === undefined)
    throw new InputError(tell(CLI_ERRORS, 'error.flag.format', { known: FORMATS.join(', '), got: format }));
  if (rest && known !== 'glb' && known !== 'stl')
    throw new InputError(tell(CLI_ERRORS, 'error.flag.rest', { format: known }));
  if (!DETAILS.includes(detail)) throw new InputError(tell(CLI_ERRORS, 'error.flag.detail', { got: detail }));
  return known;
}

async function atRest(
  format: Format,
  { scenario, files }: ScenarioInputs,
  options: ExportOptions,
  progress: Progress,
  speaker: WholeSpeaker,
): Promise<Uint8Array> {
  const { model, placed } = await prepare(scenario, { files }, progress);
  const surfaces = await surfacesOf(scenario, model, options, progress);
  if (format === 'stl') return stlOf(surfaces, options.structure, undefined);
  return glb({ surfaces, tool: toolSurface(placed), speaker });
}

async function pressed(
  format: Format,
  { scenario, files, notes }: ScenarioInputs,
  options: ExportOptions,
  progress: Progress,
  terminal: Terminal,
): Promise<Uint8Array | string> {
  // what has no twin is refused before minutes go by
  if (hasTwin(format) && scenario.contents === 'slide')
    throw new InputError(tell(PRESS_ERRORS, 'error.press.twin-slides'));
  if (hasTwin(format) && (scenario.contract !== undefined || scenario.tone === 'guarded'))
    throw new InputError(tell(PRESS_ERRORS, 'error.press.twin-contracts'));
  const onModel = (_: VoxelModel, placed: PlacedTool): void => (hasTwin(format) ? assertStraight(placed) : undefined);
  const inputs = { files, notes, onModel };
  const { press, result }: Run = await run({ ...scenario, uncertainty: 0 }, inputs, progress);
  if (!press.converged) {
    const reason = press.reason === undefined ? '' : noteText(terminal.speaker, press.reason);
    terminal.say(terminal.speaker.say('cli.export.short', { reason }));
    process.exitCode = terminal.signal.aborted ? EXIT.interrupted : EXIT.notConverged;
  }
  if (format === 'csv') return pathCsv(result);
  if (format === 'vtu') return vtu(press);
  if (format === 'vti') return vti(press);
  if (hasTwin(format)) return twinFile(format, press, result, terminal.speaker);
  const { model } = press;
  // what is already solved is still written after a Ctrl-C
  const surfaces = await surfacesOf(result.scenario, model, options, terminal.signal.aborted ? {} : progress);
  if (format === 'stl') return stlOf(surfaces, options.structure, press);
  const { grid, fill } = model;
  const depth = press.steps.at(-1)?.depth ?? 0;
  const { displacement } = press.fields;
  const contents = press.fields.contents?.displacement;
  const { speaker } = terminal;
  const moved = { grid, fill, displacement, contents, depth };
  return glb({ surfaces, tool: toolSurface(press.placed), press: moved, speaker });
}

type TwinFormat = 'feb' | 'inp' | 'twin';
const hasTwin = (format: Format): format is TwinFormat => format === 'feb' || format === 'inp' || format === 'twin';

/** The press as other programs can compute it (docs/other-programs.md). @throws InputError where its push goes in at an angle */
function twinFile(format: TwinFormat, press: Press, { scenario, manifest }: Result, speaker: WholeSpeaker): string {
  const { rate_s: rate, hold_s: hold, contents } = scenario;
  const twin = twinOf(press, { timing: { rate, hold }, contents: keptShear(contents).value });
  const remarks = twinRemarks(speaker, twin, manifest);
  if (format === 'feb') return feb(twin, remarks);
  return format === 'inp' ? inp(twin, remarks) : twinProblem(twin, manifest.scenarioHash.slice(0, 12), remarks);
}

function surfacesOf(
  scenario: Scenario,
  model: VoxelModel,
  { detail }: ExportOptions,
  progress: Progress,
): Promise<Surface[]> {
  const anatomy = scenario.scan === undefined ? buildAnatomy(resolveBody(scenario.body), scenario.pose) : undefined;
  return buildSurfaces({ model, anatomy }, { detail: detail as SurfaceDetail }, progress);
}

/** One structure, both sides if it has two, displaced by the press. */
function stlOf(surfaces: readonly Surface[], wanted: string, press: Press | undefined): Uint8Array {
  const chosen = surfaces.filter((s) => s.kind !== 'spread' && (s.structure === wanted || surfaceId(s) === wanted));
  if (chosen.length === 0)
    throw new InputError(
      tell(CLI_ERRORS, 'error.cli.no-structure', {
        wanted,
        known: [...new Set(surfaces.map((s) => s.structure))].join(', '),
      }),
    );
  const vertices: number[] = [];
  const triangles: number[] = [];
  const move = press && moverOf(press.model, press.fields.displacement, press.fields.contents?.displacement);
  for (const surface of chosen) {
    const first = vertices.length / 3;
    const moved = move?.(surface);
    for (const [n, v] of surface.vertices.entries()) vertices.push(v + (moved?.[n] ?? 0));
    for (const n of surface.triangles) triangles.push(first + n);
  }
  return stl(vertices, Uint32Array.from(triangles), wanted);
}
