import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { InputError } from '../base/errors.ts';
import { tell } from '../base/told.ts';
import { CLI_ERRORS } from '../messages/errors/cli.data.ts';
import { NODE_ERRORS } from '../messages/errors/node.data.ts';
import { serveFolder } from './serve-folder.ts';
import type { Terminal } from './terminal.ts';

export function addServe(program: Command, terminal: Terminal): void {
  const { say } = terminal.speaker;
  program
    .command('serve')
    .description(say('help.serve'))
    .argument('[folder]', say('help.serve.folder'))
    .option('--port <number>', say('help.serve.port'), '0')
    .action(async (folder: string | undefined, options: { port: string }) => {
      const port = portOf(options.port);
      if (folder !== undefined && statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
        throw new InputError(tell(NODE_ERRORS, 'error.serve.nothing', { folder }));
      const serving = await startServing(folder ?? 'out', port, terminal);
      await serving.untilStopped();
    });
}

/** A port number. @throws InputError when the text is none. */
export function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65535))
    throw new InputError(tell(CLI_ERRORS, 'error.flag.whole', { flag: '--port', least: 0, most: 65535, got: text }));
  return port;
}

/** A server that has begun. */
export interface Serving {
  readonly url: string;
  /** Resolves when the terminal's signal has aborted and the server is closed. */
  untilStopped(): Promise<void>;
  close(): void;
}

/** Serves the web app, with a folder of results beside it, and says where. Without a built app the folder is all there is. */
export async function startServing(folder: string, port: number, terminal: Terminal): Promise<Serving> {
  const app = appFolder();
  const { server, url } = await serveFolder(folder, port, app, terminal.speaker);
  await terminal.out(`${url}\n`);
  const { say } = terminal.speaker;
  terminal.say(app === undefined ? say('cli.serve.report') : say('cli.serve.app', { report: `${url}out/` }));
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return {
    url,
    close,
    async untilStopped() {
      await new Promise<void>((resolve) => {
        if (terminal.signal.aborted) resolve();
        terminal.signal.addEventListener('abort', () => resolve(), { once: true });
      });
      close();
    },
  };
}

/** The built web app: beside the compiled command line, or in dist when this file runs as it was written. */
export function appFolder(): string | undefined {
  return ['../web/', '../../dist/web/']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(`${path}index.html`));
}
