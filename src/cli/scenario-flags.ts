import { dirname, isAbsolute, relative } from 'node:path';
import type { Command } from 'commander';
import { decimalOf } from '../base/decimal.ts';
import { InputError } from '../base/errors.ts';
import { fileKind, takenBy } from '../base/file-kind.ts';
import { isObject } from '../base/is-object.ts';
import { readJsonFile } from '../base/read-json.node.ts';
import { tell } from '../base/told.ts';
import { CLI_ERRORS } from '../messages/errors/cli.data.ts';
import type { WholeSpeaker } from '../messages/say.ts';
import { readScan, type ScenarioInputs } from '../node/read-scan.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import { NUMBERING_IDS } from '../scan/label-table.ts';

/** What the command line knows about a press, as text. */
export interface ScenarioFlags {
  readonly body?: string;
  readonly insert?: readonly string[];
  readonly tool?: string;
  readonly at?: string;
  readonly pose?: string;
  readonly load?: string;
  readonly tone?: string;
  readonly contents?: string;
  readonly contract?: string;
  readonly rate?: string;
  readonly hold?: string;
  readonly uncertainty?: string;
  readonly cell?: string;
  readonly seed?: string;
  readonly ct?: string;
  readonly labels?: string;
  readonly labelTable?: string | undefined;
}

/** A scenario before the schema has looked at it. */
export type RawScenario = Record<string, unknown>;

/** Adds the flags that describe a press; start and press share them. */
export function addScenarioFlags(command: Command, { say }: WholeSpeaker): Command {
  return command
    .argument('[scenario.json]', say('help.scenario'))
    .option('--body <sizes>', say('help.body'))
    .option('--insert <kind>', say('help.insert'), (value: string, before: readonly string[] = []) => [
      ...before,
      value,
    ])
    .option('--tool <id>', say('help.tool'))
    .option('--at <place>', say('help.at'))
    .option('--pose <pose>', say('help.pose'))
    .option('--load <load>', say('help.load'))
    .option('--tone <tone>', say('help.tone'))
    .option('--contents <how>', say('help.contents'))
    .option('--contract <muscles>', say('help.contract'))
    .option('--rate <time>', say('help.rate'))
    .option('--hold <time>', say('help.hold'))
    .option('--uncertainty <number>', say('help.uncertainty'))
    .option('--cell <mm>', say('help.cell'))
    .option('--seed <number>', say('help.seed'))
    .option('--ct <file>', say('help.ct'))
    .option('--labels <path>', say('help.labels'))
    .option('--label-table <table>', say('help.label-table'));
}

/**
 * Reads a scenario file. A result is accepted too: its own scenario is taken out.
 * @throws InputError when there is no such file or no JSON object in it.
 */
export function readScenarioFile(path: string): RawScenario {
  const raw = readJsonFile(path, 'scenario');
  if (!isObject(raw)) throw new InputError(tell(CLI_ERRORS, 'error.cli.object', { path }));
  const kind = fileKind(raw);
  if (kind === 'plan' || kind === 'problem')
    throw new InputError(tell(CLI_ERRORS, 'error.cli.other-file', { path, wanted: 'scenario', what: takenBy(kind) }));
  return 'manifest' in raw && isObject(raw.scenario) ? raw.scenario : raw;
}

/**
 * The scenario of a file with flags on top of it, or of flags alone, with the files that it names.
 * @throws InputError with one sentence about the first thing that is wrong
 */
export function readScenario(path: string | undefined, flags: ScenarioFlags): ScenarioInputs {
  // names on the command line are meant from where one stands, those in a file from the file's folder
  const from = flags.ct !== undefined || flags.labels !== undefined ? undefined : path;
  const labelTable = flags.labelTable && tableFrom(flags.labelTable, from);
  const raw = withFlags(path === undefined ? {} : readScenarioFile(path), { ...flags, labelTable });
  return readScan(parseScenario(raw, path), from);
}

/** A label table that is named from where one stands, as a scenario file that is not there would name it. */
const tableFrom = (table: string, scenarioPath: string | undefined): string =>
  scenarioPath === undefined || NUMBERING_IDS.includes(table) || isAbsolute(table)
    ? table
    : relative(dirname(scenarioPath), table);

/**
 * Puts flags on top of a scenario from a file. Nothing is judged here but the way a flag is written; whether the values
 * make sense is the schema's question, the same for flags and files.
 */
export function withFlags(file: RawScenario, flags: ScenarioFlags): RawScenario {
  const raw: RawScenario = { ...file };
  if (flags.body !== undefined) raw.body = { ...objectOf(file.body), ...bodyOf(flags.body) };
  if (flags.insert !== undefined) raw.body = { ...objectOf(raw.body), inserts: flags.insert.map(insertOf) };
  if (flags.tool !== undefined) raw.tool = toolOf(flags.tool);
  if (flags.at !== undefined) raw.placement = placementOf(flags.at);
  if (flags.pose !== undefined) raw.pose = flags.pose;
  if (flags.load !== undefined) raw.load = loadOf(flags.load);
  if (flags.tone !== undefined) raw.tone = flags.tone;
  if (flags.contents !== undefined) raw.contents = flags.contents;
  if (flags.contract !== undefined) raw.contract = flags.contract;
  if (flags.rate !== undefined) raw.rate_s = secondsOf('--rate', flags.rate);
  if (flags.hold !== undefined) raw.hold_s = secondsOf('--hold', flags.hold);
  if (flags.uncertainty !== undefined) raw.uncertainty = numberOf('--uncertainty', flags.uncertainty);
  if (flags.cell !== undefined) raw.cell_mm = numberOf('--cell', flags.cell);
  if (flags.seed !== undefined) raw.seed = numberOf('--seed', flags.seed);
  if (flags.ct !== undefined || flags.labels !== undefined) {
    // a scan named on the command line is another scan: hashes from the file do not belong to it
    raw.scan = {
      ...(flags.ct !== undefined && { ct: flags.ct }),
      ...(flags.labels !== undefined && { labels: flags.labels }),
    };
  }
  if (flags.labelTable !== undefined) {
    const { labelTableHash: _, ...scan } = objectOf(raw.scan);
    raw.scan = { ...scan, labelTable: flags.labelTable };
  }
  return raw;
}

const BODY_KEYS: Readonly<Record<string, string>> = {
  sex: 'sex',
  height: 'height_cm',
  weight: 'weight_kg',
  waist: 'waist_cm',
  age: 'age',
  variant: 'variant',
  pregnant: 'pregnant',
};
const TISSUE_KEYS = ['subcutaneousFat', 'visceralFat', 'muscularity'];

function bodyOf(text: string): RawScenario {
  const body: RawScenario = {};
  const tissue: RawScenario = {};
  // an unset variable of a shell script would otherwise be the reference woman
  if (text.trim() === '') throw new InputError(tell(CLI_ERRORS, 'error.flag.body-empty'));
  for (const [key, value] of pairsOf('--body', text)) {
    const name = Object.hasOwn(BODY_KEYS, key) ? BODY_KEYS[key] : undefined;
    if (TISSUE_KEYS.includes(key)) tissue[key] = numberOf(`--body ${key}`, value);
    else if (name === undefined)
      throw new InputError(
        tell(CLI_ERRORS, 'error.flag.key', {
          flag: '--body',
          key,
          known: [...Object.keys(BODY_KEYS), ...TISSUE_KEYS].join(', '),
        }),
      );
    else if (name === 'pregnant') body[name] = yesOrNo('--body pregnant', value);
    else body[name] = name === 'sex' ? value : numberOf(`--body ${key}`, value);
  }
  return Object.keys(tissue).length > 0 ? { ...body, tissue } : body;
}

function insertOf(text: string): RawScenario {
  const [kind = '', ...rest] = text.split(',');
  const insert: RawScenario = { kind: kind.trim() };
  for (const [key, value] of pairsOf('--insert', rest.join(','))) {
    if (key === 'side') insert.side = value;
    else if (key === 'size') insert.size_mm = numberOf('--insert size', value);
    else {
      const known = tell(CLI_ERRORS, 'error.flag.and', { first: 'side', second: 'size' });
      throw new InputError(tell(CLI_ERRORS, 'error.flag.key', { flag: '--insert', key, known }));
    }
  }
  return insert;
}

function toolOf(text: string): RawScenario {
  const [id = '', ...rest] = text.split(',');
  const parameters = pairsOf('--tool', rest.join(',')).map(([key, value]) => {
    // as a key of an object this one would be lost without a word
    if (key === '__proto__') throw new InputError(tell(CLI_ERRORS, 'error.flag.proto'));
    return [key, numberOf(`--tool ${key}`, value)];
  });
  return { id: id.trim(), parameters: Object.fromEntries(parameters) };
}

function placementOf(text: string): RawScenario {
  if (!text.includes(',')) return { preset: text };
  const [x = '', y = '', ...rest] = text.split(',');
  if (rest.length > 0) throw new InputError(tell(CLI_ERRORS, 'error.flag.at', { got: text }));
  return { x_mm: numberOf('--at X', x), y_mm: numberOf('--at Y', y) };
}

const LOAD_KEYS: Readonly<Record<string, string>> = { kg: 'mass_kg', N: 'force_N', bw: 'bodyWeightShare' };

function loadOf(text: string): RawScenario {
  const unit = Object.keys(LOAD_KEYS).find((end) => text.endsWith(end));
  if (unit === undefined) throw new InputError(tell(CLI_ERRORS, 'error.flag.load', { got: text }));
  return { [LOAD_KEYS[unit]!]: numberOf('--load', text.slice(0, -unit.length)) };
}

/** '5s', '5' or '2min' in seconds. */
function secondsOf(flag: string, text: string): number {
  const minutes = /^(.*)min$/.exec(text.trim());
  if (minutes !== null) return 60 * numberOf(flag, minutes[1]!);
  return numberOf(flag, text.trim().replace(/s$/, ''));
}

/** key=value,key=value, each key once. */
function pairsOf(flag: string, text: string): [string, string][] {
  if (text.trim() === '') return [];
  const pairs = text.split(',').map((pair): [string, string] => {
    const [key = '', value = '', ...rest] = pair.split('=').map((part) => part.trim());
    if (key === '' || value === '' || rest.length > 0) {
      const got = pair.trim();
      if (got === '') throw new InputError(tell(CLI_ERRORS, 'error.flag.pairs-empty', { flag }));
      const id = /^\d+$/.test(got) ? 'error.flag.pairs-decimal' : 'error.flag.pairs';
      throw new InputError(tell(CLI_ERRORS, id, { flag, got }));
    }
    return [key, value];
  });
  for (const [index, [key]] of pairs.entries())
    if (pairs.findIndex(([other]) => other === key) !== index)
      throw new InputError(tell(CLI_ERRORS, 'error.flag.key-twice', { flag, key }));
  return pairs;
}

const SPELLINGS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  y: true,
  on: true,
  1: true,
  false: false,
  no: false,
  n: false,
  off: false,
  0: false,
};

/** Yes or no in any case; what is not clearly one of the two is refused, because a missed yes could hurt somebody. */
function yesOrNo(flag: string, text: string): boolean {
  const word = text.toLowerCase();
  if (!Object.hasOwn(SPELLINGS, word)) throw new InputError(tell(CLI_ERRORS, 'error.flag.yes-no', { flag, got: text }));
  return SPELLINGS[word]!;
}

/** A decimal number; what merely looks like one to JavaScript ('', 0x10, Infinity) is not. */
export function numberOf(flag: string, text: string): number {
  const value = decimalOf(text.trim());
  if (value !== undefined) return value;
  const point = decimalOf(text.trim().replace(',', '.'));
  const got = text.trim();
  if (got === '') throw new InputError(tell(CLI_ERRORS, 'error.flag.number-empty', { flag }));
  throw new InputError(
    text.includes(',') && point !== undefined
      ? tell(CLI_ERRORS, 'error.flag.point', { flag, got, number: `${point}` })
      : tell(CLI_ERRORS, 'error.flag.number', { flag, got }),
  );
}

const objectOf = (value: unknown): RawScenario => (isObject(value) ? value : {});

/** A whole number between two, both included. */
export function wholeNumber(flag: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text.trim()) || value < least || value > most)
    throw new InputError(tell(CLI_ERRORS, 'error.flag.whole', { flag, least, most, got: text }));
  return value;
}
