import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deflateSync } from 'fflate';
import type { Plugin } from 'vite';
import { storyPlates } from '../src/app/plates.ts';
import { EXAMPLE } from '../src/app/state.ts';

/** A part of the library as it has just been compiled. */
const compiled = <Part>(name: string): Promise<Part> =>
  import(pathToFileURL(join(import.meta.dirname, `../dist/${name}.js`)).href);

/**
 * Draws the body of the page's example while the app is built, so that a first visit need not wait for it: one file with the surfaces and
 * the person around them, and a drawing of each picture of the story. All are named after their content; the page carries their addresses.
 */
export function keptPlugin(): Plugin {
  return {
    name: 'psoascope-kept',
    apply: 'build',
    async buildStart() {
      const { drawScene, drawTool } = await compiled<typeof import('../src/figure/draw-scene.ts')>('figure/draw-scene');
      const { packScene } = await compiled<typeof import('../src/figure/kept-scene.ts')>('figure/kept-scene');
      const scene = await drawScene(EXAMPLE);
      const packed = packScene(scene);
      // not the compression of the machine's own library, whose bytes change with its version
      const source = deflateSync(packed, { level: 9 });
      this.emitFile({ type: 'asset', name: 'kept-scene.bin', source });
      const tools = {
        'two-peak': await drawTool(EXAMPLE),
        'lever-hook': await drawTool({ ...EXAMPLE, tool: { id: 'lever-hook' } }),
      };
      for (const [id, drawing] of storyPlates(scene, tools))
        this.emitFile({ type: 'asset', name: `plate-${id}.svg`, source: drawing });
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle = {} }) => {
        const named = (name: RegExp): string[] =>
          Object.keys(bundle).flatMap((file) => (name.test(file) ? [`./${file}`] : []));
        const [scene] = named(/\bkept-scene-[^/]*\.bin$/);
        const plates = named(/\bplate-[^/]*\.svg$/).sort();
        if (scene === undefined || plates.length === 0)
          throw new Error('what was drawn is not among the parts of the app');
        return [
          { tag: 'meta', attrs: { name: 'kept-scene', content: scene }, injectTo: 'head' },
          { tag: 'meta', attrs: { name: 'plates', content: plates.join(' ') }, injectTo: 'head' },
        ];
      },
    },
  };
}
