import { type Browser, chromium } from 'playwright';
import { lacks } from '../src/base/lacks.test-data.ts';
import { findChromium } from '../src/cli/find-chromium.ts';

const executablePath = findChromium();

/** Whether there is no browser to test with. */
export const noBrowser = lacks(
  executablePath === undefined
    ? 'there is no Chromium on the search path; on Debian: apt-get install chromium, or set CHROMIUM_PATH'
    : undefined,
);

/** A browser that talks to nobody of its own accord. */
export const launchBrowser = (...more: string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: executablePath!,
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      // drawings by the processor, as without a graphics card: through the software's graphics card they take seconds
      '--disable-gpu-rasterization',
      ...more,
    ],
  });
