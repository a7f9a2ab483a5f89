import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import { extname, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import { InputError } from '../base/errors.ts';
import { type Told, tell } from '../base/told.ts';
import { NODE_ERRORS } from '../messages/errors/node.data.ts';
import { inEnglish, type Speaker } from '../messages/say.ts';
import { noteText } from '../words/note-text.ts';
import { appPolicy } from './app-policy.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
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
  /** Whether its files may carry a hash of their content in their names. */
  readonly built: boolean;
}

/** Types that compression makes smaller. */
const TEXT = /^(text|application\/(json|manifest)|image\/svg)/;

/** A file that the build has named after its content: under this name it never changes. */
const HASHED = /^assets\/[^/]*-[\w-]{8,}\.\w+$/;
const FOREVER = 'public, max-age=31536000, immutable';

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
  speaker: Speaker = inEnglish,
): Promise<{ server: Server; url: string }> {
  const mounts: Mount[] = [];
  if (app === undefined) {
    const root = await realpath(folder).catch(() => undefined);
    if (root === undefined || !(await stat(root)).isDirectory())
      throw new InputError(tell(NODE_ERRORS, 'error.serve.nothing', { folder }));
    mounts.push({ prefix: '/', root, policy: REPORT_POLICY, built: false });
  } else {
    mounts.push({ prefix: '/out/', root: resolve(folder), policy: REPORT_POLICY, built: false });
    mounts.push({ prefix: '/', root: await realpath(app), policy: appPolicy(), built: true });
  }
  const server = createServer((request, response) => {
    const refuse = refusing(response, speaker);
    answer(mounts, request, response, refuse).catch(() => refuse(500, tell(NODE_ERRORS, 'error.serve.unread')));
  });
  await new Promise<void>((ready, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      fail(
        new InputError(tell(NODE_ERRORS, 'error.serve.port', { port: `${port}`, code: error.code ?? error.message })),
      ),
    );
    server.listen(port, '127.0.0.1', ready);
  });
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  // the same computer by its other name, where it has one; whoever holds that port there keeps it
  const other = createSocketServer((socket) => void server.emit('connection', socket));
  other.on('error', () => undefined).listen(actual, '::1');
  server.once('close', () => other.close());
  return { server, url: `http://127.0.0.1:${actual}/` };
}

async function answer(
  mounts: readonly Mount[],
  request: IncomingMessage,
  response: ServerResponse,
  refuse: Refuse,
): Promise<void> {
  const { host = '', 'accept-encoding': accepted = '', 'if-none-match': known } = request.headers;
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(405, tell(NODE_ERRORS, 'error.serve.method'), { Allow: 'GET, HEAD' });
  // a page elsewhere that points its own name at 127.0.0.1 sends that name here
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host))
    return refuse(403, tell(NODE_ERRORS, 'error.serve.host'));

  const url = request.url ?? '/';
  const mount =
    mounts.find(({ prefix }) => url.split('?')[0] === prefix.slice(0, -1)) ??
    mounts.find(({ prefix }) => url.startsWith(prefix));
  // the result's folder may have been made after the server
  const root = mount && (await realpath(mount.root).catch(() => undefined));
  const path = root && (await fileFor(root, url.slice(mount!.prefix.length - 1)));
  if (path === undefined) return refuse(404, tell(NODE_ERRORS, 'error.serve.none'));
  const found = await stat(path);
  const { size, mtimeMs } = found;
  const name = relative(root!, path).split(sep).map(encodeURIComponent).join('/');
  // relative links in a page need the slash
  if (found.isDirectory()) return redirect(response, `${mount!.prefix}${name === '' ? '' : `${name}/`}`);
  const type = TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
  const encoding = TEXT.test(type) && size > 1024 ? encodingFor(String(accepted)) : undefined;
  const tag = `W/"${size.toString(36)}-${mtimeMs.toString(36)}"`;
  const headers = {
    ...HEADERS,
    ...(mount!.built && HASHED.test(name) && { 'Cache-Control': FOREVER }),
    ETag: tag,
    ...(TEXT.test(type) && { Vary: 'Accept-Encoding' }),
    'Content-Security-Policy': mount!.policy,
  };
  if (known === tag) return void response.writeHead(304, headers).end();
  response.writeHead(200, {
    ...headers,
    'Content-Type': type,
    ...(encoding === undefined ? { 'Content-Length': size } : { 'Content-Encoding': encoding }),
  });
  if (request.method === 'HEAD') return void response.end();
  const done = (error: Error | null | undefined): void => {
    if (error) response.destroy();
  };
  const file = createReadStream(path);
  if (encoding === undefined) pipeline(file, response, done);
  else pipeline(file, encoding === 'br' ? createBrotliCompress(QUICK) : createGzip(), response, done);
}

/** Brotli's best takes longer than it saves on the way through one computer. */
const QUICK = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

function encodingFor(accepted: string): 'br' | 'gzip' | undefined {
  const taken = accepted.split(',').map((each) => each.replaceAll(' ', '').toLowerCase().split(';q='));
  return (['br', 'gzip'] as const).find((name) => taken.some(([each, q]) => each === name && Number(q ?? 1) > 0));
}

function redirect(response: ServerResponse, to: string): void {
  response.writeHead(308, { ...HEADERS, 'Content-Security-Policy': REPORT_POLICY, Location: to }).end();
}

/** The file that a request means, or a folder that it names without its slash; undefined where it is missing, hidden or outside. */
async function fileFor(root: string, url: string): Promise<string | undefined> {
  let name: string;
  try {
    name = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '');
  } catch {
    return undefined;
  }
  if (name.includes('\0') || name.split(/[/\\]/).some((part) => part.startsWith('.'))) return undefined;
  const pages = ['index.html', 'report.html'];
  const candidates = name.endsWith('/') ? pages.map((page) => name + page) : [name];
  for (const candidate of candidates) {
    // realpath also follows links, so that one that leads out of the folder is refused
    const path = await realpath(resolve(join(root, candidate))).catch(() => undefined);
    if (path === undefined || !(path === root || path.startsWith(root + sep))) continue;
    const found = await stat(path);
    if (found.isFile() || (found.isDirectory() && !name.endsWith('/'))) return path;
  }
  return undefined;
}

type Refuse = (status: number, why: Told, more?: Record<string, string>) => void;

const refusing =
  (response: ServerResponse, speaker: Speaker): Refuse =>
  (status, why, more = {}) => {
    response.writeHead(status, {
      ...HEADERS,
      ...more,
      'Content-Security-Policy': REPORT_POLICY,
      'Content-Type': 'text/plain; charset=utf-8',
    });
    response.end(`${status}: ${noteText(speaker, why)}.\n`);
  };
