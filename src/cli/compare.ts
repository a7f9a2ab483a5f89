import type { Command } from 'commander';
import { readJsonFile } from '../base/read-json.node.ts';
import { VERSION } from '../base/version.ts';
import { resolveBody } from '../body/body.ts';
import type { Finding } from '../findings/finding.ts';
import { isWhole, readResult } from '../findings/read-result.ts';
import type { Result } from '../findings/result.ts';
import { inEnglish } from '../messages/say.ts';
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
  program
    .command('compare')
    .description('two presses at equal load, side by side on one scale')
    .argument('<a>', 'a scenario file or a result.json')
    .argument('<b>', 'another one')
    .option('--load <load>', 'load of both, for example 100N or 10kg; the smaller one of the two files when absent')
    .option('--cell <mm>', 'edge length of a cell for both, 4 to 15')
    .option(
      '--uncertainty <number>',
      'presses that the ranges of each come from; none where neither this nor a file says so',
    )
    .option('--json', 'print JSON')
    .option('-o, --output <folder>', 'write compare.html, compare.json and both results there')
    .option('--quiet', 'no progress')
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
      const bar = progressBar(process.stderr, options.quiet === true);
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
                  bar.report({ ...event, phase: `${'ab'[n]}: ${event.phase}`, fraction: (n + event.fraction) / 2 }),
                signal: terminal.signal,
              },
            ),
          );
        }
        bar.end();
        const [first, second] = [made[0]!, made[1]!];
        const json = `${JSON.stringify(comparisonJson(first.result, second.result), null, 2)}\n`;
        if (folder !== undefined) {
          const drawn = made.map(({ result, press }) => ({
            result,
            sections: press === undefined ? [] : sectionPictures(inEnglish, press),
          }));
          folder.write(
            new Map([
              ['a.result.json', resultText(inEnglish, first.result)],
              ['b.result.json', resultText(inEnglish, second.result)],
              ['compare.html', comparisonPage(drawn[0]!, drawn[1]!)],
              ['compare.json', json],
            ]),
          );
        }
        if (made.some(({ result }) => !result.solver.converged))
          process.exitCode = terminal.signal.aborted ? EXIT.interrupted : EXIT.notConverged;
        await terminal.out(options.json === true ? json : comparisonText(first.result, second.result));
        if (options.output !== undefined) terminal.say(inEnglish.say('compare.written', { folder: options.output }));
      } finally {
        bar.end();
        folder?.discard();
      }
    });
}

/** The result that a file holds, when it was asked for just this force. */
function resultIn(path: string, force: number): Result | undefined {
  const raw = readJsonFile(path, 'file');
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
function comparisonJson(a: Result, b: Result) {
  const { pairs, shares } = compareResults(a, b);
  const told = (result: Result) => ({
    name: comparedName(inEnglish, result),
    converged: result.solver.converged,
    ...result.path.at(-1),
    ...(result.headline !== undefined && { headline: result.headline }),
    resultHash: result.manifest.resultHash,
    scenario: result.scenario,
    warnings: result.notes.map((note) => noteText(inEnglish, note)),
  });
  const numbers = (f: Finding | null) =>
    f && { value: f.value, low: f.low, high: f.high, band: f.band, ...(f.level !== undefined && { level: f.level }) };
  return {
    schemaVersion: SCHEMA_VERSION,
    a: told(a),
    b: told(b),
    pairs: pairs.map((p) => ({ ...p, label: findingLabel(inEnglish, p), a: numbers(p.a), b: numbers(p.b) })),
    shares,
    notice: inEnglish.say('notice'),
  };
}

function comparisonText(a: Result, b: Result): string {
  const width = textWidth();
  const { pairs } = compareResults(a, b);
  const value = (side: Finding | null, unit: (typeof pairs)[number]['unit']): string =>
    side === null ? '–' : shortAmount(inEnglish, side.value!, unit);
  const ends = (side: Finding | null): string =>
    side === null || side.low === null || side.high === null ? '' : `${round(side.low)}–${round(side.high)}`;
  const ranged = pairs.some(({ a: first, b: second }) => [first, second].some((f) => f !== null && f.low !== null));
  const rows = pairs.map((p) => [
    `${findingLabel(inEnglish, p)}, ${quantityShort(inEnglish, p.quantity)}`,
    value(p.a, p.unit),
    ...(ranged ? [ends(p.a)] : []),
    value(p.b, p.unit),
    ...(ranged ? [ends(p.b)] : []),
  ]);
  const heads = [inEnglish.say('compare.part'), 'a', ...(ranged ? ['5–95 %'] : []), 'b', ...(ranged ? ['5–95 %'] : [])];
  const lines = [
    `a: ${comparedName(inEnglish, a)}`,
    `b: ${comparedName(inEnglish, b)}`,
    ...comparisonLines(inEnglish, a, b),
  ];
  return `${lines.flatMap((line) => wrap(line, width)).join('\n')}\n\n${textTable(heads, rows, width)}\n${wrap(inEnglish.say('notice'), width).join('\n')}\n`;
}

const round = (value: number): string => String(Number(value.toPrecision(2)));
