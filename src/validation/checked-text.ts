import type { WholeSpeaker } from '../messages/say.ts';
import { noteText } from '../words/note-text.ts';
import type { Checked } from './anchor.ts';

/** A check in words: what --json prints of it and the page is made of. */
export function checkedText(speaker: WholeSpeaker, { title, tuned, method, outcome, ...rest }: Checked) {
  const { figures, untested, note } = outcome;
  return {
    ...rest,
    title: noteText(speaker, title),
    ...(tuned !== undefined && { tuned: noteText(speaker, tuned) }),
    method: noteText(speaker, method),
    outcome: {
      figures: figures.map((figure) => ({ ...figure, name: speaker.say(figure.name) })),
      ...(untested !== undefined && { untested: noteText(speaker, untested) }),
      note: note === undefined ? '' : noteText(speaker, note),
    },
  };
}

/** 'reproduced in part', in a language. */
export const verdictText = ({ say }: WholeSpeaker, verdict: Checked['verdict']): string =>
  say('check.verdict', { verdict: verdict.replaceAll(' ', '-') });
