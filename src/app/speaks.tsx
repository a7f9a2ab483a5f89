import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { EN_STORY } from '../messages/en-story.data.ts';
import { type Say, sayFrom } from '../messages/say-from.ts';
import { type Speaker, speakerOf } from '../messages/speaker.ts';
import { useApp } from './use-store.ts';

/** Who speaks on this page; undefined for English, whose tables come with the parts that need them. */
export const Speaks = createContext<Speaker | undefined>(undefined);

/** Lets everything inside speak the language that the app's state names. */
export function Spoken({ children }: { readonly children: ReactNode }) {
  const language = useApp((s) => s.language);
  const speaker = useMemo(() => language && speakerOf(language), [language]);
  useEffect(() => {
    document.documentElement.lang = speaker?.tag ?? 'en';
    document.documentElement.dir = speaker?.direction ?? 'ltr';
  }, [speaker]);
  return <Speaks value={speaker}>{children}</Speaks>;
}

const sayStory = sayFrom(EN_STORY);

/** What says the frame of the app and its story: all that the first sight of the page needs. */
export const storyOf = (speaker: Speaker | undefined): Say<typeof EN_STORY> =>
  speaker === undefined ? sayStory : (speaker.say as Say<typeof EN_STORY>);
export const useStory = (): Say<typeof EN_STORY> => storyOf(useContext(Speaks));
