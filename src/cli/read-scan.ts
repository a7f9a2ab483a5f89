import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { InputError } from '../base/errors.ts';
import { hashOf } from '../base/hash.ts';
import type { Scenario } from '../press/scenario.ts';
import type { ScanFiles } from '../scan/scan.ts';

export interface ScenarioInputs {
  /** The scenario with the hashes of what was read. */
  readonly scenario: Scenario;
  readonly files?: ScanFiles | undefined;
  /** Sentences for the result's warnings. */
  readonly notes: readonly string[];
}

/**
 * Reads the files that a scenario names and pins their content by hash.
 * @param scenarioPath File that the scenario came from: paths that lead nowhere from here are looked up beside it.
 * @throws InputError when a file or folder cannot be read.
 */
export function readScan(scenario: Scenario, scenarioPath: string | undefined): ScenarioInputs {
  const { scan } = scenario;
  if (scan === undefined) return { scenario, notes: [] };
  const notes: string[] = [];
  const files: { -readonly [K in keyof ScanFiles]: ScanFiles[K] } = {};
  const hashes: { ctHash?: string; labelsHash?: string } = {};

  if (scan.ct !== undefined) {
    const bytes = readBytes(find(scan.ct, scenarioPath), 'CT file');
    files.ct = { name: basename(scan.ct), bytes };
    hashes.ctHash = hashOf(bytes);
    if (scan.ctHash !== undefined && scan.ctHash !== hashes.ctHash) notes.push(changed('CT file', scan.ct));
  }
  if (scan.labels !== undefined) {
    const path = find(scan.labels, scenarioPath);
    if (existsSync(path) && statSync(path).isDirectory()) {
      const masks = readMasks(path);
      files.labels = { name: basename(path), files: masks };
      hashes.labelsHash = hashOf([...masks].map(([name, bytes]) => `${name} ${hashOf(bytes)}\n`).join(''));
    } else {
      const bytes = readBytes(path, 'label file');
      files.labels = { name: basename(path), bytes };
      hashes.labelsHash = hashOf(bytes);
    }
    if (scan.labelsHash !== undefined && scan.labelsHash !== hashes.labelsHash)
      notes.push(changed('labels', scan.labels));
  }
  return { scenario: { ...scenario, scan: { ...scan, ...hashes } }, files, notes };
}

/** NIfTI files of a folder, by name in code-unit order, so that the hash does not depend on the file system. */
function readMasks(folder: string): Map<string, Uint8Array> {
  const names = readdirSync(folder)
    .filter((name) => /\.nii(\.gz)?$/i.test(name))
    .sort();
  if (names.length === 0) throw new InputError(`The label folder ${folder} holds no .nii or .nii.gz file.`);
  return new Map(names.map((name) => [name, readBytes(join(folder, name), 'label file')]));
}

function readBytes(path: string, what: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new InputError(`The ${what} ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

function find(path: string, scenarioPath: string | undefined): string {
  if (isAbsolute(path) || existsSync(path) || scenarioPath === undefined) return path;
  const beside = join(dirname(scenarioPath), path);
  return existsSync(beside) ? beside : path;
}

const changed = (what: string, path: string): string =>
  `The ${what} ${path} is not the one that this scenario was computed with (its SHA-256 differs), so the result differs too.`;
