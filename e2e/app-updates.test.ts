import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appFolder } from '../src/cli/serve.ts';
import { LINK, missing } from './app-page.ts';
import { launchBrowser } from './browser.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** A static host as they are everywhere: it knows nothing of versions or isolation. */
interface Host {
  readonly server: Server;
  readonly port: number;
  /** The folder that it shows; undefined: another project stands there. */
  root: string | undefined;
  /** The host answers nothing but this. */
  down: number | undefined;
}

async function host(root: string, port = 0): Promise<Host> {
  const shown: { root: string | undefined; down: number | undefined } = { root, down: undefined };
  const server = createServer(({ url = '/' }, answer) => {
    const at = url.split(/[?#]/)[0]!;
    if (shown.down !== undefined) answer.writeHead(shown.down).end('down');
    else if (shown.root === undefined) {
      const page = at === '/';
      answer.writeHead(page ? 200 : 404, { 'content-type': 'text/html' });
      answer.end(page ? '<title>another project</title><img src="icon.svg">' : '');
    } else {
      const file = join(shown.root, at.endsWith('/') ? `${at}index.html` : at);
      if (!existsSync(file)) answer.writeHead(404).end();
      else
        answer
          .writeHead(200, {
            'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
            'cache-control': 'no-cache',
          })
          .end(readFileSync(file));
    }
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return Object.assign(shown, { server, port: (server.address() as AddressInfo).port });
}

/** The next release: the same program, with another title and every part under another name. */
function nextRelease(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  const parts = readdirSync(join(to, 'assets'));
  const renamed = new Map(
    parts.map((name) => [name, name.replace(/-[\w-]{8}\.(js|css)$/, (end) => `-Z${end.slice(2)}`)]),
  );
  for (const file of ['index.html', 'service-worker.js', ...parts.map((name) => `assets/${name}`)]) {
    let text = readFileSync(join(to, file), 'utf8');
    for (const [before, after] of renamed) text = text.replaceAll(before, after);
    text = text
      .replace(/psoascope-[0-9a-f]{12}/, 'psoascope-111111111111')
      .replace('<title>', '<meta name="release" content="two"><title>TWO ');
    writeFileSync(join(to, file), text);
  }
  for (const [before, after] of renamed) renameSync(join(to, 'assets', before), join(to, 'assets', after));
}

describe.skipIf(missing)('what stands at the address changes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'psoascope-updates-'));
  const [one, two] = ['one', 'two'].map((name) => join(folder, name)) as [string, string];
  const hosts: Host[] = [];
  let browser: Browser;
  beforeAll(async () => {
    cpSync(appFolder()!, one, { recursive: true });
    nextRelease(one, two);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    for (const { server } of hosts) {
      server.closeAllConnections();
      server.close();
    }
    rmSync(folder, { recursive: true, force: true });
  });
  const begin = async (port?: number): Promise<Host> => {
    const made = await host(one, port);
    hosts.push(made);
    return made;
  };

  /** A visitor whose browser draws no 3-D: less to wait for. */
  async function visitor(serviceWorkers: 'allow' | 'block', from = browser): Promise<BrowserContext> {
    const context = await from.newContext({ serviceWorkers });
    context.setDefaultTimeout(300_000);
    await context.addInitScript(() => {
      const { getContext } = HTMLCanvasElement.prototype;
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...more: unknown[]) {
        return kind.startsWith('webgl') ? null : getContext.call(this, kind as '2d', ...(more as []));
      } as typeof getContext;
    });
    return context;
  }
  const controlled = async (page: Page): Promise<void> => {
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  };
  const cached = (page: Page): Promise<string[]> => page.evaluate(() => caches.keys());
  const go = (page: Page, fragment: string): Promise<void> =>
    page.evaluate((to) => {
      location.hash = to;
    }, fragment);

  it('a new release under an open page: it goes on with its own parts and says so; a new page is the new one at once', async () => {
    const site = await begin();
    const url = `http://127.0.0.1:${site.port}/`;
    const context = await visitor('allow');
    const old = await context.newPage();
    await old.goto(url);
    await controlled(old);
    const [kept] = await cached(old);
    site.root = two;
    const fresh = await context.newPage();
    await fresh.goto(url);
    expect(await fresh.title()).toMatch(/^TWO/);
    // the new parts are kept beside the old ones, and the old page says that it is old
    await old.getByText(/new version of Psoascope/).waitFor();
    expect(await cached(old)).toEqual(
      expect.arrayContaining([kept, expect.stringContaining('psoascope-111111111111')]),
    );
    // parts that it had not asked for before come all the same, without the network too
    await context.setOffline(true);
    await go(old, LINK);
    await old.getByRole('heading', { name: /Before you look/ }).waitFor();
    await go(fresh, LINK);
    await fresh.getByRole('heading', { name: /Before you look/ }).waitFor();
    expect(await fresh.getByText(/new version of Psoascope/).count()).toBe(0);
    await context.setOffline(false);
    // the service worker hears of the network in its own time
    await expect
      .poll(() => old.evaluate(() => fetch('./', { cache: 'no-store' }).then((answer) => answer.text())), {
        timeout: 300_000,
      })
      .toContain('<title>TWO');
    // reloaded, it is the new one, with what was entered
    await old.getByRole('button', { name: 'Reload' }).click();
    // the title is that of the press sooner or later
    await old.waitForFunction(() => document.querySelector('meta[name=release]')?.getAttribute('content') === 'two');
    expect(await old.evaluate(() => location.hash)).toBe(LINK);
    await old.getByRole('heading', { name: /Before you look/ }).waitFor();
    // when the last page of the older version is closed, its parts go
    await old.close();
    await fresh.close();
    const later = await context.newPage();
    await later.goto(url);
    await controlled(later);
    await expect
      .poll(() => cached(later), { timeout: 300_000 })
      .toEqual([expect.stringContaining('psoascope-111111111111')]);
    await context.close();
  });

  it('a part that is gone, with no service worker: no blank page, a word, and reloading brings back what was entered', async () => {
    const site = await begin();
    const context = await visitor('block');
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${site.port}/`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    site.root = two;
    await go(page, LINK);
    await page.getByText(/new version of Psoascope/).waitFor();
    await page.getByRole('heading', { name: 'This part could not be shown' }).first().waitFor();
    expect(await page.getByRole('navigation', { name: 'Parts of the page' }).isVisible()).toBe(true);
    await page.locator('.word').getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('heading', { name: /Before you look/ }).waitFor();
    // the title is that of the press by now
    expect(await page.locator('meta[name=release]').getAttribute('content')).toBe('two');
    expect(await page.evaluate(() => location.hash)).toBe(LINK);
    await context.close();
  });

  it('Back and Forward walk parts of the page and pictures, each an address that opens it again', async () => {
    const site = await begin();
    const url = `http://127.0.0.1:${site.port}/`;
    const context = await visitor('block');
    const page = await context.newPage();
    const at = async (fragment: string, step?: string): Promise<void> => {
      await page.waitForFunction((wanted) => location.hash === wanted, fragment);
      if (step !== undefined)
        await page.waitForFunction(
          (title) => document.querySelector('.step.here :is(h1, h2)')?.textContent === title,
          step,
        );
    };
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(url);
    await page.getByRole('button', { name: 'Picture C:' }).click();
    await at('#story-bowel', 'Small and large intestine');
    await page.getByRole('button', { name: 'Picture G:' }).click();
    await at('#story-ureters', 'Ureters');
    await page.getByRole('navigation', { name: 'Parts of the page' }).getByRole('button', { name: 'Yours' }).click();
    const yours = '#v1;b=f;t=two-peak;x=as-sold';
    await at(yours);
    await page.getByRole('heading', { name: /Before you look/ }).waitFor();
    await page.goBack();
    await at('#story-ureters', 'Ureters');
    await page.goBack();
    await at('#story-bowel', 'Small and large intestine');
    await page.goForward();
    await at('#story-ureters', 'Ureters');
    await page.goForward();
    await at(yours);
    await page.getByRole('heading', { name: /Before you look/ }).waitFor();
    // a picture's address opens it anew
    await page.goto(`${url}#story-vessels`);
    await page.reload();
    await at('#story-vessels', 'Aorta and vena cava');
    await context.close();
  });

  it('another project on the same port is shown at once, and nothing of Psoascope stays', async () => {
    const site = await begin();
    const url = `http://127.0.0.1:${site.port}/`;
    const context = await visitor('allow');
    const page = await context.newPage();
    await page.goto(url);
    await controlled(page);
    await page.close();
    site.root = undefined;
    const next = await context.newPage();
    await next.goto(url);
    expect(await next.title()).toBe('another project');
    // its own picture is not answered with ours
    expect(await next.evaluate(() => document.querySelector('img')?.naturalWidth)).toBe(0);
    expect(await cached(next)).toEqual([]);
    expect(await next.evaluate(() => navigator.serviceWorker.getRegistrations().then((all) => all.length))).toBe(0);
    await context.close();
  });

  it('a public site that is down for a moment shows the kept page; one that has become another is shown', async () => {
    const site = await begin();
    const origin = `http://psoascope.example:${site.port}`;
    const far = await launchBrowser(
      '--host-resolver-rules=MAP psoascope.example 127.0.0.1',
      `--unsafely-treat-insecure-origin-as-secure=${origin}`,
    );
    const context = await visitor('allow', far);
    const page = await context.newPage();
    await page.goto(`${origin}/`);
    await controlled(page);
    for (const status of [503, 404]) {
      site.down = status;
      await page.reload();
      await page.getByRole('heading', { level: 1 }).waitFor();
    }
    site.down = undefined;
    site.root = undefined;
    // a network that takes long is not waited for: the next visit is another's then
    await expect
      .poll(() => page.reload().then(() => page.title()), { timeout: 300_000, interval: 1000 })
      .toBe('another project');
    await expect.poll(() => cached(page), { timeout: 300_000 }).toEqual([]);
    await far.close();
  });
});
