import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from 'playwright';
import { expect } from 'vitest';
import { lacks } from '../src/base/lacks.test-data.ts';
import { appFolder } from '../src/cli/serve.ts';
import { serveFolder } from '../src/node/serve-folder.ts';
import { launchBrowser, noBrowser } from './browser.ts';

/** Whether there is nothing to test with. */
export const missing =
  lacks(appFolder() === undefined ? 'the app is not built; npm run build builds it' : undefined) || noBrowser;

/** A press with the coarsest cells and without ranges: a few seconds. */
export const LINK = '#v1;b=m,178,80;t=fingertips;x=64,20;p=supine;l=25N;c=15;uncertainty=0';

/** Headings of the story, in its order. */
export const TITLES = [
  'Psoas major',
  'Iliacus',
  'Small and large intestine',
  'Aorta and vena cava',
  'Lateral femoral cutaneous nerve',
  'Genitofemoral nerve',
  'Ureters',
  'A tool with two peaks',
  'A tool like a hook',
  'Now someone lies down on it',
  'Where the push went',
];

// software drawing on two cores is slow, and so is everything that waits for it
const PATIENCE = 300_000;

export interface Opened {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What it asked for elsewhere. */
  readonly foreign: string[];
  /** Errors and warnings of its console. */
  readonly complaints: string[];
}

/** The built app behind the command line's server, and a browser. */
export async function startApp() {
  const folder = mkdtempSync(join(tmpdir(), 'psoascope-'));
  const { server, url } = await serveFolder(folder, 0, appFolder());
  // draws without a graphics card
  const browser = await launchBrowser('--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader');
  /** @param options.flat A browser without WebGL: drawings and tables instead of the scene, and less to draw for the test. */
  const open = async (
    fragment: string,
    options: {
      width?: number;
      dark?: boolean;
      keep?: boolean;
      flat?: boolean;
      motion?: boolean;
      before?: () => void;
    } = {},
  ): Promise<Opened> => {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 900, height: 640 },
      colorScheme: options.dark ? 'dark' : 'light',
      reducedMotion: options.motion ? 'no-preference' : 'reduce',
      serviceWorkers: options.keep ? 'allow' : 'block',
    });
    context.setDefaultTimeout(PATIENCE);
    if (options.flat)
      await context.addInitScript(() => {
        const { getContext } = HTMLCanvasElement.prototype;
        HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...more: unknown[]) {
          return kind.startsWith('webgl') ? null : getContext.call(this, kind as '2d', ...(more as []));
        } as typeof getContext;
      });
    if (options.before) await context.addInitScript(options.before);
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
  };
  const close = async (): Promise<void> => {
    await browser.close();
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, open, close };
}

export const pastTheList = (page: Page): Promise<void> => page.getByRole('button', { name: /^None of these/ }).click();

/** Everything that can be pointed at and is smaller than 24 CSS pixels; links in a line of text may be lower. */
export const small = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('button, summary, select, label.file, input, [role=radio], [role=slider], .tick')]
      .filter((e) => !e.closest('.sources, .skip') && !e.matches('.sources'))
      // a thumb or a box is what its label or track is
      .map((e) => ({ e, box: (e.closest('label, .track') ?? e).getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.width < 24 || box.height < 24))
      .map(({ e, box }) => `${e.tagName} ${e.className} ${e.textContent} ${box.width}×${box.height}`),
  );

/** Goes on with the Tab key until this has the focus, and sees to it that the focus can be seen. */
export const tabTo = async (page: Page, name: RegExp): Promise<void> => {
  for (let n = 0; n < 120; n++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      if (!(e instanceof HTMLElement)) return undefined;
      const label = [...((e as HTMLInputElement).labels ?? [])].map((l) => l.textContent).join(' ');
      const name = e.getAttribute('aria-label') ?? (label || e.textContent);
      // a button with a drawing begins with a space
      return { name: name.trim(), seen: e.matches(':focus-visible') };
    });
    if (at === undefined || !name.test(at.name)) continue;
    expect(at.seen).toBe(true);
    return;
  }
  throw new Error(`the Tab key never comes to ${name}`);
};

/** What axe objects to. */
export const violations = async (page: Page): Promise<string[]> =>
  (await new AxeBuilder({ page }).analyze()).violations.map(
    (v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`,
  );
