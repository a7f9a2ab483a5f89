import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { InputError } from '../base/errors.ts';
import { appPolicy } from '../report/app-policy.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.vtu': 'application/octet-stream',
};

/** A folder, where it stands in the address, and what its pages may do. */
interface Mount {
  /** Begins and ends with a slash. */
  readonly prefix: string;
  readonly root: string;
  readonly policy: string;
}

// the report carries its pictures and its style inside itself and runs no script; the two isolation headers are
// what browsers ask for before they share memory between threads
const REPORT_POLICY =
  "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const HEADERS: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
};

/**
 * Serves a folder's files to this computer only, and resolves once it listens.
 * @param port 0 picks a free one.
 * @param app Folder of the built web app: it takes the address itself, and the other folder goes under /out/. That one need not
 * exist yet then.
 * @throws InputError when the port is taken or not allowed, or there is no such folder.
 */
export async function serveFolder(
  folder: string,
  port: number,
  app?: string,
): Promise<{ server: Server; url: string }> {
  const mounts: Mount[] = [];
  if (app === undefined) {
    const root = await realpath(folder).catch(() => undefined);
    if (root === undefined || !(await stat(root)).isDirectory())
      throw new InputError(
        `There is no folder ${folder} to serve; compute a press first, for example with psoascope start.`,
      );
    mounts.push({ prefix: '/', root, policy: REPORT_POLICY });
  } else {
    mounts.push({ prefix: '/out/', root: resolve(folder), policy: REPORT_POLICY });
    mounts.push({ prefix: '/', root: await realpath(app), policy: appPolicy() });
  }
  const server = createServer((request, response) => {
    answer(mounts, request, response).catch(() => refuse(response, 500));
  });
  await new Promise<void>((ready, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      fail(
        new InputError(`Port ${port} cannot be used (${error.code ?? error.message}); choose another one with --port.`),
      ),
    );
    server.listen(port, '127.0.0.1', ready);
  });
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return { server, url: `http://127.0.0.1:${actual}/` };
}

async function answer(mounts: readonly Mount[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
  // a page elsewhere that points its own name at 127.0.0.1 sends that name here
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')) return refuse(response, 403);

  const url = request.url ?? '/';
  const mount = mounts.find(({ prefix }) => url.startsWith(prefix));
  // the result's folder may have been made after the server
  const root = mount && (await realpath(mount.root).catch(() => undefined));
  const path = root && (await fileFor(root, url.slice(mount!.prefix.length - 1)));
  if (path === undefined) return refuse(response, 404);
  const { size } = await stat(path);
  response.writeHead(200, {
    ...HEADERS,
    'Content-Security-Policy': mount!.policy,
    'Content-Type': TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
    'Content-Length': size,
  });
  if (request.method === 'HEAD') return void response.end();
  createReadStream(path)
    .on('error', () => response.destroy())
    .pipe(response);
}

/** The file a request means, or undefined where it is missing, hidden or outside the folder. */
async function fileFor(root: string, url: string): Promise<string | undefined> {
  let name: string;
  try {
    name = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '');
  } catch {
    return undefined;
  }
  if (name.includes('\0') || name.split(/[/\\]/).some((part) => part.startsWith('.'))) return undefined;
  const candidates = name.endsWith('/') ? ['index.html', 'report.html'].map((page) => name + page) : [name];
  for (const candidate of candidates) {
    // realpath also follows links, so that one that leads out of the folder is refused
    const path = await realpath(resolve(join(root, candidate))).catch(() => undefined);
    if (path?.startsWith(root + sep) && (await stat(path)).isFile()) return path;
  }
  return undefined;
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, {
    ...HEADERS,
    'Content-Security-Policy': REPORT_POLICY,
    'Content-Type': 'text/plain; charset=utf-8',
  });
  response.end(`${status}\n`);
}
