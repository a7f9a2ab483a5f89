import { describe, expect, it } from 'vitest';
import { kPaOfMmHg } from '../base/units.ts';
import { resolveBody } from '../body/body.ts';
import { evidence } from '../evidence/evidence.ts';
import { RAISED_BELLY } from '../evidence/levels.ts';
import { aFinding } from '../findings/a-finding.test-data.ts';
import { type Finding, keyOf } from '../findings/finding.ts';
import { sizesOf } from '../findings/make-result.ts';
import type { Result } from '../findings/result.ts';
import { inEnglish } from '../messages/say.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import { formatNumber, formatPercent, toldAmount } from './amounts.ts';
import { bodyName } from './body-name.ts';
import { compareResults, strongerSides } from './compare-results.ts';
import { comparisonLines } from './comparison-lines.ts';
import { everydayName } from './everyday-name.ts';
import { findingLabel } from './finding-label.ts';
import { inputName } from './input-name.ts';
import { joinSides } from './join-sides.ts';
import { noteText } from './note-text.ts';
import { partRows } from './part-rows.ts';
import { aboutOf, sentencesOf } from './sentences.ts';
import { hardlyPressed, sortFindings } from './sort-findings.ts';

describe('what is told first, and together', () => {
  const finding = (value: number, evidence: string[]): Finding => ({
    structure: 'skin',
    side: 'midline',
    low: null,
    high: null,
    unit: 'kPa',
    felt: 'silent',
    quantity: 'tissue-pressure',
    where: 'tissue',
    value,
    band: 'within-published',
    evidence,
  });

  it('partRows tells of each part first what reaches furthest, and keeps the order from the skin down', () => {
    const at = (structure: string, band: Finding['band'], rest: Partial<Finding> = {}): Finding => ({
      ...finding(5, []),
      structure,
      band,
      ...rest,
    });
    const rows = partRows([
      at('small_intestine', 'below-published'),
      at('small_intestine', 'within-published', { quantity: 'compression', unit: '%' }),
      at('psoas_major', 'within-published', { quantity: 'compression', unit: '%' }),
      at('psoas_major', 'within-published'),
    ]);
    expect(rows.map(({ first, also }) => [first.structure, first.quantity, also.length])).toEqual([
      ['small_intestine', 'compression', 1],
      ['psoas_major', 'tissue-pressure', 1],
    ]);
  });

  it('sortFindings puts aside parts that are hardly pressed, but never the muscles aimed at or what reaches a level', () => {
    const at = (structure: string, value: number, rest: Partial<Finding> = {}): Finding => ({
      ...finding(value, []),
      structure,
      band: 'no-published-level',
      ...rest,
    });
    const shape = { quantity: 'area-change', where: 'lumen', unit: '%', band: 'below-published' } as const;
    const sorted = sortFindings(inEnglish, [
      at('kidney', 0.3, { side: 'left' }),
      at('kidney', 0.5, { side: 'right' }),
      // 12 mmHg are 1.6 kPa
      at('urinary_bladder', 1.59),
      at('mass', 1.61),
      at('psoas_major', 0.2, { band: 'below-published' }),
      at('ureter', 0.7, { band: 'within-published', side: 'left' }),
      // a part is told as a whole: a vessel that changes its shape is more than hardly pressed
      at('abdominal_aorta', 1.2, { band: 'below-published' }),
      at('abdominal_aorta', -7, shape),
      at('common_iliac_artery', 1.2, { band: 'below-published', side: 'left' }),
      at('common_iliac_artery', -4.9, { ...shape, side: 'left' }),
      at('femoral_nerve', 0.2, { band: 'below-published', side: 'left' }),
      {
        ...at('femoral_nerve', 1, { unit: '%', side: 'left', quantity: 'elongation-sliding' }),
        upTo: at('x', 12, { unit: '%' }),
      },
    ]);
    const names = (told: readonly Finding[]) => told.map((f) => `${f.structure} ${f.value}`);
    expect(names(sorted.reached)).toEqual(['psoas_major 0.2', 'ureter 0.7']);
    expect(names(sorted.below)).toEqual([
      'mass 1.61', 'abdominal_aorta 1.2', 'abdominal_aorta -7', 'femoral_nerve 0.2', 'femoral_nerve 1',
    ]); // biome-ignore format: one list
    expect(hardlyPressed(inEnglish, sorted.hardly)).toBe(
      'Hardly pressed: left and right kidney, bladder and left common iliac artery; each less than 1.6 kPa (12 mmHg), where the pressure in a patient’s belly begins to count as raised.',
    );
    expect(hardlyPressed(inEnglish, [])).toBe('');
    expect(evidence('H-12').text).toMatch(/^12-/);
    expect(RAISED_BELLY).toBe(kPaOfMmHg(12));
  });

  it('joinSides tells two sides as one only where they say the same', () => {
    const left = {
      ...finding(10, ['H-71']),
      structure: 'psoas_major',
      side: 'left',
    } as const;
    const right = { ...left, side: 'right', value: 10.5 } as const;
    expect(joinSides([left, right]).map((f) => [findingLabel(inEnglish, f), f.value])).toEqual([
      ['left and right psoas muscle', 10.5],
    ]);
    const ranged = joinSides([
      { ...left, low: 6, high: 15 },
      { ...right, low: 5.5, high: 16 },
    ]);
    expect(ranged.map((f) => [f.low, f.high])).toEqual([[5.5, 16]]);
    const { sentence } = sentencesOf(inEnglish, ranged[0]!, { source: 'reference', solved: true, seconds: 35 });
    expect(sentence).toContain('The range is 5.5 to 16 kPa');
    expect(sentence).toMatch(/The other side differs by less than a tenth\.$/);
    expect(joinSides([{ ...left, low: 6, high: 15 }, right])).toHaveLength(2);
    expect(joinSides([left, { ...right, value: 12 }])).toHaveLength(2);
    expect(joinSides([left, { ...right, band: 'above-published' }])).toHaveLength(2);
    expect(joinSides([left, { ...right, structure: 'iliacus' }])).toHaveLength(2);
  });

  it('both sides that are told as one stay one part, whichever side has the larger value', () => {
    const at = (side: 'left' | 'right', quantity: Finding['quantity'], value: number): Finding => ({
      ...finding(value, []),
      structure: 'psoas_major',
      side,
      quantity,
    });
    const sides = joinSides([
      at('left', 'tissue-pressure', 10),
      at('right', 'tissue-pressure', 9.8),
      at('left', 'compression', 20),
      at('right', 'compression', 20.5),
    ]);
    expect(sides.map((f) => [f.side, f.both])).toEqual([
      ['left', true],
      ['right', true],
    ]);
    expect(partRows(sides)).toHaveLength(1);
    // one side alone is another part than both together
    expect(partRows([...sides, at('left', 'crush', 3)])).toHaveLength(2);
  });
});

describe('what is said of a level', () => {
  const at = (structure: string, quantity: Finding['quantity'], unit: Finding['unit'], level: string): Finding => ({
    structure,
    side: 'left',
    quantity,
    where: 'tissue',
    value: 60,
    low: null,
    high: null,
    unit,
    band: 'within-published',
    level,
    felt: 'unknown',
    evidence: [],
  });
  const told = (...f: Parameters<typeof at>) =>
    sentencesOf(inEnglish, at(...f), { source: 'reference', solved: true, seconds: 35 });

  it('names a figure that is our own as such, and says where one was read', () => {
    const squeezed = told('psoas_major', 'compression', '%', 'muscle-squeeze');
    expect(squeezed.sentence).toContain('This is within that range. That figure is our own estimate.');
    expect(squeezed.professional).toContain('[H-72; our estimate]');
    // nobody here saw it printed
    expect(squeezed.professional).toMatch(/Within the range of our own, /);
    expect(squeezed.professional).not.toContain('published');
    const pressed = told('psoas_major', 'tissue-pressure', 'kPa', 'muscle-cells-minutes');
    expect(pressed.sentence).not.toMatch(/own estimate/);
    expect(pressed.professional).toContain('[H-71; read in the source]');
    expect(pressed.professional).toMatch(/ the published range, /);
    expect(told('abdominal_aorta', 'tissue-pressure', 'kPa', 'artery-close').professional).toContain(
      '[H-04 T-59; worked out]',
    );
  });
});

describe('what is said of feeling', () => {
  const about = { source: 'reference', solved: true, seconds: 35 } as const;
  const told = (f: Partial<Finding>) => sentencesOf(inEnglish, { ...FELT, ...f }, about);
  const FELT: Finding = {
    structure: 'large_intestine',
    side: 'midline',
    quantity: 'tissue-pressure',
    where: 'tissue',
    value: 6,
    low: null,
    high: null,
    unit: 'kPa',
    band: 'within-published',
    level: 'bowel-flow',
    felt: 'silent',
    evidence: [],
  };

  it('one of three things, and for nerves how it feels', () => {
    expect(told({}).sentence).toMatch(/ You may not feel it\.$/);
    expect(told({}).professional).toMatch(/ May be silent\.$/);
    expect(told({ structure: 'urinary_bladder', felt: 'unknown' }).sentence).toMatch(
      / Nobody has reported whether people feel this\.$/,
    );
    expect(told({ felt: 'unknown' }).professional).toMatch(/ No data on whether it is felt\.$/);
    expect(told({ structure: 'abdominal_aorta', felt: 'felt' }).sentence).toMatch(/ Most people feel this\.$/);
    expect(told({ felt: 'felt' }).professional).toMatch(/ Felt by most\.$/);
    expect(told({ structure: 'femoral_nerve', side: 'left', felt: 'felt' }).sentence).toMatch(/sharp, electric way\.$/);
  });

  it('of the muscle aimed at also where the value is below what was published, with its pressure alone', () => {
    const psoas = { structure: 'psoas_major', side: 'left', level: 'muscle-cells-minutes', felt: 'felt' } as const;
    expect(told({ ...psoas, band: 'below-published' }).sentence).toMatch(
      / Most people feel this, and go by it to find the muscle\.$/,
    );
    expect(told({ ...psoas, quantity: 'compression', unit: '%' }).sentence).not.toMatch(/feel/);
    expect(told({ ...psoas, felt: 'unknown', band: 'below-published' }).sentence).not.toMatch(/feel/);
  });

  it('never silent beside a level that is a feeling, in either form', () => {
    const skin = { structure: 'skin', quantity: 'peak-contact-pressure', where: 'skin', level: 'skin-pain' } as const;
    const pain = told({ ...skin, value: 200 });
    expect(pain.sentence).not.toMatch(/feel/);
    expect(pain.professional).not.toMatch(/silent|felt/i);
    // below it, it is news again for whoever reads of pain
    expect(told({ ...skin, value: 100, band: 'below-published' }).professional).toMatch(/ May be silent\.$/);
  });
});

describe('a bowel', () => {
  const about = { source: 'reference', solved: true, seconds: 35 } as const;
  const at = (rest: Partial<Finding>): Finding =>
    aFinding({ structure: 'small_intestine', quantity: 'crush', value: 30, unit: '%', felt: 'silent', ...rest });

  it.each([
    ['spine', 'spine'],
    ['sacrum', 'sacrum'],
    ['hip-bone', 'hip bone'],
    ['rib', 'ribs'],
    ['other', 'bone'],
    [undefined, 'bone'],
  ] as const)('is crushed against a bone that is named: %s', (bone, name) => {
    const { sentence, professional } = sentencesOf(inEnglish, at(bone === undefined ? {} : { bone }), about);
    expect(sentence).toContain(`Where it is crushed most, between tool and ${name}, the small bowel`);
    expect(professional).toContain(`between tool and ${name},`);
  });

  it('has contents that could press outwards with so much at most: a bound, which is compared with nothing and not felt', () => {
    const bound = at({ quantity: 'transmural-pressure', where: 'lumen', value: 6, unit: 'kPa' });
    const { sentence, professional } = sentencesOf(inEnglish, bound, about);
    expect(sentence).toMatch(
      /^Inside the small bowel, the contents could press outwards with about 6\.0 kPa \(45 mmHg\) at most\. .*That is a bound and not a value, so it is compared with nothing\.$/,
    );
    expect(professional).toMatch(/^Upper bound of the transmural pressure/);
    expect(`${sentence} ${professional}`).not.toMatch(/feel|silent|level|rises/);
  });
});

describe('a nerve that may slide', () => {
  const at = (quantity: Finding['quantity'], value: number, rest: Partial<Finding> = {}): Finding =>
    aFinding({ structure: 'femoral_nerve', side: 'left', quantity, value, unit: '%', ...rest });
  const about = { source: 'reference', solved: true, seconds: 35 } as const;
  const both = [at('elongation-sliding', 1.7), at('elongation-stuck', 28)];

  it('is told once, from how much it gets longer if it slides to how much if it is stuck, and compared with nothing', () => {
    const told = joinSides(both);
    expect(told).toHaveLength(1);
    const { sentence, professional } = sentencesOf(inEnglish, told[0]!, about);
    expect(sentence).toContain('gets longer: from 1.7 % if it slides freely to 28 % if it is stuck.');
    expect(sentence).toContain('so it is compared with none.');
    expect(`${sentence} ${professional}`).not.toMatch(/Nobody has published|more than that|rabbit|feel|felt|hurts/i);
    expect(professional).toContain(
      '1.7 % over the whole course (gliding freely) to 28 % over the most elongated 30 mm (not gliding)',
    );
    expect(professional).not.toMatch(/principal/);
    expect(toldAmount(inEnglish, told[0]!)).toBe('1.7 to 28 %');
  });

  it('has the range of both: from the low end of the one to the high end of the other', () => {
    const [sliding, stuck] = [
      at('elongation-sliding', 1.7, { low: 1.1, high: 2.4 }),
      at('elongation-stuck', 28, { low: 19, high: 35 }),
    ];
    const { sentence } = sentencesOf(inEnglish, joinSides([sliding, stuck])[0]!, about);
    expect(sentence).toContain('The range is 1.1 to 35 %.');
  });

  it('is told with its other side where both bounds agree, and not where one differs', () => {
    const right = (stuck: number) => [
      at('elongation-sliding', 1.65, { side: 'right' }),
      at('elongation-stuck', stuck, { side: 'right' }),
    ];
    const alike = joinSides([...both, ...right(29)]);
    expect(alike).toHaveLength(1);
    expect(sentencesOf(inEnglish, alike[0]!, about).sentence).toContain(
      'left and right femoral nerve get longer: from 1.7 % if they slide freely to 29 % if they are stuck',
    );
    expect(joinSides([...both, ...right(40)])).toHaveLength(2);
  });

  it('of an older result says what was computed; one that goes slack is not drawn out', () => {
    expect(sentencesOf(inEnglish, joinSides([both[1]!])[0]!, about).sentence).toContain(
      'gets longer: by up to 28 % over 30 mm if it is stuck. What slides gets less longer; by how much was not computed.',
    );
    expect(toldAmount(inEnglish, joinSides([at('elongation-sliding', -0.6), both[1]!])[0]!)).toBe('0 to 28 %');
  });

  it('a ureter, too; no level of a ureter’s was published', () => {
    const { sentence } = sentencesOf(inEnglish, joinSides(both.map((f) => ({ ...f, structure: 'ureter' })))[0]!, about);
    expect(sentence).toContain('ureter gets longer: from 1.7 %');
    expect(sentence).toContain('Nobody has published a level');
  });
});

describe('how long it lasted', () => {
  const at = (rest: Partial<Finding>, seconds: number) =>
    sentencesOf(
      inEnglish,
      {
        structure: 'psoas_major',
        side: 'left',
        quantity: 'tissue-pressure',
        where: 'tissue',
        value: 11,
        low: null,
        high: null,
        unit: 'kPa',
        band: 'below-published',
        level: 'muscle-cells-minutes',
        felt: 'unknown',
        evidence: [],
        ...rest,
      },
      { source: 'reference', solved: true, seconds },
    );

  it('where the effect was seen, beside the press, is part of the sentence about pressure', () => {
    const { sentence, professional } = at({}, 35);
    expect(sentence).toContain(
      'In rats, cells of a leg muscle died at 32 kPa (240 mmHg). This is less than that. There it lasted 15 to 60 minutes, at least 25 times as long as this press (35 seconds).',
    );
    expect(professional).toContain('Exposure there 15 to 60 minutes, here 35 seconds (1/25 or less).');
    // the press's own time, not the usual one
    expect(at({}, 210).sentence).toContain('at least 4 times as long as this press (3.5 minutes)');
    expect(at({}, 900).sentence).toContain(
      'There it lasted 15 to 60 minutes, about as long as this press (15 minutes).',
    );
    expect(at({}, 9000).sentence).toContain('There it lasted 15 to 60 minutes; this press lasts 2.5 hours.');
    expect(at({}, 9000).professional).toContain('Exposure there 15 to 60 minutes, here 2.5 hours.');
  });

  it('is the time in which the load builds up and that for which it is held', () => {
    const { seconds } = aboutOf({ body: { source: 'scan' }, path: [1], scenario: { rate_s: 5, hold_s: 30 } });
    expect(seconds).toBe(35);
  });

  it('is not spoken of where the effect came at once', () => {
    expect(at({ structure: 'femoral_nerve', level: 'nerve-flow' }, 35).sentence).not.toMatch(/lasted|seconds/);
  });
});

describe('two presses', () => {
  const base = { low: null, high: null, unit: 'kPa', band: 'below-published', felt: 'silent', evidence: [] } as const;
  const at = (structure: string, side: Finding['side'], value: number | null): Finding => ({
    ...base,
    structure,
    side,
    quantity: 'tissue-pressure',
    where: 'tissue',
    value,
  });
  const of = (findings: Finding[], psoas?: number) =>
    ({
      findings,
      shares: [],
      ...(psoas !== undefined && {
        headline: { psoasFrontPressure_kPa: { value: psoas, low: psoas / 2, high: null } },
      }),
      path: [{ force_N: 10, depth_mm: 1, contactArea_cm2: 2 }],
      solver: { converged: true },
      notes: [],
    }) as unknown as Result;

  it('are set side by side by their keys, the first with the first; what only one has stands alone', () => {
    const { pairs } = compareResults(
      of([at('kidney', 'left', 1), at('kidney', 'right', 2), at('skin', 'midline', null)]),
      of([at('kidney', 'right', 20), at('cyst', 'midline', 5), at('skin', 'midline', null)]),
    );
    expect(pairs.map((p) => [keyOf(p), p.a?.value, p.b?.value])).toEqual([
      ['kidney/left/tissue-pressure/tissue', 1, undefined],
      ['kidney/right/tissue-pressure/tissue', 2, 20],
      ['cyst/midline/tissue-pressure/tissue', undefined, 5],
    ]);
    expect(strongerSides(pairs).map((p) => [p.structure, p.side, p.a?.value, p.b?.value])).toEqual([
      ['kidney', 'midline', 2, 20],
      ['cyst', 'midline', undefined, 5],
    ]);
    expect(findingLabel(inEnglish, strongerSides(pairs)[0]!)).toBe('kidney');
  });

  it('are told by the pressure on the front of the psoas, where both have one', () => {
    const said = (a?: number, b?: number) => comparisonLines(inEnglish, of([], a), of([], b)).join(' ');
    expect(said(13.4, 3.03)).toContain(
      'front of the psoas: 13 kPa (100 mmHg) with a (range not computed), 3.0 kPa (23 mmHg) with b (range not computed).',
    );
    expect(said(13.4)).not.toMatch(/psoas/);
  });
});

describe('names', () => {
  it('of structures say their side once, and those of a scan’s muscle are its own', () => {
    expect(everydayName(inEnglish, 'kidney', 'left')).toBe('left kidney');
    expect(everydayName(inEnglish, 'ascending_colon', 'right')).toBe('ascending colon (large bowel)');
    const label = (structure: string) =>
      findingLabel(inEnglish, { structure, side: 'left', quantity: 'tissue-pressure' });
    expect([label('psoas_major'), label('iliopsoas')]).toEqual([
      'left psoas muscle',
      'left psoas and iliacus together',
    ]);
    expect(findingLabel(inEnglish, { structure: 'abdominal_wall', side: 'midline', quantity: 'stretch' })).toBe(
      'belly wall',
    );
  });

  it('of inputs come from their ids; one that nobody knows is its own name', () => {
    expect(['shear-modulus/bowel', 'stiffening/bowel', 'friction', 'made up'].map((id) => inputName(inEnglish, id))).toEqual([
      'shear modulus of bowel', 'stiffening of bowel with strain', 'friction between skin and tool', 'made up',
    ]); // biome-ignore format: one row
    expect(inputName(inEnglish, 'shear-modulus/urinary_bladder')).toBe('shear modulus of urinary bladder');
  });

  it('of a body are made of its sizes; of a scan of what was given; of an old result as it was written', () => {
    const sizes = { sex: 'male', height_cm: 175.04, waist_cm: 88.3, age: 40 } as const;
    const of = (body: object, scenario: object = { body: {} }) =>
      bodyName(inEnglish, { body, scenario } as unknown as Pick<Result, 'body' | 'scenario'>);
    expect(of({ source: 'reference', label: 'x', weight_kg: 75, sizes })).toBe(
      'man, 175 cm, 75 kg, waist 88.3 cm, 40 years',
    );
    const another = { source: 'reference', label: 'x', weight_kg: 75, sizes };
    expect(of(another, { body: { variant: 7 } })).toMatch(/, body 7$/);
    expect(of({ source: 'reference', label: 'as written', weight_kg: 75 })).toBe('as written');
    const scan = of({ source: 'scan', label: 'x', weight_kg: 75, sizes }, { body: { height_cm: 180 } });
    expect(scan).toContain('180 cm');
    expect(scan).not.toContain('175');
  });

  it('of a body are those that the body itself goes by in English', () => {
    const specs = [{}, { sex: 'male', weight_kg: 90.4 }, { variant: 7, waist_cm: 80 }, { height_cm: 171.25, age: 62 }];
    for (const spec of specs) {
      const scenario = parseScenario({ body: spec });
      const body = resolveBody(scenario.body);
      const written = { source: 'reference', label: 'x', weight_kg: body.weight_kg, ...sizesOf(body) };
      expect(bodyName(inEnglish, { body: written, scenario } as unknown as Result)).toBe(body.label);
    }
  });

  it('of notes hold what they are given, also other notes; one that nobody knows says its id', () => {
    const inner = { id: 'reason.no-equilibrium', values: { iterations: 9 } };
    expect(noteText(inEnglish, { id: 'reason.at', values: { depth: '12.0', reason: inner } })).toBe(
      'at 12.0 mm no equilibrium after 9 iterations',
    );
    expect(noteText(inEnglish, { id: 'note.from-the-future' })).toBe('note.from-the-future');
  });

  it('numbers read like numbers', () => {
    expect([210.4, 38, 12.75, 3.21, 0.5, 0.0123, 0, -4, null, Number.NaN].map((each) => formatNumber(inEnglish, each))).toEqual([
      '210', '38', '12.8', '3.2', '0.50', '0.01', '0', '−4.0', '–', '–',
    ]); // biome-ignore format: pairs read as lines
    expect([0, 0.004, 0.04, 1].map((each) => formatPercent(inEnglish, each))).toEqual([
      '0 %',
      'less than 1 %',
      '4 %',
      '100 %',
    ]);
  });
});
