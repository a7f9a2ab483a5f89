// Builds the web app into dist/web, unless what is there was made from exactly these sources.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');
const stamp = join(root, 'dist/web/.built-from');
const hash = createHash('sha256');
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8', withFileTypes: true })
  .filter((entry) => entry.isFile() && !/\.(test|test-data)\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .sort();
for (const file of [
  ...sources,
  'package.json',
  'package-lock.json',
  'vite.config.ts',
  'scripts/kept-plugin.ts',
  'scripts/notices-plugin.ts',
  'scripts/offline-plugin.ts',
  'scripts/service-worker.js',
])
  hash.update(file).update(readFileSync(file.startsWith(root) ? file : join(root, file)));
const made = hash.digest('hex');
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === made) process.exit(0);
// the bundler takes what follows these signs in a folder's name for a query: it is shown the checkout under a plain name
const plain = /[#?%]/.test(root) ? mkdtempSync(join(tmpdir(), 'psoascope-build-')) : undefined;
const seen = plain === undefined ? root : join(plain, 'checkout');
if (plain !== undefined) symlinkSync(root, seen, 'junction');
try {
  await build({
    root: join(seen, 'src/app'),
    configFile: join(seen, 'vite.config.ts'),
    logLevel: process.argv.includes('--sizes') ? 'info' : 'warn',
    ...(plain !== undefined && { resolve: { preserveSymlinks: true }, build: { outDir: join(seen, 'dist/web') } }),
  });
} finally {
  // the link goes, not what it leads to
  if (plain !== undefined) {
    unlinkSync(seen);
    rmdirSync(plain);
  }
}
// a bundle with two copies of React shows a blank page; better no bundle
const assets = join(root, 'dist/web/assets');
const copies = readdirSync(assets).filter(
  (name) => name.endsWith('.js') && readFileSync(join(assets, name), 'utf8').includes('isReactComponent={}'),
);
if (copies.length !== 1) {
  console.error(
    `The app's bundle holds React ${copies.length} times instead of once (${copies.join(', ')}): run the build again.`,
  );
  process.exit(1);
}
writeFileSync(stamp, made);
