import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../base/make-folder.node.ts';
import { VERSION } from '../base/version.ts';
import { writeWhole } from '../base/write-whole.node.ts';
import type { Checked } from '../validation/anchor.ts';

/** Checks that were computed earlier, a file each, so that a run that was stopped goes on where it was. */
export interface KeptChecks {
  known(id: string): Checked | undefined;
  keep(checked: Checked): void;
}

/** What a file holds: other versions and other grids have other figures. */
interface Kept {
  readonly version: string;
  readonly quick?: number;
  readonly checked: Checked;
}

/** Opens a folder of kept checks; it is made with the first of them. What cannot be read there is computed anew. */
export function keptChecks(folder: string, quick: number | undefined): KeptChecks {
  const file = (id: string): string => join(folder, `${id}.json`);
  return {
    known(id) {
      if (!existsSync(file(id))) return undefined;
      try {
        const kept = JSON.parse(readFileSync(file(id), 'utf8')) as Kept;
        return kept.version === VERSION && kept.quick === quick ? kept.checked : undefined;
      } catch {
        return undefined;
      }
    },
    keep(checked) {
      makeFolder(folder);
      const kept: Kept = { version: VERSION, ...(quick !== undefined && { quick }), checked };
      writeWhole(file(checked.id), `${JSON.stringify(kept)}\n`);
    },
  };
}
