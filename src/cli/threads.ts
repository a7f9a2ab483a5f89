import { InputError } from '../base/errors.ts';
import { tell } from '../base/told.ts';
import { MOST_THREADS } from '../mechanics/kernels/team.ts';
import { allowNodeThreads } from '../mechanics/kernels/threads.node.ts';
import { CLI_ERRORS } from '../messages/errors/cli.data.ts';
import type { WholeSpeaker } from '../messages/say.ts';

export const threadsFlag = ({ say }: WholeSpeaker) =>
  ['--threads <number>', say('help.threads', { most: MOST_THREADS })] as const;

/** Lets the presses of this process use as many threads as --threads says. */
export function allowThreads(flag: string | undefined): void {
  const threads = flag === undefined ? undefined : Number(flag);
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS))
    throw new InputError(
      tell(CLI_ERRORS, 'error.flag.whole', { flag: '--threads', least: 1, most: MOST_THREADS, got: `${flag}` }),
    );
  allowNodeThreads(threads);
}
