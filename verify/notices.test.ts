import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

it('the built app comes with the licences of what is in its page and in its workers', () => {
  const notices = read('dist/web/third-party-notices.txt').split('-'.repeat(80));
  // those of the page, and fflate, nifti-reader-js and @noble/hashes, which only its workers have
  for (const name of [
    '@gltf-transform/core',
    '@noble/hashes',
    'fflate',
    'nifti-reader-js',
    'react',
    'react-aria-components',
    'react-dom',
    'three',
    'zod',
    'zustand',
  ]) {
    const { version } = JSON.parse(read(`node_modules/${name}/package.json`)) as { version: string };
    const notice = notices.find((text) => text.includes(`\n${name} ${version} (`));
    expect([name, notice?.match(/Permission is hereby granted|TERMS AND CONDITIONS/)?.length]).toEqual([name, 1]);
  }
});
