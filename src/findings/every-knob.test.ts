import { beforeAll, describe, expect, it, vi } from 'vitest';
import { cellCentre } from '../base/grid.ts';
import { mechanicalProblem } from '../press/mechanical-problem.ts';
import { modelKey } from '../press/model-key.ts';
import { prepare } from '../press/prepare.ts';
import { type Scenario, type ScenarioInput, scenarioSchema } from '../press/scenario.ts';
import { press } from '../press/solve-press.ts';
import type { Tissue, VoxelModel } from '../voxel/model.ts';
import { type EnsembleJob, planEnsemble } from './ensemble.ts';
import { keyOf } from './finding.ts';
import { bump, MODELS, madeUpPress } from './made-up-press.test-data.ts';
import { pressOnce } from './press-once.ts';
import { VESSELS } from './vessels.ts';

// nothing is solved here: what is looked at is what the solver is asked, and what is made of an answer that is always the same
vi.mock('../press/solve-press.ts', () => ({ press: vi.fn() }));

/** A trunk with every tissue that an ensemble turns, with a psoas between two bones on each side and a wall in front of them. */
const plain = MODELS.get(10)!;
const BONES = (['left', 'right'] as const).flatMap((side) =>
  ['vertebra_l4', 'psoas_major', 'femur'].map((structure) => ({
    structure,
    side,
    tissue: structure === 'psoas_major' ? ('muscle_psoas' as const) : ('bone' as const),
    colour: [0, 0, 0] as const,
  })),
);
const WALL = { structure: 'rectus_abdominis', side: 'midline', tissue: 'muscle_wall', colour: [0, 0, 0] } as const;
const psoas = plain.fine.labels.map((_, c) => {
  const [x, y, z] = cellCentre(plain.grid, c);
  if (y > 10 && y < 30) return 7;
  if (Math.abs(x) < 30 || Math.abs(x) > 60 || y < 90 || y > 130) return 0;
  return (x < 0 ? 3 : 0) + (z < 20 ? 3 : z < 180 ? 2 : 1);
});
const trunk: VoxelModel = {
  ...plain,
  fine: { grid: plain.grid, labels: psoas, table: [BONES[0]!, ...BONES, WALL] },
  parts: plain.parts.map((part) => {
    if (part.structure === 'iliacus') return { ...part, tissue: 'muscle' };
    return part.structure === 'rectus_abdominis' && part.side === 'left' ? { ...part, tissue: 'aponeurosis' } : part;
  }),
};
const answer = madeUpPress({ pressure: (...at) => 4 + bump(2.5, [0, 85, 70], 60)(...at) }, trunk);
const base: ScenarioInput = { placement: { x_mm: 50, y_mm: 100 } };

type Computed = Awaited<ReturnType<typeof computed>>;

/** All that a press depends on, and what comes out where the solver answers the same. */
async function computed({ scenario, toolSize, shift, ...variation }: Partial<EnsembleJob> & { scenario: Scenario }) {
  vi.mocked(press).mockResolvedValue(answer);
  const prepared = await prepare(scenario, {
    model: trunk,
    ...(toolSize !== undefined && { toolSize }),
    ...(shift !== undefined && { shift }),
  });
  const { findings, shares } = await pressOnce(prepared, variation);
  const [model, placed, { targetForce, ...choice }] = vi.mocked(press).mock.lastCall!;
  const { problem } = mechanicalProblem(model, placed, choice);
  const { mu, penaltyMu, law, friction, fixed, fill, foundation } = problem;
  const { inputs, draws, jobs } = planEnsemble(scenario, 3);
  return {
    trunk: modelKey(scenario),
    tool: [placed.tool.family.id, placed.tool.parameters],
    'place across': placed.at[0],
    'place along': placed.at[2],
    direction: placed.direction,
    force: targetForce,
    moduli: mu,
    'volume penalty': penaltyMu,
    stiffening: law.kind === 'stiffening' ? law.stiffening : [],
    friction,
    fibres: problem.fibres ?? null,
    rest: [fixed, fill, foundation, law.kind === 'stiffening' && law.bulk],
    findings: new Map(findings.map((f) => [keyOf(f), f.value])),
    shares,
    inputs,
    draws,
    people: jobs.slice(0, 1 + draws.length).map((job) => job.scenario.body.variant !== undefined),
  };
}

/** What hangs loose in the belly, in the order of the table. */
const LOOSE: string[] = ['small_intestine', 'large_intestine', 'caecum', 'transverse_colon', 'sigmoid_colon', 'stomach', 'greater_omentum', 'visceral_fat']; // biome-ignore format: one list

/** The names of what differs. */
const differing = (a: Computed, b: Computed): string[] =>
  Object.keys(a).filter((key) => {
    const [x, y] = [a, b].map((of) => of[key as keyof Computed]);
    return key === 'findings'
      ? changedFindings(a, b).length > 0
      : JSON.stringify(x, typed) !== JSON.stringify(y, typed);
  });
const typed = (_: string, value: unknown): unknown =>
  ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value;

/** Which findings differ, as 'vein flow-change' or 'nerve tissue-pressure'. */
function changedFindings(a: Computed, b: Computed): string[] {
  expect([...a.findings.keys()]).toEqual([...b.findings.keys()]);
  const kinds = [...a.findings].flatMap(([key, value]) => {
    if (value === b.findings.get(key)) return [];
    const [structure, side, quantity] = key.split('/') as [string, string, string];
    const kind = VESSELS[structure]?.kind ?? (structure.endsWith('nerve') ? 'nerve' : structure);
    return [structure === 'common_iliac_vein' && side === 'left' ? `left iliac ${quantity}` : `${kind} ${quantity}`];
  });
  return [...new Set(kinds)].sort();
}

let before: Computed;
beforeAll(async () => {
  before = await computed({ scenario: scenarioSchema.parse(base) });
});

describe('every key of a scenario', () => {
  const SCAN = { labels: 'x.nii', labelsHash: 'abc' };
  const KEYS: readonly (readonly [key: keyof ScenarioInput, value: unknown, changes: readonly string[]])[] = [
    ['body', { weight_kg: 70 }, ['trunk', 'force']],
    ['body', { variant: 3 }, ['trunk', 'people']],
    ['scan', SCAN, ['trunk', 'people']],
    ['tool', { id: 'ball-lacrosse' }, ['tool']],
    ['tool', { id: 'two-peak', parameters: { tipRise: 18 } }, ['tool']],
    ['placement', { x_mm: 56, y_mm: 100 }, ['place across']],
    ['placement', { x_mm: 50, y_mm: 94 }, ['place along']],
    ['pose', 'supine', ['trunk', 'findings', 'inputs', 'draws']],
    ['pose', 'side', ['trunk', 'direction', 'findings', 'inputs', 'draws']],
    ['load', { bodyWeightShare: 0.3 }, ['force', 'inputs', 'draws']],
    ['load', { mass_kg: 12 }, ['force', 'inputs', 'draws']],
    ['load', { force_N: 12 }, ['force', 'inputs', 'draws']],
    ['tone', 'guarded', ['fibres', 'inputs', 'draws']],
    ['contents', 'stuck', ['moduli', 'inputs', 'draws']],
    ['contents', 'free', ['moduli', 'inputs', 'draws']],
    ['contract', 'psoas', ['volume penalty', 'fibres', 'inputs', 'draws']],
    ['rate_s', 9, ['moduli', 'volume penalty', 'stiffening']],
    ['hold_s', 90, ['moduli', 'volume penalty', 'stiffening']],
    ['cell_mm', 9, ['trunk']],
    ['seed', 5, ['draws']],
    // how many presses the ranges come from: compute-ranges.test.ts
    ['uncertainty', 40, []],
    // in which format it was written
    ['schemaVersion', 3, []],
  ];

  it('is turned here', () => {
    expect([...new Set(KEYS.map(([key]) => key))].sort()).toEqual(Object.keys(scenarioSchema.shape).sort());
  });

  it.each(KEYS)('%s %j changes %j and nothing else', async (key, value, changes) => {
    const after = await computed({ scenario: scenarioSchema.parse({ ...base, [key]: value }) });
    expect(differing(before, after)).toEqual(changes);
    if (key === 'pose')
      expect(changedFindings(before, after)).toEqual(changedFindings(before, await withPerson('belly', 0.7)));
  });

  it('the place is mirrored with its tool, and a side-lying push with its side', async () => {
    const at = (x_mm: number) =>
      computed({ scenario: scenarioSchema.parse({ ...base, pose: 'side', placement: { x_mm, y_mm: 100 } }) });
    const [left, right] = [await at(50), await at(-50)];
    expect(differing(left, right)).toEqual(['place across', 'direction']);
    expect(right['place across']).toBeCloseTo(-left['place across'], 9);
    const [x, y, z] = left.direction;
    expect(right.direction).toEqual([-x, y, z]);
    expect(x).toBeLessThan(-0.5);
  });
});

const withPerson = (name: string, value: number) =>
  computed({ scenario: scenarioSchema.parse(base), person: { [name]: value } });

describe('every knob of the ensemble', () => {
  const scenario = scenarioSchema.parse(base);
  const { inputs, draws, jobs } = planEnsemble(scenario, 12);
  const [central] = jobs as [EnsembleJob];
  let still: Computed;
  beforeAll(async () => {
    still = await computed(central);
  });
  const ARTERIES = ['artery area-change', 'artery flow-change'];
  const veins = (quantity: string): string[] => [`left iliac ${quantity}`, `vein ${quantity}`];
  const KNOBS: Readonly<Record<string, { job: keyof EnsembleJob; changes: string[]; of: Tissue[] | string[] }>> = {
    ...Object.fromEntries(
      (['skin', 'fat_subcutaneous', 'fat_visceral', 'muscle_wall', 'bowel', 'muscle_psoas', 'muscle'] as const).map(
        (tissue) => [`shear-modulus/${tissue}`, { job: 'scale', changes: ['moduli', 'volume penalty'], of: [tissue] }],
      ),
    ),
    'stiffening/muscle_wall': { job: 'scale', changes: ['stiffening'], of: ['muscle_wall', 'aponeurosis'] },
    'stiffening/bowel': { job: 'scale', changes: ['stiffening'], of: ['bowel'] },
    'weight-share': { job: 'scenario', changes: ['force'], of: [] },
    'place-left': { job: 'shift', changes: ['place across'], of: [] },
    'place-head': { job: 'shift', changes: ['place along'], of: [] },
    'tool-size': { job: 'toolSize', changes: ['tool'], of: [] },
    contents: { job: 'contents', changes: ['moduli'], of: LOOSE },
    friction: { job: 'friction', changes: ['friction'], of: [] },
    // what the arteries bring is what the veins get
    'arterial-mean': { job: 'person', changes: ['findings'], of: [...ARTERIES, ...veins('flow-change')].sort() },
    pulse: { job: 'person', changes: ['findings'], of: ['artery flow-change', ...veins('flow-change')] },
    belly: { job: 'person', changes: ['findings'], of: [...ARTERIES, ...veins('flow-change')].sort() },
    'vein-across': {
      job: 'person',
      changes: ['findings'],
      of: [...veins('area-change'), ...veins('flow-change')].sort(),
    },
    'venous-drive': { job: 'person', changes: ['findings'], of: veins('flow-change') },
    'artery-ep': { job: 'person', changes: ['findings'], of: [...ARTERIES, ...veins('flow-change')].sort() },
    'artery-modulus': { job: 'person', changes: ['findings'], of: [...ARTERIES, ...veins('flow-change')].sort() },
    'vein-modulus': { job: 'person', changes: ['findings'], of: veins('area-change') },
    'left-iliac-vein': { job: 'person', changes: ['findings'], of: ['left iliac area-change'] },
  };

  it('is turned here', () => {
    expect(inputs.map(({ id }) => id).sort()).toEqual(Object.keys(KNOBS).sort());
  });

  /** The central press with one part of a job as it was drawn: of the scales and the person only what the knob turns. */
  function turned(id: string): EnsembleJob {
    const k = inputs.findIndex((input) => input.id === id);
    // the draw that is farthest from the central value
    const far = (i: number): number => Math.abs(draws[i]![k]! - inputs[k]!.value);
    const i = draws.reduce((best, _, n) => (far(n) > far(best) ? n : best), 0);
    const drawn = jobs[i + 1]!;
    const { job, of } = KNOBS[id]!;
    const property = id.startsWith('stiffening') ? 'stiffening' : 'mu';
    switch (job) {
      case 'scale':
        return {
          ...central,
          scale: Object.fromEntries(
            (of as Tissue[]).map((tissue) => [tissue, { [property]: drawn.scale[tissue]![property]! }]),
          ),
        };
      case 'shift':
        return { ...central, shift: id === 'place-left' ? [drawn.shift[0], 0] : [0, drawn.shift[1]] };
      case 'scenario':
        return { ...central, scenario: { ...central.scenario, load: drawn.scenario.load } };
      case 'person': {
        const [name] = Object.entries(drawn.person).find(([, value]) => value === draws[i]![k])!;
        return { ...central, person: { [name]: draws[i]![k]! } };
      }
      default:
        return { ...central, [job]: drawn[job] };
    }
  }

  it.each(Object.keys(KNOBS))('%s changes what it should and nothing else', async (id) => {
    const { changes, of, job } = KNOBS[id]!;
    const after = await computed(turned(id));
    // the share of the weight is an input of the next plan, too
    const beside = job === 'scenario' ? ['inputs', 'draws'] : [];
    // in a cell of two tissues the stiffer one's stiffening counts for more
    const mixed = changes.includes('moduli') && differing(still, after).includes('stiffening') ? ['stiffening'] : [];
    expect(differing(still, after)).toEqual([...changes, ...mixed, ...beside]);
    if (changes[0] === 'findings') expect(changedFindings(still, after)).toEqual(of);
    if (job !== 'scale' && job !== 'contents') return;
    const key = changes[0] as 'moduli' | 'stiffening';
    const holding = new Set(
      trunk.parts
        .filter((part) => (of as string[]).includes(job === 'contents' ? part.structure : part.tissue))
        .flatMap((part) => [...part.cells]),
    );
    const changed = Array.from(still[key], (_, c) => c).filter((c) => still[key][c] !== after[key][c]);
    expect(changed).toEqual([...holding].sort((a, b) => a - b));
    const other = Array.from(still.stiffening, (_, c) => c).filter((c) => still.stiffening[c] !== after.stiffening[c]);
    for (const c of other) expect(holding.has(c)).toBe(true);
  });

  it('what the psoas pulls with is turned where it pulls, and is felt in fibres and volumes only', async () => {
    const pulling = planEnsemble(scenarioSchema.parse({ ...base, contract: 'psoas' }), 12);
    expect(pulling.inputs.at(-1)!.id).toBe('pull');
    const [first, drawn] = pulling.jobs as [EnsembleJob, EnsembleJob];
    expect(first.pull).toBeUndefined();
    expect(drawn.pull).toBe(pulling.draws[0]!.at(-1));
    const [usual, turned] = [await computed(first), await computed({ ...first, pull: drawn.pull! })];
    expect(differing(usual, turned)).toEqual(['volume penalty', 'fibres']);
    expect(turned.fibres!.families[0]!.tension).toBe(drawn.pull);
  });

  it('what a tensed wall pulls with is turned where it is tensed, and is felt in fibres only', async () => {
    const guarded = planEnsemble(scenarioSchema.parse({ ...base, tone: 'guarded' }), 12);
    expect(guarded.inputs.at(-1)!.id).toBe('brace');
    const [first, drawn] = guarded.jobs as [EnsembleJob, EnsembleJob];
    expect(first.brace).toBeUndefined();
    expect(drawn.brace).toBe(guarded.draws[0]!.at(-1));
    const [usual, turned] = [await computed(first), await computed({ ...first, brace: drawn.brace! })];
    expect(differing(usual, turned)).toEqual(['fibres']);
    const [less, more] = [usual, turned].map((of) => of.fibres!.families.map(({ tension }) => tension));
    for (const [l, tension] of more!.entries())
      expect(tension / less![l]!).toBeCloseTo(drawn.brace! / guarded.inputs.at(-1)!.value, 9);
  });

  it('a psoas that contracts behind a tensed wall: each pulls with its own', async () => {
    const pulls = async (input: ScenarioInput): Promise<number[][]> => {
      const { family, families, volumes, points } = (await computed({ scenario: scenarioSchema.parse(input) })).fibres!;
      return Array.from(volumes, (v, n) => [v, ...points.subarray(3 * n, 3 * n + 3), families[family[n]!]!.tension]);
    };
    const [psoasAlone, wallAlone] = [
      await pulls({ ...base, contract: 'psoas' }),
      await pulls({ ...base, tone: 'guarded' }),
    ];
    const both = await pulls({ ...base, contract: 'psoas', tone: 'guarded' });
    expect(both).toEqual([...psoasAlone, ...wallAlone]);
    expect(psoasAlone.length).toBeGreaterThan(0);
    expect(new Set(both.map((each) => each.at(-1))).size).toBe(2);
  });

  it('friction and sizes come through as they were drawn', async () => {
    const drawn = await computed({ ...central, friction: 0.77, toolSize: 1.05, shift: [3, -2] });
    expect(drawn.friction).toBe(0.77);
    expect(drawn['place across'] - still['place across']).toBeCloseTo(3, 9);
    expect(drawn['place along'] - still['place along']).toBeCloseTo(-2, 9);
    const [sizes, usual] = [drawn, still].map(({ tool }) => tool[1] as Record<string, number>);
    const { parameters } = (await prepare(central.scenario, { model: trunk })).placed.tool.family;
    for (const [name, { unit }] of Object.entries(parameters))
      expect(sizes![name]! / usual![name]!, name).toBeCloseTo(unit === 'mm' ? 1.05 : 1, 9);
  });
});
