import { describe, expect, it } from 'vitest';
import type { Result } from '../findings/result.ts';
import { accepted, isCurrent, isUpToDate, type SlotState, showsPrevious, store } from './state.ts';

const resultOf = (name: string, uncertainty = 0): Result =>
  ({ scenario: { uncertainty }, manifest: { resultHash: name } }) as unknown as Result;

const asking = (question: string | undefined, more: Partial<SlotState> = {}): SlotState => ({
  ...store.getState().a,
  question,
  ...more,
});
const come = (answered: string, quality: 'coarse' | 'fine', name = quality as string) => ({
  answered,
  quality,
  result: resultOf(name),
  body: undefined,
  states: [],
});
const heard = (slot: SlotState, answer: ReturnType<typeof come>): SlotState => ({ ...slot, ...accepted(slot, answer) });

describe('answers of a slot', () => {
  it('count only for the question that they answer', () => {
    const answered = heard(asking('x'), come('x', 'fine'));
    expect([isCurrent(answered), isUpToDate(answered), showsPrevious(answered)]).toEqual([true, true, false]);
    for (const question of ['y', undefined]) {
      const other = { ...answered, question };
      expect([isCurrent(other), isUpToDate(other), showsPrevious(other)]).toEqual([false, false, true]);
    }
    // two inputs that cannot be computed are not each other's answers
    expect(isCurrent({ ...asking(undefined), result: resultOf('r'), answered: undefined })).toBe(false);
  });

  it('a coarse one never takes the place of a fine one to the same question', () => {
    const fine = heard(asking('x'), come('x', 'fine'));
    expect(heard(fine, come('x', 'coarse'))).toEqual(fine);
    // but of one to another question
    expect(heard({ ...fine, question: 'y' }, come('y', 'coarse'))).toMatchObject({ answered: 'y', quality: 'coarse' });
  });

  it('a fine one remembers what the first look said, and only that of the same press', () => {
    const first = heard(asking('x'), come('x', 'coarse'));
    expect(isUpToDate(first)).toBe(false);
    const fine = heard(first, come('x', 'fine'));
    expect(fine.firstLook).toBe(first.result);
    // once more, with ranges: it still is the first look of this press
    expect(heard(fine, come('x', 'fine', 'ranged')).firstLook).toBe(first.result);
    expect(heard({ ...first, question: 'y' }, come('y', 'fine')).firstLook).toBe(undefined);
    expect(heard({ ...fine, question: 'y' }, come('y', 'coarse')).firstLook).toBe(undefined);
  });

  it('are complete only with the ranges that are wanted', () => {
    const fine = heard(asking('x', { inputs: { uncertainty: 16 } }), come('x', 'fine'));
    expect([isCurrent(fine), isUpToDate(fine)]).toEqual([true, false]);
    expect(isUpToDate({ ...fine, result: resultOf('fine', 16) })).toBe(true);
  });
});
