import { build } from 'vite';

/** The viewer with what it shows as one script for a page, from source. */
export async function viewerBundle() {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root: new URL('..', import.meta.url).pathname,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: 'e2e/viewer-page.ts', formats: ['iife'], name: 'page' },
    },
  });
  const [{ output }] = Array.isArray(result) ? result : [result];
  return output[0].code;
}
