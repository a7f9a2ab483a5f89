import { hashOf } from '../base/hash.ts';
import type { ScanFiles } from './prepare-scan.ts';

/** SHA-256 of a scan's files as a scenario pins them; of several label files, that of their names and hashes, in code-unit order of the names. */
export function scanHashes({ ct, labels }: ScanFiles): {
  readonly ctHash?: string;
  readonly labelsHash?: string;
  readonly labelTableHash?: string;
} {
  const table = labels?.table;
  return {
    ...(ct !== undefined && { ctHash: hashOf(ct.bytes) }),
    ...(labels !== undefined && { labelsHash: 'files' in labels ? hashOfMasks(labels.files) : hashOf(labels.bytes) }),
    ...(typeof table === 'object' && { labelTableHash: hashOf(table.bytes) }),
  };
}

function hashOfMasks(masks: ReadonlyMap<string, Uint8Array>): string {
  const sorted = [...masks].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return hashOf(sorted.map(([name, bytes]) => `${name} ${hashOf(bytes)}\n`).join(''));
}
