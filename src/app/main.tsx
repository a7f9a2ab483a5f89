import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

// the solver, the forms and the viewer come after the first words are on the page
void import('./session.ts').then((session) => session.begin());

// where storage is blocked, even to ask for service workers is an error
if (import.meta.env.PROD)
  window.addEventListener('load', () => {
    try {
      navigator.serviceWorker?.register('./service-worker.js').catch(() => undefined);
    } catch {}
  });
