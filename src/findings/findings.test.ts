import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { InputError } from '../base/errors.ts';
import { fuzzRuns } from '../base/fuzz-runs.test-data.ts';
import { cellCentre, type Grid, type Vec3 } from '../base/grid.ts';
import { mmHgOf } from '../base/units.ts';
import { findingsTable } from '../cli/findings-table.ts';
import { evidence } from '../evidence/evidence.ts';
import { note } from '../messages/note.ts';
import { inEnglish } from '../messages/say.ts';
import type { Press } from '../press/press.ts';
import { REFERENCE_TIMING } from '../press/relaxation.ts';
import { scenarioSchema } from '../press/scenario.ts';
import type { Corridor, Side, VoxelModel } from '../voxel/model.ts';
import { twoDigits } from '../words/amounts.ts';
import { resultText } from '../words/result-text.ts';
import { sentencesOf } from '../words/sentences.ts';
import { sortFindings } from '../words/sort-findings.ts';
import { assess } from './assess.ts';
import { baselinePressure } from './baseline.ts';
import { corridorPeak } from './corridor-peak.ts';
import { type Finding, keyOf, type Quantity } from './finding.ts';
import { bump, type Field, MODELS, madeUpPress, NERVES } from './made-up-press.test-data.ts';
import { makeResult } from './make-result.ts';
import { readResult } from './read-result.ts';
import { resultSchema } from './result.ts';
import { shares } from './shares.ts';
import { WINDOW_RADIUS, windowPeak } from './window-peak.ts';

/** Of a reference body, pressed. */
const FULL = { source: 'reference', solved: true, seconds: 35 } as const;

const pick = (findings: readonly Finding[], structure: string, quantity: Quantity, side: Side = 'midline'): Finding =>
  findings.find((f) => f.structure === structure && f.quantity === quantity && f.side === side)!;

function resultOf(press: Press) {
  return makeResult({
    scenario: scenarioSchema.parse({}),
    press,
    ...assess(press),
    version: '0.0.0',
    platform: 'test',
    time: '2000-01-01T00:00:00.000Z',
    body: { label: 'woman, 163 cm, 62 kg', weight_kg: 62 },
  });
}

// ---- muscles that contract ----

describe('a psoas that contracts', () => {
  const own = ['psoas_major', 'iliacus', 'femoral_nerve', 'genitofemoral_nerve', 'lateral_femoral_cutaneous_nerve'];
  const press = madeUpPress({ pressure: () => 60, stretchMin: () => 0.4 });
  const still = assess(press).findings;
  const contracting = assess(press, { pose: 'prone', timing: REFERENCE_TIMING, contracts: true }).findings;

  it('is compared with no level and said to be felt by none, nor are the nerves in and on it, and all else is as it was', () => {
    expect(contracting.map(keyOf)).toEqual(still.map(keyOf));
    for (const [n, f] of contracting.entries()) {
      if (!own.includes(f.structure)) {
        expect(f).toEqual(still[n]);
        continue;
      }
      expect(f).toMatchObject({ band: 'no-published-level', felt: 'unknown', value: still[n]!.value });
      expect(f).not.toHaveProperty('level');
      // nothing about levels and feelings among the sources: for muscle nothing is left, for nerves their course
      expect(f.evidence.filter((id) => id.startsWith('H-'))).toEqual([]);
    }
    // at rest each of them reaches one, and is felt
    for (const structure of own) {
      const reached = still.filter((f) => f.structure === structure && f.band === 'above-published');
      expect(reached.length, structure).toBeGreaterThan(0);
      for (const f of reached) expect(f.felt, structure).toBe('felt');
    }
  });

  it('is told so with each of its pressures, in both forms', () => {
    const of = { ...FULL, contracts: true };
    for (const structure of own) {
      const { sentence, professional } = sentencesOf(
        inEnglish,
        pick(contracting, structure, 'tissue-pressure', 'left'),
        of,
      );
      expect(sentence).toContain('The contracting muscle makes part of this itself');
      expect(professional).toContain('Partly the contracting muscle’s own');
      expect(`${sentence} ${professional}`).not.toMatch(/feel|felt|notice|nobody has/i);
    }
    const ureter = pick(contracting, 'ureter', 'excess-pressure', 'left');
    expect(sentencesOf(inEnglish, ureter, of).sentence).not.toContain('contracting');
  });
});

// ---- values ----

describe('values', () => {
  it('are the field itself where the field is uniform, for every structure', () => {
    const { findings } = assess(madeUpPress({ pressure: () => 5, stretchMin: () => 0.75, stretchMax: () => 1.25 }));
    expect(findings.length).toBeGreaterThanOrEqual(25);
    const expected = { 'tissue-pressure': 5, 'excess-pressure': 0, compression: 25, stretch: 25, crush: 25 };
    for (const f of findings) {
      if (!(f.quantity in expected) || (f.quantity === 'stretch' && f.structure !== 'abdominal_wall')) continue;
      // sums of 32-bit fields in 64 bits: exact to rounding
      expect(f.value, keyOf(f)).toBeCloseTo(expected[f.quantity as keyof typeof expected], 9);
      expect([f.low, f.high], keyOf(f)).toEqual([null, null]);
    }
  });

  it('a pressure that the whole belly has narrows arteries, but folds no vein: the blood in it has that pressure too', () => {
    const { findings } = assess(madeUpPress({ pressure: () => 5 }));
    for (const vein of ['inferior_vena_cava', 'common_iliac_vein', 'external_iliac_vein'])
      for (const f of findings.filter(({ structure }) => structure === vein)) {
        if (f.quantity !== 'flow-change') expect(f.value, keyOf(f)).toBeCloseTo(0, 6);
        // legs are outside the belly: their blood has to come up against all of it (37.5 mmHg on 8.5; 10.5 in the vein, 88 in arteries)
        else expect(f.value, keyOf(f)).toBeCloseTo(100 * ((88 - 46) / (88 - 10.5) - 1), 0);
      }
    expect(pick(findings, 'abdominal_aorta', 'area-change').value!).toBeLessThan(-5);
    // what is local about a pressure narrows the vein, too
    const local = assess(madeUpPress({ pressure: bump(30, [-10, 90, 150], 30) })).findings;
    expect(pick(local, 'inferior_vena_cava', 'area-change').value!).toBeLessThan(-50);
  });

  it('take the skin from the last step: most pressed cm² and mean', () => {
    const skin = assess(madeUpPress()).findings.filter((f) => f.structure === 'skin');
    expect(skin.map((f) => f.value)).toEqual([61.5, 33.2]);
    expect(skin.map((f) => [f.where, f.quantity])).toEqual([
      ['skin', 'peak-contact-pressure'],
      ['skin', 'mean-contact-pressure'],
    ]);
  });

  it('find a bump where it is, as the mean over the ball, on both grids', () => {
    const centre: Vec3 = [90, 60, 100];
    const field = bump(20, centre, 15);
    // mean of the bump over a ball of 12 mm, by summing points 0.5 mm apart
    let sum = 0;
    let count = 0;
    for (let x = -12; x <= 12; x += 0.5)
      for (let y = -12; y <= 12; y += 0.5)
        for (let w = -12; w <= 12; w += 0.5)
          if (x * x + y * y + w * w <= WINDOW_RADIUS ** 2) {
            sum += field(centre[0] + x, centre[1] + y, centre[2] + w);
            count++;
          }
    const exact = sum / count;
    expect(exact).toBeGreaterThan(14);
    expect(exact).toBeLessThan(18);
    for (const h of [5, 10]) {
      const { findings } = assess(madeUpPress({ pressure: field }, MODELS.get(h)!));
      const value = pick(findings, 'large_intestine', 'tissue-pressure').value!;
      // cells are sampled at their middles and windows sit on middles and corners: 2 % at 5 mm, 7 % at 10 mm for this narrow bump
      expect(Math.abs(value / exact - 1), `cell ${h}`).toBeLessThan(h === 5 ? 0.03 : 0.08);
    }
  });

  it('never let one cell speak: a checkerboard of ±10 kPa comes out as nearly nothing', () => {
    const board: Field = (x, y, w) =>
      10 * ((Math.floor(x / 10) + Math.floor(y / 10) + Math.floor(w / 10)) % 2 === 0 ? 1 : -1);
    const { findings } = assess(madeUpPress({ pressure: board }));
    for (const f of findings)
      if (f.quantity === 'tissue-pressure') expect(Math.abs(f.value!), keyOf(f)).toBeLessThan(5.5);
    const bowel = pick(findings, 'small_intestine', 'tissue-pressure').value!;
    expect(Math.abs(bowel)).toBeLessThan(2.5);
  });

  it('change by little when the fraction of a cell changes by little', () => {
    const grid: Grid = { origin: [0, 0, 0], spacing: 10, size: [10, 10, 10] };
    const cells = Uint32Array.from({ length: 1000 }, (_, c) => c);
    const field = (c: number): number => bump(10, [50, 50, 50], 20)(...cellCentre(grid, c));
    const peak = (f: number): number =>
      windowPeak(grid, { cells, fraction: new Float32Array(1000).fill(1).fill(f, 555, 556) }, field)!;
    expect(Math.abs(peak(0.99) - peak(1))).toBeLessThan(0.05);
  });

  it('give tiny structures their mean, and nothing for none', () => {
    const grid: Grid = { origin: [0, 0, 0], spacing: 5, size: [4, 4, 4] };
    const tiny = { cells: Uint32Array.of(3, 60), fraction: Float32Array.of(0.5, 1) };
    expect(windowPeak(grid, tiny, (c) => c)).toBeCloseTo((1.5 + 60) / 1.5, 9);
    expect(windowPeak(grid, { cells: new Uint32Array(), fraction: new Float32Array() }, () => 1)).toBeUndefined();
  });

  it('swap left and right when the press is mirrored', () => {
    const field = bump(30, [45, 80, 90], 30);
    const thin: Field = (x, y, w) => 1 - field(x, y, w) / 100;
    const here = assess(madeUpPress({ pressure: field, stretchMin: thin, at: [50, 100] })).findings;
    const there = assess(
      madeUpPress({
        pressure: (x, y, w) => field(-x, y, w),
        stretchMin: (x, y, w) => thin(-x, y, w),
        at: [-60, 100],
      }),
    ).findings;
    let pairs = 0;
    for (const f of here) {
      if (f.side === 'midline') continue;
      const mirrored = pick(there, f.structure, f.quantity, f.side === 'left' ? 'right' : 'left');
      // the same sums in another order
      // only one of the common iliac veins lies behind an artery, and what flows hangs on aorta and vena cava, which lie aside
      if ((f.structure === 'common_iliac_vein' && f.where === 'lumen') || f.quantity === 'flow-change') continue;
      expect(mirrored.value, keyOf(f)).toBeCloseTo(f.value!, 4);
      pairs++;
    }
    expect(pairs).toBeGreaterThanOrEqual(20);
    expect(pick(here, 'psoas_major', 'tissue-pressure', 'left').value!).toBeGreaterThan(
      3 * pick(here, 'psoas_major', 'tissue-pressure', 'right').value!,
    );
  });

  it('take the rest of the belly off veins and ureters, and off nothing else', () => {
    const field = bump(12, [10, 80, 70], 25);
    const lifted: Field = (x, y, w) => 2 + field(x, y, w);
    const base = assess(madeUpPress({ pressure: field })).findings;
    const press = madeUpPress({ pressure: lifted });
    const up = assess(press).findings;
    expect(baselinePressure(press)).toBeCloseTo(2 + baselinePressure(madeUpPress({ pressure: field })), 5);
    for (const [n, f] of up.entries()) {
      if (f.quantity === 'excess-pressure') {
        expect(f.value, keyOf(f)).toBeCloseTo(base[n]!.value!, 5);
        expect(['ureter', 'inferior_vena_cava', 'common_iliac_vein', 'external_iliac_vein']).toContain(f.structure);
      } else if (f.quantity === 'tissue-pressure') expect(f.value, keyOf(f)).toBeCloseTo(base[n]!.value! + 2, 5);
    }
  });

  it('leave what is near the tool out of the rest of the belly', () => {
    const slope: Field = (x, y) => x / 10 + y;
    const near: Field = (x, y, w) => (Math.hypot(x - 50, y, w - 100) < 50 ? 1000 : 0);
    const plain = baselinePressure(madeUpPress({ pressure: slope }));
    expect(plain).toBeGreaterThan(0);
    expect(baselinePressure(madeUpPress({ pressure: (...at) => slope(...at) + near(...at) }))).toBe(plain);
  });

  it('read nerves beside bone from the soft side only', () => {
    const grid: Grid = { origin: [0, 0, 0], spacing: 10, size: [2, 2, 6] };
    const soft = Float32Array.from({ length: 24 }, (_, cell) => (cell % 2 === 0 ? 1 : 0));
    // pressure in bone cells (x > 10) is garbage: nothing of it may come through
    const pressure = Float32Array.from(soft, (share) => (share > 0 ? 4 : 1e6));
    const points = Float64Array.from({ length: 3 * 20 }, (_, i) => [9, 10, 10 + 2 * Math.floor(i / 3)][i % 3]!);
    const corridor: Corridor = { structure: 'femoral_nerve', side: 'left', points, spread: 5, evidence: [] };
    const peak = corridorPeak(grid, corridor, pressure, soft)!;
    expect(peak).toEqual({ p5: 4, median: 4, p95: 4 });
    expect(corridorPeak(grid, corridor, pressure, new Float32Array(24))).toBeUndefined();
  });

  it('take the highest 10 mm of a course, not its highest point', () => {
    const grid: Grid = { origin: [0, 0, 0], spacing: 5, size: [4, 4, 40] };
    const pressure = Float32Array.from({ length: 640 }, (_, cell) => (cellCentre(grid, cell)[2] === 102.5 ? 10 : 0));
    const points = Float64Array.from({ length: 3 * 90 }, (_, i) => [10, 10, 10 + 2 * Math.floor(i / 3)][i % 3]!);
    const corridor: Corridor = { structure: 'ureter', side: 'left', points, spread: 0.01, evidence: [] };
    // a tent 10 mm wide at its foot and 10 kPa high: its mean over the 10 mm is 5, less by 1/11 for points 1 mm apart
    const peak = corridorPeak(grid, corridor, pressure, new Float32Array(640).fill(1))!.median;
    expect(peak).toBeGreaterThan(4.4);
    expect(peak).toBeLessThan(5.1);
  });

  it('name the spread across a corridor in the sentence', () => {
    const { findings } = assess(madeUpPress({ pressure: (x) => Math.abs(x) / 10 }));
    // the line is 50 mm from the middle and its place varies by SD 8 mm: ±1.64 SD are 13 mm, read on 6 rings of courses
    const lfcn = pick(findings, 'lateral_femoral_cutaneous_nerve', 'tissue-pressure', 'left');
    expect(lfcn.value).toBeCloseTo(5, 3);
    expect(Math.abs(lfcn.distribution!.p5 - (5 - 1.31))).toBeLessThan(0.3);
    expect(Math.abs(lfcn.distribution!.p95 - (5 + 1.31))).toBeLessThan(0.3);
    expect(sentencesOf(inEnglish, lfcn, FULL).sentence).toMatch(/rises by 3\.\d to 6\.\d kPa/);
    expect(lfcn.evidence).toContain('T-74');
  });

  it('refuse fields that are not numbers', () => {
    const press = madeUpPress();
    press.fields.pressure[77] = Number.NaN;
    expect(() => assess(press)).toThrow(InputError);
  });

  it('say what a model does not hold', () => {
    const model = MODELS.get(10)!;
    const scan: VoxelModel = {
      ...model,
      source: 'scan',
      corridors: [],
      parts: model.parts
        .filter((p) => p.structure !== 'iliacus' && p.structure !== 'kidney')
        .map((p) => (p.structure === 'psoas_major' ? { ...p, structure: 'iliopsoas' } : p)),
    };
    const { findings } = assess(madeUpPress({}, scan));
    const absent = findings.filter((f) => f.value === null);
    expect(new Set(absent.map((f) => f.structure))).toEqual(new Set([...NERVES, 'kidney']));
    expect(
      absent.every(
        (f) =>
          sentencesOf(inEnglish, f, { ...FULL, source: 'scan' }).sentence.startsWith('This scan does not show') &&
          f.band === 'no-published-level',
      ),
    ).toBe(true);
    expect(pick(findings, 'iliopsoas', 'tissue-pressure', 'left').value).toBeCloseTo(5, 6);
    const text = findingsTable(resultOf(madeUpPress({}, scan)));
    expect(text).toContain('Not in this scan: left ureter');
    expect(text).toContain('psoas and iliacus together');
  });
});

// ---- bands ----

describe('bands', () => {
  const bandAt = (kPa: number, structure: string, quantity: Quantity, side: Side): string =>
    pick(assess(madeUpPress({ pressure: () => kPa })).findings, structure, quantity, side).band;

  it('follow the published levels of the bowel, 30 mmHg and up, and of muscle, 9 to 32 kPa', () => {
    expect(bandAt(3.9, 'small_intestine', 'tissue-pressure', 'midline')).toBe('below-published');
    expect(bandAt(4.1, 'small_intestine', 'tissue-pressure', 'midline')).toBe('within-published');
    expect(bandAt(40, 'psoas_major', 'tissue-pressure', 'right')).toBe('above-published');
    expect(bandAt(40, 'kidney', 'tissue-pressure', 'right')).toBe('no-published-level');
  });

  it('compare the tool’s own pressure on veins by its excess only', () => {
    expect(bandAt(50, 'inferior_vena_cava', 'excess-pressure', 'midline')).toBe('below-published');
  });

  it('cite rows that exist', () => {
    for (const kPa of [0, 1, 3, 6, 10, 40, 80])
      for (const f of assess(madeUpPress({ pressure: () => kPa, stretchMin: () => 0.4 })).findings)
        for (const id of f.evidence) expect(evidence(id).id).toBe(id);
  });
});

// ---- shares ----

describe('shares', () => {
  it('add up to one and are sorted, whatever the work', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 }), (values) => {
        let n = 0;
        const rows = shares(madeUpPress({ work: () => values[n++ % values.length]! }));
        if (values.every((v) => Math.fround(v) === 0)) return;
        expect(Math.abs(rows.reduce((a, r) => a + r.share, 0) - 1)).toBeLessThan(1e-9);
        for (const [i, row] of rows.entries()) {
          expect(row.share).toBeGreaterThan(0);
          if (i > 0) expect(row.share).toBeLessThanOrEqual(rows[i - 1]!.share);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are shares of volume where the work is even, and bone gets none', () => {
    const inBone: Field = (x, y) => (Math.abs(x) < 20 && y > 100 ? 0 : 1);
    const press = madeUpPress({ work: inBone }, MODELS.get(5)!);
    const soft = press.model.parts.filter((p) => p.tissue !== 'bone');
    const total = soft.reduce((a, p) => a + p.volume, 0);
    const rows = shares(press);
    const shareOf = (id: string): number => rows.find((r) => r.structure === id)!.share;
    const volumeOf = (ids: string[]): number =>
      soft.filter((p) => ids.includes(p.structure)).reduce((a, p) => a + p.volume, 0);
    // the made-up bone cuts no cell at 5 mm, so cells divide exactly; shares are whole millionths
    expect(shareOf('psoas_major')).toBeCloseTo(volumeOf(['psoas_major']) / total, 5);
    expect(shareOf('large_intestine')).toBeCloseTo(volumeOf(['ascending_colon', 'descending_colon']) / total, 5);
    expect(shareOf('abdominal_wall')).toBeCloseTo(volumeOf(['rectus_abdominis', 'external_oblique']) / total, 5);
    expect(shareOf('skin')).toBeCloseTo(volumeOf(['skin']) / total, 5);
    expect(rows.some((r) => r.structure.startsWith('vertebra'))).toBe(false);
  });

  it('are empty when nothing was stored', () => {
    expect(shares(madeUpPress({ work: () => 0 }))).toEqual([]);
  });
});

// ---- levels ----

describe('levels', () => {
  it('are those of the time that the press lasts', () => {
    const press = madeUpPress({ pressure: () => 20 });
    const psoas = (hold: number) => {
      const { findings } = assess(press, { pose: 'prone', timing: { rate: 5, hold } });
      return pick(findings, 'psoas_major', 'tissue-pressure', 'left');
    };
    // rats: 32 kPa below an hour, 9 above two
    expect(psoas(30)).toMatchObject({ level: 'muscle-cells-minutes', band: 'below-published' });
    expect(psoas(9000)).toMatchObject({ level: 'muscle-cells-hours', band: 'above-published' });
  });
});

// ---- words ----

/**
 * Grade by Flesch and Kincaid (1975): 0.39 words per sentence + 11.8 syllables per word - 15.59. Figures and their units are
 * looked at rather than read and count as one short word; what stands in parentheses can be passed over and is left out.
 */
function gradeOf(text: string): number {
  const plain = text.replace(/ \([^)]*\)/g, '').replace(/\d[\d.]*( to [\d.]+)?( (kPa|%|N\/mm|mm))?(?=\W|$)/g, 'ten');
  const sentences = plain.split(/[.!?:](?: |$)/).filter((s) => s.trim() !== '');
  const words = plain.match(/[A-Za-z’'-]+/g) ?? [];
  // groups of vowels, less a silent e at the end
  const syllables = words.map((word) => {
    const spoken = word.toLowerCase().replace(/(?<=[a-z]{2}[^aeiouyl])e$/, '');
    return Math.max(1, spoken.match(/[aeiouy]+/g)?.length ?? 0);
  });
  const all = syllables.reduce((a, b) => a + b, 0);
  return (0.39 * words.length) / sentences.length + (11.8 * all) / words.length - 15.59;
}

describe('words', () => {
  const FORBIDDEN =
    /\bsafe|unsafe|\brisk|probab|recommend|should be fine|harmless|danger|NaN|undefined|null|Infinity|-0(?![.\d])/i;

  it('say the range, the pressure and no verdict, in 300 made-up presses', () => {
    fc.assert(
      fc.property(
        fc.record({
          peak: fc.oneof(
            fc.double({ min: -20, max: 400, noNaN: true }),
            fc.constantFrom(0, 1e-9, -1e-3, 3.9996, 9, 32),
          ),
          base: fc.double({ min: -2, max: 20, noNaN: true }),
          x: fc.double({ min: -120, max: 120, noNaN: true }),
          y: fc.double({ min: 0, max: 130, noNaN: true }),
          thin: fc.double({ min: 0.05, max: 1.02, noNaN: true }),
          long: fc.double({ min: 0.98, max: 4, noNaN: true }),
        }),
        ({ peak, base, x, y, thin, long }) => {
          const field = bump(peak, [x, y, 90], 25);
          const press = madeUpPress({
            pressure: (...at) => base + field(...at),
            stretchMin: () => thin,
            stretchMax: () => long,
          });
          const { findings } = assess(press);
          for (const finding of findings) {
            const f = { ...finding, ...sentencesOf(inEnglish, finding, FULL) };
            expect(f.sentence).not.toMatch(FORBIDDEN);
            expect(f.sentence).toContain('range was not computed');
            expect(f.professional).toContain('range not computed');
            expect(f.professional).not.toMatch(FORBIDDEN);
            if (f.unit === 'kPa') expect(f.sentence).toMatch(/On the skin|In the tissue|[Ii]nside/);
            if (f.unit === 'kPa' && !f.sentence.includes('no more than') && f.value !== 0)
              expect(f.sentence).toMatch(/kPa \([\d.]+ mmHg\)/);
            expect(Number.isFinite(f.value)).toBe(true);
          }
        },
      ),
      { numRuns: fuzzRuns(300) },
    );
  });

  it('can be read at about 12', () => {
    // four presses from hardly anything to a lot, so that each band of each level has its say
    const read = [1, 5, 12, 60].flatMap((kPa) =>
      assess(madeUpPress({ pressure: bump(kPa, [45, 80, 90], 40), stretchMin: () => 0.4 })).findings.map(
        (f) => sentencesOf(inEnglish, f, FULL).sentence,
      ),
    );
    const grades = read.map(gradeOf);
    // US grade 6 to 7 is the age of 11 to 13; a single text may be a little harder where a name is long
    expect(grades.reduce((a, b) => a + b, 0) / grades.length).toBeLessThan(7);
    expect(Math.max(...grades)).toBeLessThan(11);
  });

  it('keep sentences short', () => {
    const { findings } = assess(madeUpPress({ pressure: () => 7 }));
    // what stands in parentheses (the other unit, the study) can be passed over by who reads slowly
    const sentences = findings.flatMap((f) =>
      sentencesOf(inEnglish, f, FULL)
        .sentence.replace(/ \([^)]*\)/g, '')
        .split(/(?<=\.) (?=[A-Z])/),
    );
    const words = sentences.map((s) => s.split(/\s+/).length);
    // plain-language guides for readers of about 12 ask for 15 to 20 words on average
    expect(words.reduce((a, b) => a + b, 0) / words.length).toBeLessThan(20);
    expect(Math.max(...words)).toBeLessThan(45);
  });

  it('tell what it is and is not in the notice', () => {
    expect(inEnglish.say('notice')).not.toMatch(FORBIDDEN);
    for (const word of ['learning', 'research', 'does not measure you', 'diagnose', 'clinician'])
      expect(inEnglish.say('notice')).toContain(word);
  });

  it('print two digits', () => {
    const printed = [0, 0.081, 0.999, 8.06, 9.96, 81.4, 463, 0.0004, -3.21, 1234].map((each) =>
      twoDigits(inEnglish, each),
    );
    expect(printed).toEqual(['0', '0.081', '1.0', '8.1', '10', '81', '460', '0.00040', '−3.2', '1200']);
  });
});

// ---- result ----

describe('result', () => {
  it('is what its schema says, nothing more and nothing less', () => {
    const result = resultOf(madeUpPress({ pressure: bump(30, [45, 80, 90], 30) }));
    expect(resultSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
    // as it is written: with its words, and read again without them
    const written = JSON.parse(resultText(inEnglish, result));
    expect(resultSchema.parse(written)).toEqual(written);
    expect(readResult(written)).toEqual(result);
    expect(() => z.toJSONSchema(resultSchema)).not.toThrow();
  });

  it('has the same hash whenever and wherever it was computed, and another one for another press', () => {
    const press = madeUpPress();
    const first = resultOf(press);
    const later = makeResult({
      scenario: first.scenario,
      press: { ...press, solver: { ...press.solver, seconds: 99 } },
      ...assess(press),
      version: '0.0.0',
      platform: 'elsewhere',
      body: { label: 'woman', weight_kg: 62 },
    });
    expect(later.manifest.resultHash).toBe(first.manifest.resultHash);
    expect(later.manifest.scenarioHash).toBe(first.manifest.scenarioHash);
    expect(later.manifest.time).not.toBe(first.manifest.time);
    expect(resultOf(madeUpPress({ pressure: () => 5.001 })).manifest.resultHash).not.toBe(first.manifest.resultHash);
  });

  it('rounds to six digits and keeps the shares’ sum', () => {
    const result = resultOf(madeUpPress());
    expect(result.path[1]!.force_N).toBe(200.123);
    expect(Math.abs(result.shares.reduce((a, s) => a + s.share, 0) - 1)).toBeLessThan(1e-9);
    expect(result.notes).toEqual([note('note.preview'), note('note.body.waist')]);
    // told once, however many tell it
    const twice = { ...madeUpPress(), warnings: [note('note.preview'), note('note.body.waist'), note('note.preview')] };
    expect(resultOf(twice).notes).toHaveLength(2);
    // a number that is not rounded differs in its last bit between JavaScript engines, and the hash with it
    const press = madeUpPress();
    const { findings, shares, headline } = assess(press);
    const raw = findings.map((f) => ({ ...f, value: 2 / 3, distribution: { p5: 1 / 3, median: 2 / 3, p95: 4 / 3 } }));
    const parts = { scenario: result.scenario, press, shares, headline, version: '0', platform: 'test' };
    const rounded = makeResult({ ...parts, findings: raw, body: { label: 'woman', weight_kg: 62 } }).findings[0]!;
    expect([rounded.value, rounded.distribution]).toEqual([0.666667, { p5: 0.333333, median: 0.666667, p95: 1.33333 }]);
  });
});

// ---- table ----

describe('table', () => {
  const field = bump(30, [45, 80, 90], 30);
  const result = resultOf(madeUpPress({ pressure: field, work: field }));

  it.each([60, 72, 80, 92, 100, 140])('keeps to its width at %i columns', (width) => {
    for (const line of findingsTable(result, { width }).split('\n')) {
      expect(line.length).toBeLessThanOrEqual(Math.min(100, width));
      expect(line).toBe(line.trimEnd());
    }
  });

  it('answers first, shows every finding once but for what is hardly pressed, and ends with the notice', () => {
    const text = findingsTable(result, { width: 80 });
    const lines = text.split('\n');
    expect(lines[0]).toMatch(/^Two-peak tool, face down, relaxed belly wall: a load of 200 N/);
    expect(text.replace(/\s+/g, ' ').trim().endsWith(inEnglish.say('notice'))).toBe(true);
    // what is hardly pressed has one line for all of it
    const { hardly } = sortFindings(inEnglish, result.findings);
    expect(hardly.length).toBeGreaterThan(0);
    expect(text.match(/not computed {2}/g)).toHaveLength(result.findings.length - hardly.length);
    expect(text.match(/Hardly pressed: /g)).toHaveLength(1);
    // small forces per width are numbers
    expect(text).toMatch(/pull across +0\.010 N\/mm/);
    const bowel = result.findings.find((f) => f.structure === 'small_intestine')!;
    expect(text).toMatch(
      new RegExp(
        `in tissue +${twoDigits(inEnglish, bowel.value!)} kPa +${twoDigits(inEnglish, mmHgOf(bowel.value!))} mmHg`,
      ),
    );
    expect(text).not.toMatch(/NaN|undefined|null|\bsafe/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: looks for terminal codes
    expect(text).not.toMatch(/\u001b/);
  });

  it('only adds weight, no hue, when colour is on', () => {
    const plain = findingsTable(result);
    const styled = findingsTable(result, { colour: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal codes for bold and dim only
    expect(styled.replace(/\u001b\[(1|2|22)m/g, '')).toBe(plain);
    expect(styled.length).toBeGreaterThan(plain.length);
  });

  it('says when a press stopped early or never began', () => {
    const press = madeUpPress();
    const early = findingsTable(
      resultOf({ ...press, converged: false, reason: note('note.text', { text: 'the force fell with depth' }) }),
    );
    expect(early.replace(/\s+/g, ' ')).toContain(
      'The press was meant to reach 200 N but stopped here: the force fell with depth.',
    );
    const none = findingsTable(resultOf({ ...press, steps: [], converged: false }));
    expect(none.replace(/\s+/g, ' ')).toContain('no step of the press could be computed.');
    const why = findingsTable(
      resultOf({ ...press, steps: [], converged: false, reason: note('note.text', { text: 'the skin folded' }) }),
    );
    expect(why.replace(/\s+/g, ' ')).toContain('no step of the press could be computed: the skin folded.');
    for (const f of assess({ ...press, steps: [] }).findings) {
      const { sentence } = sentencesOf(inEnglish, f, { ...FULL, solved: false });
      expect([f.value, sentence.includes('no range')]).toEqual([null, true]);
    }
  });
});
