import { defineConfig } from 'vite';
import { keptPlugin } from './scripts/kept-plugin.ts';
import { noticesPlugin, rememberPackages } from './scripts/notices-plugin.ts';
import { contentPolicy, offlinePlugin } from './scripts/offline-plugin.ts';

// the web app only; the library and the command line are compiled file by file with tsc
export default defineConfig({
  root: 'src/app',
  base: './',
  plugins: [rememberPackages(), noticesPlugin(), keptPlugin(), offlinePlugin()],
  worker: { format: 'es', plugins: () => [rememberPackages()] },
  resolve: { dedupe: ['react', 'react-dom'] },
  server: {
    headers: {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
      // the development server speaks over a socket and puts its own scripts and styles into the page
      'Content-Security-Policy': contentPolicy("'unsafe-inline'"),
    },
  },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      // React in one chunk of its own: once it came out in two, and hooks of one copy know nothing of the other
      output: {
        codeSplitting: { groups: [{ name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ }] },
      },
    },
  },
});
