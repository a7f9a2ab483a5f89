import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page, Worker } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../src/findings/result.ts';
import { parseScenario } from '../src/press/parse-scenario.ts';
import { run } from '../src/run.ts';
import { LINK, missing, pastTheList, startApp, TITLES, tabTo, violations } from './app-page.ts';

describe.skipIf(missing)('what the built app does when things are not as usual', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  // somebody else's server, which counts who comes
  let elsewhere: Server;
  let foreign: string;
  const visits: string[] = [];
  beforeAll(async () => {
    app = await startApp();
    elsewhere = createServer((request, response) => {
      visits.push(request.url ?? '');
      response
        .writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' })
        .end();
    });
    await new Promise<void>((ready) => elsewhere.listen(0, '127.0.0.1', ready));
    foreign = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
  });
  afterAll(async () => {
    await app?.close();
    elsewhere?.closeAllConnections();
    elsewhere?.close();
  });

  /** The worker that solves. */
  const solverOf = (page: Page): Worker => page.workers().find((worker) => /solve\.worker/.test(worker.url()))!;
  /** Waits until what was entered has its answer. */
  const upToDate = (page: Page): Promise<void> => page.getByRole('button', { name: 'Up to date' }).first().waitFor();
  /** Waits until nothing is under way, whatever has come of it. */
  const atRest = async (page: Page): Promise<void> => {
    await page
      .getByRole('button', { name: /^(Up to date|Run this press)$/ })
      .first()
      .waitFor();
    await page.locator('.under-way').waitFor({ state: 'detached' });
  };
  const jsonOf = async (page: Page): Promise<Result> => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Result (JSON)', exact: true }).click(),
    ]);
    return JSON.parse(readFileSync(await download.path(), 'utf8')) as Result;
  };

  /** Everything that a page could send away or fetch, tried; which directives of the policy forbade it. */
  const tryToLeave = (page: Page): Promise<string[]> =>
    page.evaluate(async (to) => {
      const forbidden = new Set<string>();
      document.addEventListener('securitypolicyviolation', (event) => forbidden.add(event.effectiveDirective));
      const put = (tag: string, attributes: Record<string, string>): void => {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        document.body.append(element);
      };
      await fetch(`${to}fetch`).catch(() => undefined);
      navigator.sendBeacon(`${to}beacon`, 'x');
      new Image().src = `${to}image`;
      put('script', { src: `${to}script` });
      put('link', { rel: 'stylesheet', href: `${to}style` });
      put('iframe', { src: `${to}frame` });
      put('video', { src: `${to}film` });
      try {
        new WebSocket(to.replace('http', 'ws'));
      } catch {}
      try {
        new Worker(`${to}worker`);
      } catch {}
      const form = document.createElement('form');
      form.action = `${to}form`;
      document.body.append(form);
      form.submit();
      await new Promise((later) => setTimeout(later, 500));
      return [...forbidden].sort();
    }, foreign);
  const FORBIDDEN = [
    'connect-src',
    'form-action',
    'frame-src',
    'img-src',
    'media-src',
    'script-src-elem',
    'style-src-elem',
  ];

  it('the story to its last picture by keyboard alone, in 3-D: words, focus, stillness, axe by day and by night', async () => {
    const { page, context, complaints } = await app.open('');
    await page.locator('.poster.gone').waitFor({ state: 'attached' });
    await page.evaluate(() => {
      const drawn = new Set<string>();
      Object.assign(globalThis, { drawn });
      // where the line to a name begins, whenever it is drawn anew
      new MutationObserver(() => {
        for (const g of document.querySelectorAll('.callouts g'))
          drawn.add(`${g.textContent}: ${g.querySelector('path')?.getAttribute('d')}`);
      }).observe(document.querySelector('.callouts')!, { subtree: true, childList: true, attributes: true });
    });
    await tabTo(page, /^Start/);
    for (const [n, title] of TITLES.entries()) {
      await page.keyboard.press('Enter');
      await page.waitForFunction(
        (wanted) => document.querySelector('.step.here :is(h1, h2)')?.textContent === wanted,
        title,
      );
      const step = await page.evaluate(() => {
        const at = document.activeElement!;
        const { top, bottom } = at.getBoundingClientRect();
        const moving = document.getAnimations().filter((a) => a.playState === 'running').length;
        const text = at.parentElement!.querySelector('.text')?.textContent ?? '';
        return { tag: at.tagName, title: at.textContent, top, bottom, moving, text };
      });
      expect(step).toMatchObject({ tag: 'H2', title, moving: 0 });
      expect(step.text.length).toBeGreaterThan(40);
      // in sight, and not under the head of the page
      expect(step.top).toBeGreaterThan(50);
      expect(step.bottom).toBeLessThan(640);
      if (title === 'Iliacus') {
        await page.locator('.callouts text', { hasText: 'iliacus' }).waitFor();
        expect(await violations(page)).toEqual([]);
        // the eye is there at once: one place for each name of this picture
        const places = await page.evaluate(() => [...(globalThis as unknown as { drawn: Set<string> }).drawn]);
        expect(places.filter((place) => place.startsWith('iliacus')).length).toBe(1);
      }
      if (title === 'Now someone lies down on it') {
        await page.emulateMedia({ colorScheme: 'dark' });
        await page.waitForTimeout(300);
        expect(await violations(page)).toEqual([]);
      }
      await tabTo(page, n === TITLES.length - 1 ? /^Now your own press/ : /^(Next|What happens next)/);
    }
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /Before you look/ }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('what is chosen in the forms reaches the result: pose, tension, what the belly’s contents do, time, feet and pounds; then its ranges', async () => {
    const { page, context, complaints } = await app.open(LINK, { flat: true });
    await pastTheList(page);
    const entry = async (name: string, value: string): Promise<void> => {
      await page.getByRole('textbox', { name, exact: true }).fill(value);
      await page.keyboard.press('Enter');
    };
    await page.getByRole('button', { name: /^Who/ }).click();
    await page.getByText('ft, lb', { exact: true }).click();
    expect(await page.getByRole('textbox', { name: 'Height, feet', exact: true }).inputValue()).toBe('5');
    await entry('Height, inches', '8');
    await entry('Weight', '165');
    await page.getByRole('button', { name: /^How hard/ }).click();
    await page.getByText('tensed', { exact: true }).click();
    const dial = page.getByRole('radiogroup', { name: 'Contents of the belly' });
    expect(await dial.getByRole('radio', { name: 'in between' }).isChecked()).toBe(true);
    await page.getByText(/Nobody can tell from outside, so ranges go from stuck to sliding freely/).waitFor();
    await dial.getByText('slide freely', { exact: true }).click();
    await page.getByText(/Healthy bowel slides by about 2 cm.*Ranges go from in between to sliding freely/).waitFor();
    expect(await page.evaluate(() => location.hash)).toContain('contents=free');
    await dial.getByText('stuck', { exact: true }).click();
    expect(await page.evaluate(() => location.hash)).toContain('contents=stuck');
    await page.getByRole('button', { name: /^How hard.*tensed, contents stuck/ }).waitFor();
    await entry('Load applied over', '12');
    await entry('Held for', '90');
    for (const [words, pose] of [
      ['face down', 'prone'],
      ['on the side', 'side'],
      ['on the back', 'supine'],
    ] as const) {
      await page.getByText(words, { exact: true }).first().click();
      expect(await page.evaluate(() => location.hash)).toContain(`p=${pose}`);
    }
    await upToDate(page);
    const chosen = {
      body: { sex: 'male', height_cm: 172.72, weight_kg: 74.84 },
      tool: { id: 'fingertips' },
      placement: { x_mm: 64, y_mm: 20 },
      pose: 'supine',
      tone: 'guarded',
      contents: 'stuck',
      load: { force_N: 25 },
      rate_s: 12,
      hold_s: 90,
      cell_mm: 15,
      uncertainty: 0,
    };
    const json = await jsonOf(page);
    expect(json.scenario).toMatchObject(chosen);
    const { result } = await run(parseScenario(chosen), { version: 'test', platform: 'test' });
    expect(json.manifest.resultHash).toBe(result.manifest.resultHash);

    await page.getByRole('checkbox', { name: /^Compute the ranges/ }).check();
    await page.getByText(/5 to 95 % ranges from \d+ presses/).waitFor();
    await atRest(page);
    const ranged = await jsonOf(page);
    expect(ranged.uncertainty?.used).toBeGreaterThan(8);
    expect(ranged.findings.filter((f) => f.low !== null && f.high !== null).length).toBeGreaterThan(5);
    expect(await page.locator('.ranked .value').first().textContent()).toMatch(/range \d[\d.]* to \d[\d.]* (kPa|%)/);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('.ranked summary').first().click();
    await page.locator('.answer > section > details > summary').first().click();
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('three cuts, seeing through, a part alone and a part faded: each changes the picture, and each can be taken back', async () => {
    // hands lean in from the side: the push lies in none of the two other cuts
    const { page, context, complaints } = await app.open(LINK.replace('x=64,20', 'x=as-sold'), { width: 700 });
    await pastTheList(page);
    await page.getByTestId('psoas-pressure').waitFor();
    await atRest(page);
    await page.locator('.poster.gone').waitFor({ state: 'attached' });
    // the picture alone, without what is written over it
    await page.locator('.scene-view').evaluate((element: HTMLElement) => {
      element.style.visibility = 'hidden';
      (element.querySelector('canvas') as HTMLElement).style.visibility = 'visible';
    });
    const canvas = page.locator('canvas.scene');
    const picture = async (): Promise<string> => {
      for (let last = ''; ; ) {
        const now = createHash('sha256')
          .update(await canvas.screenshot())
          .digest('hex');
        if (now === last) return now;
        last = now;
        await page.waitForTimeout(250);
      }
    };
    const seen = new Map<string, string>();
    const look = async (name: string): Promise<void> => {
      const now = await picture();
      for (const [other, before] of seen) if (before === now) throw new Error(`${name} looks like ${other}`);
      seen.set(name, now);
    };
    await look('across');
    for (const name of ['along', 'along the push', 'no cut']) {
      await page.getByText(name, { exact: true }).click();
      await look(name);
    }
    const through = page.getByRole('button', { name: 'see through' });
    await through.click();
    await look('see through');
    await through.click();
    expect(await picture()).toBe(seen.get('no cut'));

    // a line of the list leads to the part, alone; from its card it can be faded
    await page.locator('.ranked summary').first().click();
    await page.getByRole('button', { name: 'Show it in the scene' }).first().click();
    const card = page.locator('aside.card');
    await card.waitFor();
    expect(await card.getByRole('button', { name: 'show alone' }).getAttribute('aria-pressed')).toBe('true');
    await look('alone');
    await card.getByRole('button', { name: 'show alone' }).click();
    await look('picked');
    await card.getByRole('button', { name: 'fade' }).click();
    await look('faded');
    await card.getByRole('button', { name: 'fade' }).click();
    expect(await picture()).toBe(seen.get('picked'));
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('names beside the picture, from the smallest phone to a wall: in it, on nothing else, and no line over another', async () => {
    const { page, context, complaints } = await app.open(LINK, { width: 700 });
    await pastTheList(page);
    await page.getByTestId('psoas-pressure').waitFor();
    await atRest(page);
    await page.locator('.poster.gone').waitFor({ state: 'attached' });
    await page.locator('.callouts text').first().waitFor();
    // the last is a desk at 200 %
    for (const [width, height] of [
      [320, 568],
      [390, 844],
      [844, 390],
      [820, 1180],
      [1180, 820],
      [1920, 1080],
      [640, 360],
    ] as const) {
      await page.setViewportSize({ width, height });
      // the picture is drawn anew in its new size, and the names with it
      await page
        .waitForFunction(() => {
          const view = document.querySelector('.scene-view')!;
          const canvas = view.querySelector('canvas')!;
          const box = view.getBoundingClientRect();
          const named = [...view.querySelectorAll('.callouts g')].map((g) => {
            const [x, y, u, v] = g
              .querySelector('path')!
              .getAttribute('d')!
              .match(/-?[\d.]+/g)!
              .map(Number);
            const words = g.querySelector('text')!.getBoundingClientRect();
            return { words, line: [x! + box.left, y! + box.top, u! + box.left, v! + box.top] };
          });
          const apart = (a: DOMRect, b: DOMRect): boolean =>
            a.right < b.left + 1 || b.right < a.left + 1 || a.bottom < b.top + 1 || b.bottom < a.top + 1;
          const side = (l: number[], x: number, y: number): number =>
            (l[2]! - l[0]!) * (y - l[1]!) - (l[3]! - l[1]!) * (x - l[0]!);
          const cross = (l: number[], m: number[]): boolean =>
            side(l, m[0]!, m[1]!) * side(l, m[2]!, m[3]!) < 0 && side(m, l[0]!, l[1]!) * side(m, l[2]!, l[3]!) < 0;
          const others = [...document.querySelectorAll('.views button, .marks .mark, .marks .scale-bar')]
            .map((e) => e.getBoundingClientRect())
            .filter(({ width }) => width > 0);
          return (
            canvas.width === Math.round(canvas.clientWidth) &&
            named.length >= 2 &&
            named.every(
              ({ words, line }, n) =>
                words.left >= box.left - 1 &&
                words.right <= box.right + 1 &&
                words.top >= box.top - 1 &&
                words.bottom <= box.bottom + 1 &&
                others.every((other) => apart(words, other)) &&
                named.slice(n + 1).every((other) => apart(words, other.words) && !cross(line, other.line)),
            )
          );
        })
        .catch((error) => {
          throw new Error(`${width} × ${height}: ${error}`);
        });
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('how a press is looked at stands in the link and comes back from it: peel, cut, and where the eye is', async () => {
    const at = (page: Page): Promise<string> => page.evaluate(() => location.hash);
    const says = (page: Page, words: string): Promise<unknown> =>
      page.waitForFunction((wanted) => location.hash.includes(wanted), words);
    const shown = async (page: Page): Promise<void> => {
      await pastTheList(page);
      await page.getByTestId('psoas-pressure').waitFor();
      await atRest(page);
      await page.locator('.poster.gone').waitFor({ state: 'attached' });
    };
    const eyeIn = (link: string): number[] => /eye=l,([-\d.,]+)/.exec(link)![1]!.split(',').map(Number);
    const peel = (page: Page) => page.getByRole('slider', { name: 'Peel from skin to psoas' });

    const first = await app.open(LINK, { width: 700 });
    await shown(first.page);
    // nothing was changed: the link is that of the press alone
    expect(await at(first.page)).toBe(LINK);
    await first.page.getByText('along', { exact: true }).click();
    await says(first.page, ';seen;cut=sagittal');
    await peel(first.page).focus();
    await first.page.keyboard.press('Home');
    await says(first.page, 'peel=0;cut=sagittal');
    // the head and the feet of somebody who lies and is cut along
    await first.page.locator('.marks .mark', { hasText: 'head' }).waitFor();
    await first.page.locator('canvas.scene').focus();
    await first.page.keyboard.press('ArrowRight');
    await says(first.page, ';eye=l,');
    const link = await at(first.page);
    await first.context.close();

    const second = await app.open(link, { width: 700 });
    await shown(second.page);
    expect(await second.page.getByRole('radio', { name: 'along', exact: true }).isChecked()).toBe(true);
    expect(await peel(second.page).inputValue()).toBe('0');
    expect(await at(second.page)).toBe(link);
    // the eye turns on from where it was
    await second.page.locator('canvas.scene').focus();
    await second.page.keyboard.press('ArrowRight');
    await second.page.waitForFunction((before) => location.hash !== before, link);
    const [was, now] = [eyeIn(link), eyeIn(await at(second.page))];
    expect((now[0]! - was[0]! + 360) % 360).toBeCloseTo(8, 0);
    for (let n = 1; n < was.length; n++) expect(Math.abs(now[n]! - was[n]!)).toBeLessThanOrEqual(1);
    // another cut is looked at from in front of it again
    await second.page.getByText('across', { exact: true }).click();
    await second.page.waitForFunction(() => !location.hash.includes('eye=') && !location.hash.includes('cut='));
    expect([...first.complaints, ...second.complaints]).toEqual([]);
    await second.context.close();
  });

  it('goes nowhere else: from the story, two presses, a scan, the worker, and without a network', async () => {
    const scan = await app.open('', { keep: true, flat: true });
    await scan.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await scan.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    expect(await tryToLeave(scan.page)).toEqual(FORBIDDEN);
    await scan.context.setOffline(true);
    await scan.page.goto(`${app.url}${LINK}`);
    await scan.page.reload();
    await pastTheList(scan.page);
    await scan.page.getByText('Open a CT and its labels').click();
    await scan.page
      .getByLabel(/^CT/)
      .setInputFiles({ name: 'ct.nii', mimeType: 'application/octet-stream', buffer: Buffer.alloc(100) });
    await scan.page.getByRole('button', { name: 'Press on this scan' }).click();
    await scan.page.getByRole('alert').first().waitFor();
    expect(await tryToLeave(scan.page)).toEqual(FORBIDDEN);
    await scan.context.close();

    const { page, context } = await app.open(`${LINK};vs;${LINK.slice(4)}`, { flat: true, dark: true });
    await pastTheList(page);
    await page.locator('.compare table').first().waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await tryToLeave(page)).toEqual(FORBIDDEN);
    // a worker keeps a policy of its own
    const answered = await solverOf(page).evaluate(
      (to) =>
        fetch(`${to}from-worker`).then(
          () => 'answered',
          () => 'refused',
        ),
      foreign,
    );
    expect(answered).toBe('refused');
    expect(visits).toEqual([]);
    await context.close();
  });

  it('a worker that dies, too little memory, a tab in the background: a sentence and a way on', async () => {
    const { page, context } = await app.open(LINK.replace('c=15', 'c=11'), { flat: true });
    await pastTheList(page);
    await page.getByTestId('psoas-pressure').waitFor();
    await atRest(page);
    const before = await page.getByTestId('psoas-pressure').textContent();

    // no room for the fine answer: the coarse one stays
    await solverOf(page).evaluate(() => {
      const [Doubles, Singles] = [self.Float64Array, self.Float32Array];
      const small = (array: typeof Doubles | typeof Singles) =>
        new Proxy(array, {
          construct(target, [size, ...more], newTarget) {
            if (typeof size === 'number' && size > 1000) throw new RangeError('Array buffer allocation failed');
            return Reflect.construct(target, [size, ...more], newTarget);
          },
        });
      const hear = self.onmessage!;
      self.onmessage = (event) => {
        const fine = event.data.kind === 'press' && event.data.scenario.cell_mm < 12;
        Object.assign(self, {
          Float64Array: fine ? small(Doubles) : Doubles,
          Float32Array: fine ? small(Singles) : Singles,
        });
        hear.call(self as unknown as Window, event);
      };
    });
    await page.getByRole('button', { name: '5 mm toward the feet' }).click();
    await page
      .getByRole('alert')
      .getByText(/not have enough free memory.*coarse answer is kept/)
      .waitFor();
    await page.getByText(/A first look with coarse cells.*has not been computed/).waitFor();
    await atRest(page);

    // a computation that breaks off altogether: what was entered stays, and one button begins anew
    await solverOf(page).evaluate(() => {
      self.addEventListener('message', () => {
        setTimeout(() => {
          throw new Error('gone');
        });
      });
    });
    await page.getByRole('button', { name: '5 mm toward the head' }).click();
    await page
      .getByRole('alert')
      .getByText(/broke off.*try again/)
      .waitFor();
    expect(await page.evaluate(() => location.hash)).toContain('x=64,20');
    await page.getByRole('button', { name: 'Run this press' }).click();
    await upToDate(page);
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await page.getByTestId('psoas-pressure').textContent()).toBe(before);

    // a tab in the background gets no frames to draw; the answer comes all the same
    await page.evaluate(() => {
      window.requestAnimationFrame = () => 0;
    });
    const old = await page.getByTestId('result-hash').textContent();
    await page.getByRole('button', { name: '5 mm toward the feet' }).click();
    await expect.poll(() => page.getByTestId('result-hash').textContent(), { timeout: 900_000 }).not.toBe(old);
    await page.locator('.under-way').waitFor({ state: 'detached' });
    await context.close();
  });
});
