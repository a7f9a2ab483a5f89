import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveFolder } from './serve-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'psoascope serve #1 100% ü-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): void {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), content);
}

interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly body: string;
}

/** node's own client sends the path as it is; fetch would tidy the dots away */
const get = (url: string, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> =>
  new Promise((done, fail) => {
    const sent = request(url, { path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const bytes = Buffer.concat(parts);
        done({ status: response.statusCode!, headers: response.headers, bytes, body: bytes.toString() });
      });
    });
    sent.on('error', fail).end();
  });

const LONG = '<p>pressure, pressure, pressure\n'.repeat(400);

describe('serveFolder', () => {
  it('serves its files with isolation and refuses everything else', async () => {
    file('served/report.html', '<p>hello');
    file('served/sub/report.html', '<p>sub');
    file('served/empty/x.txt', 'x');
    file('served/.hidden', 'no');
    file('secret.txt', 'no');
    symlinkSync(join(folder, 'secret.txt'), join(folder, 'served/link.txt'));
    symlinkSync(folder, join(folder, 'served/up'));
    const { server, url } = await serveFolder(join(folder, 'served'), 0);
    try {
      const page = await get(url, '/');
      expect(page).toMatchObject({ status: 200, body: '<p>hello' });
      expect(page.headers).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'none'"),
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
        'cache-control': 'no-cache',
      });
      for (const path of [
        '/../secret.txt',
        '/..%2fsecret.txt',
        '/%2e%2e/secret.txt',
        '/link.txt',
        '/up',
        '/up/secret.txt',
        '/.hidden',
        '/empty/',
        '/%00',
        '/%',
        '/none',
      ])
        expect([path, (await get(url, path)).status]).toEqual([path, 404]);
      // relative links need the slash; whatever was asked, the way there stays on this server
      for (const path of ['/sub', '//sub', '/sub?x=1'])
        expect([path, (await get(url, path)).headers.location]).toEqual([path, '/sub/']);
      expect((await get(url, '/sub/')).body).toBe('<p>sub');
      for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
        const refused = await get(url, '/', {}, method);
        expect([refused.status, refused.headers.allow]).toEqual([405, 'GET, HEAD']);
      }
      await expect(serveFolder(folder, Number(new URL(url).port))).rejects.toThrow(/cannot be used \(EADDRINUSE\)/);
    } finally {
      server.close();
    }
  });

  it('is for this computer under all its names, and tells another one why not', async () => {
    file('report.html', 'hello');
    const { server, url } = await serveFolder(folder, 0);
    const { port } = new URL(url);
    try {
      for (const host of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]', `[::1]:${port}`, `localhost:${port}`])
        expect([host, (await get(url, '/', { host })).status]).toEqual([host, 200]);
      for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil', '[::2]', '[::1].evil']) {
        const { status, body } = await get(url, '/', { host });
        expect([host, status]).toEqual([host, 403]);
        expect(body).toMatch(/^403: this server is for the computer that it runs on .* localhost.*\.\n$/);
      }
    } finally {
      server.close();
    }
  });

  it('compresses text for who takes it, and lets what never changes be kept', async () => {
    file('app/index.html', LONG);
    file('app/assets/main-Ab3_x-9Z.js', LONG);
    file('app/assets/plain.js', LONG);
    file('app/logo.png', LONG);
    file('out/report.html', LONG);
    file('out/assets/mine-Ab3_x-9Z.js', LONG);
    const { server, url } = await serveFolder(join(folder, 'out'), 0, join(folder, 'app'));
    try {
      const plain = await get(url, '/');
      expect(plain.headers['content-encoding']).toBeUndefined();
      expect(plain.headers).toMatchObject({ vary: 'Accept-Encoding', 'content-length': `${LONG.length}` });
      const br = await get(url, '/', { 'accept-encoding': 'gzip, deflate, br' });
      expect([br.headers['content-encoding'], brotliDecompressSync(br.bytes).toString()]).toEqual(['br', LONG]);
      const gzip = await get(url, '/', { 'accept-encoding': 'br;q=0, gzip;q=0.5' });
      expect([gzip.headers['content-encoding'], gunzipSync(gzip.bytes).toString()]).toEqual(['gzip', LONG]);
      expect(gzip.bytes.length).toBeLessThan(LONG.length / 10);
      for (const taken of ['', 'identity', 'brotli', 'gzip;q=0'])
        expect([taken, (await get(url, '/', { 'accept-encoding': taken })).body]).toEqual([taken, LONG]);
      expect((await get(url, '/logo.png', { 'accept-encoding': 'gzip' })).headers['content-encoding']).toBeUndefined();

      const kept = async (path: string) => (await get(url, path)).headers['cache-control'];
      expect(await kept('/assets/main-Ab3_x-9Z.js')).toBe('public, max-age=31536000, immutable');
      for (const path of ['/', '/assets/plain.js', '/out/', '/out/assets/mine-Ab3_x-9Z.js'])
        expect([path, await kept(path)]).toEqual([path, 'no-cache']);
      // what may change is asked for again, and not sent again while it has not
      const again = await get(url, '/', { 'if-none-match': plain.headers.etag! });
      expect([again.status, again.body]).toEqual([304, '']);
      file('app/index.html', `${LONG}changed`);
      expect((await get(url, '/', { 'if-none-match': plain.headers.etag! })).status).toBe(200);
    } finally {
      server.close();
    }
  });

  it('/out leads to /out/, also for a folder that is made later', async () => {
    file('app/index.html', 'app');
    const { server, url } = await serveFolder(join(folder, 'out'), 0, join(folder, 'app'));
    try {
      expect((await get(url, '/out')).status).toBe(404);
      file('out/report.html', 'report');
      for (const path of ['/out', '/out?x']) {
        const { status, headers } = await get(url, path);
        expect([path, status, headers.location]).toEqual([path, 308, '/out/']);
      }
      expect((await get(url, '/out/')).body).toBe('report');
      expect((await get(url, '/outside')).status).toBe(404);
    } finally {
      server.close();
    }
  });
});
