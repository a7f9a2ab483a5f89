/** What is wrong with a queue's server, and whether it may pass without anybody changing the command. */
export interface RedisTrouble {
  /** One sentence that says what to do. */
  readonly sentence: string;
  /** Worth waiting for: a server that is full, busy or starting. */
  readonly passing: boolean;
}

type Kind = readonly [answer: RegExp, passing: boolean, is: string];

/** What a Redis answers (the beginning of its error, https://redis.io/docs/latest/develop/reference/protocol-spec), and what it means here. */
const KINDS: readonly Kind[] = [
  [/^OOM\b/, true, 'is full (its maxmemory is used up); give it more memory, or remove what else it holds'],
  [/^MISCONF\b/, true, 'cannot save its data to its disk and accepts nothing until it can; free some space there (its log says why)'],
  [/^LOADING\b/, true, 'is still loading its data'],
  [/^(BUSY|UNKILLABLE)\b/, true, 'is busy with a script'],
  [/^(MASTERDOWN|TRYAGAIN)\b/, true, 'has lost its primary or is moving data'],
  [/^NOREPLICAS\b/, true, 'has fewer replicas than it is told to write to (min-replicas-to-write)'],
  [/max number of clients/, true, 'already has as many connections as it allows (maxclients)'],
  [/^READONLY\b/, false, 'is a read-only replica; give the address of its primary'],
  [/^(MOVED|ASK|CROSSSLOT|CLUSTERDOWN)\b/, false, 'is part of a Redis Cluster; a queue needs a single Redis, so start one for it'],
  [/^NOAUTH\b/, false, 'asks for a password; put it into the address: redis://:password@host:6379'],
  [/^(WRONGPASS|ERR invalid password)/, false, 'does not accept this user name and password'],
  [/^NOPERM\b/, false, 'does not allow this user what a queue needs: all commands on the keys bull:* (ACL rules ~bull:* +@all)'],
  [/^WRONGTYPE\b/, false, 'holds other data under the names of the queue (bull:psoascope-…); use another of its databases, for example redis://host:6379/1'],
  [/^(-?DENIED\b|.*protected mode)/, false, 'is in protected mode and answers only to its own machine; give it a password (requirepass)'],
  [/DB index is out of range/, false, 'has no database of this number (its setting databases); name another one, for example redis://host:6379/0'],
  [/unknown command/i, false, 'lacks commands that a queue needs; use Redis 6.2 or newer'],
  [/protocol error|as reply type byte|unknown RESP type/i, false, 'does not speak the protocol of Redis; check the address and the port'],
  [/wrong version number|packet length too long|SSL routines/i, false, 'does not speak TLS; write redis:// instead of rediss://'],
]; // biome-ignore format: one kind a line

/**
 * @param server how the server is named for people
 * @returns undefined when the error is not the server's word (a connection that broke, say)
 */
export function redisTrouble(error: unknown, server: string): RedisTrouble | undefined {
  const { message, name } = error as { message?: unknown; name?: unknown };
  if (typeof message !== 'string') return undefined;
  for (const [answer, passing, is] of KINDS)
    if (answer.test(message)) return { sentence: `The Redis at ${server} ${is}.`, passing };
  if (name !== 'ReplyError') return undefined;
  // a script's error names the script; the first words say what it is, unless they repeat what was sent
  const words = message.replace(/[^ -~]/g, '?').slice(0, 120);
  return { sentence: `The Redis at ${server} cannot be used as a queue (${words}).`, passing: false };
}
