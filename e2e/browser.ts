import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright';

const executablePath = process.env.PSOASCOPE_CHROMIUM ?? '/usr/bin/chromium';

/** Whether there is no browser to test with. */
export const noBrowser = !existsSync(executablePath);
if (noBrowser) console.warn(`skipped: no Chromium at ${executablePath}; set PSOASCOPE_CHROMIUM to try another`);

/** A browser that talks to nobody of its own accord. */
export const launchBrowser = (...more: string[]): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      ...more,
    ],
  });
