import { InputError } from '../base/errors.ts';
import { MOST_THREADS } from '../mechanics/kernels/team.ts';
import { allowNodeThreads } from '../mechanics/kernels/threads.node.ts';

export const THREADS_FLAG = [
  '--threads <number>',
  `threads of one press, 1 to ${MOST_THREADS}; the numbers do not depend on it (default: as the machine has cores, at most 4)`,
] as const;

/** Lets the presses of this process use as many threads as --threads says. */
export function allowThreads(flag: string | undefined): void {
  const threads = flag === undefined ? undefined : Number(flag);
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS))
    throw new InputError(`--threads must be a whole number from 1 to ${MOST_THREADS}, not ${flag}.`);
  allowNodeThreads(threads);
}
