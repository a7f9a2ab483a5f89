import { VERSION } from '../base/version.ts';
import type { KeptScene } from '../figure/kept-scene.ts';
import { drawnKey, type OnBody } from '../press/model-key.ts';
import { fetchKept } from './kept-file.ts';

/** Lets clicks and frames through. */
const pause = (): Promise<void> => new Promise((done) => setTimeout(done));

/** How long it may be unpacked before somebody else has a turn, ms. */
const TURN = 8;

/** The kept scene where it is the one that this program would draw of this scenario; undefined where it is another, or there is none. */
export async function keptScene(scenario: OnBody): Promise<KeptScene | undefined> {
  const packed = await fetchKept();
  if (packed === undefined) return undefined;
  const { unpackScene } = await import('../figure/kept-scene.ts');
  let began = performance.now();
  const turns = async (): Promise<void> => {
    if (performance.now() - began < TURN) return;
    await pause();
    began = performance.now();
  };
  const scene = await unpackScene(packed, turns);
  return scene.version === VERSION && scene.key === drawnKey('low', scenario) ? scene : undefined;
}
