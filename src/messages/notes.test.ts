import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { argumentsOf, parseMessage } from '../base/format-message.ts';
import { EN } from './en.ts';

const SRC = resolve(import.meta.dirname, '..');
/** The rooms that compute: they say nothing, but name what is to be said. */
const ROOMS = ['base', 'body', 'anatomy', 'voxel', 'scan', 'tool', 'mechanics', 'press', 'findings'];

const sources = ROOMS.flatMap((room) =>
  readdirSync(join(SRC, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(test|test-data|data)\.ts$/.test(file))
    .map((file) => ({ path: `${room}/${file}`, text: readFileSync(join(SRC, room, file), 'utf8') })),
);

/** Notes of mechanics, which knows no catalogue: { id: 'reason.x', values: { a: … } }. */
const named = [
  ...sources
    .map(({ text }) => text)
    .join('\n')
    .matchAll(/id: '((?:reason|note)\.[\w.-]+)'(?:,\s*values: \{([^}]*)\})?/g),
].map(([, id, values = '']) => ({
  id: id!,
  wants: values.split(',').flatMap((part) => /^\s*(\w+)/.exec(part)?.[1] ?? []),
}));

describe('notes', () => {
  it('name sentences that there are, with the values that they want', () => {
    expect(named.length).toBeGreaterThan(10);
    for (const { id, wants } of named) {
      expect(Object.keys(EN), id).toContain(id);
      expect([...argumentsOf(parseMessage(EN[id as 'reason.at']))].sort(), id).toEqual([...wants].sort());
    }
  });

  it('each sentence of a note is named somewhere', () => {
    const all = [...sources.map(({ text }) => text), readFileSync(join(SRC, 'run.ts'), 'utf8')].join('\n');
    for (const key of Object.keys(EN).filter((each) => /^(note|reason)\./.test(each)))
      expect(all).toContain(`'${key}'`);
  });

  it('each sentence of an error is told somewhere', () => {
    const all = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !/\.test|\.data\.ts$/.test(path))
      .map((path) => readFileSync(join(SRC, path), 'utf8'))
      .join('\n');
    const keys = readdirSync(join(SRC, 'messages/errors')).flatMap((file) =>
      [...readFileSync(join(SRC, 'messages/errors', file), 'utf8').matchAll(/^ {2}'([\w.-]+)':/gm)].map(
        ([, key]) => key!,
      ),
    );
    expect(keys.length).toBeGreaterThan(250);
    expect(keys.filter((key) => !all.includes(`'${key}'`))).toEqual([]);
  });

  it('rooms that compute speak no language', () => {
    for (const { path, text } of sources) expect(/from '[./]*messages\/(say)\.ts'/.test(text), path).toBe(false);
  });
});
