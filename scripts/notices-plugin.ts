import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** Folders of packages whose code is in the page or in one of its workers, which are bundled first. */
const bundled = new Set<string>();

/** Remembers which packages a bundle holds: for the page and for its workers. */
export const rememberPackages = (): Plugin => ({
  name: 'psoascope-packages',
  apply: 'build',
  generateBundle(_options, bundle) {
    for (const part of Object.values(bundle))
      if (part.type === 'chunk')
        for (const module of Object.keys(part.modules)) {
          const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(
            module.replaceAll('\\', '/').replace(/^\0/, ''),
          )?.[0];
          if (folder !== undefined) bundled.add(folder);
        }
  },
});

/** Writes what the licences of those packages ask to go with them: third-party-notices.txt. */
export const noticesPlugin = (): Plugin => ({
  name: 'psoascope-notices',
  apply: 'build',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'third-party-notices.txt', source: noticesOf([...bundled]) });
  },
});

/** @throws Error for a package that says neither what its licence is nor its text */
function noticesOf(folders: readonly string[]): string {
  const notices = folders
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
        'name' | 'version' | 'license',
        string | undefined
      >;
      const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
      if (license === undefined && files.length === 0) throw new Error(`${name} in ${dirname(folder)} says no licence`);
      const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
      return { name: name ?? '', text: `${name} ${version} (${license ?? files[0]})\n\n${texts.join('\n\n')}\n` };
    });
  notices.sort((a, b) => (a.name < b.name ? -1 : 1));
  return `Psoascope is under Apache-2.0. Its page holds code of these packages:\n\n${notices.map(({ text }) => text).join(`\n${'-'.repeat(80)}\n\n`)}`;
}
