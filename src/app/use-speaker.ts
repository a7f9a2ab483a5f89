import { useContext } from 'react';
import { inEnglish, type Speaker } from '../messages/say.ts';
import { Speaks } from './speaks.tsx';

/** What says all that is fetched after the first sight of the page. */
export const useSpeaker = (): Speaker => useContext(Speaks) ?? inEnglish;
