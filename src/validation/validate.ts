import { CancelledError, InputError } from '../base/errors.ts';
import { breathe, type Progress } from '../base/progress.ts';
import { tell } from '../base/told.ts';
import { VALIDATION_ERRORS } from '../messages/errors/validation.data.ts';
import { note } from '../messages/note.ts';
import { type Anchor, type Checked, verdictOf } from './anchor.ts';
import { ANCHORS } from './anchors.ts';
import { whyNoPress } from './lab.ts';

/** Anchors in which the model asserts itself what is asked: formula against the same formula. */
const CIRCULAR = new Set(['A-03']);

/**
 * Computes anchor checks one after the other.
 * @param only ids of those to compute; all when absent
 * @throws InputError for an id that is none; CancelledError when stopped
 */
export async function validate(progress: Progress = {}, only?: readonly string[]): Promise<Checked[]> {
  const unknown = only?.find((id) => !ANCHORS.some((a) => a.id === id));
  if (unknown !== undefined)
    throw new InputError(
      tell(VALIDATION_ERRORS, 'error.check.none', { id: unknown, first: ANCHORS[0]!.id, last: ANCHORS.at(-1)!.id }),
    );
  const chosen = ANCHORS.filter((a) => only === undefined || only.includes(a.id));
  const checked: Checked[] = [];
  for (const [n, anchor] of chosen.entries()) {
    const say = async (detail?: string): Promise<void> => {
      progress.report?.({
        phase: 'phase.check',
        fraction: n / chosen.length,
        detail: note('check.page.doing', { id: anchor.id, title: anchor.title, part: detail ?? 'none' }),
      });
      await breathe(progress);
    };
    await say();
    checked.push(await check(anchor, say));
  }
  progress.report?.({ phase: 'phase.done', fraction: 1 });
  return checked;
}

async function check({ compute, ...anchor }: Anchor, say: (detail: string) => Promise<void>): Promise<Checked> {
  const independent = anchor.tuned === undefined && !CIRCULAR.has(anchor.id);
  try {
    const raw = await compute(say);
    const outcome = { ...raw, figures: raw.figures.map((f) => ({ ...f, value: Number(f.value.toPrecision(3)) })) };
    return { ...anchor, outcome, verdict: verdictOf(outcome), independent };
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    // a press that cannot be computed is a finding about the model, not a crash
    const outcome = { figures: [], untested: note('check.page.because', { reason: whyNoPress(error) }) };
    return { ...anchor, outcome, verdict: 'not tested', independent };
  }
}
