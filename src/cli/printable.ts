// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** The only codes that our own tables use: bold, quiet, and back to normal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const OUR_STYLE = /(\u001b\[(?:1|2|22)m)/;

/**
 * A text that does nothing to a terminal but stand there: names and descriptions of files may hold codes that set colours, the title
 * or the direction of writing. Line ends and tabs stay.
 */
export const printable = (text: string): string =>
  text.replace(CONTROL, (char) => (char < ' ' ? String.fromCharCode(0x2400 + char.charCodeAt(0)) : '\ufffd'));

/** The same on one line. */
export const oneLine = (text: string): string => printable(text.replace(/\s*\n\s*/g, ' '));

/** The same for a text that we have set ourselves: its bold and quiet pieces stay so. */
export const printableStyled = (text: string): string =>
  text
    .split(OUR_STYLE)
    .map((part, n) => (n % 2 === 1 ? part : printable(part)))
    .join('');

/** A value of plain data with every text in it printable. */
export function printableAll<T>(value: T): T {
  if (typeof value === 'string') return oneLine(value) as T;
  if (Array.isArray(value)) return value.map(printableAll) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, printableAll(each)])) as T;
}

/** JSON for people and programs: whatever a terminal could take for a code is written as \uXXXX, which means the same. */
export const jsonText = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(CONTROL, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
