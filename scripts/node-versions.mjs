// Computes the same presses on every version of Node that the package supports, and compares their hashes: the same scenario gives the same
// bits on all of them. The npm package `node` brings the versions that are not installed. Needs the built package.
//
//   node scripts/node-versions.mjs [20 22 24 …]
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const VERSIONS = process.argv.slice(2).length > 0 ? process.argv.slice(2) : ['20', '22', '24'];
const MAIN = join(import.meta.dirname, '../dist/cli/main.js');
/** Presses that between them meet every power, sine and length there is: each has differed between versions, or could. */
const PRESSES = [
  ['press', '--cell', '15', '--load', '30N', '--uncertainty', '0', '--no-hands'],
  [
    'press',
    '--cell',
    '15',
    '--body',
    'sex=male,height=181,weight=96,variant=7',
    '--tool',
    'roller-grid',
    '--pose',
    'supine',
    '--uncertainty',
    '0',
    '--no-hands',
  ],
  [
    'press',
    '--cell',
    '15',
    '--tool',
    'ball-tennis',
    '--insert',
    'aneurysm,size=50',
    '--tone',
    'guarded',
    '--uncertainty',
    '4',
    '--no-hands',
  ],
];

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'psoascope-node-'));
try {
  // side by side; where one fails the others are waited for, as the folder they live in goes away
  const settled = await Promise.allSettled(VERSIONS.map(hashesOn));
  const hashes = settled.map(({ status, value, reason }) => {
    if (status === 'rejected') throw reason;
    return value;
  });
  for (const [n, args] of PRESSES.entries()) {
    const differ = VERSIONS.filter((_, v) => hashes[v][n] !== hashes[0][n]);
    if (differ.length === 0) continue;
    console.error(`psoascope ${args.join(' ')} has other bits on Node ${differ.join(' and ')} than on ${VERSIONS[0]}.`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The node of a major version: the one that runs this, or the one that npm brings. */
async function nodeOf(version) {
  if (process.version.startsWith(`v${version}.`)) return process.execPath;
  const prefix = join(folder, version);
  await run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefix', prefix, `node@${version}`]);
  return join(prefix, 'node_modules/node/bin/node');
}

/** The hashes of all presses on a major version, which are told as soon as they are known. */
async function hashesOn(version) {
  const node = await nodeOf(version);
  const found = [];
  for (const args of PRESSES) found.push(await hashOf(node, args));
  const { stdout } = await run(node, ['--version']);
  console.log(`${stdout.trim()}: ${found.map((h) => h.slice(0, 12)).join('  ')}`);
  return found;
}

/** The result's hash of a press; where it stops before its load its last step still counts. */
async function hashOf(node, args) {
  const { stdout } = await run(node, [MAIN, ...args, '--json'], { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout).manifest.resultHash;
}
