import { keyOf } from '../findings/finding.ts';
import type { Result, ResultWords, WrittenResult } from '../findings/result.ts';
import type { Speaker } from '../messages/say.ts';
import { findingLabel } from './finding-label.ts';
import { inputName } from './input-name.ts';
import { joinBounds } from './join-sides.ts';
import { noteText } from './note-text.ts';
import { aboutOf, sentencesOf } from './sentences.ts';

/** What a result says to people, by the keys of its numbers. */
export function wordsOf(speaker: Speaker, result: Result): ResultWords {
  const about = aboutOf(result);
  // two bounds are one sentence, which both keys have
  const between = new Map(
    joinBounds(result.findings).flatMap((f) =>
      f.upTo === undefined ? [] : [[keyOf(f), f] as const, [keyOf(f.upTo), f] as const],
    ),
  );
  const ids = [...result.assumptions, ...(result.uncertainty?.inputs ?? [])].map(({ id }) => id);
  return {
    language: speaker.tag,
    notice: speaker.say('notice'),
    findings: result.findings.map((f) => ({
      finding: keyOf(f),
      label: findingLabel(speaker, f),
      ...sentencesOf(speaker, between.get(keyOf(f)) ?? f, about),
    })),
    inputs: Object.fromEntries(ids.map((id) => [id, inputName(speaker, id)])),
  };
}

/** A result as result.json holds it and --json prints it: its numbers, and beside them the words for them. */
export const withWords = (speaker: Speaker, result: Result): WrittenResult => {
  const { solver, notes } = result;
  return {
    ...result,
    solver: { ...solver, ...(solver.stopped !== undefined && { reason: noteText(speaker, solver.stopped) }) },
    warnings: notes.map((each) => noteText(speaker, each)),
    words: wordsOf(speaker, result),
  };
};

/** The text of result.json. */
export const resultText = (speaker: Speaker, result: Result): string =>
  `${JSON.stringify(withWords(speaker, result), null, 2)}\n`;
