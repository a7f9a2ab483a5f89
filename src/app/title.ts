import { inEnglish, type Speaker, speakerOf } from '../messages/say.ts';
import { toolName } from '../words/tool-name.ts';
import { entered } from './entered.ts';
import type { Slot } from './protocol.ts';
import { type AppState, store } from './state.ts';
import { STORY } from './story.data.ts';
import { newtonsText } from './units.ts';

/** Keeps the document's title in step with what is on show, so that tabs, bookmarks and the history tell one address from another. */
export function keepTitle(): void {
  // the page brings that of its beginning with it
  const first = document.title;
  let shown: readonly unknown[] = [];
  const follow = (state: AppState): void => {
    const { mode, step, a, b, language } = state;
    const now = [mode, step, a.inputs, a.scan, b.inputs, b.scan, language];
    if (now.every((value, n) => value === shown[n])) return;
    shown = now;
    // the address changes in the same breath; the title must not be that of the one before
    queueMicrotask(() => {
      document.title = titleOf(store.getState(), first);
    });
  };
  follow(store.getState());
  store.subscribe(follow);
}

function titleOf(state: AppState, first: string): string {
  const { mode, step, language } = state;
  const speaker = language === undefined ? inEnglish : speakerOf(language);
  const { say } = speaker;
  if (mode === 'story') {
    const picture = STORY[step];
    if (picture === undefined) return say('app.title', { what: say('app.story.went') });
    if (picture.letter === '') return step === 0 ? first : say('app.title', { what: storyTitle(speaker, picture.id) });
    const { letter, id } = picture;
    return say('app.title', { what: say('app.story.picture.title', { letter, title: storyTitle(speaker, id) }) });
  }
  return say('app.title', {
    what:
      mode === 'yours'
        ? say('app.title.yours', { press: pressOf(speaker, state, 'a') })
        : say('app.title.compare', { first: pressOf(speaker, state, 'a'), second: pressOf(speaker, state, 'b') }),
  });
}

const storyTitle = ({ say }: Speaker, id: (typeof STORY)[number]['id']): string => say(`app.story.${id}.title`);

/** A press in a few words. */
function pressOf(speaker: Speaker, state: AppState, slot: Slot): string {
  const { inputs, scan } = state[slot];
  const { say } = speaker;
  const { family, pose, newtons } = entered(inputs);
  const name = {
    tool: toolName(speaker, family.id),
    pose,
    push: say('app.yours.newtons', { newtons: newtonsText(newtons) }),
  };
  const press = say('app.compare.name', name);
  return scan === undefined ? press : say('app.title.scan', { press });
}
