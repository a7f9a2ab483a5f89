// How long a first visit to the built app waits for its pictures, what it transfers, and what holds up its main thread.
//
//   node bench/first-look.mjs [laptop] [phone] [--flat] [--runs 3] [--until model|answer]
//
// A laptop is a window of 1440 × 900 without limits. A phone is 412 × 823 with the processor slowed 4 times, 1.6 Mbit/s and 150 ms a
// round trip: what Lighthouse takes for a phone on a slow mobile network. Every run is a first visit: an empty cache and no service worker.
// Each is measured twice: with drawing, which costs what the machine's graphics cost (without a graphics card, the processor), and
// with every call that draws left out, which leaves the page's own work.
import { chromium } from 'playwright';
import { findChromium } from '../dist/cli/find-chromium.js';
import { appFolder } from '../dist/cli/serve.js';
import { serveFolder } from '../dist/node/serve-folder.js';

const args = process.argv.slice(2);
const value = (name, otherwise) => (args.includes(name) ? args[args.indexOf(name) + 1] : otherwise);
const DEVICES = {
  laptop: { width: 1440, height: 900, slower: 1 },
  phone: { width: 412, height: 823, slower: 4, bits: 1.6e6, roundTrip: 150 },
};
const wanted = Object.keys(DEVICES).filter((name) => args.includes(name));
const runs = Number(value('--runs', '3'));
const until = value('--until', 'model');
const flat = args.includes('--flat');
/** Longer than this and a press of a button is felt to be late, ms: what the platform itself calls a long task. */
const LONG = 50;

const { server, url } = await serveFolder('.', 0, appFolder());
const browser = await chromium.launch({
  executablePath: findChromium(),
  // the scene in software, and the page as a browser without a graphics card draws it: drawings through the software's graphics card take seconds
  args: [
    '--no-sandbox',
    '--use-gl=angle',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--disable-gpu-rasterization',
  ],
});

/** Runs in the page before anything of it. */
function watch({ drawing, flat }) {
  const seen = { tasks: [], poster: undefined, model: undefined, answer: undefined };
  window.seen = seen;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.tasks.push([startTime, duration]);
  }).observe({ type: 'longtask', buffered: true });
  const look = () => {
    const poster = document.querySelector('.stage img, .stage .plate');
    if (poster !== null && poster.complete !== false) seen.poster ??= performance.now();
    if (document.querySelector('.poster.gone') !== null) seen.model ??= performance.now();
    if (document.querySelector('.story .headline, .story .psoas-headline, .story dl') !== null)
      seen.answer ??= performance.now();
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  if (!drawing)
    for (const name of ['drawElements', 'drawArrays', 'drawElementsInstanced', 'drawArraysInstanced'])
      WebGL2RenderingContext.prototype[name] = () => undefined;
  if (flat) {
    const { getContext } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
      return kind.startsWith('webgl') ? null : getContext.call(this, kind, ...more);
    };
  }
}

async function visit({ width, height, slower, bits, roundTrip }, drawing) {
  const context = await browser.newContext({ viewport: { width, height }, serviceWorkers: 'block' });
  await context.addInitScript(watch, { drawing, flat });
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  await client.send('Network.enable');
  let bytes = 0;
  client.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  if (bits !== undefined)
    await client.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: roundTrip,
      downloadThroughput: bits / 8,
      uploadThroughput: bits / 8,
    });
  await client.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.goto(url);
  const name = flat ? 'poster' : until;
  await page.waitForFunction((name) => window.seen[name] !== undefined, name, { timeout: 180_000 });
  const transferred = bytes;
  // what comes just after belongs to it
  await new Promise((later) => setTimeout(later, 1500));
  const seen = await page.evaluate(() => ({
    ...window.seen,
    words: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  }));
  await context.close();
  const long = seen.tasks.filter(([, ms]) => ms > LONG).sort((a, b) => b[1] - a[1]);
  return { ...seen, long, kB: transferred / 1000 };
}

const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const seconds = (list) => (list.some((t) => t === undefined) ? '–' : `${(middle(list) / 1000).toFixed(2)} s`);
for (const name of wanted.length > 0 ? wanted : Object.keys(DEVICES))
  for (const drawing of flat ? [true] : [true, false]) {
    const visits = [];
    for (let n = 0; n < runs; n++) visits.push(await visit(DEVICES[name], drawing));
    const all = (key) => visits.map((v) => v[key]);
    console.log(
      [
        `${name}${flat ? ', no WebGL' : drawing ? '' : ', drawing left out'}: words ${seconds(all('words'))}`,
        `picture ${seconds(all('poster'))}`,
        `model ${seconds(all('model'))}`,
        ...(until === 'answer' ? [`answer ${seconds(all('answer'))}`] : []),
        `${middle(all('kB')).toFixed(0)} kB`,
        `tasks over ${LONG} ms: ${visits
          .map(({ long }) =>
            long.length === 0
              ? 'none'
              : long
                  .map(([at, ms]) => `${ms.toFixed(0)} at ${(at / 1000).toFixed(1)} s`)
                  .slice(0, 8)
                  .join(' '),
          )
          .join(' | ')}`,
      ].join('; '),
    );
  }
await browser.close();
server.closeAllConnections();
server.close();
