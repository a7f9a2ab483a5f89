import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../base/errors.ts';

const SRC = resolve(import.meta.dirname, '..');

/**
 * Tables name things (a speaker has their names) and quote sources; shaders, queries and styles are no language; what describes a
 * format is English like its keys. The reference body's checks are a table for whoever builds bodies.
 */
const LEFT_OUT =
  /\.test\.ts$|test-data|\.data\.ts$|-style\.ts$|-material\.ts$|^tool\/catalogue|^evidence\/|^validation\/(check-reference|inspect-body)|^cli\/(schema|main)\.ts|^study\/summary|^app\//;

/** An error of another class than those that people meet: a mistake of the program's own. */
const MISTAKE = /new (?:Range|Type|Cancelled)?Error\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g;

/**
 * Texts of a source that read like language: three or more words of small letters in one string. Comments are left out; so is what
 * only names a type or describes a field of a schema.
 */
function phrases(text: string): string[] {
  const code = text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$|(?<=\s)\/\/ .*$/gm, '')
    .replace(MISTAKE, '')
    .replace(/\.describe\(\s*(['"`]).*?\1,?\s*\)/gs, '')
    .replace(
      /<(style|svg|path|div|span|text|line|rect|circle|ul|li|p|a|h\d|dl|dt|dd|table|t[rhd]|details|summary|header|section|figure|figcaption|main|html|meta|title|b|strong|code|pre)\b[^>]*>/g,
      '',
    );
  return [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)]
    .map((m) => (m[1] ?? m[2] ?? m[3])!.replace(/\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g, ' … '))
    .filter((words) => !words.includes('=>') && /(?:^|[\s>(])[A-Za-z]?[a-z]+,? [a-z]{2,},? [a-z]{2,}/.test(words));
}

const sourceOf = (path: string): string => readFileSync(join(SRC, path), 'utf8');

describe('sentences that people see', () => {
  const all = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).map((path) => path.split(sep).join('/'));
  const files = all.filter((path) => path.endsWith('.ts') && !LEFT_OUT.test(path));

  it('stand in the catalogue and nowhere else, those of errors too', () => {
    expect(files.length).toBeGreaterThan(200);
    const stray = files.flatMap((path) => phrases(sourceOf(path)).map((t) => `${path}: ${t}`));
    // what tells a measure of a body, or a shape of a file, from the others; a list of keys; calls of a file system; how a check went
    expect(stray.sort()).toEqual([
      'body/body.ts: distance between the ASIS',
      'body/body.ts: muscle section against the reference adult',
      'body/spec.ts: the large bowel’s diameter',
      'io/glb.ts: at first touch',
      'mechanics/neutral.ts: all, box, sphere, cylinder_x, cylinder_y, cylinder_z, cells',
      'mechanics/neutral.ts: sphere, capsule, box, mesh',
      'study/run-study.node.ts: open close read write rename link unlink mkdir rmdir lstat stat fstat ftruncate fsync fdatasync copyfile scandir',
      'validation/anchor.ts: reproduced in part',
      'validation/anchor.ts: reproduced in part',
      'validation/validation-page.ts: reproduced in part',
    ]);
  });

  it('are not what errors of the program’s own making say: these, and no more', () => {
    // a damaged link has many ways to be damaged, and the app one sentence for all of them
    const sources = all.filter((path) => /\.tsx?$/.test(path) && !/\.test(-data)?\.tsx?$|^app\/share-link/.test(path));
    const mistakes = sources.flatMap((path) =>
      [...sourceOf(path).matchAll(/new \w*Error\(\s*(['"`].*)/g)].map(
        ([, text]) => `${path}: ${text!.replace(/\$\{.*?\}/g, '…').slice(0, 24)}`,
      ),
    );
    expect(mistakes.sort()).toEqual(MISTAKES);
  });

  it('a planted one is found, in quotes, in a template, inside markup and in an error', () => {
    expect(phrases("const a = 'the vein is narrow';")).toEqual(['the vein is narrow']);
    expect(phrases('const b = `<p>It goes in and then stops there</p>`;')).toHaveLength(1);
    expect(phrases("throw new InputError({ id: 'x', english: 'the field has no values here' });")).toHaveLength(1);
    expect(phrases("// the vein is narrow\nsay('plain.area', { way: 'less' });")).toEqual([]);
    // an error for people takes no text of its own
    // @ts-expect-error a sentence in place
    expect(() => new InputError('the field has no values here')).not.toThrow(SyntaxError);
  });
});

/** What only who works on the program reads, as it begins; two are a server's answers. */
const MISTAKES: readonly string[] = [
  "app/solve.worker.ts: 'stopped before it began",
  "app/worker-client.ts: 'unforeseen', appNote('a",
  "app/worker-client.ts: 'unforeseen', appNote('a",
  'base/elementary.ts: `an angle must be at mos',
  'base/format-message.ts: `a sentence wants a valu',
  'base/format-message.ts: `cannot read the braces ',
  "base/format-message.ts: `unpaired '}' at … in me",
  'base/make-folder.node.ts: `… is no folder`), { cod',
  "base/progress.ts: 'stopped by the user');",
  "cli/ensemble-pool.ts: 'stopped by the user'));",
  'figure/kept-scene.ts: `a place between two ste',
  "mechanics/kernels/team.ts: 'kernel aborted');",
  "mechanics/kernels/wasm-engine.ts: 'scratch was planned too",
  'mechanics/setup.ts: `fibre … has no unit vec',
  'mechanics/setup.ts: `surface point … lies in',
  "mechanics/solver.ts: 'the solver has gone on ",
  'mechanics/solver.ts: `smooth is for all inter',
  'messages/general.ts: `no sentence is called …',
  "node/output-folder.ts: 'this output folder is c",
  'press/materials.ts: `evidence row … has no s',
  'press/materials.ts: `evidence row … has no v',
  "study/queue.node.ts: 'CLUSTERDOWN');",
  "study/queue.node.ts: 'READONLY');",
  "study/sobol.ts: `the Sobol' sequence her",
  'study/worker-process.node.ts: `no worker process could',
  "validation/blocks.ts: 'the block of this check",
  'validation/check-reference.ts: `… has no body`);',
  'validation/check-reference.ts: `… is no tube`);',
  "validation/fluid.ts: 'the pressures of this c",
  "validation/limb.ts: 'the seat of this check ",
  "voxel/slice.ts: 'contours must share one",
  'voxel/voxelize.ts: `no extent for an outlin',
];
