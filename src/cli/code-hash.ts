import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Folders whose code no check rests on: the app, as source and as built, and what the compilers keep. */
const APART = /^(app|web|view|\..*)$/;
const CODE = /(?<!\.d)\.(js|ts)$/;
const OF_TESTS = /\.(test|test-data)\.[jt]s$/;

/**
 * SHA-256 over the program's own code, wherever it runs from: names below the folder and their contents, sorted. Another hash is another
 * program, whatever its version says; a word changed anywhere in it counts too, since what rests on what is not looked into.
 */
export function codeHash(folder = join(import.meta.dirname, '..')): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile() && CODE.test(entry.name) && !OF_TESTS.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep))
    .filter(([first]) => !APART.test(first!))
    .map((parts) => parts.join('/'))
    .sort();
  const hash = createHash('sha256');
  for (const file of files) {
    const text = readFileSync(join(folder, file));
    hash.update(`${file} ${text.length}\n`).update(text);
  }
  return hash.digest('hex');
}
