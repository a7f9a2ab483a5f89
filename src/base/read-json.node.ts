import { readFileSync, statSync } from 'node:fs';
import { InputError } from './errors.ts';
import { parseJson } from './parse-json.ts';

/** Nothing that we read as JSON is anywhere near as long, bytes. */
const LONGEST = 256 * 1024 * 1024;

/**
 * Reads a JSON file in UTF-8; a byte order mark before it is read over.
 * @param what the file is called in a sentence: "scenario file"
 * @throws InputError when there is no such file, no JSON in it, or a key twice in one of its objects
 */
export function readJsonFile(path: string, what: string): unknown {
  const text = readText(path, what);
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof InputError)
      throw new InputError(`The ${what} ${path} ${error.message}; keep the one that is meant.`);
    throw new InputError(`The ${what} ${path} is not JSON${text.trim() === '' ? ': it is empty' : whereIn(error)}.`);
  }
}

function readText(path: string, what: string): string {
  let bytes: Buffer;
  try {
    const found = statSync(path);
    if (found.isDirectory()) throw new InputError(`The ${what} ${path} is a folder; name a file in it.`);
    // a pipe (<(…), /dev/stdin) has an end, a device such as /dev/zero has none
    if (found.isCharacterDevice() || found.isBlockDevice())
      throw new InputError(`The ${what} ${path} is a device, not a file.`);
    if (found.size > LONGEST) throw new InputError(`The ${what} ${path} is far too large (${found.size} bytes).`);
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`The ${what} ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
  const wide = wideEncoding(bytes);
  if (wide !== undefined)
    throw new InputError(`The ${what} ${path} is written in ${wide}; save it as UTF-8, which JSON asks for.`);
  try {
    // the decoder also reads over a byte order mark
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`The ${what} ${path} is not UTF-8 text; save it as UTF-8, which JSON asks for.`);
  }
}

/** UTF-16 or UTF-32, with its byte order mark or without: JSON begins with an ASCII character, whose other bytes are 0. */
function wideEncoding([a, b, c, d]: Buffer): string | undefined {
  const mark = [a, b, c, d].map((byte) => (byte === undefined ? '' : byte.toString(16).padStart(2, '0'))).join('');
  if (/^fffe0000|^0000feff|^..000000$|^000000..$/.test(mark) && mark !== '00000000') return 'UTF-32';
  if (/^fffe|^feff|^(?!00)..00|^00(?!00)../.test(mark)) return 'UTF-16';
  return undefined;
}

/** " (line 3, column 7)" where the engine says where it stumbled. */
function whereIn(error: unknown): string {
  const place = /line (\d+) column (\d+)/.exec((error as Error).message);
  return place === null ? '' : ` (line ${place[1]}, column ${place[2]})`;
}
