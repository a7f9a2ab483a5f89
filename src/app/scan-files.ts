import { NUMBERING_IDS } from '../scan/label-table.ts';
import type { ScanFiles } from '../scan/scan.ts';
import { appNote, Refused } from './app-note.ts';

interface Chosen {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * What was chosen as a CT and as labels. One volume is labels with numbers, several are masks; a file among them that is no volume is
 * the table that names the numbers.
 * @throws Refused for a table without labels, and for two of them
 */
export function scanFilesOf(ct: Chosen | undefined, labels: readonly Chosen[]): ScanFiles {
  const isVolume = ({ name }: Chosen): boolean => /\.nii(\.gz)?$/i.test(name);
  const volumes = labels.filter(isVolume);
  const [table, second] = labels.filter((file) => !isVolume(file));
  if (table !== undefined && second !== undefined)
    throw new Refused(appNote('app.scan.table.two', { first: table.name, second: second.name }));
  if (table !== undefined && volumes.length === 0)
    throw new Refused(appNote('app.scan.table.alone', { file: table.name }));
  const named = table !== undefined && { table };
  return {
    ...(ct !== undefined && { ct }),
    ...(volumes.length === 1 && { labels: { ...volumes[0]!, ...named } }),
    ...(volumes.length > 1 && {
      labels: { name: 'labels', files: new Map(volumes.map((mask) => [mask.name, mask.bytes])), ...named },
    }),
  };
}

/** The files with the numbering that a saved result names; a table of one's own comes with the files. */
export const withTable = (files: ScanFiles, numbering: string | undefined): ScanFiles =>
  files.labels === undefined || files.labels.table !== undefined || !NUMBERING_IDS.includes(numbering ?? '')
    ? files
    : { ...files, labels: { ...files.labels, table: numbering } };
