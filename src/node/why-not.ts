import { type Told, tell } from '../base/told.ts';
import { NODE_ERRORS } from '../messages/errors/node.data.ts';

/** A file system's error in a few words. */
export function whyNot(error: unknown): string | Told {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return tell(NODE_ERRORS, 'error.output.unknown');
  const reason = REASONS[code];
  return reason === undefined ? code : tell(NODE_ERRORS, 'error.output.why', { code, reason });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'full',
  EDQUOT: 'quota',
  EFBIG: 'large',
  EROFS: 'fixed',
  EIO: 'trouble',
};
