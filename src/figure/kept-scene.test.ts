import { beforeAll, describe, expect, it } from 'vitest';
import { drawScene } from './draw-scene.ts';
import { type KeptScene, packScene, unpackScene } from './kept-scene.ts';

const unpack = (packed: Uint8Array): Promise<KeptScene> => unpackScene(packed, () => undefined);

/** The bits of every array, so that a zero with a sign or the last digit would be told. */
const bits = (value: unknown): unknown =>
  JSON.stringify(value, (_, v) =>
    ArrayBuffer.isView(v) ? [...new Uint8Array(v.buffer, v.byteOffset, v.byteLength)].join() : v,
  );

describe('the scene of a first visit', () => {
  let drawn: KeptScene;
  beforeAll(async () => {
    drawn = await drawScene({ body: { sex: 'female' }, tool: { id: 'two-peak' }, placement: { preset: 'as-sold' } });
  }, 240_000);

  it('comes out of the file bit for bit as it was drawn', async () => {
    const { surfaces, ...rest } = await unpack(packScene(drawn));
    expect(rest.figure).toBeDefined();
    expect(surfaces.length).toBeGreaterThan(100);
    for (const [n, surface] of surfaces.entries())
      expect(bits(surface) === bits(drawn.surfaces[n]), surface.structure).toBe(true);
    const { surfaces: _, ...others } = drawn;
    for (const name of ['version', 'key', 'lies'] as const) expect(rest[name]).toBe(others[name]);
    expect(Object.keys(rest.figure!).sort()).toEqual(Object.keys(others.figure!).sort());
    for (const [name, value] of Object.entries(others.figure!))
      expect(bits(rest.figure![name as keyof typeof others.figure]) === bits(value), name).toBe(true);
  });

  it('refuses to keep what would be changed by it', () => {
    const [first, ...others] = drawn.surfaces;
    const vertices = first!.vertices.map((v, n) => (n === 7 ? v + 0.01 : v));
    expect(() => packScene({ ...drawn, surfaces: [{ ...first!, vertices }, ...others] })).toThrow(/between two steps/);
  });

  it('lets others have their turn between two parts', async () => {
    let turns = 0;
    await unpackScene(packScene(drawn), () => {
      turns++;
      return undefined;
    });
    expect(turns).toBe(drawn.surfaces.length + 1);
  });
});
