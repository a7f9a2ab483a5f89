import { BASE_ERRORS } from '../messages/errors/base.data.ts';
import { InputError } from './errors.ts';
import { tell } from './told.ts';

/**
 * Reads JSON. A key that an object has twice would silently lose what was said first, so it is refused.
 * @throws SyntaxError for what is no JSON; InputError, part of a sentence, for a key that is there twice
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const twice = doubleKey(text);
  if (twice !== undefined) throw new InputError(tell(BASE_ERRORS, 'error.json.twice', { key: JSON.stringify(twice) }));
  return value;
}

/** The first key that stands twice in one object of sound JSON. */
function doubleKey(text: string): string | undefined {
  /** Keys of the objects that are open, outermost first; undefined for a list. */
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (sign === '{') open.push(new Set());
    else if (sign === '[') open.push(undefined);
    else if (sign === '}' || sign === ']') open.pop();
    else if (sign === '"') {
      const from = at++;
      for (; text[at] !== '"'; at++) if (text[at] === '\\') at++;
      if (!/^\s*:/.test(text.slice(at + 1, at + 100))) continue;
      const key = JSON.parse(text.slice(from, at + 1)) as string;
      const keys = open.at(-1)!;
      if (keys.has(key)) return key;
      keys.add(key);
    }
  }
  return undefined;
}
