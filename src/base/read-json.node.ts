import { readFileSync, statSync } from 'node:fs';
import { BASE_ERRORS } from '../messages/errors/base.data.ts';
import { InputError } from './errors.ts';
import { parseJson } from './parse-json.ts';
import { type Told, tell } from './told.ts';

/** Nothing that we read as JSON is anywhere near as long, bytes. */
const LONGEST = 256 * 1024 * 1024;

/**
 * Reads a JSON file in UTF-8; a byte order mark before it is read over.
 * @param what what should be in it, for the sentence when it is not
 * @throws InputError when there is no such file, no JSON in it, or a key twice in one of its objects
 */
export function readJsonFile(path: string, what: 'scenario' | 'plan' | 'problem' | 'any'): unknown {
  const file = tell(BASE_ERRORS, 'error.file', { what, path });
  const text = readText(path, file);
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof InputError)
      throw new InputError(tell(BASE_ERRORS, 'error.json.keep-one', { file, why: error.note }));
    throw new InputError(text.trim() === '' ? tell(BASE_ERRORS, 'error.file.empty', { file }) : notJson(file, error));
  }
}

function readText(path: string, file: Told): string {
  let bytes: Buffer;
  try {
    const found = statSync(path);
    if (found.isDirectory()) throw new InputError(tell(BASE_ERRORS, 'error.file.folder', { file }));
    // a pipe (<(…), /dev/stdin) has an end, a device such as /dev/zero has none
    if (found.isCharacterDevice() || found.isBlockDevice())
      throw new InputError(tell(BASE_ERRORS, 'error.file.device', { file }));
    if (found.size > LONGEST) throw new InputError(tell(BASE_ERRORS, 'error.file.large', { file, bytes: found.size }));
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const code = String((error as NodeJS.ErrnoException).code);
    throw new InputError(tell(BASE_ERRORS, 'error.file.unread', { file, code }));
  }
  const encoding = wideEncoding(bytes);
  if (encoding !== undefined) throw new InputError(tell(BASE_ERRORS, 'error.file.wide', { file, encoding }));
  try {
    // the decoder also reads over a byte order mark
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(tell(BASE_ERRORS, 'error.file.not-utf8', { file }));
  }
}

/** UTF-16 or UTF-32, with its byte order mark or without: JSON begins with an ASCII character, whose other bytes are 0. */
function wideEncoding([a, b, c, d]: Buffer): string | undefined {
  const mark = [a, b, c, d].map((byte) => (byte === undefined ? '' : byte.toString(16).padStart(2, '0'))).join('');
  if (/^fffe0000|^0000feff|^..000000$|^000000..$/.test(mark) && mark !== '00000000') return 'UTF-32';
  if (/^fffe|^feff|^(?!00)..00|^00(?!00)../.test(mark)) return 'UTF-16';
  return undefined;
}

/** With the place where the engine says where it stumbled. */
function notJson(file: Told, error: unknown): Told {
  const [, line, column] = /line (\d+) column (\d+)/.exec((error as Error).message) ?? [];
  if (line === undefined || column === undefined) return tell(BASE_ERRORS, 'error.file.not-json', { file });
  return tell(BASE_ERRORS, 'error.file.not-json-at', { file, line, column });
}
