import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { appPolicy } from '../src/node/app-policy.ts';

/** The page's own policy with more allowed for scripts, for the development server only. */
export const contentPolicy = (more: string): string =>
  appPolicy()
    .replace("script-src 'self'", `script-src 'self' ${more}`)
    .replace("style-src 'self'", `style-src 'self' ${more}`);

/**
 * Makes the built app work without a network: lists every emitted file in a service worker that keeps them, and writes the
 * content policy into the page for hosts that cannot send headers.
 */
export function offlinePlugin(): Plugin {
  let publicDir = '';
  return {
    name: 'psoascope-offline',
    apply: 'build',
    configResolved(config) {
      publicDir = config.publicDir;
    },
    transformIndexHtml(html) {
      // frame-ancestors has no meaning in a meta element
      const policy = appPolicy().replace(/; frame-ancestors[^;]*/, '');
      return html.replace('<head>', `<head>\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`);
    },
    generateBundle(_options, bundle) {
      const made = Object.entries(bundle).map(([name, part]) => ({
        name,
        content: part.type === 'asset' ? part.source : part.code,
      }));
      const copied = readdirSync(publicDir).map((name) => ({ name, content: readFileSync(join(publicDir, name)) }));
      const files = [...made, ...copied].sort((a, b) => (a.name < b.name ? -1 : 1));
      const hash = createHash('sha256');
      const worker = readFileSync(join(import.meta.dirname, 'service-worker.js'), 'utf8');
      for (const { name, content } of files) hash.update(name).update(content);
      hash.update(worker);
      const names = ['./', ...files.map(({ name }) => name).filter((name) => !name.endsWith('.map'))];
      const entry = Object.values(bundle).find((part) => part.type === 'chunk' && part.isEntry)?.fileName;
      const known = {
        VERSION: `psoascope-${hash.digest('hex').slice(0, 12)}`,
        FILES: names,
        ENTRY: entry,
        POLICY: appPolicy(),
      };
      const constants = Object.entries(known).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`);
      const source = `${constants.join('\n')}\n${worker}`;
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source });
    },
  };
}
