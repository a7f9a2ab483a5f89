import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { InputError } from '../base/errors.ts';
import { tell } from '../base/told.ts';
import { NODE_ERRORS } from '../messages/errors/node.data.ts';

/** What is looked for. */
export type Searched = 'ct' | 'labels' | 'table';

/** How many folders above a scenario are looked into for a scan whose content is known. */
const LEVELS_UP = 3;

/**
 * Finds a scan that a scenario names. A name in a scenario file is meant from that file's folder and nowhere else; one on the command line
 * from the folder where one stands. Where the scenario knows the content by its hash, what has that content is taken from near
 * places too (a result lies in a folder of its own, the app saves bare names), and nothing else is, whatever its name.
 * @param name as the scenario gives it
 * @param wanted SHA-256 of the content, where it is known
 * @param scenarioPath the scenario's file; none for a name from the command line
 * @param hashOf reads what is there and gives its SHA-256. @throws InputError when it cannot be read
 * @returns a path that can be read; where no content is asked for, not looked at
 * @throws InputError when nothing near has the content that is wanted
 */
export function findScan(
  what: Searched,
  { name, wanted, scenarioPath }: { name: string; wanted?: string | undefined; scenarioPath: string | undefined },
  hashOf: (path: string) => string,
): string {
  const meant = scenarioPath === undefined || isAbsolute(name) ? name : join(dirname(scenarioPath), name);
  if (wanted === undefined) return meant;
  const others: { path: string; hash: string }[] = [];
  let trouble: unknown;
  for (const path of [meant, ...nearPlaces(name, scenarioPath)].filter((each) => existsSync(each))) {
    try {
      const hash = hashOf(path);
      if (hash === wanted) return path;
      others.push({ path, hash });
    } catch (error) {
      trouble ??= error;
    }
  }
  const [other] = others;
  if (other === undefined && trouble !== undefined) throw trouble;
  const flags =
    what === 'table' ? '--label-table' : tell(NODE_ERRORS, 'error.scan.or', { first: '--ct', second: '--labels' });
  const sought = { what: tell(NODE_ERRORS, 'error.file.kind', { what }), wanted, flags };
  throw new InputError(
    other === undefined
      ? tell(NODE_ERRORS, 'error.scan.missing', { ...sought, path: name })
      : tell(NODE_ERRORS, 'error.scan.other', { ...sought, path: other.path, given: other.hash }),
  );
}

/** Where a file may have come to lie, nearest first. */
function nearPlaces(name: string, scenarioPath: string | undefined): string[] {
  const folders: string[] = [];
  if (scenarioPath !== undefined) {
    let at = resolve(dirname(scenarioPath));
    for (let up = 0; up <= LEVELS_UP && folders.at(-1) !== at; up++, at = dirname(at)) folders.push(at);
  }
  folders.push('.');
  const names = isAbsolute(name) ? [basename(name)] : [name, basename(name)];
  return folders.flatMap((folder) => names.map((each) => join(folder, each)));
}
