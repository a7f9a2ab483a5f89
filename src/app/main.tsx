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

if ('serviceWorker' in navigator && import.meta.env.PROD)
  window.addEventListener(
    'load',
    () => void navigator.serviceWorker.register('./service-worker.js').catch(() => undefined),
  );
