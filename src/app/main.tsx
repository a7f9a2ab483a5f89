import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { fetchKept } from './kept-file.ts';
import { Mishap, Word } from './mishap.tsx';
import { watch } from './newer.ts';
import { Spoken } from './speaks.tsx';

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <Spoken>
      <Mishap>
        <App />
      </Mishap>
      <Word />
    </Spoken>
  </StrictMode>,
);

if (import.meta.env.PROD) watch();

// whoever follows a link looks at another press
if (!location.hash.startsWith('#v1')) void fetchKept();

// the solver, the forms and the viewer come after the first words are on the page
void Promise.all([import('./session.ts'), import('./title.ts')]).then(([session, title]) => {
  session.begin();
  title.keepTitle();
});
