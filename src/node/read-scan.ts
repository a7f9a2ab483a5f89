import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InputError } from '../base/errors.ts';
import { hashOf } from '../base/hash.ts';
import type { Note } from '../base/note.ts';
import { type Told, tell } from '../base/told.ts';
import { NODE_ERRORS } from '../messages/errors/node.data.ts';
import type { Scenario } from '../press/scenario.ts';
import { isCt } from '../scan/hounsfield.ts';
import { type LabelTableInput, NUMBERING_IDS } from '../scan/label-table.ts';
import { readNifti } from '../scan/nifti.ts';
import { isDicom } from '../scan/other-format.ts';
import type { ScanFiles } from '../scan/scan.ts';
import { findScan } from './find-scan.ts';

/** What a file or folder is read as. */
type Kind = 'ct' | 'file' | 'masks' | 'table' | 'folder';
const kindOf = (what: Kind): Told => tell(NODE_ERRORS, 'error.file.kind', { what });

type Scan = NonNullable<Scenario['scan']>;

export interface ScenarioInputs {
  /** The scenario with the hashes of what was read. */
  readonly scenario: Scenario;
  readonly files?: ScanFiles | undefined;
  /** For the result's warnings. */
  readonly notes: readonly Note[];
}

/**
 * Reads the files that a scenario names and pins their content by hash.
 * @param scenarioPath File that the scenario came from: names in it are meant from its folder. None for names from the command line.
 * @throws InputError when a file or folder cannot be read, or is not the one whose hash the scenario gives.
 */
export function readScan(scenario: Scenario, scenarioPath: string | undefined): ScenarioInputs {
  if (scenario.scan === undefined) return { scenario, notes: [] };
  const notes: Note[] = [];
  const scan = asCt(scenario.scan, scenarioPath, notes);
  const files: { -readonly [K in keyof ScanFiles]: ScanFiles[K] } = {};
  const hashes: { ctHash?: string; labelsHash?: string; labelTableHash?: string } = {};

  if (scan.ct !== undefined) {
    const read = once((path: string) => {
      const bytes = readBytes(path, 'ct');
      return { bytes, hash: hashOf(bytes) };
    });
    const named = { name: scan.ct, wanted: scan.ctHash, scenarioPath };
    const { bytes, hash } = read(findScan('ct', named, (path) => read(path).hash));
    files.ct = { name: basename(scan.ct), bytes };
    hashes.ctHash = hash;
  }
  if (scan.labels !== undefined) {
    const read = once(readLabels);
    const named = { name: scan.labels, wanted: scan.labelsHash, scenarioPath };
    const { labels, hash } = read(findScan('labels', named, (path) => read(path).hash));
    files.labels = labels;
    hashes.labelsHash = hash;
    if (scan.labelTable !== undefined) {
      const table = readTable(scan.labelTable, scan.labelTableHash, scenarioPath);
      files.labels = { ...labels, table };
      if (typeof table === 'object') hashes.labelTableHash = hashOf(table.bytes);
    }
  }
  return { scenario: { ...scenario, scan: { ...scan, ...hashes } }, files, notes };
}

/**
 * Version 0.1 of the app saved a lone CT under the name of labels, without a hash. No label is lighter than water, so such a file is
 * known by its content; what is pinned by a hash is what it is called.
 */
function asCt(scan: Scan, scenarioPath: string | undefined, notes: Note[]): Scan {
  if (scan.labels === undefined || scan.ct !== undefined || scan.labelsHash !== undefined) return scan;
  const path = findScan('labels', { name: scan.labels, scenarioPath }, () => '');
  if (!VOLUME.test(path) || isFolder(path) || !holdsCt(path)) return scan;
  notes.push({ id: 'scan.ct.called-labels', values: { file: basename(path) } });
  const { labels, labelTable: _, ...rest } = scan;
  return { ...rest, ct: labels };
}

/** Whether a file is a CT; one that cannot be read is judged where it is read for good. */
function holdsCt(path: string): boolean {
  try {
    return isCt(readNifti(readBytes(path, 'file'), basename(path)));
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

/** A label volume, or a folder of masks, with the hash of its content. */
function readLabels(path: string): { labels: NonNullable<ScanFiles['labels']>; hash: string } {
  if (isFolder(path)) {
    const masks = readMasks(path);
    const hash = hashOf([...masks].map(([name, bytes]) => `${name} ${hashOf(bytes)}\n`).join(''));
    return { labels: { name: basename(path), files: masks }, hash };
  }
  const bytes = readBytes(path, 'file');
  return { labels: { name: basename(path), bytes }, hash: hashOf(bytes) };
}

/** What is read of a path is read once: scans are large. */
function once<T>(read: (path: string) => T): (path: string) => T {
  const known = new Map<string, T>();
  return (path) => {
    if (!known.has(path)) known.set(path, read(path));
    return known.get(path)!;
  };
}

/** NIfTI files of a folder, by name in code-unit order, so that the hash does not depend on the file system. */
function readMasks(folder: string): Map<string, Uint8Array> {
  const names = filesOf(folder, 'masks').filter((name) => VOLUME.test(name));
  if (names.length === 0) {
    throw new InputError(
      tell(NODE_ERRORS, holdsDicom(folder) ? 'error.scan.only-dicom' : 'error.scan.no-masks', { folder }),
    );
  }
  return new Map(names.map((name) => [name, readBytes(join(folder, name), 'file')]));
}

/** The name of a known numbering, or the file of that name. */
function readTable(table: string, wanted: string | undefined, scenarioPath: string | undefined): LabelTableInput {
  if (NUMBERING_IDS.includes(table)) return table;
  const read = once((path: string) => {
    if (existsSync(path)) return readBytes(path, 'table');
    throw new InputError(tell(NODE_ERRORS, 'error.scan.no-table', { path, known: NUMBERING_IDS.join(', ') }));
  });
  const path = findScan('table', { name: table, wanted, scenarioPath }, (at) => hashOf(read(at)));
  return { name: basename(path), bytes: read(path) };
}

const VOLUME = /\.nii(\.gz)?$/i;

/** Names of the files in a folder in code-unit order, without the folders in it. */
function filesOf(folder: string, what: Kind): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile())
      .sort();
  } catch (error) {
    throw unreadable(folder, what, error);
  }
}

function readBytes(path: string, what: Kind): Uint8Array {
  if (isFolder(path)) throw new InputError(insteadOf(path, what));
  try {
    return readFileSync(path);
  } catch (error) {
    throw unreadable(path, what, error);
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** What to give instead of a folder. */
function insteadOf(path: string, as: Kind): Told {
  const volumes = filesOf(path, 'folder').filter((name) => VOLUME.test(name));
  const what = kindOf(as);
  const [first] = volumes;
  if (first === undefined)
    return tell(NODE_ERRORS, 'error.scan.folder.none', { path, what, dicom: holdsDicom(path) ? 'yes' : 'no' });
  const volume = join(path, first);
  return volumes.length === 1
    ? tell(NODE_ERRORS, 'error.scan.folder.one', { path, what, volume })
    : tell(NODE_ERRORS, 'error.scan.folder.more', { path, what, n: volumes.length, volume });
}

/** Whether a folder, or a folder in it, holds DICOM files, told by the first few of each; a name says nothing, most have no extension. */
function holdsDicom(folder: string, depth = 2): boolean {
  const names = filesOf(folder, 'folder');
  if (names.slice(0, 20).some((name) => isDicom(firstBytes(join(folder, name))))) return true;
  return (
    depth > 0 &&
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .slice(0, 20)
      .some((entry) => holdsDicom(join(folder, entry.name), depth - 1))
  );
}

function firstBytes(path: string): Uint8Array {
  const bytes = new Uint8Array(256);
  try {
    const file = openSync(path, 'r');
    try {
      return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return bytes.subarray(0, 0);
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
  EISDIR: 'folder',
  ERR_FS_FILE_TOO_LARGE: 'large',
};

function unreadable(path: string, what: Kind, error: unknown): InputError {
  const code = String((error as NodeJS.ErrnoException).code);
  const why = WHY[code] ?? code;
  return new InputError(tell(NODE_ERRORS, 'error.scan.unread', { what: kindOf(what), path, why }));
}
