// Pictures of the built app and of the example studies for README and docs: npm run pictures -- [name …]
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright';
import { findChromium } from '../dist/cli/find-chromium.js';
import { appFolder } from '../dist/cli/serve.js';
import { serveFolder } from '../dist/node/serve-folder.js';

const DOCS = new URL('../docs/', import.meta.url);
const DESKTOP = { width: 1280, height: 800 };
/** A window as wide as a report's text. */
const PAPER = { width: 1136, height: 1200 };
/** The example's press, as the story shows it; without ranges, which take half a minute more. */
const PRESS = '#v1;b=f,163,62;t=two-peak;x=as-sold;uncertainty=0';
const HANDS = 'b=f,163,62;t=fingertips;x=as-sold;p=supine;uncertainty=0';

const pastTheList = (page) => page.getByRole('button', { name: /^None of these/ }).click();
const answered = async (page) => {
  await pastTheList(page);
  await page.getByTestId('psoas-pressure').first().waitFor();
  await page.getByRole('button', { name: 'Up to date' }).first().waitFor();
};

const answeredWithoutCut = async (page) => {
  await answered(page);
  await page.getByRole('radio', { name: 'no cut' }).click({ force: true });
  await page.getByRole('button', { name: 'lying' }).first().click();
};

/** Names of pictures, where each is taken, and what is done there first; `part` and `height` where it is not all of the window, or of the section. */
const PICTURES = {
  'app-psoas': { link: '' },
  'app-lying': {
    link: '#story-lying',
    until: (page) => page.locator('.callouts text', { hasText: 'small bowel' }).waitFor(),
  },
  'app-yours-dark': { link: `${PRESS};seen;cut=axial;show=both`, dark: true, until: answered },
  'app-phone': { link: PRESS, window: { width: 390, height: 844 }, pixels: 2, until: answered },
  'app-compare': { link: `${PRESS};vs;${HANDS}`, part: '.stage', until: answeredWithoutCut },
  'study-multiples': { report: 'tip-load-body', heading: 'What each choice does', height: 1150 },
  'study-front': { report: 'tip-load-body', heading: 'More in one place, less in another', height: 700 },
  'study-fingertips': { report: 'tool-against-fingertips', heading: 'What each choice does', height: 819 },
  'study-fingertips-front': {
    report: 'tool-against-fingertips',
    heading: 'More in one place, less in another',
    height: 700,
  },
};

const wanted = process.argv.slice(2);
const { server, url } = await serveFolder(mkdtempSync(join(tmpdir(), 'psoascope-')), 0, appFolder());
const browser = await chromium.launch({
  executablePath: findChromium(),
  // draws without a graphics card
  args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
});
for (const [name, picture] of Object.entries(PICTURES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const context = await browser.newContext({
    viewport: picture.window ?? (picture.report === undefined ? DESKTOP : PAPER),
    deviceScaleFactor: picture.pixels ?? 1,
    colorScheme: picture.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  });
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const path = fileURLToPath(new URL(`pictures/${name}.png`, DOCS));
  const of = picture.report === undefined ? await inApp(page, picture) : await inReport(page, picture);
  await settled(of, path);
  await context.close();
  console.log(path, `${Math.round(statSync(path).size / 1024)} kB`);
}
await browser.close();
server.closeAllConnections();
server.close();

async function inApp(page, { link, until, part }) {
  await page.goto(`${url}${link}`);
  await until?.(page);
  await page.locator('.poster.gone').waitFor({ state: 'attached' });
  await page.locator('.working, .under-way').waitFor({ state: 'detached' });
  return part === undefined ? page : page.locator(part);
}

async function inReport(page, { report, heading, height }) {
  await page.goto(pathToFileURL(fileURLToPath(new URL(`studies/${report}.html`, DOCS))).href);
  const section = page.locator('section', { has: page.getByRole('heading', { name: heading }) });
  // its first pictures say it
  await section.evaluate(
    (element, to) =>
      Object.assign(element.style, { height: `${to}px`, overflow: 'hidden', padding: '24px', border: 'none' }),
    height,
  );
  return section;
}

/** Takes a picture until two in a row are the same. */
async function settled(of, path) {
  let last;
  for (;;) {
    const now = await of.screenshot({ path });
    if (last?.equals(now)) return;
    last = now;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}
