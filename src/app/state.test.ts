import { describe, expect, it } from 'vitest';
import type { Result } from '../findings/result.ts';
import { accepted, EXAMPLE, isCurrent, isExample, isUpToDate, type SlotState, showsPrevious, store } from './state.ts';

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
    const fine = heard(asking('x', { inputs: {} }), come('x', 'fine'));
    // of one's own press they are wanted unless they are left out; of the story's none, of compared ones those that are asked for
    expect((['yours', 'compare', 'story'] as const).map((mode) => isUpToDate(fine, mode))).toEqual([false, true, true]);
    const some = { ...fine, result: resultOf('fine', 16) };
    expect(isUpToDate(some, 'yours')).toBe(true);
    expect(isUpToDate({ ...some, inputs: { uncertainty: 40 } }, 'yours')).toBe(false);
    expect(isUpToDate({ ...fine, inputs: { uncertainty: 0 } }, 'yours')).toBe(true);
    expect(isUpToDate({ ...fine, inputs: { uncertainty: 16 } }, 'compare')).toBe(false);
    expect(isUpToDate({ ...fine, inputs: { uncertainty: 16 } }, 'story')).toBe(true);
  });
});

it('the example is what nobody has entered anything into and no scan stands in for', () => {
  const { a } = store.getState();
  expect(isExample(a)).toBe(true);
  expect(isExample({ ...a, inputs: { ...EXAMPLE, pose: 'side' } })).toBe(false);
  expect(isExample({ ...a, scan: { id: 'ct' } })).toBe(false);
});
