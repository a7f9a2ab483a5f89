import { say } from '../messages/say-app.ts';
import type { Inputs } from './state.ts';

/**
 * The whole press in the fragment of an address, which browsers do not send to servers: versioned, short, readable.
 * `#v1;b=f,163,62,82,40;t=two-peak;x=as-sold;p=prone;l=0.33bw`. What people tick in the list of who should ask first is no
 * part of it and cannot be: it never enters the inputs.
 */
const VERSION = 'v1';

/** What is told of a body beside its sizes: nothing that only somebody ill or pregnant would have. */
const SHARED_BODY: readonly string[] = ['tissue', 'variant'];

export interface Shared {
  readonly a: Inputs;
  /** The second of two compared presses. */
  readonly b?: Inputs;
}

/** Writes a link's fragment, with '#'. */
export function fragmentOf({ a, b }: Shared): string {
  return `#${[VERSION, ...fields(a), ...(b === undefined ? [] : ['vs', ...fields(b)])].join(';')}`;
}

/**
 * Reads a fragment.
 * @returns undefined for an empty one; a sentence for one that cannot be read. Sizes and names are judged later, with the form's own sentences.
 */
export function readFragment(fragment: string): Shared | string | undefined {
  const text = fragment.replace(/^#/, '');
  if (text === '') return undefined;
  let decoded: string;
  try {
    decoded = decodeURIComponent(text);
  } catch {
    return say('app.link.broken');
  }
  const [version, ...parts] = decoded.split(';');
  const number = /^v(\d+)$/.exec(version ?? '')?.[1];
  if (number === undefined) return say('app.link.broken');
  if (number !== VERSION.slice(1)) return say('app.link.newer', { theirs: `v${number}`, ours: VERSION });
  const cut = parts.indexOf('vs');
  const a = inputsOf(cut === -1 ? parts : parts.slice(0, cut));
  const b = cut === -1 ? undefined : inputsOf(parts.slice(cut + 1));
  if (a === undefined || (cut !== -1 && b === undefined)) return say('app.link.broken');
  return b === undefined ? { a } : { a, b };
}

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
  for (const [key, value] of Object.entries(rest)) if (value !== undefined) out.push(`${key}=${JSON.stringify(value)}`);
  return out;
}

function inputsOf(parts: readonly string[]): Inputs | undefined {
  const inputs: Record<string, unknown> = {};
  const body: Record<string, unknown> = {};
  try {
    for (const part of parts) {
      const at = part.indexOf('=');
      if (at < 1) return undefined;
      const [key, value] = [part.slice(0, at), part.slice(at + 1)];
      if (key === 'b') {
        const [sex, ...sizes] = value.split(',');
        body.sex = sex === 'm' ? 'male' : 'female';
        ['height_cm', 'weight_kg', 'waist_cm', 'age'].forEach((name, n) => {
          if (sizes[n] !== undefined && sizes[n] !== '') body[name] = finite(sizes[n]);
        });
      } else if (key.startsWith('b.')) {
        if (SHARED_BODY.includes(key.slice(2))) body[key.slice(2)] = JSON.parse(value);
      } else if (key === 't') {
        const [id = '', ...sizes] = value.split(',');
        inputs.tool = {
          id,
          ...(sizes.length > 0 && {
            parameters: Object.fromEntries(sizes.map((s) => [s.split(':')[0], finite(s.split(':')[1])])),
          }),
        };
      } else if (key === 'x') {
        const [x, y] = value.split(',');
        inputs.placement = y === undefined ? { preset: x } : { x_mm: finite(x), y_mm: finite(y) };
      } else if (key === 'p') inputs.pose = value;
      else if (key === 'l') {
        const unit = { N: 'force_N', kg: 'mass_kg', bw: 'bodyWeightShare' }[value.replace(/^[\d.eE+-]+/, '')];
        if (unit === undefined) return undefined;
        inputs.load = { [unit]: finite(/^[\d.eE+-]+/.exec(value)?.[0]) };
      } else if (key === 'm') inputs.tone = value;
      else if (key === 'c') inputs.cell_mm = finite(value);
      else inputs[key] = JSON.parse(value);
    }
  } catch {
    return undefined;
  }
  return { ...inputs, body } as Inputs;
}

function finite(text: string | undefined): number {
  const value = Number(text);
  if (text === undefined || text === '' || !Number.isFinite(value)) throw new Error('not a number');
  return value;
}
