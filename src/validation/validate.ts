import { CancelledError, InputError } from '../base/errors.ts';
import { breathe, type Progress } from '../base/progress.ts';
import { tell } from '../base/told.ts';
import { VALIDATION_ERRORS } from '../messages/errors/validation.data.ts';
import { note } from '../messages/note.ts';
import { type Anchor, type Ask, type Checked, type OnGrid, verdictOf } from './anchor.ts';
import { ANCHORS } from './anchors.ts';
import { whyNoPress } from './lab.ts';

/** Which checks are wanted, and how. */
export interface Wanted {
  /** Ids of those to compute; all when absent. */
  readonly only?: readonly string[] | undefined;
  /** Edge of the cells of every check that has cells, mm, and no second grid: a quick look instead of the verdict. */
  readonly quick?: number | undefined;
  /** What an earlier run has found of a check; where that was on the same grids, it is not computed again. */
  readonly known?: ((id: string) => Checked | undefined) | undefined;
  /** Hears of every check as soon as it is computed. */
  readonly onChecked?: ((checked: Checked) => void) | undefined;
}

/**
 * Computes checks one after the other.
 * @throws InputError for an id that is none; CancelledError when stopped
 */
export async function validate(progress: Progress = {}, wanted: Wanted = {}): Promise<Checked[]> {
  const { only, quick, known, onChecked } = wanted;
  const [first, second] = ANCHORS;
  if (only?.includes('') === true)
    throw new InputError(tell(VALIDATION_ERRORS, 'error.check.blank', { first: first!.id, second: second!.id }));
  const unknown = only?.find((id) => !ANCHORS.some((a) => a.id === id));
  if (unknown !== undefined)
    throw new InputError(
      tell(VALIDATION_ERRORS, 'error.check.none', { id: unknown, first: first!.id, last: ANCHORS.at(-1)!.id }),
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
    const before = known?.(anchor.id);
    if (before !== undefined && isOnGrids(before, anchor, quick)) {
      checked.push(before);
      continue;
    }
    await say();
    const now = await check(anchor, quick, say);
    onChecked?.(now);
    checked.push(now);
  }
  progress.report?.({ phase: 'phase.done', fraction: 1 });
  return checked;
}

/** Whether a check was computed on the grids that are wanted now; they may change within a version. */
const isOnGrids = ({ cell, other }: Checked, { cells }: Anchor, quick: number | undefined): boolean =>
  cells === undefined || quick === undefined
    ? cell === cells?.[0] && other?.cell === cells?.[1]
    : cell === quick && other === undefined;

/** Computes one check: the verdict is that of the first of its grids. */
export async function check(
  { compute, cells, ...anchor }: Anchor,
  quick: number | undefined,
  say: Ask['say'],
): Promise<Checked> {
  const independent = anchor.tuned === undefined && anchor.circular !== true;
  const on = async (cell: number): Promise<OnGrid> => ({ cell, ...(await outcomeOf(compute, { cell, say })) });
  if (cells === undefined) return { ...anchor, independent, ...(await outcomeOf(compute, { cell: Number.NaN, say })) };
  if (quick !== undefined) return { ...anchor, independent, ...(await on(quick)) };
  const own = await on(cells[0]);
  return { ...anchor, independent, ...own, other: await on(cells[1]) };
}

async function outcomeOf(compute: Anchor['compute'], ask: Ask): Promise<Pick<OnGrid, 'outcome' | 'verdict'>> {
  try {
    const outcome = await compute(ask);
    return { outcome, verdict: verdictOf(outcome) };
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    // a press that cannot be computed is a finding about the model, not a crash
    const outcome = { figures: [], untested: note('check.page.because', { reason: whyNoPress(error) }) };
    return { outcome, verdict: 'not tested' };
  }
}
