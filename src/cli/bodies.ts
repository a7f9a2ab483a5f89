import type { Command } from 'commander';
import { InputError } from '../base/errors.ts';
import { breathe } from '../base/progress.ts';
import { tell } from '../base/told.ts';
import { resolveBody } from '../body/body.ts';
import { randomSpec } from '../body/random-spec.ts';
import { bodySpecSchema } from '../body/spec.ts';
import { CLI_ERRORS } from '../messages/errors/cli.data.ts';
import type { WholeSpeaker } from '../messages/say.ts';
import { type Check, checkReference } from '../validation/check-reference.ts';
import { inspectBody } from '../validation/inspect-body.ts';
import { EXIT } from './exit-codes.ts';
import { jsonText } from './printable.ts';
import { type Terminal, textWidth } from './terminal.ts';
import { textTable } from './text-table.ts';

interface BodiesOptions {
  readonly json?: boolean;
  readonly check?: boolean;
  readonly seed?: string;
  readonly count?: string;
}

/** Edge of the cells that random bodies are built with, mm. */
const CELL = 5;

export function addBodies(program: Command, terminal: Terminal): void {
  const { speaker } = terminal;
  const { say } = speaker;
  program
    .command('bodies')
    .description(say('help.bodies'))
    .option('--check', say('help.bodies.check'))
    .option('--seed <number>', say('help.bodies.seed'))
    .option('--count <number>', say('help.bodies.count'))
    .option('--json', say('help.json'))
    .action(async (options: BodiesOptions) => {
      if (options.check === true) return checkBodies(terminal, options.json === true);
      if (options.seed !== undefined || options.count !== undefined) return tryBodies(terminal, options);
      const bodies = bodySpecSchema.shape.sex.def.innerType.options.map((sex) =>
        resolveBody(bodySpecSchema.parse({ sex })),
      );
      if (options.json === true) return terminal.out(jsonText(bodies));
      const rows = bodies.map((body) => [
        say('cli.bodies.sex', { sex: body.sex }),
        `${body.height_cm} cm`,
        `${body.weight_kg} kg`,
        `${body.waist_cm} cm`,
        `${body.age}`,
        say('body.name', {
          sex: body.sex,
          height: tenths(body.height_cm),
          weight: tenths(body.weight_kg),
          waist: tenths(body.waist_cm),
          age: body.age,
          variant: 'none',
        }),
      ]);
      const heads = (['sex', 'height', 'weight', 'waist', 'age', 'body'] as const).map((each) =>
        say(`cli.head.${each}`),
      );
      await terminal.out(textTable(heads, rows, textWidth()));
    });
}

/** The table of measures; fails when one lies outside. */
async function checkBodies(terminal: Terminal, json: boolean): Promise<void> {
  const { say } = terminal.speaker;
  const checks = await checkReference({ signal: terminal.signal });
  const heads = (['body', 'measure', 'built', 'published', 'source'] as const).map((each) => say(`cli.head.${each}`));
  if (json) await terminal.out(jsonText(checks));
  else
    await terminal.out(
      textTable(
        [...heads, ''],
        checks.map((check) => rowOf(terminal.speaker, check)),
        textWidth(),
      ),
    );
  const outside = checks.filter((c) => !c.inside);
  if (outside.length === 0) return;
  terminal.say(say('cli.bodies.outside', { outside: outside.length, all: checks.length }));
  process.exitCode = EXIT.failed;
}

function rowOf({ say }: WholeSpeaker, { body, measure, unit, built, mean, spread, inside, evidence }: Check): string[] {
  return [
    body,
    measure,
    `${short(built)} ${unit}`,
    `${short(mean)} ± ${short(spread)}`,
    evidence,
    say('cli.bodies.inside', { inside: inside ? 'yes' : 'no' }),
  ];
}

const tenths = (value: number): number => Math.round(10 * value) / 10;
const short = (value: number): string => (Math.abs(value) < 10 ? value.toFixed(2) : value.toFixed(1));

/** Builds random bodies and tells what is wrong with them, each with its seed. */
async function tryBodies(terminal: Terminal, options: BodiesOptions): Promise<void> {
  const { say } = terminal.speaker;
  const first = whole('--seed', options.seed ?? '0', 0, 0xffffffff);
  const count = whole('--count', options.count ?? '10', 1, 100_000);
  const clock = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  const seconds: number[] = [];
  const faulty: { seed: number; spec: unknown; faults: readonly string[] }[] = [];
  for (let seed = first; seed < first + count; seed++) {
    await breathe({ signal: terminal.signal });
    const spec = randomSpec(seed);
    try {
      const found = await inspectBody(spec, seed % 2 === 0 ? 'prone' : 'supine', CELL, clock);
      seconds.push(found.seconds);
      if (found.faults.length > 0) faulty.push({ seed, spec, faults: found.faults });
    } catch (error) {
      faulty.push({ seed, spec, faults: [say('cli.bodies.failed', { reason: (error as Error).message })] });
    }
    const last = faulty.at(-1);
    if (last?.seed === seed)
      terminal.say(say('cli.bodies.faults', { seed: `${seed}`, faults: last.faults.join('; ') }));
  }
  seconds.sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round(1000 * (seconds[Math.floor(share * (seconds.length - 1))] ?? 0)) / 1000;
  const summary = { first, count, faulty, cpuSeconds: { median: at(0.5), p95: at(0.95), most: at(1) } };
  if (options.json === true) await terminal.out(jsonText(summary));
  else
    await terminal.out(
      `${say('cli.bodies.summary', { fine: count - faulty.length, count, first: `${first}`, median: at(0.5), most: at(1) })}\n`,
    );
  if (faulty.length > 0) process.exitCode = EXIT.failed;
}

function whole(flag: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < low || value > high)
    throw new InputError(tell(CLI_ERRORS, 'error.flag.whole', { flag, least: low, most: high, got: text }));
  return value;
}
