import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../base/errors.ts';
import { checkQueueAddress, nameOfQueue } from './queue-address.ts';
import { redisTrouble } from './redis-trouble.ts';

const reply = (message: string) => Object.assign(new Error(message), { name: 'ReplyError' });

describe('what a Redis answers', () => {
  it.each([
    ["OOM command not allowed when used memory > 'maxmemory'.", true, /is full .* give it more memory/],
    [
      'MISCONF Redis is configured to save RDB snapshots, but it is currently unable to persist',
      true,
      /free some space there/,
    ],
    ['LOADING Redis is loading the dataset in memory', true, /still loading/],
    ['BUSY Redis is busy running a script.', true, /is busy with a script/],
    ["MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", true, /lost its primary/],
    ['NOREPLICAS Not enough good replicas to write.', true, /min-replicas-to-write/],
    ['ERR max number of clients reached', true, /maxclients/],
    ["READONLY You can't write against a read only replica.", false, /is a read-only replica.* address of its primary/],
    ['MOVED 3999 127.0.0.1:6381', false, /Redis Cluster; a queue needs a single Redis/],
    ["CROSSSLOT Keys in request don't hash to the same slot", false, /Redis Cluster/],
    ['CLUSTERDOWN Hash slot not served', false, /Redis Cluster/],
    ['NOAUTH Authentication required.', false, /asks for a password/],
    ['WRONGPASS invalid username-password pair or user is disabled.', false, /does not accept this user name/],
    ["NOPERM this user has no permissions to run the 'set' command", false, /does not allow this user/],
    [
      'WRONGTYPE Operation against a key holding the wrong kind of value',
      false,
      /holds other data .* another of its databases/,
    ],
    ['DENIED Redis is running in protected mode', false, /protected mode/],
    ['ERR DB index is out of range', false, /no database of this number/],
    ["ERR unknown command 'EVALSHA'", false, /Redis 6\.2 or newer/],
    ['ERR something new in Redis 12', false, /cannot be used as a queue \(ERR something new in Redis 12\)/],
  ])('%s: a sentence that says what to do', (message, passing, sentence) => {
    const trouble = redisTrouble(reply(message), 'redis://host:1');
    expect(trouble?.said.english).toMatch(sentence);
    expect(trouble?.said.english).toMatch(/^The Redis at redis:\/\/host:1 [^\n]+\.$/);
    expect(trouble?.passing).toBe(passing);
  });

  it('is not what a broken connection says', () => {
    expect(
      redisTrouble(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), 'x'),
    ).toBeUndefined();
    expect(redisTrouble(new TypeError('x is undefined'), 'x')).toBeUndefined();
  });
});

describe('the address of a queue', () => {
  it.each([
    'redis://localhost:6379', 'rediss://h', 'redis://[::1]:6379/2', 'redis://:secret@h:6379', 'redis://u:p%2Fw%23@h/1',
    'redis://:p@ss@h', 'redis://:a:b@h', 'redis://10.0.0.1:6379?family=6', 'REDIS://h',
  ])('%s is one', (address) => {
    expect(() => checkQueueAddress(address)).not.toThrow();
  }); // biome-ignore format: one line of addresses

  const part = fc.string({ unit: fc.constantFrom(...'aZ0/?#@:%[] ;&=\\"\'-_.~!ü'), minLength: 6, maxLength: 14 });

  it('no piece of a password that was not escaped is taken for the host or repeated', () => {
    fc.assert(
      fc.property(part, fc.constantFrom('', 'user'), (secret, user) => {
        const address = `redis://${user}:${secret}@host.example:6379/0`;
        let said = '';
        try {
          checkQueueAddress(address);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          said = (error as Error).message;
        }
        // either it means what it should, or one sentence says what to do
        if (said === '') {
          expect(nameOfQueue(address)).toBe('redis://host.example:6379');
          const { password } = new URL(address);
          expect([secret, decodeURIComponent(secret)]).toContain(decodeURIComponent(password));
        } else {
          expect(said).toMatch(/^[^\n]+%2F[^\n]+\.$/);
          expect(said).not.toContain(secret);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('an escaped password always passes', () => {
    fc.assert(
      fc.property(part, (secret) => {
        const address = `redis://:${encodeURIComponent(secret)}@host.example:6379`;
        checkQueueAddress(address);
        expect(decodeURIComponent(new URL(address).password)).toBe(secret);
      }),
    );
  });

  it.each([
    'localhost',
    'http://h',
    'redis://',
    'redis:///0',
    'redis://h:99999',
    'redis://h:0',
    'redis://h/x',
    'redis://:pa/ss',
    'redis://h#x',
  ])('%s is none', (address) => {
    expect(() => checkQueueAddress(address)).toThrow(InputError);
  });
});
