import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { note } from '../src/messages/note.ts';
import { writeReport } from '../src/report/report.ts';
import { syntheticPress, syntheticResult } from '../src/report/synthetic-press.test-data.ts';
import { launchBrowser, noBrowser } from './browser.ts';

/** Phone, tablet in the hand, desk. */
const WIDTHS = [390, 820, 1280] as const;
const SCHEMES = ['light', 'dark'] as const;

describe.skipIf(noBrowser)('the report in a browser', () => {
  let browser: Browser;
  let html: string;
  beforeAll(async () => {
    browser = await launchBrowser();
    const press = syntheticPress();
    const result = syntheticResult(press);
    html = writeReport(
      { ...result, solver: { ...result.solver, converged: false, stopped: note('note.text', { text: 'made up' }) } },
      press,
    );
  });
  afterAll(async () => {
    await browser?.close();
  });

  /** Opens the report as a page of its own and returns it with what it asked the network and the console for. */
  async function open(width: number, colorScheme: 'light' | 'dark'): Promise<{ page: Page; asked: string[] }> {
    const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme });
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => asked.push(message.text()));
    page.on('pageerror', (error) => asked.push(error.message));
    await page.setContent(html, { waitUntil: 'load' });
    return { page, asked: asked.filter((url) => !url.startsWith('data:image/png')) };
  }

  for (const width of WIDTHS)
    for (const scheme of SCHEMES)
      it(`${width} px, ${scheme}: nothing to object for axe, nothing loaded, no sideways scrolling`, async () => {
        const { page, asked } = await open(width, scheme);
        expect(asked).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        await page.evaluate(() => {
          for (const details of document.querySelectorAll('details')) details.open = true;
        });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        // axe reads every node: each width and each scheme once is enough
        if ((width === 820) === (scheme === 'light')) return void (await page.context().close());
        const { violations, passes } = await new AxeBuilder({ page }).analyze();
        expect(passes.length).toBeGreaterThan(15);
        expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(' | ')}`)).toEqual([]);
        await page.context().close();
      });

  it('names stand beside the pictures on a desk and below them, numbered, on a phone', async () => {
    for (const [width, beside] of [
      [1280, true],
      [390, false],
    ] as const) {
      const { page } = await open(width, 'light');
      expect(await page.locator('.leaders').first().isVisible()).toBe(beside);
      expect(await page.locator('.names').first().isVisible()).toBe(!beside);

      // no name leaves its card
      const outside = await page.evaluate(() =>
        [...document.querySelectorAll('.named')].flatMap((figure) => {
          const card = figure.querySelector('.card')!.getBoundingClientRect();
          return [...figure.querySelectorAll('text')]
            .map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }))
            .filter(({ box }) => box.width > 0 && (box.left < card.left || box.right > card.right))
            .map(({ text }) => text);
        }),
      );
      expect(outside).toEqual([]);
      await page.context().close();
    }
  });

  it('is two sheets of A4 on paper, with nothing cut off', async () => {
    const { page } = await open(800, 'dark');
    await page.emulateMedia({ media: 'print', colorScheme: 'light' });
    // A4 less its margins at 96 pixels per inch
    await page.setViewportSize({ width: 710, height: 1050 });
    const { lowest, background } = await page.evaluate(() => {
      const first = document.querySelector('.sheet.first')!;
      const bottoms = [...first.querySelectorAll('*')].map((e) => e.getBoundingClientRect().bottom);
      const { bottom } = first.getBoundingClientRect();
      return { lowest: Math.max(...bottoms) - bottom, background: getComputedStyle(document.body).backgroundColor };
    });
    expect(lowest).toBeLessThan(1);
    expect(background).toBe('rgb(255, 255, 255)');
    const pdf = await page.pdf({ preferCSSPageSize: true, tagged: true });
    expect(pdf.toString('latin1').match(/\/Type ?\/Page\b/g)).toHaveLength(2);
    await page.context().close();
  });

  it('pictures are drawn: the embedded PNGs decode to their size', async () => {
    const { page } = await open(1280, 'light');
    const sizes = await page.evaluate(() =>
      Promise.all(
        [...document.querySelectorAll('svg.cut image')].map(async (image) => {
          const picture = new Image();
          picture.src = image.getAttribute('href')!;
          await picture.decode();
          return picture.naturalWidth / Number(image.getAttribute('width'));
        }),
      ),
    );
    expect(sizes).toEqual([2, 2, 2, 2, 2]);
    await page.context().close();
  });
});
