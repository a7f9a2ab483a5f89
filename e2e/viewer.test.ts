import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewerBundle } from '../scripts/viewer-bundle.mjs';
import { launchBrowser, noBrowser } from './browser.ts';

// biome-ignore lint/suspicious/noExplicitAny: what runs in the page is bundled apart and has no types here
type Loose = any;

/** Side of the square canvas, CSS pixels: software rendering is slow. */
const SIDE = 200;

describe.skipIf(noBrowser)('the viewer in a browser', () => {
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];
  beforeAll(async () => {
    const [code, launched] = await Promise.all([viewerBundle(), launchBrowser()]);
    browser = launched;
    page = await browser.newPage({ viewport: { width: 2 * SIDE, height: SIDE } });
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      // the software renderer talks about its own speed
      if (message.type() === 'error' || /three|shader/i.test(message.text())) errors.push(message.text());
    });
    await page.setContent(
      `<style>body{margin:0;display:flex}canvas{width:${SIDE}px;height:${SIDE}px}</style><canvas id="a"></canvas><canvas id="b"></canvas>`,
    );
    await page.addScriptTag({ content: code });
    await page.evaluate(async () => {
      const { psoascope, document } = globalThis as Loose;
      const { Viewer, bodyOf, buildSurfaces } = psoascope;
      const { anatomy, model } = await bodyOf({}, 10);
      const surfaces = await buildSurfaces({ model, anatomy }, { detail: 'low' });
      const viewer = new Viewer(document.querySelector('#a'), { reducedMotion: true, pixelRatio: 1 });
      viewer.setSurfaces(surfaces);
      viewer.setBody(model);
      Object.assign(globalThis, {
        model,
        surfaces,
        viewer,
        /** Drawn pixels, RGBA rows from the top. */
        async pixels() {
          const bitmap = await (globalThis as Loose).createImageBitmap(await viewer.snapshot());
          const canvas = new (globalThis as Loose).OffscreenCanvas(bitmap.width, bitmap.height);
          canvas.getContext('2d').drawImage(bitmap, 0, 0);
          return Array.from(canvas.getContext('2d').getImageData(0, 0, bitmap.width, bitmap.height).data) as number[];
        },
      });
      await viewer.look('front');
      await viewer.drawn();
    });
  });
  afterAll(async () => {
    await browser?.close();
  });

  /** Runs code in the page with the viewer and what belongs to it. */
  const inPage = <Result>(code: (page: Loose) => Promise<Result> | Result): Promise<Result> =>
    page.evaluate(`(${code.toString()})(globalThis)`) as Promise<Result>;

  it('draws the body in the middle on a light ground, and on a dark one', async () => {
    const seen = await inPage(async ({ viewer, pixels }) => {
      const light = await pixels();
      viewer.setBackground('dark');
      await viewer.drawn();
      const dark = await pixels();
      viewer.setBackground('light');
      const at = (data: number[], x: number, y: number) => data.slice(4 * (x + 200 * y), 4 * (x + 200 * y) + 3);
      return { corner: at(light, 3, 3), middle: at(light, 100, 100), night: at(dark, 3, 3), same: at(dark, 100, 100) };
    });
    expect(Math.min(...seen.corner)).toBeGreaterThan(220);
    expect(Math.max(...seen.night)).toBeLessThan(50);
    // skin is redder than blue, wherever it stands
    expect(seen.middle[0]! - seen.middle[2]!).toBeGreaterThan(15);
    expect(Math.abs(seen.middle[0]! - seen.same[0]!)).toBeLessThan(25);
  });

  it('picks the structure under the pointer, what lies under the skin when that is peeled, nothing beside the body', async () => {
    const seen = await inPage(async ({ viewer }) => {
      const skin = viewer.pick(100, 100);
      const beside = viewer.pick(3, 3);
      viewer.isolate(['psoas_major/left']);
      const place = viewer.project(viewer.anchor('psoas_major/left'));
      const psoas = viewer.pick(place.x, place.y);
      viewer.isolate(undefined);
      viewer.setPeel(1);
      const deep = viewer.pick(100, 100);
      const still = viewer.pickSkin(100, 100);
      viewer.setPeel(0);
      return { skin, beside, place, psoas, deep, still };
    });
    expect(seen.skin.structure).toBe('skin');
    for (let d = 0; d < 3; d++) expect(seen.skin.point[d]).toBeCloseTo(seen.skin.rest[d], 6);
    expect(seen.beside).toBeUndefined();
    expect(seen.place.inFront).toBe(true);
    expect(seen.psoas).toMatchObject({ structure: 'psoas_major', side: 'left' });
    expect(seen.deep.structure).not.toBe('skin');
    // deeper than the skin, seen from the front
    expect(seen.deep.point[1]).toBeGreaterThan(seen.still[1] + 10);
    for (let d = 0; d < 3; d++) expect(seen.still[d]).toBeCloseTo(seen.skin.rest[d], 6);
  });

  it('moves what is drawn by the field of the stored state, not by the last one scaled', async () => {
    const seen = await inPage(async ({ viewer, model }) => {
      const { origin, size, spacing } = model.grid;
      // two states whose fields differ: a shift to the left, then a bend to the back that grows with the height
      const field = (f: (x: number, y: number, z: number) => number[]) => {
        const out = new Float32Array(3 * (size[0] + 1) * (size[1] + 1) * (size[2] + 1));
        let n = 0;
        for (let k = 0; k <= size[2]; k++)
          for (let j = 0; j <= size[1]; j++)
            for (let i = 0; i <= size[0]; i++, n += 3)
              out.set(f(origin[0] + i * spacing, origin[1] + j * spacing, origin[2] + k * spacing), n);
        return out;
      };
      viewer.setStates([
        { depth: 40, force: 90, displacement: field((_x, _y, z) => [0, 0.1 * z, 5]) },
        { depth: 10, force: 20, displacement: field(() => [7, 0, 0]) },
      ]);
      viewer.setLoad(0.25);
      const first = { load: viewer.load, ...viewer.pick(100, 100) };
      viewer.setLoad(1);
      const last = viewer.pick(100, 60);
      viewer.setLoad(0);
      const back = viewer.pick(100, 60);
      return { first, last, back };
    });
    const moved = (p: { point: number[]; rest: number[] }) => p.point.map((v, d) => v - p.rest[d]!);
    expect(seen.first.load).toEqual({ share: 0.25, depth: 10, force: 20 });
    // single precision at some 200 mm
    for (const [d, v] of [7, 0, 0].entries()) expect(moved(seen.first)[d]).toBeCloseTo(v, 3);
    for (const [d, v] of [0, 0.1 * seen.last.rest[2]!, 5].entries()) expect(moved(seen.last)[d]).toBeCloseTo(v, 3);
    for (const v of moved(seen.back)) expect(v).toBeCloseTo(0, 4);
  });

  it('contents that slide are drawn where they have gone, as parts and on the cut, and what holds them stays', async () => {
    const seen = await inPage(async ({ viewer, model }) => {
      const nodes = (model.grid.size[0] + 1) * (model.grid.size[1] + 1) * (model.grid.size[2] + 1);
      const share = new Float32Array(model.fill.length);
      for (const part of model.parts)
        if (part.structure === 'small_intestine')
          part.cells.forEach((cell: number, n: number) => {
            share[cell] = part.fraction[n] > 0.5 ? 1 : 0;
          });
      // 20 mm to the left
      const gone = Float32Array.from({ length: 3 * nodes }, (_, n) => (n % 3 === 0 ? 20 : 0));
      viewer.setStates([
        { depth: 30, force: 100, displacement: new Float32Array(3 * nodes), contents: { displacement: gone, share } },
      ]);
      viewer.setLoad(1);
      const picks = () => {
        const out: { by: number; structure: string; kind: string }[] = [];
        for (let y = 20; y < 180; y += 4)
          for (let x = 20; x < 180; x += 4) {
            const at = viewer.pick(x, y);
            if (at?.rest) out.push({ by: at.point[0] - at.rest[0], structure: at.structure, kind: at.kind });
          }
        return out;
      };
      await viewer.look('front');
      viewer.isolate(['small_intestine', 'psoas_major']);
      await viewer.drawn();
      const parts = picks();
      viewer.isolate(undefined);
      viewer.setSection({ kind: 'coronal', show: 'structures', offset_mm: -40 });
      await viewer.drawn();
      const cut = picks();
      viewer.setSection(undefined);
      await viewer.drawn();
      return { parts, cut: cut.filter(({ kind }) => kind === 'section') };
    });
    const moves = (of: typeof seen.parts, structure: string): number[] => [
      ...new Set(of.filter((p) => p.structure === structure).map(({ by }) => Math.round(by))),
    ];
    expect(moves(seen.parts, 'small_intestine')).toEqual([20]);
    expect(moves(seen.parts, 'psoas_major')).toEqual([0]);
    // on the cut every place is of the one or of the other body, and none lies between
    expect(seen.cut.length).toBeGreaterThan(100);
    const beside = seen.cut.map(({ by }) => Math.min(Math.abs(by), Math.abs(by - 20)));
    expect(Math.max(...beside)).toBeLessThan(3);
    expect(seen.cut.some(({ by }) => by > 17)).toBe(true);
    expect(seen.cut.some(({ by }) => by < 3)).toBe(true);
    expect(moves(seen.cut, 'small_intestine')).toContain(20);
  });

  it('cuts through the body, fills the cut with pressure and reads it under the pointer', async () => {
    const seen = await inPage(async ({ viewer, model, pixels }) => {
      const displacement = new Float32Array(
        3 * (model.grid.size[0] + 1) * (model.grid.size[1] + 1) * (model.grid.size[2] + 1),
      );
      const pressure = new Float32Array(model.fill.length).fill(20);
      viewer.setStates([{ depth: 30, force: 100, displacement, pressure }]);
      viewer.setLoad(1);
      viewer.setSection({ kind: 'sagittal', show: 'pressure', offset_mm: 40 });
      await viewer.look('left');
      await viewer.drawn();
      const data = await pixels();
      const picked = viewer.pick(100, 100);
      viewer.setLoad(0.5);
      const half = viewer.pick(100, 100);
      viewer.setSection(undefined);
      await viewer.look('front');
      await viewer.drawn();
      // pixels in the blue of the band from 16 to 32 kPa, [52, 143, 182]
      let blue = 0;
      for (let n = 0; n < data.length; n += 4)
        if (Math.abs(data[n]! - 52) < 12 && Math.abs(data[n + 1]! - 143) < 12 && Math.abs(data[n + 2]! - 182) < 12)
          blue++;
      return { picked, half, blue };
    });
    expect(seen.picked.kind).toBe('section');
    expect(seen.picked.pressure).toBeCloseTo(20, 4);
    expect(seen.half.pressure).toBeCloseTo(10, 4);
    expect(seen.picked.point[0]).toBeCloseTo(40, 3);
    expect(seen.blue).toBeGreaterThan(1500);
  });

  it('writes levels where the cut’s pressure passes them, and lets what is picked glow on the cut', async () => {
    const seen = await inPage(async ({ viewer, model, pixels }) => {
      const { origin, size, spacing } = model.grid;
      // doubles every 60 mm towards the head, 4 kPa at the origin
      const pressure = Float32Array.from({ length: model.fill.length }, (_, n) => {
        const z = origin[2] + (Math.floor(n / (size[0] * size[1])) + 0.5) * spacing;
        return 4 * 2 ** (z / 60);
      });
      const displacement = new Float32Array(3 * (size[0] + 1) * (size[1] + 1) * (size[2] + 1));
      viewer.setStates([{ depth: 30, force: 100, displacement, pressure }]);
      viewer.setLoad(1);
      viewer.setSection({ kind: 'sagittal', show: 'both', offset_mm: 40 });
      await viewer.look('left');
      await viewer.drawn();
      const levels = viewer.levels(12);
      const read = levels.map(({ at }: { at: number[] }) => {
        const { x, y } = viewer.project(at);
        return viewer.pick(x, y)?.pressure;
      });
      // pixels in the yellow of what glows, [255, 226, 122]
      const glowing = async () => {
        await viewer.drawn();
        const data = await pixels();
        let count = 0;
        for (let n = 0; n < data.length; n += 4)
          if (data[n]! > 235 && Math.abs(data[n + 1]! - 224) < 14 && Math.abs(data[n + 2]! - 125) < 22) count++;
        return count;
      };
      const plain = await glowing();
      viewer.highlight(['psoas_major/left']);
      const left = await glowing();
      viewer.highlight(['psoas_major/right']);
      const right = await glowing();
      viewer.highlight([]);
      const none = await glowing();
      viewer.setSection(undefined);
      await viewer.look('front');
      return { levels, read, plain, left, right, none };
    });
    const levels = seen.levels.map(({ kPa }: { kPa: number }) => kPa);
    expect(levels.length).toBeGreaterThan(2);
    expect(levels).toEqual(levels.toSorted((a: number, b: number) => b - a));
    for (const [n, kPa] of levels.entries()) expect(Math.abs(seen.read[n]! / kPa - 1)).toBeLessThan(0.03);
    // the cut is through the left one
    expect(seen.left).toBeGreaterThan(seen.plain + 30);
    expect(seen.right).toBe(seen.plain);
    expect(seen.none).toBe(seen.plain);
  });

  it('draws who lies there around the trunk: seen, never picked, a ghost beside a part alone, cut away with the body', async () => {
    const seen = await inPage(async ({ viewer, model, pixels, psoascope }) => {
      const { buildTool, placeTool, toolSurface, figureOf } = psoascope;
      const tool = toolSurface(
        placeTool(model, buildTool({ id: 'two-peak', parameters: {} }), { preset: 'as-sold' }, 'prone'),
      );
      viewer.setTool(tool);
      // from the side, back up
      await viewer.look({ target: [0, 0, 0], position: [-1000, 0, 0], up: [0, 1, 0] }, { focus: ['person'] });
      const figure = figureOf(model, {}, 'prone', tool);
      /** Middles of a calf and of the chest, in the picture. */
      const place = (z: number) => {
        const near: number[][] = [];
        for (let n = 0; n < figure.vertices.length; n += 3)
          if (Math.abs(figure.vertices[n + 2] - z) < 12) near.push([...figure.vertices.subarray(n, n + 3)]);
        const at = [0, 1, 2].map((d) => near.reduce((sum, p) => sum + p[d]!, 0) / near.length);
        return viewer.project(at);
      };
      const look = async () => {
        await viewer.drawn();
        const data = await pixels();
        return (at: { x: number; y: number }) =>
          data.slice(
            4 * (Math.round(at.x) + 200 * Math.round(at.y)),
            4 * (Math.round(at.x) + 200 * Math.round(at.y)) + 3,
          );
      };
      viewer.setFigure(figure);
      await viewer.look({ target: [0, 0, 0], position: [-1000, 0, 0], up: [0, 1, 0] }, { focus: ['person'] });
      const [calf, chest] = [place(-600), place(330)];
      const plain = await look();
      const picked = viewer.pick(calf.x, calf.y);
      viewer.isolate(['psoas_major']);
      const ghost = await look();
      viewer.isolate(undefined);
      // cut across: the half toward the eye goes, here that of the legs
      viewer.setSection({ kind: 'axial', show: 'structures' });
      await viewer.look({ target: [0, 0, 0], position: [-900, 100, -400], up: [0, 1, 0] }, { focus: ['person'] });
      const [cutCalf, cutChest] = [place(-600), place(330)];
      const cut = await look();
      viewer.setSection(undefined);
      viewer.setFigure(undefined);
      viewer.setTool(undefined);
      await viewer.look('front');
      await viewer.drawn();
      return {
        calf: plain(calf),
        chest: plain(chest),
        picked,
        ghost: ghost(calf),
        cutCalf: cut(cutCalf),
        cutChest: cut(cutChest),
        upright: viewer.camera,
      };
    });
    const PAPER = [246, 243, 238];
    const from = (colour: number[]) => Math.max(...colour.map((c, d) => Math.abs(c - PAPER[d]!)));
    expect(from(seen.calf)).toBeGreaterThan(20);
    expect(from(seen.chest)).toBeGreaterThan(20);
    expect(seen.picked).toBeUndefined();
    expect(from(seen.ghost)).toBeGreaterThan(1);
    expect(from(seen.ghost)).toBeLessThan(from(seen.calf) / 1.5);
    // what is behind the legs is the mat, paler than they are
    expect(from(seen.cutCalf)).toBeLessThan(from(seen.calf));
    expect(from(seen.cutChest)).toBeGreaterThan(20);
    expect(seen.upright.up).toBeUndefined();
  });

  it('draws only when something has changed', async () => {
    const frames = await inPage(async ({ viewer, requestAnimationFrame }) => {
      let count = 0;
      const off = viewer.on('frame', () => count++);
      const wait = () => new Promise((go) => requestAnimationFrame(go));
      for (let n = 0; n < 5; n++) await wait();
      const idle = count;
      viewer.setPeel(0.5);
      viewer.setPeel(0);
      await viewer.drawn();
      off();
      return { idle, after: count };
    });
    expect(frames).toEqual({ idle: 0, after: 1 });
  });

  it('links cameras, tells of a lost context and draws again after it', async () => {
    const seen = await inPage(async ({ viewer, surfaces, psoascope, document }) => {
      const canvas = document.querySelector('#b');
      const other = new psoascope.Viewer(canvas, { reducedMotion: true, pixelRatio: 1 });
      other.setSurfaces(surfaces.slice(0, 1));
      const part = psoascope.linkCameras([viewer, other]);
      viewer.orbit(30, 10);
      const linked = JSON.stringify(viewer.camera) === JSON.stringify(other.camera);
      // who lies on the back beside who lies face down: each with their own floor below
      other.lying = [0, -1, 0];
      const [x, y, z] = viewer.lie.middle;
      viewer.setCamera({ target: [x, y + 10, z], position: [x, y + 310, z - 900], up: [0, 1, 0] });
      const turned = {
        up: other.camera.up,
        way: other.camera.position.map((c: number, d: number) => c - [x, y, z][d]),
      };
      other.lying = viewer.lying;
      part();
      viewer.orbit(30, 0);
      const parted = JSON.stringify(viewer.camera) !== JSON.stringify(other.camera);
      await other.drawn();
      const events: string[] = [];
      other.on('lost', () => events.push('lost'));
      const restored = new Promise<void>((go) =>
        other.on('restored', () => {
          events.push('restored');
          go();
        }),
      );
      const loser = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
      loser.loseContext();
      await new Promise((go) => setTimeout(go, 50));
      loser.restoreContext();
      await restored;
      await other.drawn();
      const picked = other.pick(100, 100)?.structure;
      other.dispose();
      return { linked, parted, turned, events, picked };
    });
    const { turned, ...rest } = seen;
    expect(rest).toEqual({ linked: true, parted: true, events: ['lost', 'restored'], picked: 'skin' });
    for (const [d, v] of [0, -310, -900].entries()) expect(turned.way[d]).toBeCloseTo(v, 6);
    for (const [d, v] of [0, -1, 0].entries()) expect(turned.up[d]).toBeCloseTo(v, 6);
  });

  it('says in a sentence that there is no WebGL', async () => {
    const message = await inPage(({ psoascope, document }) => {
      const canvas = document.createElement('canvas');
      canvas.getContext('2d');
      try {
        new psoascope.Viewer(canvas);
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(message).toMatch(/WebGL 2 is missing/);
  });

  it('leaves nothing on the graphics card', async () => {
    const seen = await inPage(({ viewer }) => {
      const before = viewer.resources;
      viewer.dispose();
      viewer.dispose();
      return { before, after: viewer.resources };
    });
    expect(seen.before.geometries).toBeGreaterThan(0);
    expect(seen.before.textures).toBeGreaterThan(0);
    expect(seen.after).toEqual({ geometries: 0, textures: 0, programs: 0 });
    expect(errors.filter((e) => !/context (lost|restored)|WebGL context/i.test(e))).toEqual([]);
  });
});
