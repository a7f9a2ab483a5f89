import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanAndSd, quantiles, rankCorrelation, ranks, varianceShare } from '../base/statistics.ts';
import { inWholeEnglish } from '../messages/english.ts';
import { speakerOf } from '../messages/say.ts';
import { leftInEnglish, PSEUDO, textOfPage } from '../words/pseudo-language.test-data.ts';
import { axisOf } from './axis.ts';
import { designStudy } from './design.ts';
import { paretoFront } from './pareto.ts';
import { parsePlan } from './parse-plan.ts';
import type { CaseRecord, Measure } from './record.ts';
import { collectStudy, type StudyData } from './study-data.ts';
import { studyReport } from './study-report.ts';
import { summarise, summaryCsv, summarySql } from './summary.ts';
import { csvLine, measureColumns } from './table.ts';
import { aimView, factorViews, influences, measureViews } from './views.ts';

// computed numbers have six digits
const six = fc.integer({ min: -999_999, max: 999_999 }).map((n) => n / 1000);
const numbers = fc.array(six, { minLength: 3, maxLength: 40 });

describe('statistics', () => {
  it('quantiles are those of R (type 7), mean and spread those of the books', () => {
    // R: quantile(c(1, 2, 4, 8, 16), c(0, .05, .5, .95, 1)) is 1.0 1.2 4.0 14.4 16.0
    const found = quantiles([16, 1, Number.NaN, 8, 2, 4], [0, 0.05, 0.5, 0.95, 1]);
    expect(found.map((value) => Number(value.toPrecision(12)))).toEqual([1, 1.2, 4, 14.4, 16]);
    expect(meanAndSd([2, 4, 4, 4, 5, 5, 7, 9])).toMatchObject({ n: 8, mean: 5 });
    // the sum of squares of that list is 32: divided by n - 1
    expect(meanAndSd([2, 4, 4, 4, 5, 5, 7, 9]).sd).toBeCloseTo(Math.sqrt(32 / 7), 12);
    expect(meanAndSd([Number.NaN]).mean).toBeNaN();
  });

  it('rank correlation: that of the books, blind to any growing change of scale, NaN without variation', () => {
    // one swap of neighbours among four: 1 - 6·2/(4·15)
    expect(rankCorrelation([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(0.8, 12);
    expect([...ranks([10, 20, 10, 5])]).toEqual([2.5, 4, 2.5, 1]);
    expect(rankCorrelation([1, 1, 1, 1], [1, 2, 3, 4])).toBeNaN();
    fc.assert(
      fc.property(numbers, (x) => {
        const y = x.map((value, i) => Math.sin(value) + i);
        const r = rankCorrelation(x, y);
        if (Number.isNaN(r)) return;
        expect(Math.abs(r)).toBeLessThanOrEqual(1 + 1e-12);
        expect(
          rankCorrelation(
            x,
            y.map((value) => -value),
          ),
        ).toBeCloseTo(-r, 12);
        expect(
          rankCorrelation(
            x.map((value) => 3 * value + 1),
            y,
          ),
        ).toBeCloseTo(r, 12);
      }),
    );
  });

  it('a factor without order explains all, nothing, or a share', () => {
    expect(varianceShare(['a', 'a', 'b', 'b'], [1, 1, 9, 9])).toBeCloseTo(1, 12);
    expect(varianceShare(['a', 'b', 'a', 'b'], [1, 1, 9, 9])).toBeCloseTo(0, 12);
    // ranks 1 2 3 4 in groups {1, 2} and {3, 4}: 4 of 5
    expect(varianceShare(['a', 'a', 'b', 'b'], [1, 2, 3, 4])).toBeCloseTo(0.8, 12);
    expect(varianceShare(['a', 'a', 'a'], [1, 2, 3])).toBeNaN();
  });

  it('no run beats a run of the front, and every other run is beaten', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }))), (runs) => {
        const aim = runs.map(([a]) => a);
        const cost = runs.map(([, c]) => c);
        const front = new Set(paretoFront(aim, cost));
        const beats = (a: number, b: number): boolean =>
          aim[a]! >= aim[b]! && cost[a]! <= cost[b]! && (aim[a]! > aim[b]! || cost[a]! < cost[b]!);
        for (const run of runs.keys()) {
          const beaten = [...runs.keys()].some((other) => beats(other, run));
          if (front.has(run)) expect(beaten).toBe(false);
          else expect(beaten || [...front].some((f) => aim[f] === aim[run] && cost[f] === cost[run])).toBe(true);
        }
      }),
    );
    expect(paretoFront([Number.NaN, 1], [1, Number.NaN])).toEqual([]);
  });

  it('axes hold all values between round ticks', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const { from, to, ticks, at } = axisOf(values);
        expect(from <= Math.min(...values) && to >= Math.max(...values)).toBe(true);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThan(9);
        expect(at(from)).toBe(0);
        expect(at(to)).toBe(1);
      }),
    );
  });
});

const measure = (structure: string, side: string, quantity: string, value: number | null): Measure => [
  structure, side, quantity, 'tissue', value, null, null, 'kPa', 'within-published',
]; // biome-ignore format: one line of cells

/** A study whose numbers follow from its factors: psoas = load / 10, bowel = load / 20 + tip, more on the left. */
function study(plan: unknown, broken?: number): StudyData {
  const design = designStudy(parsePlan(plan), '1.0.0');
  const { add, data } = collectStudy(design);
  for (let run = 0; run < design.count; run++) {
    const each = design.at(run);
    const load = (each.scenario!.load as { force_N: number }).force_N;
    const tip = each.scenario!.tool.parameters.tipAcross ?? 0;
    const record: CaseRecord = {
      id: each.id,
      status: 'done',
      converged: run !== broken,
      reason: run === broken ? 'it <stopped> early' : null,
      measures: [
        measure('psoas_major', 'left', 'tissue-pressure', load / 10),
        measure('psoas_major', 'right', 'tissue-pressure', load / 11),
        measure('large_intestine', 'midline', 'tissue-pressure', load / 20 + tip),
        measure('external_iliac_vein', 'left', 'excess-pressure', null),
        measure('external_iliac_vein', 'right', 'excess-pressure', load / 50),
      ],
      backend: 'test',
      cost: { seconds: 1, attempts: 1 },
    };
    add(each, record);
  }
  return data;
}

const GRID = {
  title: 'Tips & loads',
  base: { cell_mm: 10 },
  vary: { 'body.sex': ['female', 'male'], 'load.force_N': [50, 100, 200], 'tool.parameters.tipAcross': [12, 18, 26] },
};

describe('the report of a study', () => {
  it('takes the larger side, leaves out what did not converge, and finds what matters', () => {
    const data = study(GRID, 4);
    const aim = aimView(inWholeEnglish, data)!;
    expect(aim.values[0]).toBe(5);
    expect(aim.values[4]).toBeNaN();
    const strongest = influences(factorViews(inWholeEnglish, data), aim)[0]!;
    expect([strongest.factor.path, strongest.strength]).toEqual(['load.force_N', expect.closeTo(1, 9)]);
  });

  it('of scans aims at their one muscle of psoas and iliacus, in pictures and SQL', () => {
    const data = study(GRID);
    for (const [key, column] of [...data.measures])
      if (column.structure === 'psoas_major') {
        const measures = data.measures as Map<string, unknown>;
        measures.delete(key);
        measures.set(key.replace('psoas_major', 'iliopsoas'), {
          ...column,
          structure: 'iliopsoas',
        });
      }
    expect(aimView(inWholeEnglish, data)).toMatchObject({ short: 'pressure in the psoas and iliacus together' });
    expect([...aimView(inWholeEnglish, data)!.values]).toEqual([...aimView(inWholeEnglish, study(GRID))!.values]);
    expect(summarySql(measureColumns(data.design))).toContain("structure IN ('psoas_major', 'iliopsoas')");
  });

  it('aims at the front of the psoas where it is known', () => {
    const data = study(GRID);
    const known = data.measures.get('psoas_major left tissue-pressure')!;
    const front = {
      ...known,
      side: 'midline',
      quantity: 'front-pressure',
      values: known.values.map((value) => 3 * value),
    };
    (data.measures as Map<string, typeof known>).set('front', front);
    expect(aimView(inWholeEnglish, data)).toMatchObject({ short: 'pressure on the front of the psoas muscle' });
    expect(aimView(inWholeEnglish, data)!.values[0]).toBe(15);
    // with what lies around it; the pressure inside the muscle is for journals of before
    const titles = measureViews(inWholeEnglish, data).map(({ title }) => title);
    expect(titles[0]).toBe('psoas muscle: pressure on its front');
    expect(titles).not.toContain('psoas muscle: pressure in the tissue');
    expect(measureViews(inWholeEnglish, study(GRID))[0]!.title).toBe('psoas muscle: pressure in the tissue');
    // too long for one line along an axis that is as high as the picture
    const upright = [...studyReport(data, summarise(data)).matchAll(/rotate\(-90\)"[^>]*>([^<]*)</g)].map(([, t]) => t);
    expect(upright).toEqual(expect.arrayContaining(['pressure on the front of', 'the psoas muscle, kPa']));
  });

  it('of plans from before two quantities on the skin takes the peak', () => {
    const data = study({ ...GRID, report: { measures: [{ structure: 'skin', quantity: 'contact-pressure' }] } });
    const known = [...data.measures.values()][0]!;
    const measures = data.measures as Map<string, typeof known>;
    for (const quantity of ['mean-contact-pressure', 'peak-contact-pressure'])
      measures.set(quantity, { ...known, structure: 'skin', side: 'midline', quantity });
    expect(measureViews(inWholeEnglish, data).map((view) => view.title)).toEqual([
      'skin: pressure on it, highest over one cm²',
    ]);
  });

  it('is one self-contained page whose pictures say in words what they show', () => {
    const data = study(GRID, 4);
    const html = studyReport(data, summarise(data));
    expect(html).toContain('<h1>Tips &amp; loads</h1>');
    expect(html).toMatch(/<dt>Runs<\/dt><dd>18<span>all computed/);
    expect(html).toContain('it &lt;stopped&gt; early');
    // a fixed grid: three measures for women and for men, three tornadoes, two fronts
    const labels = [...html.matchAll(/<svg viewBox="[^"]*" role="img" aria-label="([^"]*)"/g)].map(
      (match) => match[1]!,
    );
    expect(labels).toHaveLength(3 * 2 + 2);
    for (const label of labels) expect(label).not.toMatch(/NaN|undefined|Infinity/);
    expect(html).not.toMatch(/<script|<link|src=|url\(|https?:\/\/(?!www\.w3\.org)/);
    expect(html).not.toMatch(/NaN|undefined|>Infinity/);
    expect(html).not.toMatch(/\bsafe|\brisk|recommend/i);
    expect(html.match(/class="m s0"/g)!.length).toBeGreaterThan(10);
    expect(html).toMatch(/The cells are coarse/);
  });

  it('of a sample shows the spread at each level and the factor that goes most with the aim', () => {
    const data = study({
      vary: {
        'load.force_N': { distribution: 'uniform', low: 50, high: 250 },
        'body.age': { distribution: 'uniform', low: 20, high: 60 },
        'tool.id': ['two-peak', 'two-peak-mini'],
      },
      sampling: { count: 30 },
    });
    const html = studyReport(data, summarise(data));
    expect(html).toContain(
      'Against the load, the sampled factor that goes most closely with the pressure in the psoas muscle',
    );
    expect(html).toMatch(/two-peak tool: median [\d.]+, 5 to 95 % [\d.]+ to [\d.]+; small two-peak tool: median/);
    expect(html.match(/class="box"/g)).toHaveLength(3 * 2);
  });

  it('leaves no English in a language that nobody speaks, neither of a grid nor of a sample', () => {
    const pseudo = speakerOf(PSEUDO);
    const plans = [
      { base: { cell_mm: 10 }, vary: { 'load.force_N': [50, 100], 'tool.parameters.tipAcross': [12, 18, 26] } },
      {
        population: { sex: 'female' },
        vary: {
          'load.force_N': { distribution: 'uniform', low: 50, high: 250 },
          'tool.id': ['two-peak', 'two-peak-mini'],
        },
        sampling: { count: 20 },
      },
    ];
    for (const plan of plans) {
      const data = study(plan, 1);
      (data.reasons as Map<string, number>).clear();
      const text = textOfPage(studyReport(data, summarise(data), pseudo));
      expect(leftInEnglish(text.replace('psoascope study plan.json -o out', ''))).toEqual([]);
    }
  });

  it('stands when nothing converged and when only one thing varies', () => {
    const one = study({ base: { load: { force_N: 90 } }, vary: { 'body.sex': ['female'] } }, 0);
    expect(studyReport(one, summarise(one))).toMatch(/1 did not; see below/);
    const two = study({ base: { load: { force_N: 90 } }, vary: { 'body.sex': ['female', 'male'] } });
    expect(studyReport(two, summarise(two))).not.toMatch(/NaN|undefined/);
  });
});

describe('tables', () => {
  it('the summary counts converged runs, and its SQL asks for the same', () => {
    const data = study(GRID, 4);
    const [left] = summarise(data);
    expect(left).toMatchObject({
      structure: 'psoas_major',
      side: 'left',
      n: 17,
      without: 0,
      median: 10,
      min: 5,
      max: 20,
    });
    const vein = summarise(data).find((row) => row.structure === 'external_iliac_vein' && row.side === 'left')!;
    expect(vein).toMatchObject({ n: 0, without: 17 });
    const csv = summaryCsv(summarise(data)).split('\r\n');
    expect(csv[0]).toMatch(/^structure,side,quantity,where,unit,n,without,mean/);
    expect(csv[4]).toBe('external_iliac_vein,left,excess-pressure,tissue,kPa,0,17,,,,,,,,0,0,0');
    expect(summarySql(measureColumns(data.design))).toContain(
      'SELECT "body.sex", "load.force_N", "tool.parameters.tipAcross"',
    );
  });

  it('CSV cells that need quotes get them', () => {
    expect(csvLine([1, 'a,b', 'say "so"', null, true, 'x\ny'])).toBe('1,"a,b","say ""so""",,true,"x\ny"\r\n');
  });
});
