import type { Command } from 'commander';
import { readJsonFile } from '../base/read-json.node.ts';
import { VERSION } from '../base/version.ts';
import { resolveBody } from '../body/body.ts';
import type { Finding } from '../findings/finding.ts';
import { isWhole, readResult } from '../findings/read-result.ts';
import type { Result } from '../findings/result.ts';
import type { WholeSpeaker } from '../messages/say.ts';
import { openOutputFolder } from '../node/output-folder.ts';
import { readScan } from '../node/read-scan.ts';
import { forceOf } from '../press/force-of.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import type { Press } from '../press/press.ts';
import { SCHEMA_VERSION, type Scenario } from '../press/scenario.ts';
import { comparisonPage } from '../report/comparison-page.ts';
import { sectionPictures } from '../report/sections.ts';
import { run } from '../run.ts';
import { shortAmount } from '../words/amounts.ts';
import { compareResults } from '../words/compare-results.ts';
import { comparedName, comparisonLines } from '../words/comparison-lines.ts';
import { findingLabel } from '../words/finding-label.ts';
import { noteText } from '../words/note-text.ts';
import { quantityShort } from '../words/quantity-name.ts';
import { resultText } from '../words/result-text.ts';
import { ensemblePool } from './ensemble-pool.ts';
import { EXIT } from './exit-codes.ts';
import { readScenarioFile, withFlags } from './scenario-flags.ts';
import { progressBar, type Terminal, textWidth } from './terminal.ts';
import { textTable, wrap } from './text-table.ts';

interface CompareOptions {
  readonly load?: string;
  readonly cell?: string;
  readonly uncertainty?: string;
  readonly json?: boolean;
  readonly output?: string;
  readonly quiet?: boolean;
}

/** Two presses at the same load: tool against fingers, lean against heavy, slow against fast. */
export function addCompare(program: Command, terminal: Terminal): void {
  const { speaker } = terminal;
  const { say } = speaker;
  program
    .command('compare')
    .description(say('help.compare'))
    .argument('<a>', say('help.compare.a'))
    .argument('<b>', say('help.compare.b'))
    .option('--load <load>', say('help.compare.load'))
    .option('--cell <mm>', say('help.compare.cell'))
    .option('--uncertainty <number>', say('help.compare.uncertainty'))
    .option('--json', say('help.json'))
    .option('-o, --output <folder>', say('help.compare.output'))
    .option('--quiet', say('help.quiet'))
    .action(async (a: string, b: string, options: CompareOptions) => {
      const flags = {
        ...(options.load !== undefined && { load: options.load }),
        ...(options.cell !== undefined && { cell: options.cell }),
        ...(options.uncertainty !== undefined && { uncertainty: options.uncertainty }),
      };
      const inputs = [a, b].map((path) => {
        // most of what is not known is the same for both, and says little about how they differ
        const raw = { uncertainty: 0, ...readScenarioFile(path) };
        const read = readScan(parseScenario(withFlags(raw, flags), path), path);
        return { path, ...read, force: forceOf(read.scenario.load, resolveBody(read.scenario.body)) };
      });
      const force = Math.min(...inputs.map((input) => input.force));
      const folder = options.output === undefined ? undefined : openOutputFolder(options.output);
      const bar = progressBar(process.stderr, options.quiet === true, speaker);
      const made: { result: Result; press?: Press }[] = [];
      try {
        for (const [n, input] of inputs.entries()) {
          // a load that is the same anyway stays as it was given, and with it whose weight it is a share of
          const load = input.force === force ? input.scenario.load : { force_N: force };
          const scenario: Scenario = { ...input.scenario, load };
          // pictures need the fields, which no file holds
          const known =
            folder === undefined && flags.cell === undefined && flags.uncertainty === undefined
              ? resultIn(input.path, force)
              : undefined;
          if (known !== undefined) {
            made.push({ result: known });
            continue;
          }
          made.push(
            await run(
              scenario,
              {
                files: input.files,
                notes: input.notes,
                ensemble: ensemblePool(input.files),
              },
              {
                report: (event) =>
                  bar.report({ ...event, fraction: (n + event.fraction) / 2 }, { before: `${'ab'[n]}: ` }),
                signal: terminal.signal,
              },
            ),
          );
        }
        bar.end();
        const [first, second] = [made[0]!, made[1]!];
        const json = `${JSON.stringify(comparisonJson(speaker, first.result, second.result), null, 2)}\n`;
        if (folder !== undefined) {
          const drawn = made.map(({ result, press }) => ({
            result,
            sections: press === undefined ? [] : sectionPictures(speaker, press),
          }));
          folder.write(
            new Map([
              ['a.result.json', resultText(speaker, first.result)],
              ['b.result.json', resultText(speaker, second.result)],
              ['compare.html', comparisonPage(drawn[0]!, drawn[1]!, speaker)],
              ['compare.json', json],
            ]),
          );
        }
        if (made.some(({ result }) => !result.solver.converged))
          process.exitCode = terminal.signal.aborted ? EXIT.interrupted : EXIT.notConverged;
        await terminal.out(options.json === true ? json : comparisonText(speaker, first.result, second.result));
        if (options.output !== undefined) terminal.say(speaker.say('compare.written', { folder: options.output }));
      } finally {
        bar.end();
        folder?.discard();
      }
    });
}

/** The result that a file holds, when it was asked for just this force. */
function resultIn(path: string, force: number): Result | undefined {
  const raw = readJsonFile(path, 'any');
  if (typeof raw !== 'object' || raw === null || !('manifest' in raw)) return undefined;
  const result = readResult(raw, path);
  if (result.manifest.version !== VERSION || !result.solver.converged) return undefined;
  // somebody has changed the scenario, or a number, in the file: it is asked again
  if (!isWhole(raw, result)) return undefined;
  const { load, body } = result.scenario;
  return Math.abs(forceOf(load, resolveBody(body)) / force - 1) < SAME ? result : undefined;
}

/** The same force in other units: what is left is rounding. */
const SAME = 1e-9;

/** What --json prints. */
function comparisonJson(speaker: WholeSpeaker, a: Result, b: Result) {
  const { pairs, shares } = compareResults(a, b);
  const told = (result: Result) => ({
    name: comparedName(speaker, result),
    converged: result.solver.converged,
    ...result.path.at(-1),
    ...(result.headline !== undefined && { headline: result.headline }),
    resultHash: result.manifest.resultHash,
    scenario: result.scenario,
    warnings: result.notes.map((note) => noteText(speaker, note)),
  });
  const numbers = (f: Finding | null) =>
    f && { value: f.value, low: f.low, high: f.high, band: f.band, ...(f.level !== undefined && { level: f.level }) };
  return {
    schemaVersion: SCHEMA_VERSION,
    a: told(a),
    b: told(b),
    pairs: pairs.map((p) => ({ ...p, label: findingLabel(speaker, p), a: numbers(p.a), b: numbers(p.b) })),
    shares,
    notice: speaker.say('notice'),
  };
}

function comparisonText(speaker: WholeSpeaker, a: Result, b: Result): string {
  const width = textWidth();
  const { pairs } = compareResults(a, b);
  const value = (side: Finding | null, unit: (typeof pairs)[number]['unit']): string =>
    side === null ? '–' : shortAmount(speaker, side.value!, unit);
  const ends = (side: Finding | null): string =>
    side === null || side.low === null || side.high === null ? '' : `${round(side.low)}–${round(side.high)}`;
  const ranged = pairs.some(({ a: first, b: second }) => [first, second].some((f) => f !== null && f.low !== null));
  const rows = pairs.map((p) => [
    `${findingLabel(speaker, p)}, ${quantityShort(speaker, p.quantity)}`,
    value(p.a, p.unit),
    ...(ranged ? [ends(p.a)] : []),
    value(p.b, p.unit),
    ...(ranged ? [ends(p.b)] : []),
  ]);
  const heads = [speaker.say('compare.part'), 'a', ...(ranged ? ['5–95 %'] : []), 'b', ...(ranged ? ['5–95 %'] : [])];
  const lines = [`a: ${comparedName(speaker, a)}`, `b: ${comparedName(speaker, b)}`, ...comparisonLines(speaker, a, b)];
  return `${lines.flatMap((line) => wrap(line, width)).join('\n')}\n\n${textTable(heads, rows, width)}\n${wrap(speaker.say('notice'), width).join('\n')}\n`;
}

const round = (value: number): string => String(Number(value.toPrecision(2)));
