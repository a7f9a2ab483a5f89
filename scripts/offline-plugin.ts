import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { appPolicy } from '../src/report/app-policy.ts';

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
      for (const { name, content } of files) hash.update(name).update(content);
      const names = ['./', ...files.map(({ name }) => name).filter((name) => !name.endsWith('.map'))];
      const source = serviceWorker(hash.digest('hex').slice(0, 12), names);
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source });
    },
  };
}

/** Keeps the listed files, answers from them, and adds the headers that let threads share memory and hold workers to the policy. */
const serviceWorker = (version: string, files: readonly string[]): string => `const KEEP = 'psoascope-${version}';
const FILES = ${JSON.stringify(files)};
self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(KEEP).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});
self.addEventListener('activate', (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((n) => n.startsWith('psoascope-') && n !== KEEP).map((n) => caches.delete(n)))).then(() => self.clients.claim()));
});
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  // results of the command line are served beside the app and are never kept
  if (url.pathname.includes('/out/')) return;
  event.respondWith(caches.open(KEEP).then((cache) => cache.match(event.request, { ignoreSearch: true })).then((kept) => kept ?? fetch(event.request)).then(isolated));
});
const isolated = (response) => {
  if (response.status === 0 || response.type === 'opaque') return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  // a worker does not take over the policy that the page carries as an element
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', ${JSON.stringify(appPolicy())});
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
};
`;
