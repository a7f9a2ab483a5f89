import { Button } from 'react-aria-components';
import { resolveBody } from '../body/body.ts';
import { bodySpecSchema } from '../body/spec.ts';
import { say } from '../messages/say-app.ts';
import { Amount, Choice } from './fields.tsx';
import type { Slot } from './protocol.ts';
import { change, sentenceOf } from './session.ts';
import { store } from './state.ts';
import { useApp } from './use-store.ts';

const CM_PER_INCH = 2.54;
const KG_PER_POUND = 0.45359237;
/** Limits of the lines to draw along; what the model covers is said by the model itself. */
const LINES = { height: [145, 200], weight: [40, 130], waist: [58, 125], age: [18, 90] } as const;

const FACTORS = [
  ['subcutaneousFat', 0.5, 1.8],
  ['visceralFat', 0.5, 2],
  ['muscularity', 0.7, 1.5],
] as const;

/** Who lies there. */
export function BodyForm({ slot }: { readonly slot: Slot }) {
  const body = useApp((s) => s[slot].inputs.body) ?? {};
  const units = useApp((s) => s.units);
  const imperial = units === 'imperial';
  const set = (patch: Partial<typeof body>): void => {
    const next = Object.fromEntries(Object.entries({ ...body, ...patch }).filter(([, v]) => v !== undefined));
    change(slot, { body: next });
  };
  const { resolved, problem } = resolvedBody(body);
  const height = body.height_cm ?? resolved.height_cm;
  const weight = body.weight_kg ?? resolved.weight_kg;
  const waist = body.waist_cm ?? resolved.waist_cm;
  const typical = (given: boolean, clear: () => void) =>
    given ? (
      <Button className="link" onPress={clear}>
        {say('app.body.use-typical')}
      </Button>
    ) : (
      say('app.body.typical')
    );
  return (
    <div className="form">
      <div className="pair">
        <Choice
          label={say('app.body.sex')}
          value={body.sex ?? 'female'}
          options={[
            ['female', say('app.body.woman')],
            ['male', say('app.body.man')],
          ]}
          onChange={(sex) => set({ sex })}
        />
        <Choice
          label={say('app.body.units')}
          value={units}
          options={[
            ['metric', say('app.body.units.metric')],
            ['imperial', say('app.body.units.imperial')],
          ]}
          onChange={(u) => store.setState({ units: u })}
        />
      </div>
      {imperial ? (
        <div className="pair feet">
          <Amount
            short
            label={say('app.body.height')}
            unit={say('app.unit.feet')}
            value={Math.floor(Math.round(height / CM_PER_INCH) / 12)}
            min={4}
            max={7}
            step={1}
            onChange={(ft) => set({ height_cm: cm(12 * ft + (Math.round(height / CM_PER_INCH) % 12)) })}
          />
          <Amount
            short
            label={say('app.body.inches')}
            unit={say('app.unit.length', { units })}
            value={Math.round(height / CM_PER_INCH) % 12}
            min={0}
            max={11}
            step={1}
            onChange={(inch) => set({ height_cm: cm(12 * Math.floor(Math.round(height / CM_PER_INCH) / 12) + inch) })}
          />
        </div>
      ) : (
        <Amount
          label={say('app.body.height')}
          unit={say('app.unit.length', { units })}
          value={height}
          min={LINES.height[0]}
          max={LINES.height[1]}
          step={1}
          onChange={(height_cm) => set({ height_cm })}
        />
      )}
      <Amount
        label={say('app.body.weight')}
        unit={say('app.unit.weight', { units })}
        value={Math.round(imperial ? weight / KG_PER_POUND : weight)}
        min={Math.round(imperial ? LINES.weight[0] / KG_PER_POUND : LINES.weight[0])}
        max={Math.round(imperial ? LINES.weight[1] / KG_PER_POUND : LINES.weight[1])}
        step={1}
        onChange={(v) => set({ weight_kg: imperial ? tenth(v * KG_PER_POUND) : v })}
        hint={typical(body.weight_kg !== undefined, () => set({ weight_kg: undefined }))}
      />
      <Amount
        label={say('app.body.waist')}
        unit={say('app.unit.length', { units })}
        value={imperial ? tenth(waist / CM_PER_INCH) : Math.round(waist)}
        min={Math.round(imperial ? LINES.waist[0] / CM_PER_INCH : LINES.waist[0])}
        max={Math.round(imperial ? LINES.waist[1] / CM_PER_INCH : LINES.waist[1])}
        step={imperial ? 0.5 : 1}
        onChange={(v) => set({ waist_cm: imperial ? cm(v) : v })}
        hint={typical(body.waist_cm !== undefined, () => set({ waist_cm: undefined }))}
      />
      <Amount
        label={say('app.body.age')}
        unit={say('app.unit.years')}
        value={body.age ?? 40}
        min={LINES.age[0]}
        max={LINES.age[1]}
        step={1}
        onChange={(age) => set({ age })}
      />
      <details>
        <summary>{say('app.body.more')}</summary>
        {FACTORS.map(([key, low, high]) => (
          <Amount
            key={key}
            label={say(`app.body.${key}`)}
            unit={say('app.unit.times')}
            value={body.tissue?.[key] ?? 1}
            min={low}
            max={high}
            step={0.1}
            onChange={(v) => set({ tissue: { ...body.tissue, [key]: tenth(v) } })}
          />
        ))}
        <div className="presets">
          <Button className="preset" onPress={() => set({ variant: ((body.variant ?? 0) % 99) + 1 })}>
            {say('app.body.another')}
          </Button>
          {body.variant !== undefined && (
            <Button className="preset" onPress={() => set({ variant: undefined })}>
              {say('app.body.average')}
            </Button>
          )}
        </div>
        <p className="hint">
          {body.variant === undefined
            ? say('app.body.organs')
            : say('app.body.organs.variant', { variant: body.variant })}
        </p>
      </details>
      {problem !== undefined && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

/** The body with every measure, or the typical one with a sentence about what does not fit. */
function resolvedBody(body: object): { resolved: ReturnType<typeof resolveBody>; problem?: string } {
  try {
    return { resolved: resolveBody(bodySpecSchema.parse(body)) };
  } catch (error) {
    const sex = (body as { sex?: 'female' | 'male' }).sex ?? 'female';
    return { resolved: resolveBody(bodySpecSchema.parse({ sex })), problem: sentenceOf(error) };
  }
}

const tenth = (v: number): number => Math.round(10 * v) / 10;
const cm = (inches: number): number => tenth(inches * CM_PER_INCH);
