/* The service worker, behind a line that the build writes: VERSION, FILES (what is kept, ./ first), ENTRY (the page's script), POLICY. */
/* global VERSION, FILES, ENTRY, POLICY */

// two copies of the app may stand at one origin, in folders of their own
const SCOPE = self.registration.scope;
const KEEP = `${VERSION} ${SCOPE}`;
const isOurs = (name) => name.startsWith('psoascope-') && (name.endsWith(` ${SCOPE}`) || !name.includes(' '));
const ROOT = new URL(SCOPE).pathname;
const listed = new Set(FILES.map((file) => new URL(file, SCOPE).pathname));
const isLocal = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(self.location.hostname);
/** How long a network that does not answer is waited for before the kept page is shown, ms. */
const PATIENCE = 6000;

// no skipWaiting: pages of the version before go on with its parts until the last of them is closed
self.addEventListener('install', (event) => event.waitUntil(keep()));
async function keep() {
  const cache = await caches.open(KEEP);
  await cache.addAll(FILES.map((file) => new Request(file, { cache: 'no-cache' })));
  // a site in the middle of being put up gives parts of two versions: none of them is kept, and the next visit tries again
  const page = await cache.match('./');
  if ((await page.text()).includes(ENTRY)) return;
  await caches.delete(KEEP);
  throw new Error('the page and its parts are of two versions');
}

// nobody is left who could ask for older parts
self.addEventListener('activate', (event) => event.waitUntil(forgetOthers().then(() => self.clients.claim())));
async function forgetOthers() {
  for (const name of await caches.keys()) if (isOurs(name) && name !== KEEP) await caches.delete(name);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  const at = url.pathname;
  if (at === ROOT || at === `${ROOT}index.html`) event.respondWith(page(request));
  // their names change with what they hold, so that what is kept is right
  else if (at.startsWith(`${ROOT}assets/`)) event.respondWith(part(request));
  else if (listed.has(at))
    event.respondWith(
      fetch(request)
        .catch(() => kept(request))
        .then(isolated),
    );
});

/** The page: the network's, so that the newest version and another site at this address are seen at once; without one the kept one. */
async function page(request) {
  const answer = await Promise.race([
    fetch(request).catch(() => undefined),
    // a program on this computer either answers or is not there
    ...(isLocal ? [] : [new Promise((late) => setTimeout(late, PATIENCE))]),
  ]);
  if (answer === undefined) return isolated(await kept('./'));
  if (await isPsoascope(answer)) return isolated(answer);
  // a site that is down for a moment is no other site; a redirect that cannot be looked into is one on this computer only
  if (!isLocal && answer.status >= 400) return isolated((await kept('./')) ?? answer);
  if (isLocal || answer.type !== 'opaqueredirect') await leave();
  return answer;
}

const isPsoascope = async (answer) =>
  answer.ok &&
  /html/.test(answer.headers.get('content-type') ?? '') &&
  /<meta name="application-name" content="Psoascope"/.test(await answer.clone().text());

/** Another site stands where Psoascope was: nothing of it stays. */
async function leave() {
  for (const name of await caches.keys()) if (isOurs(name)) await caches.delete(name);
  await self.registration.unregister();
}

/** A part of any version that is still kept. */
async function part(request) {
  const found = await kept(request);
  if (found !== undefined) return isolated(found);
  const answer = await fetch(request);
  return (await caches.has(KEEP)) ? isolated(answer) : answer;
}

async function kept(request) {
  // by name: to open what has just been cleared would make it anew
  const names = [KEEP, ...(await caches.keys()).filter((name) => isOurs(name) && name !== KEEP)];
  for (const cacheName of names) {
    const found = await caches.match(request, { cacheName, ignoreSearch: true });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Adds the headers that let threads share memory and hold workers to the policy, for hosts that cannot send them. */
function isolated(response) {
  if (response === undefined) return Response.error();
  if (response.status === 0 || response.type === 'opaque') return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  // a worker does not take over the policy that the page carries as an element
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', POLICY);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
