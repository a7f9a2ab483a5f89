import { z } from 'zod';
import { canonicalJson, hashOf } from '../base/hash.ts';
import { isObject } from '../base/is-object.ts';
import type { Note } from '../base/note.ts';
import { inputError } from '../base/schema-error.ts';
import { tell } from '../base/told.ts';
import { levelFor, levelWith } from '../evidence/levels.ts';
import { FINDINGS_ERRORS } from '../messages/errors/findings.data.ts';
import { note } from '../messages/note.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import { lastsOf } from '../press/relaxation.ts';
import { SCHEMA_VERSION, type Scenario } from '../press/scenario.ts';
import { bandOf, comparedValue, whereOf } from './assess.ts';
import { type Finding, keyOf, type Quantity } from './finding.ts';
import { resultHash } from './make-result.ts';
import { numbersSchema, type Result } from './result.ts';
import { subjectOf } from './subject-of.ts';

/**
 * A result from a file, of this format or of an older one brought up to it; the words in it are left behind, since they are made
 * from the numbers again.
 * @param source named at the start of the sentence when something is wrong: a file name, for example
 * @throws InputError with one sentence when it is no result, or one of a newer format
 */
export function readResult(raw: unknown, source?: string): Result {
  if (!isObject(raw) || !('manifest' in raw) || !('findings' in raw))
    throw inputError(tell(FINDINGS_ERRORS, 'error.result.none'), source);
  const { schemaVersion: version } = raw;
  if (typeof version === 'number' && version > SCHEMA_VERSION)
    throw inputError(tell(FINDINGS_ERRORS, 'error.result.newer', { version, known: SCHEMA_VERSION }), source);
  const scenario = parseScenario(raw.scenario, source);
  const now = version === 1 ? stuckThen(fromFirst(raw, source)) : version === 2 ? stuckThen(raw) : raw;
  const parsed = numbersSchema.safeParse({ ...inTodaysTerms(now), scenario });
  if (parsed.success) return comparedAgain(parsed.data);
  throw inputError(tell(FINDINGS_ERRORS, 'error.result.unread', { what: firstIssue(parsed.error) }), source);
}

/**
 * Whether the numbers of a result are still those that its scenario gave, by the hashes in it: files are copied and edited by hand. Format 1
 * took its hash over sentences that are gone; there the scenario alone is looked at.
 * @param raw what readResult has read
 */
export function isWhole(raw: object, result: Result): boolean {
  const { scenarioHash, resultHash: hash } = result.manifest;
  if ('schemaVersion' in raw && raw.schemaVersion === 1)
    return 'scenario' in raw && scenarioHash === hashOf(canonicalJson(raw.scenario));
  return hash === resultHash('schemaVersion' in raw && raw.schemaVersion === 2 ? asSecond(result) : result);
}

/** What format 2 took its hash over: its scenarios did not speak of the contents of the belly. */
function asSecond({ scenario: { contents: _, ...scenario }, ...result }: Result): Result {
  return { ...result, scenario: scenario as Scenario };
}

/** Where a file is wrong, and how: 'findings.3.value: Invalid input'. */
function firstIssue({ issues }: z.ZodError): string {
  const { path, message } = issues[0]!;
  return [path.map(String).join('.'), message].filter((part) => part !== '').join(': ');
}

// ---- what earlier versions said of the same press ----

/**
 * What is no longer read off a press, and has no counterpart in what is: pressure × time, and a force in the belly wall that counted the
 * squeeze through it.
 */
const isGone = (structure: unknown, quantity: unknown): boolean =>
  quantity === 'pressure-time' || (quantity === 'membrane-force' && structure === 'abdominal_wall');

/** A nerve's or ureter's stretch over 30 mm is what it would get if it were stuck, and is compared with nothing. */
const isStretch = (structure: unknown, quantity: unknown): boolean =>
  quantity === 'stretch' && subjectOf({ structure: String(structure) })?.kind === 'corridor';

/** A result from before the contents of the belly could give way, with a sentence that says so. */
function stuckThen(raw: object): object {
  const notes = 'notes' in raw && Array.isArray(raw.notes) ? raw.notes : [];
  return { ...raw, schemaVersion: SCHEMA_VERSION, notes: [...notes, note('note.contents-stuck')] };
}

/** A result of an earlier version by the names of today, without what has gone, and with one sentence that says so. */
function inTodaysTerms(raw: object): object {
  if (!('findings' in raw) || !Array.isArray(raw.findings)) return raw;
  const kept = raw.findings.filter((f: unknown) => !isObject(f) || !isGone(f.structure, f.quantity));
  const findings = kept.map((f: unknown) => {
    if (!isObject(f) || !isStretch(f.structure, f.quantity)) return f;
    const { level: _, ...rest } = f;
    return { ...rest, quantity: 'elongation-stuck', band: 'no-published-level' };
  });
  const notes = 'notes' in raw && Array.isArray(raw.notes) ? raw.notes : [];
  const gone = kept.length < raw.findings.length ? { notes: [...notes, note('note.findings-gone')] } : {};
  return { ...raw, findings, ...gone, ...tornadoesOf(raw) };
}

function tornadoesOf(raw: object): object {
  if (!('uncertainty' in raw) || !isObject(raw.uncertainty) || !Array.isArray(raw.uncertainty.tornado)) return {};
  const tornado = raw.uncertainty.tornado.flatMap((t: unknown) => {
    if (!isObject(t) || typeof t.finding !== 'string') return [t];
    const [structure, side, quantity, where] = t.finding.split('/');
    if (isGone(structure, quantity)) return [];
    return [isStretch(structure, quantity) ? { ...t, finding: `${structure}/${side}/elongation-stuck/${where}` } : t];
  });
  return { uncertainty: { ...raw.uncertainty, tornado } };
}

/** Bands are about levels: one whose level is not known here, or has moved since, is found again by the levels of today. */
function comparedAgain(result: Result): Result {
  const { rate_s: rate, hold_s: hold } = result.scenario;
  const findings = result.findings.map((f): Finding => {
    const { level: id, ...rest } = f;
    if (f.value === null || f.band === 'no-published-level') return f;
    const group = subjectOf(f)?.group;
    const compared = comparedValue(f.quantity, f.value);
    const known = id === undefined ? undefined : levelWith(id);
    if (known !== undefined && bandOf(compared, known) === f.band) return f;
    const level = group && levelFor(group, f.quantity, compared, lastsOf({ rate, hold }));
    return { ...rest, band: bandOf(compared, level), ...(level !== undefined && { level: level.id }) };
  });
  return { ...result, findings };
}

// ---- format 1 ----

const finite = z.number();

/** What of format 1 is needed to bring it up; a finding was named by structure, side and quantity, and on the skin by its label. */
const first = z.looseObject({
  path: z.array(z.looseObject({ peakSkinPressure_kPa: finite, meanSkinPressure_kPa: finite })),
  findings: z.array(
    z.looseObject({
      structure: z.string(),
      side: z.enum(['left', 'right', 'midline']),
      label: z.string(),
      quantity: z.string(),
      value: finite.nullable(),
      band: z.string(),
    }),
  ),
  solver: z.looseObject({ reason: z.string().optional() }),
  warnings: z.array(z.string()),
  assumptions: z.array(z.looseObject({ name: z.string() })),
  uncertainty: z
    .looseObject({
      inputs: z.array(z.looseObject({ name: z.string() })),
      tornado: z.array(z.looseObject({ finding: z.string() })),
    })
    .optional(),
});

type First = z.output<typeof first>;

/**
 * A result of format 1 in the present one. Every number has its counterpart: the two pressures on the skin, which had one quantity,
 * are told apart by the path, where they stand by name. Names of assumptions and inputs become their ids: they are shown as they
 * were written. The hash was taken over the sentences too, and is no hash of the present format: it stays as it is.
 */
function fromFirst(raw: object, source: string | undefined): object {
  const parsed = first.safeParse(raw);
  if (!parsed.success)
    throw inputError(tell(FINDINGS_ERRORS, 'error.result.unread', { what: firstIssue(parsed.error) }), source);
  const old = parsed.data;
  const keys = new Map<string, string>();
  const findings = old.findings.map((f) => {
    const { label, sentence: _, professional: __, ...rest } = f;
    const quantity = quantityOf(f, old);
    const now = { ...rest, quantity, where: whereOf(quantity) };
    const named = `${f.structure}/${f.side}/${f.quantity}`;
    keys.set(f.quantity === 'contact-pressure' ? `${named}/${label}` : named, keyOf(now));
    return now;
  });
  return {
    ...old,
    schemaVersion: SCHEMA_VERSION,
    findings,
    solver: {
      ...old.solver,
      ...(old.solver.reason !== undefined && { stopped: textNote(old.solver.reason.replace(/\.$/, '')) }),
    },
    // what has no counterpart is said in one sentence
    notes: [...old.warnings.map(textNote), note('note.format-1')],
    assumptions: old.assumptions.map(({ name, ...rest }) => ({ ...rest, id: name })),
    ...(old.uncertainty && {
      uncertainty: {
        ...old.uncertainty,
        inputs: old.uncertainty.inputs.map(({ name, ...rest }) => ({ ...rest, id: name })),
        tornado: old.uncertainty.tornado.map((t) => ({ ...t, finding: keys.get(t.finding) ?? t.finding })),
      },
    }),
  };
}

/** A sentence that was written by an older version. */
const textNote = (text: string): Note => note('note.text', { text });

function quantityOf(f: First['findings'][number], { path, findings }: First): Quantity {
  if (f.quantity !== 'contact-pressure') return f.quantity as Quantity;
  const last = path.at(-1);
  // where both are the same number it does not matter which is which, but there must be one of each
  const same = last?.peakSkinPressure_kPa === last?.meanSkinPressure_kPa;
  const mean = same ? findings.findIndex((g) => g.quantity === f.quantity) !== findings.indexOf(f) : false;
  return mean || (!same && f.value === last?.meanSkinPressure_kPa) ? 'mean-contact-pressure' : 'peak-contact-pressure';
}
