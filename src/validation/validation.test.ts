import { describe, expect, it } from 'vitest';
import { evidence } from '../evidence/evidence.ts';
import { inWholeEnglish } from '../messages/english.ts';
import { noteText } from '../words/note-text.ts';
import { type Checked, type Compute, type Figure, holds, verdictOf } from './anchor.ts';
import { ANCHORS } from './anchors.ts';
import { underCuff } from './limb.ts';
import { tensionAt, tensionStretch } from './sheet.ts';
import { stripChart } from './strip-chart.ts';
import { check, validate } from './validate.ts';
import { validationPage } from './validation-page.ts';

/** Those that press on no body, measure none and solve no block: the others are computed by `psoascope validate` only. */
const WITHOUT_PRESS = ANCHORS.flatMap(({ id, cells }) =>
  cells === undefined && !['A-01', 'A-02', 'A-38', 'A-39'].includes(id) ? [id] : [],
);

/** A check that found one figure. */
function checkedWith(figure: Figure): Checked[] {
  const { compute: _compute, cells: _cells, ...anchor } = ANCHORS.find(({ id }) => id === 'A-39')!;
  return [{ ...anchor, outcome: { figures: [figure] }, verdict: 'reproduced', independent: false }];
}

describe('the anchor checks', () => {
  it('are all there, in order, each with its row', () => {
    expect(ANCHORS.map((a) => a.id)).toEqual(
      Array.from({ length: 47 }, (_, n) => `A-${String(n + 1).padStart(2, '0')}`),
    );
    for (const { id } of ANCHORS) expect(evidence(id).id).toBe(id);
  });

  it('those that need no press: figures, ranges of their rows, honest verdicts', async () => {
    const checked = await validate({}, { only: WITHOUT_PRESS });
    const of = (id: string): Checked => checked.find((c) => c.id === id)!;
    // a ring of 0.4 MPa, 1.5 mm on 8 mm: E (h/r)³ / 4 (1-ν²) with ν = 0.5
    expect(of('A-03').outcome.figures[0]!.value).toBeCloseTo((400 * (1.5 / 8) ** 3) / 3, 2);
    expect(of('A-03').independent).toBe(false);
    expect(of('A-05').independent).toBe(false);
    // what drives blood behind cuffs loses less than was seen under anaesthesia
    expect(of('A-11').verdict).toBe('not reproduced');
    // an isotropic wall cannot carry more across than up and down
    expect(of('A-04').verdict).toBe('not reproduced');
    expect(of('A-20').verdict).toBe('not tested');
    for (const c of checked)
      for (const f of c.outcome.figures) {
        expect(Number.isFinite(f.value), f.name).toBe(true);
        expect(f.low, f.name).toBeLessThan(f.high);
      }
    const page = validationPage(inWholeEnglish, checked, 'validation.svg');
    for (const c of checked) expect(page).toContain(`### ${c.id} ${noteText(inWholeEnglish, c.title)}: ${c.verdict}`);
    expect(page).toContain('which leaves them 0.18 of their shear modulus (T-120)');
    expect(page).not.toMatch(/NaN|undefined|\bsafe/);
    const svg = stripChart(inWholeEnglish, checked);
    expect(svg.match(/<rect/g)!.length).toBe(1 + checked.flatMap((c) => c.outcome.figures).length);
    expect(svg).not.toMatch(/NaN|undefined/);
  });

  it('of those written down last, each figure is held against the range that its row printed before it was computed', async () => {
    const last = ['A-42', 'A-43', 'A-44', 'A-45', 'A-46', 'A-47'];
    const checked = await validate({}, { only: last, quick: 12 });
    for (const { id, outcome } of checked) {
      const printed = [
        ...evidence(id)
          .range.replace(/\(.*\)/, '')
          .matchAll(/([\d.]+)-([\d.]+)/g),
      ];
      const ends = printed.map(([, low, high]) => [Number(low), Number(high)]);
      expect(
        outcome.figures.map(({ low, high }) => [low, high]),
        id,
      ).toEqual(ends);
    }
    const values = (id: string) => checked.find((c) => c.id === id)!.outcome.figures.map(({ value }) => value);
    // a wide cuff needs less than a narrow one, and both more than what is in the artery
    const [narrow, wide] = values('A-42');
    expect(narrow).toBeGreaterThan(1.4 * wide!);
    expect(wide).toBeGreaterThan(122);
    // the harder a leg is squeezed, the less flows; the higher the blood stands, the more shuts a vein, and the less one stocking does
    const [quarter, half, most] = values('A-44');
    expect(quarter! > half! && half! > most! && most! > 2).toBe(true);
    // the veins hold back long before the artery closes
    expect(quarter).toBeLessThan(95);
    expect(half).toBeLessThan(70);
    const [thickNarrow, thickWide] = values('A-47');
    expect(thickNarrow).toBeGreaterThan(thickWide!);
    const [sitting, standing] = values('A-46');
    expect(standing! - sitting!).toBeCloseTo(0.4 * 1.06 * 9.81 * 7.50062, 0);
    const [lying, upright] = values('A-45');
    expect(lying).toBeGreaterThan(5 * upright!);
    expect(checked.map(({ independent }) => independent)).toEqual([true, true, true, true, false, true]);
  });

  it('a sheet carries nothing unstretched and is inverted by bisection', () => {
    expect(tensionAt(1)).toBe(0);
    for (const force of [0.1, 0.5, 2]) expect(tensionAt(tensionStretch(force))).toBeCloseTo(force, 9);
  });

  it('a figure outside its range is not reproduced, none is not tested', () => {
    const figure = { name: 'check.figure.force' as const, value: 3, low: 1, high: 2, unit: '' };
    expect(holds(figure)).toBe(false);
    expect(verdictOf({ figures: [figure] })).toBe('not reproduced');
    expect(verdictOf({ figures: [{ ...figure, value: 2 }] })).toBe('reproduced');
    expect(verdictOf({ figures: [] })).toBe('not tested');
  });

  it('is judged by what was computed and not by the digits that are shown', () => {
    const figure = { name: 'check.figure.overweight' as const, value: 68.2751, low: 45.52, high: 68.28, unit: 'mm' };
    const [anyone] = checkedWith(figure);
    expect(verdictOf(anyone!.outcome)).toBe('reproduced');
    expect(validationPage(inWholeEnglish, [anyone!], 'v.svg')).toContain('| 68.3 mm | 45.5 to 68.3 | inside |');
  });

  it('an unknown check is refused with the list', async () => {
    await expect(validate({}, { only: ['A-99'] })).rejects.toThrow(
      /^there is no check called "A-99"; they run from A-01 to A-47\.$/,
    );
  });

  it('a comma with nothing beside it is refused with how to write the list', async () => {
    const only = ['A-12', ''];
    await expect(validate({}, { only })).rejects.toThrow(/has no id: write them as A-01,A-02, with no comma/);
  });
});

describe('a check on cells', () => {
  const arm = { radius: 45, bone: 11, fat: 6, at: 25 };

  it('is computed on the cells that decide and on others, and the page shows both; a quick look on one grid says so', async () => {
    const [checked] = await validate({}, { only: ['A-30'] });
    expect(checked!.cell).toBe(6);
    expect(checked!.other!.cell).toBe(5);
    const [middle] = checked!.outcome.figures;
    const [there] = checked!.other!.outcome.figures;
    expect(there!.value).not.toBe(middle!.value);
    const page = validationPage(inWholeEnglish, [checked!], 'validation.svg');
    expect(page).toContain('| figure | on 6 mm | on 5 mm | accepted | |');
    expect(page).toContain(
      `| under the middle | ${Number(middle!.value.toPrecision(3))} | ${Number(there!.value.toPrecision(3))} | 0.85 to 1.05 | inside |`,
    );
    expect(page).toContain('1 of the 1 hold on the other cells too');
    expect(page).toContain('the verdict would be another for: none');
    const moved = { ...checked!, other: { ...checked!.other!, verdict: 'not reproduced' } as const };
    const unsettled = validationPage(inWholeEnglish, [moved], 'validation.svg');
    expect(unsettled).toContain('0 of the 1 hold on the other cells too');
    expect(unsettled).toContain('the verdict would be another for: A-30');
    expect(page).toContain('Bench test validation. Read of the source: the abstract. Independent');
    const [quick] = await validate({}, { only: ['A-30'], quick: 12 });
    expect(quick!.other).toBeUndefined();
    expect(validationPage(inWholeEnglish, [quick!], 'validation.svg')).toContain('on cells of 12 mm, and on no others');
  });

  it('has the verdict and the figures of the first of its grids, whatever the other says', async () => {
    const { tuned: _, ...anchor } = ANCHORS.find(({ id }) => id === 'A-30')!;
    const name = 'check.figure.force' as const;
    for (const [cells, verdict, there] of [
      [[6, 5], 'not reproduced', 'reproduced'],
      [[5, 6], 'reproduced', 'not reproduced'],
    ] as const) {
      const compute: Compute = async ({ cell }) => ({
        figures: [{ name, value: cell, low: 4.5, high: 5.5, unit: 'N' }],
      });
      const checked = await check({ ...anchor, cells, compute }, undefined, async () => undefined);
      expect([checked.cell, checked.verdict, checked.outcome.figures[0]!.value]).toEqual([cells[0], verdict, cells[0]]);
      expect([checked.other!.cell, checked.other!.verdict]).toEqual([cells[1], there]);
    }
  });

  it('that is known is not computed again', async () => {
    const heard: string[] = [];
    const [first] = await validate({}, { only: ['A-12'], onChecked: ({ id }) => heard.push(id) });
    const again = await validate(
      {},
      {
        only: ['A-12', 'A-17'],
        known: (id) => (id === 'A-12' ? first : undefined),
        onChecked: ({ id }) => heard.push(id),
      },
    );
    expect(again[0]).toBe(first);
    expect(heard).toEqual(['A-12', 'A-17']);
    const [anew] = await validate({}, { only: ['A-12'], known: () => ({ ...first!, cell: 9 }) });
    expect(anew).toEqual(first);
  });

  it('the whole pressure of a cuff arrives under a very long one, less under a short one, least at its edge', async () => {
    const long = await underCuff({ ...arm, cuff: 270 }, 15);
    // tissue that keeps its volume and that the bone keeps from flowing away: all of it but what creeps out at the ends
    expect(long.middle).toBeGreaterThan(0.9);
    expect(long.middle).toBeLessThan(1.05);
    const short = await underCuff({ ...arm, cuff: 45 }, 12);
    expect(short.middle).toBeLessThan(0.85 * long.middle);
    expect(short.edge).toBeLessThan(0.8 * short.middle);
  });
});
