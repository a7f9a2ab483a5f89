import { InputError } from '../base/errors.ts';

const EXAMPLE = 'for example redis://localhost:6379';

/**
 * Checks the address of a queue's server before anything is made of it. Nothing of the address is ever repeated in a sentence: it may
 * hold a password, and one that was not escaped may stand anywhere in it.
 * @throws InputError when it is none
 */
export function checkQueueAddress(address: string): void {
  const parts = /^rediss?:\/\/([^/?#]*)(.*)$/is.exec(address);
  if (parts === null) throw new InputError(`--queue takes the address of a Redis server, ${EXAMPLE}.`);
  const [, authority, rest] = parts as unknown as [string, string, string];
  const at = authority.lastIndexOf('@');
  const login = authority.slice(0, Math.max(0, at));
  // an @ behind the first / ? or # is one that was meant to stand before the host
  if (rest.includes('@') || !isEscaped(login))
    throw new InputError(
      'The user name or password in --queue holds characters that have a meaning in an address; write them escaped: / as %2F, ? as %3F, # as %23, @ as %40, : as %3A, % as %25.',
    );
  const host = authority.slice(at + 1);
  if (
    !/^([\w.-]+|\[[0-9a-fA-F:.]+\])(:\d{1,5})?$/.test(host) ||
    !URL.canParse(address) ||
    new URL(address).port === '0'
  )
    throw new InputError(
      `--queue takes the address of a Redis server, ${EXAMPLE} or redis://:password@host:6379/0; in this one the host or the port is wrong, or a password in it is not escaped (/ is %2F, ? is %3F, # is %23).`,
    );
  if (!/^(\/\d*)?(\?[^#]*)?$/.test(rest))
    throw new InputError(
      `After the host, --queue takes the number of a database, for example redis://localhost:6379/0; a password in the address must be escaped (/ is %2F, ? is %3F, # is %23).`,
    );
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
