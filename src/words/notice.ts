import { say } from '../messages/say.ts';

/** What this is and what it is not: stands in the terminal, in the report and in every file. */
export const NOTICE: string = say('notice');
