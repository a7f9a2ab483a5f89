import { InputError } from '../base/errors.ts';
import { parseJson } from '../base/parse-json.ts';
import { tell } from '../base/told.ts';
import { APP_ERRORS } from '../messages/errors/app.data.ts';
import { BASE_ERRORS } from '../messages/errors/base.data.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import type { ScanNames } from './protocol.ts';
import { drawable } from './question.ts';
import type { Inputs } from './state.ts';

/**
 * Reads a scenario file, or a saved result whose scenario is to be pressed again.
 * @param name of the file, for the sentences
 * @returns what the forms show, and the scan that it was made for, which only its owner has
 * @throws InputError
 */
export function readSaved(text: string, name: string): { inputs: Inputs; wanted: ScanNames | undefined } {
  let raw: unknown;
  try {
    raw = parseJson(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof InputError)
      throw new InputError(tell(BASE_ERRORS, 'error.json.keep-one', { file: name, why: error.note }));
    throw new InputError(tell(APP_ERRORS, 'error.app.not-saved', { file: name }));
  }
  const whole = raw as { manifest?: unknown; scenario?: unknown } | null;
  const saved = typeof whole === 'object' && whole !== null && 'manifest' in whole ? whole.scenario : raw;
  const { schemaVersion: _, scan, ...inputs } = parseScenario(saved, name);
  drawable(inputs);
  if (scan === undefined) return { inputs, wanted: undefined };
  const { ct, ctHash, labels, labelsHash, labelTable, labelTableHash } = scan;
  return {
    inputs,
    wanted: {
      ...(ct !== undefined && { ct }),
      ...(ctHash !== undefined && { ctHash }),
      ...(labels !== undefined && { labels }),
      ...(labelsHash !== undefined && { labelsHash }),
      ...(labelTable !== undefined && { labelTable }),
      ...(labelTableHash !== undefined && { labelTableHash }),
    },
  };
}
