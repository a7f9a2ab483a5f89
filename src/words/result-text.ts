import { keyOf } from '../findings/finding.ts';
import type { Result, ResultWords } from '../findings/result.ts';
import { findingLabel } from './finding-label.ts';
import { inputName } from './input-name.ts';
import { NOTICE } from './notice.ts';
import { aboutOf, sentencesOf } from './sentences.ts';

/** What a result says to people, by the keys of its numbers. */
export function wordsOf(result: Result): ResultWords {
  const about = aboutOf(result);
  const ids = [...result.assumptions, ...(result.uncertainty?.inputs ?? [])].map(({ id }) => id);
  return {
    language: 'en',
    notice: NOTICE,
    findings: result.findings.map((f) => ({ finding: keyOf(f), label: findingLabel(f), ...sentencesOf(f, about) })),
    inputs: Object.fromEntries(ids.map((id) => [id, inputName(id)])),
  };
}

/** A result as result.json holds it and --json prints it: its numbers, and beside them the words for them. */
export const withWords = (result: Result): Result & { readonly words: ResultWords } => ({
  ...result,
  words: wordsOf(result),
});

/** The text of result.json. */
export const resultText = (result: Result): string => `${JSON.stringify(withWords(result), null, 2)}\n`;
