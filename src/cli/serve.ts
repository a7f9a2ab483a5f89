import type { Command } from 'commander';
import { InputError } from '../base/errors.ts';
import { serveFolder } from './serve-folder.ts';
import type { Terminal } from './terminal.ts';

export function addServe(program: Command, terminal: Terminal): void {
  program
    .command('serve')
    .description('show the report in a folder at an address of this computer, until Ctrl-C')
    .argument('[folder]', 'folder with report.html', 'out')
    .option('--port <number>', 'port; 0 takes a free one', '0')
    .action(async (folder: string, options: { port: string }) => {
      await serveUntilStopped(folder, portOf(options.port), terminal);
    });
}

/** A port number. @throws InputError when the text is none. */
export function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65535)) throw new InputError(`--port must be a whole number from 0 to 65535, not ${text}.`);
  return port;
}

/** Serves a folder until the terminal's signal aborts. */
export async function serveUntilStopped(folder: string, port: number, terminal: Terminal): Promise<void> {
  const { server, url } = await serveFolder(folder, port);
  await terminal.out(`${url}\n`);
  terminal.say('Open this address in a browser; Ctrl-C ends it.');
  await new Promise<void>((resolve) => {
    if (terminal.signal.aborted) resolve();
    terminal.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  server.closeAllConnections();
  server.close();
}
