import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, hashOf } from '../base/hash.ts';
import { type ScenarioFlags, withFlags } from '../cli/scenario-flags.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import type { Scenario, ScenarioInput } from '../press/scenario.ts';
import { TOOL_FAMILIES } from '../tool/catalogue.ts';
import { drawable } from './question.ts';
import { fragmentOf, readFragment, type Shared } from './share-link.ts';
import { EXAMPLE, type Inputs } from './state.ts';

const hash = (scenario: Scenario): string => hashOf(canonicalJson(scenario));

/** Numbers as people write them. */
const decimal = (min: number, max: number) =>
  fc.integer({ min: Math.ceil(min * 10), max: Math.floor(max * 10) }).map((n) => n / 10);
/** Present, left out, or there without a value, as a form's state has it. */
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const load = fc.oneof(
  decimal(0.1, 2000).map((force_N) => ({ force_N })),
  decimal(0.1, 200).map((mass_kg) => ({ mass_kg })),
  fc.integer({ min: 1, max: 100 }).map((n) => ({ bodyWeightShare: n / 100 })),
);
const tool = fc
  .constantFrom(...TOOL_FAMILIES)
  .chain((family) =>
    fc
      .record(
        Object.fromEntries(
          Object.entries(family.parameters).map(([name, { low, high, unit }]) => [
            name,
            maybe(unit === '' ? fc.integer({ min: low, max: high }) : decimal(low, high)),
          ]),
        ),
      )
      .map((parameters) => ({ id: family.id, parameters })),
  );
const placed = ({ id }: { readonly id: string }) =>
  fc.oneof(
    fc.constantFrom(...Object.keys(TOOL_FAMILIES.find((f) => f.id === id)!.presets)).map((preset) => ({ preset })),
    fc.record({ x_mm: decimal(-200, 200), y_mm: decimal(-200, 200) }),
  );
/** A tool that can be made, somewhere where it can lie. */
const laid = tool
  .chain((one) => fc.record({ tool: fc.constant(one), placement: maybe(placed(one)) }))
  .filter((one) => {
    try {
      return drawable(one as unknown as Inputs) !== undefined;
    } catch {
      return false;
    }
  });
/** What the form, a link and the command line can all say; everything may be undefined. */
const inputs = fc
  .record({
    body: fc.record({
      sex: fc.constantFrom('female', 'male'),
      height_cm: maybe(decimal(145, 200)),
      weight_kg: maybe(decimal(40, 140)),
      waist_cm: maybe(decimal(60, 140)),
      age: maybe(fc.integer({ min: 18, max: 90 })),
      variant: maybe(fc.integer({ min: 0, max: 0xffffffff })),
      tissue: maybe(fc.record({ subcutaneousFat: maybe(decimal(0.5, 1.8)), muscularity: maybe(decimal(0.7, 1.5)) })),
    }),
    laid,
    pose: maybe(fc.constantFrom('prone', 'supine', 'side')),
    load: maybe(load),
    tone: maybe(fc.constantFrom('relaxed', 'guarded')),
    contents: maybe(fc.constantFrom('stuck', 'between', 'free', 'slide')),
    contract: maybe(fc.constantFrom('psoas')),
    rate_s: maybe(decimal(0.5, 30)),
    hold_s: maybe(decimal(0, 180)),
    uncertainty: maybe(fc.integer({ min: 0, max: 500 })),
    cell_mm: maybe(decimal(4, 15)),
  })
  .map(({ laid, ...rest }) => ({ ...rest, ...laid })) as unknown as fc.Arbitrary<Inputs>;

const said = (pairs: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(pairs).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));

/** The same in words of the command line. */
function flagsOf({ body = {}, tool = {}, placement, pose, load, tone, ...rest }: Inputs): ScenarioFlags {
  const { sex, height_cm, weight_kg, waist_cm, age, variant, tissue } = body;
  const flags = {
    body: said({ sex, height: height_cm, weight: weight_kg, waist: waist_cm, age, variant, ...tissue }).join(','),
    tool: [tool.id, ...said(tool.parameters ?? {})].join(','),
    at: placement && ('preset' in placement ? placement.preset : `${placement.x_mm},${placement.y_mm}`),
    pose,
    load:
      load &&
      ('force_N' in load ? `${load.force_N}N` : 'mass_kg' in load ? `${load.mass_kg}kg` : `${load.bodyWeightShare}bw`),
    tone,
    contents: rest.contents,
    contract: rest.contract,
    rate: rest.rate_s && `${rest.rate_s}s`,
    hold: rest.hold_s === undefined ? undefined : `${rest.hold_s}s`,
    uncertainty: rest.uncertainty === undefined ? undefined : `${rest.uncertainty}`,
    cell: rest.cell_mm === undefined ? undefined : `${rest.cell_mm}`,
  };
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined)) as ScenarioFlags;
}

describe('one scenario, however it is said', () => {
  it('form, file, link and flags give the same scenario and hash', () => {
    fc.assert(
      fc.property(inputs, (form) => {
        const fromForm = parseScenario(form);
        const fromFile = parseScenario(JSON.parse(JSON.stringify(form)));
        const fromLink = parseScenario((readFragment(fragmentOf({ a: form })) as Shared).a);
        const fromFlags = parseScenario(withFlags({}, flagsOf(form)));
        expect(fromFile).toEqual(fromForm);
        expect(fromLink).toEqual(fromForm);
        expect(fromFlags).toEqual(fromForm);
        expect(new Set([fromForm, fromFile, fromLink, fromFlags].map(hash)).size).toBe(1);
        // and what comes out, put in again, stays what it is
        expect(hash(parseScenario(fromForm))).toBe(hash(fromForm));
      }),
      { numRuns: 400 },
    );
  });

  it('a tool that is chosen in the form takes its own pose and load', () => {
    // what the form's choice of a tool leaves in the state: the keys are there, their values are not
    for (const family of TOOL_FAMILIES) {
      const chosen = { ...EXAMPLE, tool: { id: family.id }, pose: undefined, load: undefined } as unknown as Inputs;
      expect(parseScenario(chosen)).toMatchObject({ pose: family.defaultPose, load: family.defaultLoad });
    }
    expect(parseScenario({ tool: { id: 'fingertips' }, load: undefined })).toMatchObject({ load: { force_N: 25 } });
  });

  it('undefined hides no default at any place of the schema', () => {
    const whole = parseScenario({});
    for (const key of Object.keys(whole)) expect(parseScenario({ [key]: undefined })).toEqual(whole);
    expect(parseScenario({ body: { sex: undefined, age: undefined }, tool: { id: undefined } })).toEqual(whole);
  });

  it('an everyday name means the tool of the catalogue, with its pose and load', () => {
    for (const [name, id] of [
      ['cane', 'cane-knob'],
      ['massage-gun', 'gun-ball'],
      ['tennis-ball', 'ball-tennis'],
    ])
      expect(parseScenario({ tool: { id: name } })).toEqual(parseScenario({ tool: { id } }));
    expect(parseScenario({ tool: { id: 'cane' } }).pose).toBe('supine');
  });

  it('nothing said in words is nothing said', () => {
    const input: ScenarioInput = { body: { inserts: [], tissue: {}, pregnant: false } };
    expect(parseScenario(input)).toEqual(parseScenario({}));
  });
});
