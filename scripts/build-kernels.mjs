// Compiles the WebAssembly kernels and writes them, as base64, into a TypeScript file that ships with the package:
// no fetch, no bundler setting, the same in Node and browsers. `--check` only says whether that file is current.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const source = 'src/mechanics/kernels/kernels.as.ts';
const target = here('src/mechanics/kernels/kernels.data.ts');
let wasm;
const { error, stderr } = await asc.main(
  [
    source,
    '--baseDir',
    here('.'),
    '--runtime',
    'stub',
    '--noAssert',
    '-O3',
    '--enable',
    'simd',
    '--enable',
    'threads',
    '--importMemory',
    '--sharedMemory',
    '--initialMemory',
    '1',
    '--maximumMemory',
    '65536',
    '-o',
    'out.wasm',
  ],
  {
    writeFile: (name, contents) => {
      if (name === 'out.wasm') wasm = contents;
    },
  },
);
if (error) {
  console.error(stderr.toString());
  process.exit(1);
}
const text = `/** Generated from kernels.as.ts by \`npm run build:kernels\`. */
export const KERNELS_WASM =
  '${Buffer.from(wasm).toString('base64')}';
`;
if (process.argv.includes('--check')) process.exit(readFileSync(target, 'utf8') === text ? 0 : 1);
writeFileSync(target, text);
