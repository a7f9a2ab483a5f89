import { decimalOf } from '../base/decimal.ts';
import { InputError } from '../base/errors.ts';
import type { Note } from '../base/note.ts';
import { parseJson } from '../base/parse-json.ts';
import type { Told } from '../base/told.ts';
import { appNote, Refused } from './app-note.ts';
import { drawable } from './question.ts';
import { readViewFields, type SharedView, viewFields } from './share-link-view.ts';
import type { Inputs } from './state.ts';

/**
 * The whole press in the fragment of an address, which browsers do not send to servers: versioned, short, readable.
 * `#v1;b=f,163,62,82,40;t=two-peak;x=as-sold;p=prone;l=0.33bw;seen;peel=0.5;cut=sagittal`. What people tick in the list of who should ask first is no
 * part of it and cannot be: it never enters the inputs.
 */
const VERSION = 'v1';

/** After it comes how the press is looked at. */
const SEEN = 'seen';

/** What is told of a body beside its sizes: nothing that only somebody ill or pregnant would have. */
const SHARED_BODY: readonly string[] = ['tissue', 'variant'];

/** Numbers that stand under their own names; anything else of that form is not ours. */
const PLAIN: readonly string[] = ['rate_s', 'hold_s', 'uncertainty', 'seed'];

/** Words that do. */
const WORDS: readonly string[] = ['contents', 'contract'];

export interface Shared {
  /** How it is looked at, where that is told. */
  readonly view?: SharedView;
  readonly a: Inputs;
  /** The second of two compared presses. */
  readonly b?: Inputs;
}

/** Writes a link's fragment, with '#'. */
export function fragmentOf({ a, b, view }: Shared): string {
  const seen = view === undefined ? [] : viewFields(view);
  const parts = [...fields(a), ...(b === undefined ? [] : ['vs', ...fields(b)])];
  return `#${[VERSION, ...parts, ...(seen.length === 0 ? [] : [SEEN, ...seen])].join(';')}`;
}

/**
 * Reads a fragment. What it asks for is checked like any other scenario, so that nothing comes out that the forms could not show. Whether
 * the body's sizes go together is said beside the form, where they can be mended.
 * @returns undefined for an empty one; a note for one that cannot be read or asks for what there is not
 */
export function readFragment(fragment: string): Shared | Note | undefined {
  const text = fragment.replace(/^#/, '');
  if (text === '') return undefined;
  let decoded: string;
  try {
    decoded = decodeURIComponent(text);
  } catch {
    return appNote('app.link.broken');
  }
  const [version, ...parts] = decoded.split(';');
  const number = /^v(\d+)$/.exec(version ?? '')?.[1];
  if (number === undefined) return appNote('app.link.broken');
  if (number !== VERSION.slice(1))
    return appNote('app.link.newer', { theirs: `v${number}`.slice(0, 12), ours: VERSION });
  const seen = parts.indexOf(SEEN);
  const presses = seen === -1 ? parts : parts.slice(0, seen);
  const cut = presses.indexOf('vs');
  try {
    const a = inputsOf(cut === -1 ? presses : presses.slice(0, cut));
    const view = seen === -1 ? {} : { view: readViewFields(parts.slice(seen + 1)) };
    return cut === -1 ? { a, ...view } : { a, b: inputsOf(presses.slice(cut + 1)), ...view };
  } catch (error) {
    // what reads as a link but asks for what there is not gets the sentence of the check; the rest is damaged
    if (error instanceof Refused) return appNote('app.link.refused', { reason: error.note });
    return error instanceof InputError
      ? appNote('app.link.refused', { reason: short(error.note) })
      : appNote('app.link.broken');
  }
}

/** A sentence that somebody's link may have filled with anything. */
const short = (reason: Told): string | Told =>
  reason.english.length > 400 ? `${reason.english.slice(0, 400)}…` : reason;

function fields({ body = {}, tool = {}, placement, pose, load, tone, cell_mm, ...rest }: Inputs): string[] {
  const { sex = 'female', height_cm, weight_kg, waist_cm, age, ...more } = body;
  const size = [sex[0], height_cm, weight_kg, waist_cm, age].map((v) => v ?? '').join(',');
  const out = [`b=${size.replace(/,+$/, '')}`];
  for (const [key, value] of Object.entries(more))
    if (SHARED_BODY.includes(key) && value !== undefined) out.push(`b.${key}=${JSON.stringify(value)}`);
  const sizes = Object.entries(tool.parameters ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`,${name}:${value}`],
  );
  out.push(`t=${tool.id ?? 'two-peak'}${sizes.join('')}`);
  if (placement !== undefined)
    out.push(`x=${'preset' in placement ? placement.preset : `${placement.x_mm},${placement.y_mm}`}`);
  if (pose !== undefined) out.push(`p=${pose}`);
  if (load !== undefined)
    out.push(
      `l=${'force_N' in load ? `${load.force_N}N` : 'mass_kg' in load ? `${load.mass_kg}kg` : `${load.bodyWeightShare}bw`}`,
    );
  if (tone !== undefined) out.push(`m=${tone}`);
  if (cell_mm !== undefined) out.push(`c=${cell_mm}`);
  for (const [key, value] of Object.entries(rest))
    if ((PLAIN.includes(key) || WORDS.includes(key)) && value !== undefined) out.push(`${key}=${value}`);
  return out;
}

/** @throws Error where it cannot be read, InputError where it asks for what there is not */
function inputsOf(parts: readonly string[]): Inputs {
  const inputs: Record<string, unknown> = {};
  const body: Record<string, unknown> = {};
  const known = new Set<string>();
  for (const part of parts) {
    const at = part.indexOf('=');
    if (at < 1) throw new Error('no name');
    const [key, value] = [part.slice(0, at), part.slice(at + 1)];
    if (known.has(key)) throw new Error('said twice');
    known.add(key);
    if (key === 'b') {
      const [sex, ...sizes] = value.split(',');
      if (sex !== 'm' && sex !== 'f') throw new Error('neither');
      if (sizes.length > SIZES.length) throw new Error('too many sizes');
      body.sex = sex === 'm' ? 'male' : 'female';
      SIZES.forEach((name, n) => {
        if (sizes[n] !== undefined && sizes[n] !== '') body[name] = finite(sizes[n]);
      });
    } else if (key.startsWith('b.')) {
      const [name, said] = [key.slice(2), parseJson(value)];
      if (name === 'pregnant' || name === 'inserts') refuseHealth(name, said);
      else if (SHARED_BODY.includes(name)) body[name] = said;
      else throw new Error('not ours');
    } else if (key === 't') {
      const [id = '', ...sizes] = value.split(',');
      const parameters = sizes.map((size): [string, number] => {
        const [name = '', amount, ...more] = size.split(':');
        if (more.length > 0) throw new Error('two amounts');
        return [name, finite(amount)];
      });
      if (new Set(parameters.map(([name]) => name)).size < parameters.length) throw new Error('a size twice');
      inputs.tool = { id, ...(parameters.length > 0 && { parameters: Object.fromEntries(parameters) }) };
    } else if (key === 'x') {
      const [x, y, ...more] = value.split(',');
      if (more.length > 0) throw new Error('more than a place');
      inputs.placement = y === undefined ? { preset: x } : { x_mm: finite(x), y_mm: finite(y) };
    } else if (key === 'p') inputs.pose = value;
    else if (key === 'l') {
      const [, amount, unit] = /^([\d.eE+-]+)(N|kg|bw)$/.exec(value) ?? [];
      if (unit === undefined) throw new Error('no unit');
      inputs.load = { [LOADS[unit as keyof typeof LOADS]]: finite(amount) };
    } else if (key === 'm') inputs.tone = value;
    else if (key === 'c') inputs.cell_mm = finite(value);
    else if (PLAIN.includes(key)) inputs[key] = finite(value);
    else if (WORDS.includes(key)) inputs[key] = value;
    else throw new Error('not ours');
  }
  const read = { ...inputs, body } as Inputs;
  drawable(read);
  return read;
}

/** Health is no part of a link; a link that speaks of it all the same must not be pressed as if it had not. */
function refuseHealth(name: 'pregnant' | 'inserts', said: unknown): void {
  if (said === false || (Array.isArray(said) && said.length === 0)) return;
  throw new Refused(appNote(name === 'pregnant' ? 'app.link.pregnant' : 'app.link.inserts'));
}

const SIZES = ['height_cm', 'weight_kg', 'waist_cm', 'age'] as const;
const LOADS = { N: 'force_N', kg: 'mass_kg', bw: 'bodyWeightShare' } as const;

function finite(text: string | undefined): number {
  const value = decimalOf(text ?? '');
  if (value === undefined) throw new Error('not a number');
  // no minus zero, which would be written as another zero
  return value + 0;
}
