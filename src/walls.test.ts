import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Rooms from left to right: each may import from itself and from those to its left. run.ts stands after words. */
// biome-ignore format: the order is read as lines
const ORDER = [
  'base', 'messages', 'evidence', 'body', 'anatomy', 'voxel', 'scan', 'tool', 'mechanics', 'press', 'findings', 'words',
  'run.ts', 'io', 'figure', 'view', 'report', 'validation', 'study', 'mechanics.ts', 'index.ts', 'node', 'cli', 'node.ts', 'app',
];

/** Rooms to the left that a room must never know all the same, and what that keeps. */
const NEVER: Readonly<Record<string, readonly string[]>> = {
  // words and numbers can each be read without the other
  evidence: ['messages'],
  // who lies there is sizes; what the sizes mean for the tissue comes later
  body: ['evidence'],
  anatomy: ['messages', 'evidence'],
  voxel: ['messages', 'evidence'],
  // a tool is a shape, whoever lies on it
  tool: ['messages', 'evidence', 'body', 'anatomy', 'voxel', 'scan'],
  // the solver can be lifted out for another organ: it knows arithmetic and nothing of a person, a tool, or a language
  mechanics: ['messages', 'evidence', 'body', 'anatomy', 'voxel', 'scan', 'tool'],
  // the subpath of the package that is the solver
  'mechanics.ts': ORDER.filter((room) => !['base', 'mechanics', 'mechanics.ts'].includes(room)),
  // a person around a trunk, to look at: no sentences, no solver; no result rests on it, since it stands right of them all
  figure: ['messages', 'evidence', 'scan', 'mechanics', 'findings', 'words', 'run.ts', 'io'],
  // drawn from what was computed, not from how
  words: ['scan', 'mechanics'],
  io: ['evidence', 'scan', 'mechanics', 'words'],
  // the viewer is handed data and says what was pointed at: no sentences, no files, no solver
  view: ['messages', 'evidence', 'body', 'scan', 'tool', 'mechanics', 'run.ts', 'io'],
  report: ['body', 'scan', 'tool', 'mechanics', 'run.ts', 'view'],
  validation: ['scan', 'view', 'report'],
  // a study hands cases to a solver and keeps what comes back
  study: ['voxel', 'scan', 'mechanics', 'run.ts', 'view', 'validation'],
  node: ['view', 'validation', 'study'],
  cli: ['view'],
  // one may show the other's files, but neither needs the other
  app: ['node', 'cli', 'node.ts', 'index.ts', 'study', 'validation'],
};

/** Packages that may be imported in one room only. */
const ONLY_IN: Readonly<Record<string, string>> = {
  three: 'view',
  react: 'app',
  'react-dom': 'app',
  'react-aria-components': 'app',
  zustand: 'app',
  commander: 'cli',
};

const SRC = resolve(import.meta.dirname);

/** A source file's path from src/, and what it imports. */
interface Source {
  readonly path: string;
  readonly imports: readonly string[];
}

/** Sentences about imports that go through a wall. */
function offenders(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, imports }) =>
    imports.flatMap((name) => {
      const room = roomOf(path);
      if (!name.startsWith('.')) {
        const owner = ONLY_IN[name.startsWith('@') ? name : (name.split('/')[0] ?? name)];
        return owner === undefined || owner === room ? [] : [`${path} imports ${name}, which belongs to ${owner}/`];
      }
      // the package's own name and version stand outside src
      if (name.endsWith('/package.json')) return [];
      const target = roomOf(relative(SRC, resolve(SRC, dirname(path), name)));
      // what a room's own errors say is a table of its own, beside the rest of the language
      if (relative(SRC, resolve(SRC, dirname(path), name)) === join('messages', 'errors', `${room}.data.ts`)) return [];
      if (ORDER.indexOf(target) === -1) return [`${path} imports ${name}, which is in no known room`];
      const allowed = ORDER.indexOf(target) <= ORDER.indexOf(room) && !NEVER[room]?.includes(target);
      return allowed || target === room ? [] : [`${path} (${room}) imports ${name} (${target})`];
    }),
  );
}

const roomOf = (path: string): string => path.split(sep)[0] ?? path;

/** Module names in import and export … from, in dynamic import(), and in new URL(…, import.meta.url). */
const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*|\bnew URL\(\s*)'([^'\n]+)'/g)].map((match) => match[1]!);

/** Files that are loaded with others, in a while too unless only the first moment is asked for: what is imported for its types alone is not. */
function reachable(from: readonly string[], at: 'first' | 'last' = 'last'): string[] {
  const found = new Set(from);
  for (const path of found) {
    const text = readFileSync(join(SRC, path), 'utf8').replace(/\b(?:import|export) type [^;]*;/g, '');
    for (const name of importsOf(at === 'last' ? text : text.replace(/\b(?:import|URL)\('[^']*'/g, '')))
      if (/^\..*\.tsx?$/.test(name))
        found.add(
          relative(SRC, resolve(SRC, dirname(path), name))
            .split(sep)
            .join('/'),
        );
  }
  return [...found].sort();
}

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test(-data)?\.tsx?$/.test(path))
  .map((path) => ({ path, imports: importsOf(readFileSync(join(SRC, path), 'utf8')) }));

describe('walls between the rooms', () => {
  it('every source file stands in a known room', () => {
    expect(sources.length).toBeGreaterThan(15);
    expect(sources.map(({ path }) => path).filter((path) => !ORDER.includes(roomOf(path)))).toEqual([]);
  });

  it('a room imports only from rooms to its left', () => {
    expect(offenders(sources)).toEqual([]);
  });

  it('a wall stands between rooms that there are, where the order alone would let an import through', () => {
    for (const [room, never] of Object.entries(NEVER)) {
      expect(ORDER).toContain(room);
      for (const other of never) expect(ORDER).toContain(other);
    }
  });

  it('names planted offenders', () => {
    const planted = [
      { path: join('body', 'body.ts'), imports: importsOf("import { press } from '../press/solve-press.ts';") },
      { path: join('findings', 'assess.ts'), imports: importsOf("import * as THREE from 'three/addons/x.js';") },
      { path: join('findings', 'assess.ts'), imports: importsOf("import { amountOf } from '../words/amounts.ts';") },
      {
        path: join('base', 'grid.ts'),
        imports: importsOf("const x = await import('../run.ts');\nexport * from '../tool/tool.ts';"),
      },
    ];
    expect(offenders(planted)).toHaveLength(5);
    const table = { path: join('mechanics', 'neutral.ts'), imports: ['../messages/errors/mechanics.data.ts'] };
    expect(offenders([table])).toEqual([]);
    expect(offenders([{ ...table, path: join('voxel', 'slice.ts') }])).toHaveLength(1);
  });

  it('names a planted import through every wall', () => {
    for (const [room, never] of Object.entries(NEVER))
      for (const other of never) {
        const path = room.endsWith('.ts') ? room : join(room, 'planted.ts');
        const name = `${room.endsWith('.ts') ? '.' : '..'}/${other.endsWith('.ts') ? other : `${other}/x.ts`}`;
        expect(offenders([{ path, imports: [name] }]), `${room} imports ${other}`).toHaveLength(1);
      }
  });

  it('the app loads the sentences that it can say, and not those of commands, checks and studies', () => {
    const loaded = reachable(['app/main.tsx', 'app/solve.worker.ts']).filter((path) => path.startsWith('messages/'));
    expect(loaded).toContain('messages/en-shown.ts');
    const beside = loaded.filter((path) =>
      /\/(en|english)\.ts$|\ben-(check|cli|help|study)\.data|errors\/(cli|node|study|validation)/.test(path),
    );
    expect(beside).toEqual([]);
    // the first sight waits for the words of story and model card and not for the others, nor for what judges a scenario
    const first = reachable(['app/main.tsx'], 'first');
    expect(first.filter((path) => /^(messages|press)\//.test(path))).toEqual([
      'messages/en-card.data.ts',
      'messages/en-story.data.ts',
      'messages/model-card.ts',
      'messages/say-from.ts',
      'messages/speaker.ts',
      'press/range-presses.ts',
    ]);
    // what a command loads is found the same way
    expect(reachable(['cli/host.ts'])).toContain('messages/en-cli.data.ts');
  });

  it('no other room imports the app or the command line', () => {
    for (const room of ORDER.filter((each) => !['app', 'cli', 'node.ts'].includes(each)))
      for (const name of ['../app/app.tsx', '../cli/main.ts'])
        expect(offenders([{ path: join(room.replace('.ts', ''), 'planted.ts'), imports: [name] }])).toHaveLength(1);
  });
});
