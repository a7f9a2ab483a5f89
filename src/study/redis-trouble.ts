import { type Told, tell } from '../base/told.ts';
import { STUDY_ERRORS } from '../messages/errors/study.data.ts';
/** What is wrong with a queue's server, and whether it may pass without anybody changing the command. */
export interface RedisTrouble {
  /** One sentence that says what to do. */
  readonly said: Told;
  /** Worth waiting for: a server that is full, busy or starting. */
  readonly passing: boolean;
}

type Trouble = Exclude<Extract<keyof typeof STUDY_ERRORS, `error.redis.${string}`>, 'error.redis.unusable'>;
type Kind = readonly [answer: RegExp, passing: boolean, is: Trouble];

/** What a Redis answers (the beginning of its error, https://redis.io/docs/latest/develop/reference/protocol-spec), and what it means here. */
const KINDS: readonly Kind[] = [
  [/^OOM\b/, true, 'error.redis.full'],
  [/^MISCONF\b/, true, 'error.redis.disk'],
  [/^LOADING\b/, true, 'error.redis.loading'],
  [/^(BUSY|UNKILLABLE)\b/, true, 'error.redis.busy'],
  [/^(MASTERDOWN|TRYAGAIN)\b/, true, 'error.redis.primary'],
  [/^NOREPLICAS\b/, true, 'error.redis.replicas'],
  [/max number of clients/, true, 'error.redis.clients'],
  [/^READONLY\b/, false, 'error.redis.read-only'],
  [/^(MOVED|ASK|CROSSSLOT|CLUSTERDOWN)\b/, false, 'error.redis.cluster'],
  [/^NOAUTH\b/, false, 'error.redis.password'],
  [/^(WRONGPASS|ERR invalid password)/, false, 'error.redis.wrong-login'],
  [/^NOPERM\b/, false, 'error.redis.forbidden'],
  [/^WRONGTYPE\b/, false, 'error.redis.other-data'],
  [/^(-?DENIED\b|.*protected mode)/, false, 'error.redis.protected'],
  [/DB index is out of range/, false, 'error.redis.no-database'],
  [/unknown command/i, false, 'error.redis.old'],
  [/protocol error|as reply type byte|unknown RESP type/i, false, 'error.redis.protocol'],
  [/wrong version number|packet length too long|SSL routines/i, false, 'error.redis.tls'],
]; // biome-ignore format: one kind a line

/**
 * @param server how the server is named for people
 * @returns undefined when the error is not the server's word (a connection that broke, say)
 */
export function redisTrouble(error: unknown, server: string): RedisTrouble | undefined {
  const { message, name } = error as { message?: unknown; name?: unknown };
  if (typeof message !== 'string') return undefined;
  for (const [answer, passing, is] of KINDS)
    if (answer.test(message)) return { said: tell(STUDY_ERRORS, is, { server }), passing };
  if (name !== 'ReplyError') return undefined;
  // a script's error names the script; the first words say what it is, unless they repeat what was sent
  const answer = message.replace(/[^ -~]/g, '?').slice(0, 120);
  return { said: tell(STUDY_ERRORS, 'error.redis.unusable', { server, answer }), passing: false };
}
