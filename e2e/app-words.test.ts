import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storeBlock } from '../src/scan/write-nifti.test-data.ts';
import { LINK, missing, pastTheList, startApp } from './app-page.ts';

describe.skipIf(missing)('what the built app calls things', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app?.close());

  const titled = (page: Page, title: string): Promise<unknown> =>
    expect.poll(() => page.title(), { timeout: 300_000 }).toBe(title);

  it('every address has a title of its own, and the way back leads to the one before', async () => {
    const { page, context } = await app.open('', { flat: true });
    const first = 'Psoascope – what do you press on when you press on your psoas?';
    await titled(page, first);
    await page.getByRole('button', { name: 'Start' }).click();
    await titled(page, 'Picture A: Psoas major – Psoascope');
    await page.goto(`${app.url}#story-went`);
    await titled(page, 'Where the push went – Psoascope');
    await page.goto(`${app.url}#story-bowel`);
    await titled(page, 'Picture C: Small and large intestine – Psoascope');
    await page.goto(`${app.url}${LINK}`);
    const own = 'Your press: trained fingertips, on the back, 25 N – Psoascope';
    await titled(page, own);
    await pastTheList(page);
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await expect
      .poll(() => page.title(), { timeout: 300_000 })
      .toMatch(
        /^Two presses: trained fingertips, on the back, 25 N; trained fingertips, on the back, \d+ N – Psoascope$/,
      );
    await page.goBack();
    await titled(page, own);
    await context.close();
  });

  it('in inches: the step of the handle on the tool, and how deep it is', async () => {
    const { page, context } = await app.open(LINK, { width: 700 });
    await pastTheList(page);
    await page.getByText('no cut', { exact: true }).click();
    await page.getByTestId('psoas-pressure').waitFor();
    await page.getByRole('button', { name: 'front' }).click();
    const handle = page.locator('.handle');
    await handle.waitFor();
    expect(await handle.getAttribute('aria-label')).toContain('with the arrow keys by 5 mm, with Shift by 1 mm.');
    const deep = page.locator('.scene-tools .told .wide');
    expect(await deep.textContent()).toMatch(/^25 N, \d+ mm$/);
    await page.getByRole('button', { name: /^Who/ }).click();
    await page.getByText('ft, lb', { exact: true }).click();
    expect(await handle.getAttribute('aria-label')).toContain('with the arrow keys by 0.2 in, with Shift by 0.04 in.');
    expect(await deep.textContent()).toMatch(/^25 N, \d(\.\d)? in$/);
    await context.close();
  });

  it('a share of the weight of somebody in a scan is told as that of a person of average weight', async () => {
    const { page, context } = await app.open('#v1;b=f;t=two-peak;x=as-sold;c=15;uncertainty=0', { flat: true });
    await pastTheList(page);
    await page.getByRole('button', { name: /^How hard/ }).click();
    const hint = page.locator('.amount', { hasText: 'Share of your weight on it' }).locator('.hint');
    expect(await hint.textContent()).toBe('201 N (the weight of about 20 kg)');
    await page.getByText('Open a CT and its labels').click();
    const within = (x: number, y: number, rx: number, ry: number): boolean => (x / rx) ** 2 + (y / ry) ** 2 < 1;
    const value = (x: number, y: number): number =>
      !within(x, y, 150, 100) ? -1000 : !within(x, y, 130, 80) ? -100 : within(x, y - 45, 22, 22) ? 500 : 50;
    const block = { n: [70, 50, 60], origin: [-172.5, -122.5, 400], spacing: [5, 5, 4], value } as const;
    const ct = storeBlock(block, { axis: [0, 1, 2], flip: [false, false, false] });
    const buffer = Buffer.from(ct);
    await page.getByLabel(/^CT/).setInputFiles({ name: 'ct.nii', mimeType: 'application/octet-stream', buffer });
    await page.getByRole('button', { name: 'Press on this scan' }).click();
    await expect
      .poll(() => hint.textContent(), { timeout: 300_000 })
      .toBe(
        '201 N (the weight of about 20 kg) for a person of 62 kg. A scan does not say what the person weighs; if you know it, enter it under “Who”.',
      );
    await page.getByRole('button', { name: /^Who/ }).click();
    await page.getByRole('textbox', { name: 'Weight', exact: true }).fill('80');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => hint.textContent(), { timeout: 300_000 })
      .toMatch(/^2\d\d N \(the weight of about 26 kg\)$/);
    await context.close();
  });
});
