import { BASE_ERRORS } from '../messages/errors/base.data.ts';
import { InputError } from './errors.ts';
import { tell } from './told.ts';

/**
 * Bytes of a text file as text, whatever Windows or a spreadsheet wrote: UTF-8 with or without a byte order mark, UTF-16 with one, and
 * UTF-16 without one where every second byte is zero.
 * @throws InputError for bytes that are no text in any of these.
 */
export function decodeText(bytes: Uint8Array, name: string): string {
  const [a, b] = [bytes[0], bytes[1]];
  const wide =
    a === 0xff && b === 0xfe
      ? 'utf-16le'
      : a === 0xfe && b === 0xff
        ? 'utf-16be'
        : b === 0 && a !== 0
          ? 'utf-16le'
          : a === 0 && b !== 0
            ? 'utf-16be'
            : undefined;
  try {
    // the decoder takes the mark away; fatal, because a replacement character in a name is a name that nobody gave
    return new TextDecoder(wide ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(tell(BASE_ERRORS, 'error.file.not-text', { file: name }));
  }
}
