import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOf } from '../src/base/hash.ts';
import type { Result } from '../src/findings/result.ts';
import { storeBlock } from '../src/scan/write-nifti.test-data.ts';
import { LINK, missing, pastTheList, startApp } from './app-page.ts';

describe.skipIf(missing)('what the built app answers, and to what', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app?.close());

  const upToDate = (page: Page): Promise<void> => page.getByRole('button', { name: 'Up to date' }).first().waitFor();
  const jsonOf = async (page: Page): Promise<{ result: Result; text: string }> => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Result (JSON)', exact: true }).click(),
    ]);
    const text = readFileSync(await download.path(), 'utf8');
    return { result: JSON.parse(text) as Result, text };
  };
  /** The story's example has been begun and is computed; before it is begun there is nothing to wait for. */
  const exampleDone = async (page: Page): Promise<void> => {
    await page.locator('.working').waitFor();
    await page.locator('.working').waitFor({ state: 'detached' });
  };
  const answer = async (page: Page): Promise<string> => (await page.locator('.answer .text').allInnerTexts()).join(' ');

  it('a tool chosen in the form is pressed as the form says, and as its link says', async () => {
    const { page, context, complaints } = await app.open('#v1;b=f;t=two-peak;l=0.4bw;p=side;c=15;uncertainty=0', {
      flat: true,
    });
    await pastTheList(page);
    await page.getByRole('button', { name: /^How hard/ }).click();
    for (const [name, kg, newtons] of [
      ['trained fingertips', '2.5', '25 N'],
      ['massage cane', '5.1', '50 N'],
    ] as const) {
      await page.getByText(name, { exact: true }).click();
      expect(await page.getByRole('textbox', { name: 'How hard it is pushed' }).inputValue()).toBe(kg);
      expect(await page.getByRole('radio', { name: 'on the back' }).isChecked()).toBe(true);
      await upToDate(page);
      expect(await answer(page)).toContain(`A load of ${newtons} (the weight of about ${kg} kg) pushes the tool in`);
    }
    const { result } = await jsonOf(page);
    expect(result.scenario).toMatchObject({ tool: { id: 'cane-knob' }, pose: 'supine', load: { force_N: 50 } });
    const hash = await page.evaluate(() => location.hash);
    const other = await app.open(hash, { flat: true });
    await pastTheList(other.page);
    await upToDate(other.page);
    expect((await jsonOf(other.page)).result.manifest.resultHash).toBe(result.manifest.resultHash);
    // a number that is typed is the number that is pressed with
    await page.getByRole('textbox', { name: 'How hard it is pushed' }).fill('3.37');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('textbox', { name: 'How hard it is pushed' }).inputValue()).toBe('3.37');
    expect(await page.evaluate(() => location.hash)).toContain('l=3.37kg');
    await page.getByRole('button', { name: /^Who/ }).click();
    await page.getByRole('textbox', { name: 'Weight', exact: true }).fill('63.7');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('textbox', { name: 'Weight', exact: true }).inputValue()).toBe('63.7');
    expect(await page.evaluate(() => location.hash)).toContain('b=f,,63.7');
    expect(complaints).toEqual([]);
    await other.context.close();
    await context.close();
  });

  it('a link pasted into the finished story is answered itself; old numbers are named as such until it is', async () => {
    const { page, context } = await app.open('', { flat: true });
    await exampleDone(page);
    await page.goto(`${app.url}#v1;b=m,190,110;t=ball-lacrosse;x=as-sold;c=15;uncertainty=0`);
    await page.getByRole('button', { name: /^None of these/ }).waitFor();
    expect(await page.getByText(/These numbers are from the previous press: two-peak tool/).count()).toBe(1);
    await pastTheList(page);
    await upToDate(page);
    expect(await page.getByText(/previous press/).count()).toBe(0);
    expect((await jsonOf(page)).result.scenario).toMatchObject({
      tool: { id: 'ball-lacrosse' },
      body: { height_cm: 190 },
    });
    // trained fingertips on the same body come after it
    await page.getByText(/That is \d+ times what trained fingertips give it/).waitFor();
    expect(await answer(page)).toMatch(/A load of 356 N .* The tool carries \d+ N of it and the floor \d+ N\./s);

    // refused: the numbers stay, dimmed and named, and no file can be taken of them
    await page.getByRole('button', { name: /^Who/ }).click();
    await page.getByRole('textbox', { name: 'Weight', exact: true }).fill('35');
    await page.keyboard.press('Enter');
    await page
      .getByRole('alert')
      .getByText(/^Weight 35 kg is outside/)
      .waitFor();
    expect(await page.getByRole('alert').count()).toBe(1);
    await page
      .locator('.answer.previous')
      .getByText(/previous press: lacrosse ball.*has not been computed/)
      .waitFor();
    expect(await page.getByRole('button', { name: 'Result (JSON)' }).isDisabled()).toBe(true);
    // and entered as before, they are the answer again, at once
    await page.getByRole('textbox', { name: 'Weight', exact: true }).fill('110');
    await page.keyboard.press('Enter');
    await upToDate(page);
    expect(await page.locator('.answer.previous').count()).toBe(0);
    await context.close();
  });

  it('damaged links: a sentence that stays until the next thing is done, and never a blank page', async () => {
    const { page, context, complaints } = await app.open('#kaputt', { flat: true });
    const alert = page.getByRole('alert');
    await alert.getByText(/^This link cannot be read/).waitFor();
    await exampleDone(page);
    expect(await alert.count()).toBe(1);
    for (const [hash, sentence] of [
      ['#v1;t=x', /There is no tool x/],
      ['#v1;t=', /tool\.id/],
      ['#v1;load=1', /cannot be read/],
      ['#v1;placement=5', /cannot be read/],
      ['#v1;x=hasOwnProperty', /no place called/],
      ['#v1;x=constructor', /no place called/],
      ['#v2;b=f', /newer version/],
      ['#v1;b=f;vs;t=x', /There is no tool x/],
    ] as const) {
      await page.evaluate((to) => {
        location.hash = to;
      }, hash);
      await alert.getByText(sentence).waitFor();
      expect(await page.locator('#words').innerText()).not.toBe('');
    }
    await alert.getByRole('button', { name: 'Close' }).click();
    expect(await alert.count()).toBe(0);

    const whole = `${LINK};vs;${LINK.slice(4)}`;
    const links = fc.sample(
      fc
        .array(
          fc.record({
            at: fc.nat(whole.length),
            cut: fc.nat(5),
            put: fc.oneof(
              fc.string({ maxLength: 4 }),
              fc.constantFrom('__proto__', 'constructor', '1e999', '%', ';', '=', 'vs'),
            ),
          }),
          { minLength: 1, maxLength: 3 },
        )
        .map((changes) =>
          changes.reduce((link, { at, cut, put }) => link.slice(0, at) + put + link.slice(at + cut), whole),
        ),
      300,
    );
    const blank = await page.evaluate(async (all) => {
      const empty: string[] = [];
      for (const link of all) {
        location.hash = link;
        await new Promise((later) => setTimeout(later, 15));
        if ((document.querySelector('#app')?.textContent ?? '').length < 200) empty.push(link);
      }
      return empty;
    }, links);
    expect(blank).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('a worker that ends without a word is noticed; Stop works, and so does the next press', async () => {
    const { page, context } = await app.open(LINK, { flat: true });
    await pastTheList(page);
    await upToDate(page);
    const worker = page.workers().find((one) => /solve\.worker/.test(one.url()))!;
    await worker.evaluate(() => {
      self.onmessage = () => self.close();
    });
    await page.getByRole('button', { name: '5 mm toward the feet' }).click();
    await page
      .getByRole('alert')
      .getByText(/broke off.*try again/)
      .waitFor();
    await page.getByRole('button', { name: 'Run this press' }).click();
    await upToDate(page);
    expect(await page.getByRole('alert').count()).toBe(0);
    // a press that is not done before the button is reached
    await page.evaluate(() => {
      location.hash = location.hash.replace('c=15', 'c=5');
    });
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Run this press' }).waitFor();
    await page.evaluate(() => {
      location.hash = location.hash.replace('c=5', 'c=15');
    });
    await upToDate(page);
    await context.close();
  });

  it('where storage is blocked, all works and nothing is thrown', async () => {
    const { page, context, complaints } = await app.open(LINK, {
      flat: true,
      before: () => {
        const denied = () => {
          throw new DOMException('denied', 'SecurityError');
        };
        for (const [on, name] of [
          [Navigator.prototype, 'serviceWorker'],
          [Navigator.prototype, 'locks'],
          [Window.prototype, 'localStorage'],
          [Window.prototype, 'sessionStorage'],
          [Window.prototype, 'caches'],
        ] as const)
          Object.defineProperty(on, name, { get: denied });
        for (const name of ['localStorage', 'sessionStorage', 'caches'])
          Object.defineProperty(window, name, { get: denied });
      },
    });
    await pastTheList(page);
    await upToDate(page);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('scans are known by their content: two of one name, and the file that a saved result asks for', async () => {
    const scan = (width: number): Buffer => {
      const within = (x: number, y: number, rx: number, ry: number): boolean => (x / rx) ** 2 + (y / ry) ** 2 < 1;
      const shell = (x: number, y: number): boolean => within(x, y, 24, 24) && !within(x, y, 20, 20);
      const value = (x: number, y: number): number =>
        !within(x, y, width, 100)
          ? -1000
          : !within(x, y, width - 20, 80)
            ? -100
            : shell(x, y - 45)
              ? 900
              : within(x, y - 45, 22, 22)
                ? 250
                : 50;
      const block = { n: [76, 50, 60], origin: [-187.5, -122.5, 400], spacing: [5, 5, 4], value } as const;
      return Buffer.from(storeBlock(block, { axis: [0, 1, 2], flip: [false, false, false] }));
    };
    const [one, two] = [scan(150), scan(165)];
    const file = (buffer: Buffer) => ({ name: 'ct.nii', mimeType: 'application/octet-stream', buffer });
    const start = async (): Promise<Awaited<ReturnType<typeof app.open>>> => {
      const opened = await app.open('#v1;b=f;t=ball-tennis;x=30,20;l=20N;c=15;uncertainty=0', { flat: true });
      await pastTheList(opened.page);
      await upToDate(opened.page);
      await opened.page.getByText('Open a CT and its labels').click();
      return opened;
    };
    const press = async (page: Page, buffer: Buffer): Promise<void> => {
      await page.getByLabel(/^CT/).setInputFiles(file(buffer));
      await page.getByRole('button', { name: 'Press on this scan' }).click();
    };
    const named = (page: Page, buffer: Buffer): Promise<void> =>
      page.getByText(`the body is the scan ct.nii (SHA-256 ${hashOf(buffer).slice(0, 12)}…)`).waitFor();

    const alone = await start();
    await press(alone.page, two);
    await named(alone.page, two);
    await upToDate(alone.page);
    const expected = await jsonOf(alone.page);
    expect(expected.result.scenario.scan).toEqual({ ct: 'ct.nii', ctHash: hashOf(two) });
    await alone.context.close();

    const { page, context } = await start();
    await press(page, one);
    await named(page, one);
    await upToDate(page);
    const first = (await jsonOf(page)).result.manifest.resultHash;
    await press(page, two);
    await named(page, two);
    await upToDate(page);
    const second = (await jsonOf(page)).result.manifest.resultHash;
    expect([second, second === first]).toEqual([expected.result.manifest.resultHash, false]);
    await context.close();

    const again = await start();
    await again.page.getByLabel(/Open a saved result/).setInputFiles({
      name: 'psoascope-ball-tennis.json',
      mimeType: 'application/json',
      buffer: Buffer.from(expected.text),
    });
    await again.page
      .getByTestId('wanted-scan')
      .getByText(`ct.nii (SHA-256 ${hashOf(two).slice(0, 12)}…)`)
      .waitFor();
    // nothing else is pressed in its place
    await again.page.locator('.answer.previous').waitFor();
    await press(again.page, one);
    await again.page.getByText(/^Ct\.nii is not the CT ct\.nii that this result was computed with/i).waitFor();
    await press(again.page, two);
    await named(again.page, two);
    await upToDate(again.page);
    expect((await jsonOf(again.page)).result.manifest.resultHash).toBe(second);
    await again.page.getByRole('button', { name: 'Back to the built body' }).click();
    await upToDate(again.page);
    expect((await jsonOf(again.page)).result.scenario.scan).toBe(undefined);
    await again.context.close();
  });
});
