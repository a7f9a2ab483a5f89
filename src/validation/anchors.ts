import type { Note } from '../base/note.ts';
import { EN } from '../messages/en.ts';
import type { Anchor, Compute } from './anchor.ts';
import { CLOSED_CHECKS } from './closed-checks.ts';
import { PLAN } from './plan.data.ts';
import { POPULATION_CHECKS } from './population-checks.ts';
import { PRESS_CHECKS } from './press-checks.ts';
import { TISSUE_CHECKS } from './tissue-checks.ts';
import { VESSEL_CHECKS } from './vessel-checks.ts';

const COMPUTED: Readonly<Record<string, Compute>> = {
  ...CLOSED_CHECKS,
  ...VESSEL_CHECKS,
  ...PRESS_CHECKS,
  ...TISSUE_CHECKS,
  ...POPULATION_CHECKS,
};

/** A sentence about a check: 'check.a07.method'; none where the catalogue has none. */
function about(id: string, what: string): Note | undefined {
  const name = `check.a${id.slice(2)}${what}`;
  return name in EN ? { id: name } : undefined;
}

/** What the model cannot be asked: the reason, and what should be known all the same. */
function cannot(id: string): Compute {
  const known = about(id, '.note');
  const untested = about(id, '.untested')!;
  return async () => ({ figures: [], untested, ...(known !== undefined && { note: known }) });
}

/** The checks of the evidence, in its order. */
export const ANCHORS: readonly Anchor[] = PLAN.map(({ tuned, ...plan }) => ({
  ...plan,
  title: about(plan.id, '')!,
  ...(tuned && { tuned: about(plan.id, '.tuned')! }),
  method: about(plan.id, '.method')!,
  compute: COMPUTED[plan.id] ?? cannot(plan.id),
}));
