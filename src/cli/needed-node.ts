// read before anything else, also by a Node that is too old for the rest: plain words only, no imports

/** What the program is tested on; of 21 and of the first of 22 parts are missing. The same stands in package.json under engines. */
export const NEEDED_NODE = '20.19 or a later 20, or 22.2 or newer';

/** @param version as in process.versions.node */
export function nodeFits(version: string): boolean {
  const parts = version.split('.');
  const major = Number(parts[0]);
  const minor = Number(parts[1]);
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 2) || major > 22;
}
