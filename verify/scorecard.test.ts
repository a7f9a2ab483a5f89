import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gradeOf, type Scorecard, scorecard, scorecardText } from '../scripts/scorecard.mjs';

const card = scorecard();
const items = card.lists.flatMap((list) => list.items.map((item) => ({ list: list.id, ...item })));

describe('the scorecard', () => {
  it('has a verdict and a reason for every item, and finds what it says that it has looked up', () => {
    expect(items.length).toBeGreaterThan(100);
    for (const { list, id, verdict, why } of items)
      expect([list, id, ['yes', 'part', 'no', 'na'].includes(verdict), why.length > 3]).toEqual([list, id, true, true]);
    // an item whose facts are gone turns into a no: a claim that no longer holds
    expect(items.filter(({ how, verdict }) => how === 'looked up' && verdict === 'no')).toEqual([]);
  });

  it('is the one that is written', () => {
    const written = JSON.parse(readFileSync(new URL('../docs/scorecard.json', import.meta.url), 'utf8')) as Scorecard;
    // readability moves with every sentence; verdicts do not. npm run scorecard writes both anew
    expect(written.lists).toEqual(JSON.parse(JSON.stringify(card.lists)));
  });

  it('takes a claim back when its words or files are not there, and refuses a link to nothing', () => {
    const list = (rest: object): unknown[] => [
      { id: 'x', name: 'x', source: 'x', items: [{ id: '1', text: 'x', verdict: 'yes', why: 'because', ...rest }] },
    ];
    const verdict = (rest: object): string => scorecard(list(rest)).lists[0]!.items[0]!.verdict;
    expect(verdict({ facts: [['says', 'card.funding', 'funding']] })).toBe('yes');
    expect(verdict({ facts: [['says', 'card.funding', 'paid by the moon']] })).toBe('no');
    expect(verdict({ facts: [['says', 'card.no-such-line']] })).toBe('no');
    expect(verdict({ facts: [['file', 'LICENSE', 'Apache']] })).toBe('yes');
    expect(verdict({ facts: [['file', 'no/such/file']] })).toBe('no');
    expect(() => scorecard(list({ link: 'no/such/file' }))).toThrow(/not there/);
  });

  it('counts halves and leaves out what does not apply', () => {
    const verdicts = ['yes', 'part', 'no', 'na'].map((verdict, n) => ({
      id: `${n}`,
      text: 'x',
      verdict,
      why: 'because',
    }));
    const [list] = scorecard([{ id: 'x', name: 'x', source: 'x', items: verdicts }]).lists;
    expect([list!.points, list!.of]).toEqual([1.5, 3]);
    expect(scorecardText(card)).toContain('**self-score**');
  });

  it('grades text as Flesch and Kincaid do', () => {
    // six words of six syllables in one sentence: 0.39 · 6 + 11.8 · 1 - 15.59
    expect(gradeOf(['The cat sat on the mat.'])).toBeCloseTo(-1.45, 9);
    // four words of 3, 1, 1 and 2 groups of vowels; a figure is one short word
    expect(gradeOf(['Computers press soft tissue.'])).toBeCloseTo(0.39 * 4 + 11.8 * (7 / 4) - 15.59, 9);
    expect(gradeOf(['Computers press soft tissue (much).', 'The cat sat 12.5 mm up.'])).toBeCloseTo(
      (0.39 * 10) / 2 + 11.8 * (13 / 10) - 15.59,
      9,
    );
  });
});
