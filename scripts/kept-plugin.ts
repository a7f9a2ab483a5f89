import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deflateSync } from 'fflate';
import type { Plugin } from 'vite';
import { EXAMPLE } from '../src/app/state.ts';

/** A part of the library as it has just been compiled. */
const compiled = <Part>(name: string): Promise<Part> =>
  import(pathToFileURL(join(import.meta.dirname, `../dist/${name}.js`)).href);

/**
 * Draws the body of the page's example while the app is built, so that a first visit need not wait for it: one file with the surfaces and
 * the person around them, named after its content, whose address the page carries.
 */
export function keptPlugin(): Plugin {
  return {
    name: 'psoascope-kept',
    apply: 'build',
    async buildStart() {
      const { drawScene } = await compiled<typeof import('../src/figure/draw-scene.ts')>('figure/draw-scene');
      const { packScene } = await compiled<typeof import('../src/figure/kept-scene.ts')>('figure/kept-scene');
      const packed = packScene(await drawScene(EXAMPLE));
      // not the compression of the machine's own library, whose bytes change with its version
      const source = deflateSync(packed, { level: 9 });
      this.emitFile({ type: 'asset', name: 'kept-scene.bin', source });
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle = {} }) => {
        const address = Object.keys(bundle).find((name) => /\bkept-scene-[^/]*\.bin$/.test(name));
        if (address === undefined) throw new Error('the kept scene is not among the parts of the app');
        return [{ tag: 'meta', attrs: { name: 'kept-scene', content: `./${address}` }, injectTo: 'head' }];
      },
    },
  };
}
