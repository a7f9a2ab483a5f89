import { readFileSync } from 'node:fs';
import { validateBytes } from 'gltf-validator';
import type { JSHandle, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../src/findings/result.ts';
import { pathCsv } from '../src/io/csv.ts';
import { parseScenario } from '../src/press/parse-scenario.ts';
import { run } from '../src/run.ts';
import { storeBlock } from '../src/scan/write-nifti.test-data.ts';
import { LINK, missing, pastTheList, small, startApp, TITLES, tabTo, violations } from './app-page.ts';

const SCENARIO = {
  body: { sex: 'male', height_cm: 178, weight_kg: 80 },
  tool: { id: 'fingertips' },
  placement: { x_mm: 64, y_mm: 20 },
  pose: 'supine',
  load: { force_N: 25 },
  cell_mm: 15,
  uncertainty: 0,
};

describe.skipIf(missing)('the built app in a browser', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app?.close());

  const hashOf = (page: Page): Promise<string | null> => page.getByTestId('result-hash').textContent();
  /** The press of LINK, as the command line computes it; once for all tests. */
  let known: Promise<Result> | undefined;
  const expected = (): Promise<Result> => {
    known ??= run(parseScenario(SCENARIO), { version: 'test', platform: 'test' }).then(({ result }) => result);
    return known;
  };
  it('the story: nine pictures by keyboard, axe has nothing to object, nothing foreign is asked for', async () => {
    const { page, context, foreign, complaints } = await app.open('', { flat: true });
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(TITLES);
    // the first button that begins the story, then the next ones, without a mouse
    await page.getByRole('button', { name: 'Start' }).focus();
    await page.keyboard.press('Enter');
    for (const letter of ['A', 'B']) {
      await page
        .getByRole('button', { name: `Picture ${letter}:` })
        .and(page.locator('[aria-current=step]'))
        .waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
    }
    await page.getByRole('button', { name: 'Picture C:' }).and(page.locator('[aria-current=step]')).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('a link opens a press whose findings are the command line’s; all of it by keyboard, then on a dark phone', async () => {
    const { page, context, foreign, complaints } = await app.open(LINK, { flat: true });
    // nothing is computed for a person before the list was passed
    await page.getByRole('heading', { name: /Before you look/ }).waitFor();
    await page.getByText('you are pregnant, or might be').click();
    await page.getByRole('button', { name: /ask first/ }).waitFor();
    await page.getByText('you are pregnant, or might be').click();
    expect(await page.getByTestId('psoas-pressure').count()).toBe(0);
    expect(await small(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await tabTo(page, /^None of these/);
    await page.keyboard.press('Enter');
    await page.getByTestId('psoas-pressure').waitFor();
    // without WebGL it says so, and draws the cut instead
    await page.getByText(/shows no 3-D pictures/).waitFor();
    await page.getByRole('img', { name: /cut/i }).first().waitFor();
    await page.getByText('About this body and this run').click();

    const result = await expected();
    expect(await hashOf(page)).toBe(result.manifest.resultHash);
    const kPa = result.headline!.psoasFrontPressure_kPa.value!;
    expect(await page.getByTestId('psoas-pressure').textContent()).toBe(`${Number(kPa.toPrecision(2))} kPa`);

    // the address holds all of it, is short and says nothing about what was ticked
    expect(await page.evaluate(() => location.hash)).toBe(LINK);
    expect(
      await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])),
    ).toBe('[{},{},""]');

    // the tool: with the keyboard, with buttons, by dragging
    const press = async (key: string): Promise<string> => {
      await page.keyboard.press(key);
      return page.evaluate(() => location.hash);
    };
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.locator('.skip').focus();
    await tabTo(page, /^Map of the belly/);
    await press('ArrowLeft');
    expect(await press('Shift+ArrowUp')).toContain('x=59,21');
    await tabTo(page, /^How hard/);
    await press('Enter');
    await tabTo(page, /^How hard it is pushed/);
    expect(await press('ArrowUp')).toMatch(/l=3(\.\d)?kg/);
    await tabTo(page, /^Run this press|^Stop/);

    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.getByRole('button', { name: '5 mm toward the feet' }).click();
    expect(await page.evaluate(() => location.hash)).toContain('x=59,16');
    const map = page.getByRole('application', { name: /Map of the belly/ });
    await map.evaluate((element) => element.scrollIntoView({ block: 'start' }));
    const box = (await map.boundingBox())!;
    await page.mouse.move(box.x + 0.3 * box.width, box.y + 0.3 * box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.4 * box.width, box.y + 0.5 * box.height);
    await page.mouse.up();
    // 380 × 310 mm are shown, from 190 mm to the right and 190 mm above the hip bones
    const [, x, y] = /x=(-?\d+),(-?\d+)/.exec(await page.evaluate(() => location.hash))!;
    expect(Math.abs(Number(x) - (-190 + 0.4 * 380))).toBeLessThan(3);
    expect(Math.abs(Number(y) - (190 - 0.5 * 310))).toBeLessThan(3);

    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.getByText('Open a CT and its labels').click();
    expect(await small(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);

    // what does not fit the model is said in a sentence, and stays in the form
    await page.getByRole('button', { name: /^Who/ }).click();
    await page.getByRole('textbox', { name: 'Weight', exact: true }).fill('500');
    await page.keyboard.press('Enter');
    await page
      .getByRole('alert')
      .getByText(/weight/i)
      .first()
      .waitFor();
    expect(await page.getByRole('textbox', { name: 'Weight', exact: true }).inputValue()).toBe('500');
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('contents that slide, by a link: the command line’s numbers, and the scene gets what has gone aside', async () => {
    // what the worker says of each step
    const watch = (): void => {
      const slid: boolean[] = [];
      Object.assign(globalThis, { slid });
      const Plain = Worker;
      globalThis.Worker = class extends Plain {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          this.addEventListener('message', ({ data }) => {
            if (data?.kind !== 'step' || data.state.contents === undefined) return;
            const { displacement, contents } = data.state;
            slid.push(contents.displacement.some((u: number, n: number) => Math.abs(u - displacement[n]) > 1));
          });
        }
      };
    };
    const { page, context, complaints } = await app.open(`${LINK};contents=slide`, { flat: true, before: watch });
    await pastTheList(page);
    await page.getByTestId('psoas-pressure').waitFor();
    await page.getByRole('button', { name: 'Up to date' }).first().waitFor();
    await page.getByText('About this body and this run').click();
    const { result } = await run(parseScenario({ ...SCENARIO, contents: 'slide' }), {
      version: 'test',
      platform: 'test',
    });
    expect(await hashOf(page)).toBe(result.manifest.resultHash);
    expect(result.findings.filter(({ quantity }) => quantity === 'slide')).toHaveLength(2);
    expect(await page.evaluate(() => (globalThis as unknown as { slid: boolean[] }).slid.includes(true))).toBe(true);
    expect(await page.evaluate(() => location.hash)).toContain('contents=slide');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('without a network after one visit: press, pick, drag on the skin, every file, a lost picture, two linked scenes', async () => {
    const { page, context } = await app.open('', { keep: true, width: 700 });
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await context.setOffline(true);
    await page.goto(`${app.url}${LINK}`);
    await page.reload();
    await pastTheList(page);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    // what is opaque and not cut is quickest to draw without a graphics card
    await page.getByText('no cut', { exact: true }).click();
    await page.getByRole('slider', { name: 'Peel from skin to psoas' }).focus();
    await page.keyboard.press('Home');
    await page.getByTestId('psoas-pressure').waitFor();
    await page.getByRole('button', { name: 'front' }).click();
    const result = await expected();

    // every file that can be taken away
    const taken = async (name: string): Promise<Buffer> => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name, exact: true }).click(),
      ]);
      return readFileSync(await download.path());
    };
    const json = JSON.parse((await taken('Result (JSON)')).toString()) as Result;
    expect(json.manifest.resultHash).toBe(result.manifest.resultHash);
    expect(json.findings).toEqual(result.findings);
    expect((await taken('Curve (CSV)')).toString()).toBe(pathCsv(result));
    const vtu = await taken('Fields (VTU)');
    expect(vtu.subarray(0, 400).toString('latin1')).toMatch(/<VTKFile type="UnstructuredGrid"/);
    expect(vtu.toString('latin1')).toContain(`NumberOfCells="${result.solver.cells}"`);
    const glb = await taken('Model (GLB)');
    const { issues } = await validateBytes(new Uint8Array(glb));
    expect(issues.numErrors).toBe(0);
    const png = await taken('Picture (PNG)');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1600, 1200]);
    // far more than one flat colour
    expect(png.length).toBeGreaterThan(20_000);
    const [handOut] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('button', { name: 'Hand-out to print' }).click(),
    ]);
    await handOut.getByRole('heading').first().waitFor();
    const sheets = (await handOut.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [];
    expect(sheets.length).toBeGreaterThan(0);
    expect(sheets.length).toBeLessThanOrEqual(3);
    await handOut.close();

    // a part is picked in the scene, and its card opens
    const canvas = page.locator('canvas.scene').first();
    const scene = (await canvas.boundingBox())!;
    await page.mouse.click(scene.x + 0.44 * scene.width, scene.y + 0.4 * scene.height);
    const card = page.getByRole('complementary', { name: 'skin' });
    await card.waitFor();
    expect(await card.innerText()).toMatch(/kPa/);
    await card.getByRole('button', { name: 'Close the card' }).click();

    // the handle on the tool: to the right of the picture is to the left of the person
    const before = await page.evaluate(() => location.hash);
    expect(before).toContain('x=64,20');
    const handle = page.locator('.handle').first();
    const grip = (await handle.boundingBox())!;
    const [gx, gy] = [grip.x + grip.width / 2, grip.y + grip.height / 2];
    await page.mouse.move(gx, gy);
    await page.mouse.down();
    await page.mouse.move(gx - 20, gy - 12, { steps: 2 });
    await page.mouse.up();
    const [, x, y] = /x=(-?\d+),(-?\d+)/.exec(await page.evaluate(() => location.hash))!.map(Number);
    expect(x).toBeLessThan(64 - 5);
    expect(y).toBeGreaterThan(20 + 3);

    // a lost picture comes back by itself, or on a new canvas
    const lose = (): Promise<JSHandle<WEBGL_lose_context>> =>
      canvas.evaluateHandle((element: HTMLCanvasElement) => {
        const loser = element.getContext('webgl2')!.getExtension('WEBGL_lose_context')!;
        loser.loseContext();
        return loser;
      });
    const gone = page.getByText(/The 3-D view was interrupted/);
    const lost = await lose();
    await gone.waitFor();
    await lost.evaluate((loser) => loser.restoreContext());
    await gone.waitFor({ state: 'detached' });
    await lose();
    await gone.waitFor();
    await page.getByRole('button', { name: 'Draw it again' }).click();
    await gone.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'front' }).click();
    await page.locator('.handle').first().waitFor();

    // two scenes, one camera: from the feet no handle can be dragged, from the front both can
    await page.goto(`${app.url}${LINK};vs;${LINK.slice(4).replace('x=64,20', 'x=60,30')}`);
    await page.locator('canvas.scene[data-slot=b]').waitFor();
    await page.waitForFunction(() => document.querySelectorAll('[data-testid=psoas-pressure]').length === 2);
    await page.getByRole('button', { name: 'lying' }).first().click();
    await page.waitForFunction(() => document.querySelectorAll('.handle').length === 0);
    await page.getByRole('button', { name: 'front' }).first().click();
    await page.waitForFunction(() => document.querySelectorAll('.handle').length === 2);
    await context.close();
  });

  it('compares with any tool and any body on one scale, at the same push', async () => {
    const ball = 'b=m,178,80;t=ball-tennis;x=64,20;p=prone;l=25N;c=15';
    const { page, context, complaints } = await app.open(`#v1;${ball};vs;${ball.replace('l=25N', 'l=10N')}`, {
      flat: true,
    });
    await pastTheList(page);
    const table = page.locator('.compare table').first();
    await table.waitFor();
    const row = async (name: string): Promise<string[]> =>
      (await table.getByRole('row').filter({ hasText: name }).first().getByRole('cell').allTextContents()).slice(1);
    expect(await row('the push')).toEqual(['25 N (the weight of about 2.5 kg)', '10 N (the weight of about 1 kg)']);
    expect(await violations(page)).toEqual([]);
    expect(await small(page)).toEqual([]);
    await page.getByRole('button', { name: 'both at 10 N' }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Up to date' }).count(), { timeout: 300_000 }).toBe(2);
    expect(await page.getByRole('button', { name: 'both at 10 N' }).count()).toBe(0);
    const equal = await row('share of the work');
    // the same press twice, so the same numbers twice
    expect(equal[0]).toBe(equal[1]);
    expect(await page.evaluate(() => location.hash)).toBe(`#v1;${ball};vs;${ball}`.replaceAll('l=25N', 'l=10N'));
    await page.getByRole('combobox', { name: 'another tool' }).selectOption('roller-smooth');
    expect(await page.evaluate(() => location.hash)).toMatch(/;vs;b=m,178,80;t=roller-smooth;x=as-sold/);
    await page.getByRole('columnheader', { name: /roller/ }).waitFor();
    await page.getByRole('combobox', { name: 'another body' }).selectOption('lean woman, 163 cm, 54 kg');
    expect(await page.evaluate(() => location.hash)).toMatch(/;vs;b=f,163,54;t=ball-tennis;/);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('presses on a scan from disk, and says in a sentence what is wrong with a bad file', async () => {
    const { page, context, complaints } = await app.open('#v1;b=f;t=ball-tennis;x=30,20;l=20N;c=15;uncertainty=0', {
      flat: true,
    });
    await pastTheList(page);
    await page.getByText('Open a CT and its labels').click();
    const file = (bytes: Uint8Array) => ({
      name: 'ct.nii',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(bytes),
    });
    await page.getByLabel(/^CT/).setInputFiles(file(new Uint8Array(100)));
    await page.getByRole('button', { name: 'Press on this scan' }).click();
    await page.getByRole('alert').first().waitFor();
    expect(await page.getByRole('alert').first().textContent()).toMatch(/ct\.nii.*\.$/i);

    // a person of ellipses: fat around soft tissue, a spine behind
    const within = (x: number, y: number, rx: number, ry: number): boolean => (x / rx) ** 2 + (y / ry) ** 2 < 1;
    const value = (x: number, y: number): number =>
      !within(x, y, 150, 100)
        ? -1000
        : !within(x, y, 130, 80)
          ? -100
          : within(x, y - 45, 22, 22)
            ? within(x, y - 45, 19, 19)
              ? 180
              : 500
            : 50;
    const block = { n: [70, 50, 60], origin: [-172.5, -122.5, 400], spacing: [5, 5, 4], value } as const;
    const ct = storeBlock(block, { axis: [0, 1, 2], flip: [false, false, false] });
    await page.getByLabel(/^CT/).setInputFiles(file(ct));
    await page.getByRole('button', { name: 'Press on this scan' }).click();
    await page.getByText(/^Research use: the body is the scan ct\.nii \(SHA-256 [0-9a-f]{12}…\)\.$/).waitFor();
    await page.getByText('This scan has no label of the psoas, so nothing is said of what it gets.').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});
