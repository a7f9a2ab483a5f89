import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Rooms from left to right: each may import from itself and from those to its left. run.ts stands after findings. */
// biome-ignore format: the order is read as lines
const ORDER = [
  'base', 'messages', 'evidence', 'body', 'anatomy', 'voxel', 'scan', 'tool', 'mechanics', 'press', 'findings', 'words',
  'run.ts', 'io', 'view', 'report', 'validation', 'study', 'index.ts', 'cli', 'node.ts', 'app',
];

/** Packages that may be imported in one room only. */
const ONLY_IN: Readonly<Record<string, string>> = { three: 'view', react: 'app', 'react-dom': 'app', commander: 'cli' };

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
      if (ORDER.indexOf(target) === -1) return [`${path} imports ${name}, which is in no known room`];
      return ORDER.indexOf(target) <= ORDER.indexOf(room) ? [] : [`${path} (${room}) imports ${name} (${target})`];
    }),
  );
}

const roomOf = (path: string): string => path.split(sep)[0] ?? path;

/** Module names in import and export … from, in dynamic import(), and in new URL(…, import.meta.url). */
const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*|\bnew URL\(\s*)'([^'\n]+)'/g)].map((match) => match[1]!);

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
  .map((path) => ({ path, imports: importsOf(readFileSync(join(SRC, path), 'utf8')) }));

describe('walls between the rooms', () => {
  it('every source file stands in a known room', () => {
    expect(sources.length).toBeGreaterThan(15);
    expect(sources.map(({ path }) => path).filter((path) => !ORDER.includes(roomOf(path)))).toEqual([]);
  });

  it('a room imports only from rooms to its left', () => {
    expect(offenders(sources)).toEqual([]);
  });

  it('names planted offenders', () => {
    const planted = [
      { path: join('body', 'body.ts'), imports: importsOf("import { press } from '../press/solve-press.ts';") },
      { path: join('findings', 'assess.ts'), imports: importsOf("import * as THREE from 'three/addons/x.js';") },
      {
        path: join('base', 'grid.ts'),
        imports: importsOf("const x = await import('../run.ts');\nexport * from '../tool/tool.ts';"),
      },
    ];
    expect(offenders(planted)).toHaveLength(4);
  });
});
