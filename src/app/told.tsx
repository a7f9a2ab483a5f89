import { lazy, Suspense } from 'react';
import type { Note } from '../base/note.ts';
import { Mishap } from './mishap.tsx';

const Said = lazy(() => import('./said.tsx').then(({ Said }) => ({ default: Said })));

/** A note on the first sight of the page, as soon as the sentences are there; nothing where they cannot be fetched. */
export const Told = ({ note }: { readonly note: Note }) => (
  <Mishap quiet>
    <Suspense fallback={null}>
      <Said note={note} />
    </Suspense>
  </Mishap>
);
