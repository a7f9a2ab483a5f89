import { appNote, Refused } from './app-note.ts';
import type { ScanNames } from './protocol.ts';

/** As much of a SHA-256 as people compare. */
export const shortHash = (hash: string): string => hash.slice(0, 12);

/**
 * Whether a scan is the one that a saved result was computed with. What the result does not pin by a hash may be anything.
 * @throws Refused with one sentence about the first file that is not the one
 */
export function refuseOther(wanted: ScanNames, given: ScanNames): void {
  const pinned = wanted.ctHash !== undefined || wanted.labelsHash !== undefined;
  for (const what of ['ct', 'labels', 'labelTable'] as const) {
    const [hash, name] = [wanted[`${what}Hash`], wanted[what] ?? ''];
    const [givenHash, file] = [given[`${what}Hash`], given[what]];
    if (hash !== undefined && file === undefined) throw new Refused(appNote('app.scan.missing', { what, name }));
    if (hash !== undefined && givenHash !== hash)
      throw new Refused(
        appNote('app.scan.other', {
          file: file ?? '',
          what,
          name,
          given: shortHash(givenHash ?? ''),
          wanted: shortHash(hash),
        }),
      );
    // a known numbering has a name and no content
    if (what === 'labelTable' && hash === undefined && name !== '' && pinned && name !== file)
      throw new Refused(appNote('app.scan.missing', { what, name }));
    // with a file that was not there before it would be another scan
    if (pinned && wanted[what] === undefined && file !== undefined)
      throw new Refused(appNote('app.scan.besides', { what, file }));
  }
}
