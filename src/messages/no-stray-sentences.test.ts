import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '..');

/** Data tables name structures and quote sources; styles are no language; what judges a file says errors only. */
const LEFT_OUT =
  /\.test\.ts$|test-data|\.data\.ts$|-style\.ts$|^mechanics\/neutral\.ts$|^press\/(parse-)?scenario\.ts$|^findings\/result\.ts$/;

/** Rooms whose texts people read as results. The app has a test of its own; commands, plans and schemas say errors where they throw. */
const ROOMS = ['anatomy', 'mechanics', 'press', 'findings', 'words', 'io', 'report'];
/** What the command line is made of, those files left out whose only words are errors. */
const COMMANDS = ['start', 'press', 'compute-press', 'compare', 'solve', 'study', 'worker', 'tools', 'structures', 'evidence', 'bodies', 'serve', 'validate', 'doctor', 'program', 'terminal', 'threads', 'ask-first', 'scenario-flags']; // biome-ignore format: one row
/** Files of other rooms that speak of results. */
const FILES = [
  ...['anchors', 'checked-text', 'strip-chart'].map((f) => `validation/${f}.ts`),
  ...COMMANDS.map((f) => `cli/${f}.ts`),
  ...['run.ts', 'body/body.ts', 'scan/scan-notes.ts', 'scan/body-mask.ts'],
  ...['study-report', 'study-words', 'views', 'panel', 'pareto', 'small-multiples', 'tornado'].map(
    (f) => `study/${f}.ts`,
  ),
];

/**
 * Texts of a source that read like language: three or more words of small letters in one string. What the program says when
 * something is wrong (thrown errors) and comments are left out; so is what only names a type or describes a field of a schema.
 */
function phrases(text: string): string[] {
  const code = text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$|(?<=\s)\/\/ .*$/gm, '')
    .replace(/throw new \w+\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g, '')
    .replace(/\.describe\(\s*(['"]).*?\1,?\s*\)/gs, '')
    .replace(
      /<(style|svg|path|div|span|text|line|rect|circle|ul|li|p|a|h\d|dl|dt|dd|table|t[rhd]|details|summary|header|section|figure|figcaption|main|html|meta|title|b|strong|code|pre)\b[^>]*>/g,
      '',
    );
  return [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)]
    .map((m) => (m[1] ?? m[2] ?? m[3])!.replace(/\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g, ' … '))
    .filter((words) => !words.includes('=>') && /(?:^|[\s>(])[A-Za-z]?[a-z]+,? [a-z]{2,},? [a-z]{2,}/.test(words));
}

describe('sentences of findings, report and the run', () => {
  const files = ROOMS.flatMap((room) => readdirSync(join(SRC, room)).map((file) => `${room}/${file}`))
    .concat(FILES)
    .filter((path) => path.endsWith('.ts') && !LEFT_OUT.test(path));

  it('stand in the catalogue and nowhere else', () => {
    const stray = files.flatMap((path) => phrases(readFileSync(join(SRC, path), 'utf8')).map((t) => `${path}: ${t}`));
    // what tells a measure of a body, or a shape of a file, from the others
    expect(stray).toEqual([
      'io/glb.ts: at first touch',
      'body/body.ts: distance between the ASIS',
      'body/body.ts: muscle section against the reference adult',
    ]);
  });

  it('a planted one is found, in quotes, in a template and inside markup', () => {
    expect(phrases("const a = 'the vein is narrow';")).toEqual(['the vein is narrow']);
    expect(phrases('const b = `<p>It goes in and then stops there</p>`;')).toHaveLength(1);
    expect(phrases("throw new InputError('the field has no values here');")).toEqual([]);
    expect(phrases("// the vein is narrow\nsay('plain.area', { way: 'less' });")).toEqual([]);
  });
});
