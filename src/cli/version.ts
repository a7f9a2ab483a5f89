import { readFileSync } from 'node:fs';

let version: string | undefined;

/** The version in the package's own package.json. */
export function programVersion(): string {
  // dist/cli/version.js and src/cli/version.ts both stand two folders below it
  version ??= (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string })
    .version;
  return version;
}
