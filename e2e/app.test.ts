import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appFolder } from '../src/cli/serve.ts';
import { serveFolder } from '../src/cli/serve-folder.ts';
import { parseScenario } from '../src/press/parse-scenario.ts';
import { run } from '../src/run.ts';
import { storeBlock } from '../src/scan/write-nifti.test-data.ts';

const executablePath = process.env.PSOASCOPE_CHROMIUM ?? '/usr/bin/chromium';
const missing = !existsSync(executablePath) || appFolder() === undefined;
if (missing) console.warn(`skipped: no Chromium at ${executablePath}, or the app is not built (npm run build)`);

/** A press with the coarsest cells: a few seconds. */
const LINK = '#v1;b=m,178,80;t=fingertips;x=64,20;p=supine;l=25N;c=15';
const SCENARIO = {
  body: { sex: 'male', height_cm: 178, weight_kg: 80 },
  tool: { id: 'fingertips' },
  placement: { x_mm: 64, y_mm: 20 },
  pose: 'supine',
  load: { force_N: 25 },
  cell_mm: 15,
};

// software drawing on two cores is slow, and so is everything that waits for it
const PATIENCE = 200_000;

describe.skipIf(missing)('the built app in a browser', { timeout: 240_000 }, () => {
  let browser: Browser;
  let server: Server;
  let url: string;
  const folder = mkdtempSync(join(tmpdir(), 'psoascope-'));
  beforeAll(async () => {
    ({ server, url } = await serveFolder(folder, 0, appFolder()));
    browser = await chromium.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    });
  });
  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A page with what it asked for elsewhere, and what it complained about. */
  async function open(
    fragment: string,
    options: { width?: number; dark?: boolean; keep?: boolean; flat?: boolean } = {},
  ): Promise<{ page: Page; context: BrowserContext; foreign: string[]; complaints: string[] }> {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 900, height: 640 },
      colorScheme: options.dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      serviceWorkers: options.keep ? 'allow' : 'block',
    });
    context.setDefaultTimeout(PATIENCE);
    // a browser without WebGL: drawings and tables instead of the scene, and less to draw for the test
    if (options.flat)
      await context.addInitScript(() => {
        const { getContext } = HTMLCanvasElement.prototype;
        HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...more: unknown[]) {
          return kind.startsWith('webgl') ? null : getContext.call(this, kind as '2d', ...(more as []));
        } as typeof getContext;
      });
    const page = await context.newPage();
    const foreign: string[] = [];
    const complaints: string[] = [];
    context.on('request', (request) => {
      if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) foreign.push(request.url());
    });
    page.on('console', (message) => {
      // what the software renderer and the blocked service worker say is not the app's
      if (/GL Driver|WebGL|Service Worker registration blocked/.test(message.text())) return;
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${url}${fragment}`);
    return { page, context, foreign, complaints };
  }

  const pastTheList = (page: Page): Promise<void> => page.getByRole('button', { name: /^None of these/ }).click();
  const hashOf = (page: Page): Promise<string | null> => page.getByTestId('result-hash').textContent();
  const violations = async (page: Page): Promise<string[]> =>
    (await new AxeBuilder({ page }).analyze()).violations.map(
      (v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`,
    );

  it('the story: nine pictures by keyboard, axe has nothing to object, nothing foreign is asked for', async () => {
    const { page, context, foreign, complaints } = await open('', { flat: true });
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
      'Psoas major',
      'Iliacus',
      'Small and large intestine',
      'Aorta and vena cava',
      'Lateral femoral cutaneous nerve',
      'Genitofemoral nerve',
      'Ureters',
      'A tool with two peaks',
      'A tool like a hook',
      'Now somebody lies down on it',
      'Where the push went',
    ]);
    // the first button that begins the story, then the next ones, without a mouse
    await page.getByRole('button', { name: 'Look in' }).focus();
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

  it('a link opens a press whose findings are those of the library, and reopening gives them again', async () => {
    const { page, context, foreign, complaints } = await open(LINK, { flat: true });
    // nothing is computed for a person before the list was passed
    await page.getByRole('heading', { name: /Before you look/ }).waitFor();
    await page.getByText('you are pregnant, or might be').click();
    await page.getByRole('button', { name: /ask first/ }).waitFor();
    await page.getByText('you are pregnant, or might be').click();
    expect(await page.getByTestId('psoas-share').count()).toBe(0);
    await pastTheList(page);
    await page.getByTestId('psoas-share').waitFor();
    // without WebGL it says so, and draws the cut instead
    await page.getByText(/shows no 3-D pictures/).waitFor();
    await page.getByRole('img', { name: /cut/i }).first().waitFor();
    await page.getByText('About this body and this run').click();
    const shown = await hashOf(page);

    const { result } = await run(parseScenario(SCENARIO), { version: 'test', platform: 'test' });
    expect(shown).toBe(result.manifest.resultHash);
    const share = result.shares.find(({ structure }) => structure === 'psoas_major')?.share ?? 0;
    expect(await page.getByTestId('psoas-share').textContent()).toBe(`${Math.round(100 * share)} %`);

    // the address holds all of it, is short and says nothing about what was ticked
    const address = await page.evaluate(() => location.hash);
    expect(address).toBe(LINK);
    expect(
      await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])),
    ).toBe('[{},{},""]');
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('the tool is placed by keys, by buttons and by dragging, and the phone shows all of it (dark, 390 px)', async () => {
    const { page, context, complaints } = await open(LINK, { width: 390, dark: true, flat: true });
    await pastTheList(page);
    await page.getByTestId('psoas-share').waitFor();
    const map = page.getByRole('application', { name: /Map of the belly/ });
    await map.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Shift+ArrowUp');
    expect(await page.evaluate(() => location.hash)).toContain('x=59,21');
    await page.getByRole('button', { name: '5 mm to the feet' }).click();
    expect(await page.evaluate(() => location.hash)).toContain('x=59,16');
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
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('button, summary, [role=radio]')]
        .map((e) => ({ text: e.textContent, box: e.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
        .map(({ text, box }) => `${text} ${box.width}×${box.height}`),
    );
    expect(small).toEqual([]);
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
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('works without a network after one visit, isolated for threads', async () => {
    const { page, context } = await open('', { keep: true });
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await context.setOffline(true);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: /What do you press on/ }).waitFor();
    // worker and viewer are there too: the model takes the place of its poster
    await page.locator('.poster.gone').waitFor({ state: 'attached' });
    // the parts that are fetched later come from the visit before, too
    await page.getByRole('button', { name: 'Skip to your own' }).click();
    await page.getByRole('heading', { name: /Before you look/ }).waitFor();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await context.close();
  });

  it('presses on a scan from disk, and says in a sentence what is wrong with a bad file', async () => {
    const { page, context, complaints } = await open('#v1;b=f;t=ball-tennis;x=30,20;l=20N;c=15', { flat: true });
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
      !within(x, y, 150, 100) ? -1000 : !within(x, y, 130, 80) ? -100 : within(x, y - 45, 22, 22) ? 400 : 50;
    const block = { n: [70, 50, 60], origin: [-172.5, -122.5, 400], spacing: [5, 5, 4], value } as const;
    const ct = storeBlock(block, { axis: [0, 1, 2], flip: [false, false, false] });
    await page.getByLabel(/^CT/).setInputFiles(file(ct));
    await page.getByRole('button', { name: 'Press on this scan' }).click();
    await page.getByText('Research use: the body is the scan ct.nii.').waitFor();
    await page.getByText(/of the push’s work reaches the psoas and iliacus/).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});
