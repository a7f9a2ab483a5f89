/**
 * How long it is waited for, ms: on a slow telephone with 1.6 Mbit/s the model stands after 8 s (docs/app.md). What takes longer comes too late, and a
 * network that says nothing would hold the press up for ever.
 */
export const PATIENCE = 10_000;

let fetched: Promise<Uint8Array | undefined> | undefined;

/**
 * The example's body as the build has drawn it (scripts/kept-plugin.ts): there before the worker, which would draw the same, has begun. Its
 * address stands in the page, so that page and file are of one build; the development server has none.
 * @returns what was sent for once; undefined where there is none to send for
 */
export function fetchKept(): Promise<Uint8Array | undefined> | undefined {
  if (fetched !== undefined || typeof document === 'undefined' || !('DecompressionStream' in globalThis))
    return fetched;
  const address = document.querySelector<HTMLMetaElement>('meta[name="kept-scene"]')?.content;
  if (address !== undefined) fetched = read(address).catch(() => undefined);
  return fetched;
}

async function read(address: string): Promise<Uint8Array | undefined> {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const { ok, body } = await fetch(address, { signal: stop.signal });
    if (!ok || body === null) return undefined;
    const whole = new Response(body.pipeThrough(new DecompressionStream('deflate-raw')));
    return new Uint8Array(await whole.arrayBuffer());
  } finally {
    clearTimeout(late);
  }
}
