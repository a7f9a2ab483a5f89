import { createStore } from 'zustand/vanilla';

/** A word that the page owes whoever uses it: a newer version is there, or a part of this one could not be fetched. */
export type Word = 'newer' | 'missing';

export const word = createStore<{ readonly about: Word | undefined }>(() => ({ about: undefined }));

/** Whether the site now holds another version than this page is of; undefined where it cannot be asked. */
async function isNewer(): Promise<boolean | undefined> {
  const own = document.querySelector('script[type=module][src]')?.getAttribute('src');
  if (own == null) return undefined;
  try {
    const answer = await fetch('./', { cache: 'no-store' });
    return answer.ok && !(await answer.text()).includes(own);
  } catch {
    return undefined;
  }
}

/** Asks the site, and says so where it is newer. */
async function lookForNewer(): Promise<void> {
  if (await isNewer()) word.setState({ about: 'newer' });
}

/** A part of the page did not come: says whether that is because the site is newer. Nothing that was entered is touched. */
async function partIsMissing(): Promise<void> {
  word.setState({ about: (await isNewer()) ? 'newer' : 'missing' });
}

/** Listens for parts that do not come and for a newer version that the service worker has fetched. */
export function watch(): void {
  window.addEventListener('vite:preloadError', () => void partIsMissing());
  window.addEventListener('unhandledrejection', ({ reason }) => {
    // the browsers' own sentences about a script that did not come
    if (/dynamically imported module|importing a module script failed/i.test(String(reason))) void partIsMissing();
  });
  window.addEventListener('load', () => {
    // where storage is blocked, even to ask is an error
    try {
      navigator.serviceWorker?.register('./service-worker.js').then(heed, () => undefined);
    } catch {}
  });
}

function heed(registration: ServiceWorkerRegistration | undefined): void {
  registration?.addEventListener('updatefound', () => {
    const coming = registration.installing;
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'installed' && registration.active !== null) void lookForNewer();
    });
  });
}
