import type { WholeSpeaker } from '../messages/say.ts';
import { noteText } from '../words/note-text.ts';
import type { Checked, Outcome } from './anchor.ts';

/** A check in words: what --json prints of it and the page is made of. */
export function checkedText(speaker: WholeSpeaker, { title, tuned, method, outcome, other, ...rest }: Checked) {
  return {
    ...rest,
    title: noteText(speaker, title),
    ...(tuned !== undefined && { tuned: noteText(speaker, tuned) }),
    method: noteText(speaker, method),
    outcome: outcomeText(speaker, outcome),
    ...(other !== undefined && { other: { ...other, outcome: outcomeText(speaker, other.outcome) } }),
  };
}

function outcomeText(speaker: WholeSpeaker, { figures, untested, note }: Outcome) {
  return {
    figures: figures.map((figure) => ({ ...figure, name: speaker.say(figure.name) })),
    ...(untested !== undefined && { untested: noteText(speaker, untested) }),
    note: note === undefined ? '' : noteText(speaker, note),
  };
}

/** 'reproduced in part', in a language. */
export const verdictText = ({ say }: WholeSpeaker, verdict: Checked['verdict']): string =>
  say('check.verdict', { verdict: verdict.replaceAll(' ', '-') });
