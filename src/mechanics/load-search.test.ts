import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inEnglish } from '../messages/say.ts';
import { noteText } from '../words/note-text.ts';
import { type LoadPoint, type LoadRules, LoadSearch, superseded, type Verdict } from './load-search.ts';

const RULES: LoadRules = {
  tolerance: 0.005,
  scatter: 3,
  fall: 0.01,
  first: 5,
  longest: 8,
  halvingsInARow: 5,
  halvings: 8,
  trials: 60,
  iterations: 4000,
};

/** Follows a made-up curve of force over depth; undefined is where no equilibrium is found. The solver may answer an aim itself. */
function follow(curve: (depth: number) => number | undefined, target: number, change: Partial<LoadRules> = {}) {
  const search = new LoadSearch(target, { ...RULES, ...change });
  const path: LoadPoint[] = [];
  const verdicts: (Verdict | 'none')[] = [];
  const depths: number[] = [];
  while (search.open) {
    const { depth } = search.next();
    depths.push(depth);
    const force = curve(depth);
    if (force === undefined) {
      search.reject({ depth, iterations: 1, reason: { id: 'reason.no-equilibrium', values: { iterations: 9 } } });
      verdicts.push('none');
      continue;
    }
    const verdict = search.accept({ depth, force, iterations: 1 });
    verdicts.push(verdict);
    if (verdict !== 'reached' && verdict !== 'below') continue;
    path.length -= superseded(
      path.map((p) => p.force),
      force,
    );
    path.push({ depth, force });
  }
  return { search, path, verdicts, depths, last: path.at(-1) };
}

describe('the search for a load', () => {
  it('finds it on any growing curve, by growing depths and forces', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 4, noNaN: true }),
        fc.double({ min: 0.001, max: 2, noNaN: true }),
        fc.double({ min: 5, max: 2000, noNaN: true }),
        (power, scale, target) => {
          const depth = (target / scale) ** (1 / power);
          fc.pre(depth > 0.3 && depth < 300);
          const { search, path, last } = follow((d) => scale * d ** power, target);
          expect(search.reason).toBeUndefined();
          expect(Math.abs(last!.force / target - 1)).toBeLessThanOrEqual(0.005);
          for (let i = 1; i < path.length; i++) {
            expect(path[i]!.depth).toBeGreaterThan(path[i - 1]!.depth);
            expect(path[i]!.force).toBeGreaterThan(path[i - 1]!.force);
            expect(path[i]!.depth - path[i - 1]!.depth).toBeLessThanOrEqual(8 + 1e-9);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('where something is carried at the touch already, it looks there before it looks between', () => {
    const carried = (depth: number): number => 5 + depth * depth;
    const { depths, search, last } = follow(carried, 10, { touch: 0.2 });
    expect(depths.slice(0, 2)).toEqual([5, 0.2]);
    expect(search.reason).toBeUndefined();
    expect(Math.abs(last!.force / 10 - 1)).toBeLessThanOrEqual(0.005);
    // what is above the first trial is looked for as ever
    expect(follow(carried, 100, { touch: 0.2 }).depths).toEqual(follow(carried, 100).depths);
    expect(follow(carried, 10).depths[1]).toBeGreaterThan(0.2);
  });

  it('finds it across a kink, where a floor begins to carry', () => {
    const { search, last } = follow((d) => 2 * d + (d > 30 ? 500 * (d - 30) : 0), 300);
    expect(search.reason).toBeUndefined();
    expect(last!.depth).toBeCloseTo(30.48, 1);
  });

  it('a force that falls is an alarm after every halving, never the load', () => {
    // slips at 20 mm: 200 N, then half of it, and 300 N again far deeper
    const curve = (d: number): number => (d < 20 ? d * d * 0.5 : 50 + (d - 20) * 5);
    const { search, path, verdicts } = follow(curve, 300);
    expect(noteText(inEnglish, search.reason!)).toMatch(
      /^the force fell from 19\d\.\d to \d+\.\d N although the tool went deeper/,
    );
    expect(verdicts.filter((v) => v === 'fallen').length).toBeGreaterThan(5);
    expect(path.at(-1)!.depth).toBeLessThan(20);
    expect(path.at(-1)!.force).toBeGreaterThan(150);
  });

  it('a fall in small pieces is one too: it counts from the largest force on the way', () => {
    // each step loses 0.4 %, which no step alone would show
    const forces = [50, 100, 99.6, 99.2, 98.8, 98.4, 98, 97.6];
    const search = new LoadSearch(300, RULES);
    const verdicts = forces.map((force) => search.accept({ depth: search.next().depth, force, iterations: 1 }));
    expect(verdicts).toEqual(['below', 'below', 'below', 'below', 'fallen', 'fallen', 'fallen', 'fallen']);
    expect(search.reached).toBe(99.2);
  });

  it('forces that differ by less than a fall are one force: the path holds the later, and only grows', () => {
    const noisy = (d: number): number => d * d * 0.5 * (1 + (d > 19 && d < 23 ? 0.004 * Math.cos(40 * d) : 0));
    for (let target = 180; target < 270; target += 3) {
      const { search, path } = follow(noisy, target);
      expect(search.reason).toBeUndefined();
      for (let i = 1; i < path.length; i++) expect(path[i]!.force).toBeGreaterThan(path[i - 1]!.force);
    }
    expect(superseded([10, 20, 30, 30.2], 29.9)).toBe(2);
    expect(superseded([10, 20], 20)).toBe(1);
    expect(superseded([], 5)).toBe(0);
  });

  it('a step that fails is halved, and after five in a row or eight in all the last reason stands', () => {
    const { search, depths, path } = follow((d) => (d > 12 ? undefined : d), 300);
    expect(noteText(inEnglish, search.reason!)).toMatch(/^at 1\d\.\d mm no equilibrium after 9 iterations$/);
    expect(path.at(-1)!.depth).toBeGreaterThan(11);
    expect(path.at(-1)!.depth).toBeLessThanOrEqual(12);
    expect(depths.filter((d) => d > 12).length).toBeLessThanOrEqual(9);
    const once = follow((d) => (d > 12 && d < 14 ? undefined : d * d), 300);
    expect(once.search.reason).toBeUndefined();
    const none = follow(() => undefined, 300);
    expect(none.path).toEqual([]);
    expect(none.depths).toEqual([5, 2.5, 1.25, 0.625, 0.3125, 0.15625]);
  });

  it('a depth under a millimetre is said in hundredths', () => {
    for (const [depth, said] of [
      [0.216, '0.22'],
      [3.216, '3.2'],
    ] as const) {
      const search = new LoadSearch(100, { ...RULES, halvings: 0 });
      search.reject({ depth, iterations: 1, reason: { id: 'reason.no-equilibrium', values: { iterations: 9 } } });
      expect(search.reason?.values?.depth).toBe(said);
    }
  });

  it('a jump past the load at one depth is said, unless it is within the scatter', () => {
    const jump = (by: number) => follow((d) => (d < 17.3 ? d : 17.3 * by), 20, { trials: 200 });
    expect(noteText(inEnglish, jump(1.5).search.reason!)).toMatch(
      /^at 17\.3 mm the force jumps from 17\.3 to 2\d\.\d N, past the load$/,
    );
    const near = follow((d) => (d < 17.3 ? d : 20 * 1.012), 20, { trials: 200 });
    expect(near.search.reason).toBeUndefined();
    expect(near.last!.force).toBeCloseTo(20.24, 6);
  });

  it('gives up after its trials or iterations, and says which', () => {
    expect(follow((d) => d * 1e-3, 300).search.reason).toEqual({ id: 'reason.too-many-steps', values: { steps: 60 } });
    expect(noteText(inEnglish, follow((d) => d, 300, { iterations: 20 }).search.reason!)).toBe(
      'the load was not reached in 20 iterations',
    );
  });

  it('aims at the load where it is in reach, between the last depth and the furthest', () => {
    const search = new LoadSearch(100, RULES);
    search.accept({ depth: 5, force: 25, iterations: 1 });
    expect(search.next()).toEqual({ depth: 10 });
    search.accept({ depth: 8, force: 64, iterations: 1 });
    const { depth, aim } = search.next();
    expect(depth).toBeCloseTo(10, 6);
    expect(aim).toEqual({ force: 100, tolerance: 0.005, between: [8 + 2e-4 * 8, 8 + 12] });
    search.accept({ depth: 11, force: 121, iterations: 1 });
    expect(search.next().aim!.between[1]).toBe(11);
    expect(search.next().depth).toBeCloseTo(10, 6);
  });

  it('begins between what is known already', () => {
    const search = new LoadSearch(100, RULES, { low: { depth: 8, force: 64 }, high: { depth: 11, force: 121 } });
    expect(search.next().depth).toBeCloseTo(10, 6);
  });
});
