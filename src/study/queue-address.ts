import { InputError } from '../base/errors.ts';
import { tell } from '../base/told.ts';
import { STUDY_ERRORS } from '../messages/errors/study.data.ts';

/**
 * Checks the address of a queue's server before anything is made of it. Nothing of the address is ever repeated in a sentence: it may
 * hold a password, and one that was not escaped may stand anywhere in it.
 * @throws InputError when it is none
 */
export function checkQueueAddress(address: string): void {
  const parts = /^rediss?:\/\/([^/?#]*)(.*)$/is.exec(address);
  if (parts === null) throw new InputError(tell(STUDY_ERRORS, 'error.queue.address'));
  const [, authority, rest] = parts as unknown as [string, string, string];
  const at = authority.lastIndexOf('@');
  const login = authority.slice(0, Math.max(0, at));
  // an @ behind the first / ? or # is one that was meant to stand before the host
  if (rest.includes('@') || !isEscaped(login)) throw new InputError(tell(STUDY_ERRORS, 'error.queue.login'));
  const host = authority.slice(at + 1);
  if (
    !/^([\w.-]+|\[[0-9a-fA-F:.]+\])(:\d{1,5})?$/.test(host) ||
    !URL.canParse(address) ||
    new URL(address).port === '0'
  )
    throw new InputError(tell(STUDY_ERRORS, 'error.queue.host'));
  if (!/^(\/\d*)?(\?[^#]*)?$/.test(rest)) throw new InputError(tell(STUDY_ERRORS, 'error.queue.database'));
}

/** Whether every % begins an escape. An @ or a second colon does no harm: the last @ and the first colon count. */
function isEscaped(login: string): boolean {
  try {
    return decodeURIComponent(login) !== undefined;
  } catch {
    return false;
  }
}

/** An address without what must not be read: user name and password. */
export function nameOfQueue(address: string): string {
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}
