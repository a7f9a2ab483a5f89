import { Button } from 'react-aria-components';
import type { Insert } from '../body/spec.ts';
import { resolvedBody, tidy } from './entered.ts';
import { Amount, Choice } from './fields.tsx';
import type { Slot } from './protocol.ts';
import { change } from './session.ts';
import { store } from './state.ts';
import { CM_PER_INCH, cmOf, kgOf, lengthIn, rounded, weightIn } from './units.ts';
import { useSpeaker } from './use-speaker.ts';
import { useApp } from './use-store.ts';

/** Limits of the lines to draw along; what the model covers is said by the model itself. */
const LINES = { height: [145, 200], weight: [40, 130], waist: [58, 125], age: [18, 90] } as const;

const FACTORS = [
  ['subcutaneousFat', 0.5, 1.8],
  ['visceralFat', 0.5, 2],
  ['muscularity', 0.7, 1.5],
] as const;

const INSERTS = [
  'umbilical-hernia',
  'inguinal-hernia',
  'full-colon',
  'distended-colon',
  'aneurysm',
  'psoas-cyst',
  'psoas-mass',
  'mesenteric-cyst',
  'mesenteric-mass',
] as const satisfies readonly Insert['kind'][];

/** Who lies there. */
export function BodyForm({ slot }: { readonly slot: Slot }) {
  const { say } = useSpeaker();
  const body = useApp((s) => s[slot].inputs.body) ?? {};
  const units = useApp((s) => s.units);
  const imperial = units === 'imperial';
  const set = (patch: { [K in keyof typeof body]?: (typeof body)[K] | undefined }): void =>
    change(slot, { body: tidy({ ...body, ...patch }) as typeof body });
  const resolved = resolvedBody(body);
  const held = body.inserts ?? [];
  const height = body.height_cm ?? resolved.height_cm;
  const weight = body.weight_kg ?? resolved.weight_kg;
  const waist = body.waist_cm ?? resolved.waist_cm;
  const inches = Math.round(height / CM_PER_INCH);
  // what was entered stands as it was entered; of another unit's a tenth is enough
  const inWeight = (kg: number): number => rounded(weightIn(kg, units), imperial ? 1 : 6);
  const inLength = (cm: number): number => rounded(lengthIn(cm, units), imperial ? 1 : 6);
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
            label={say('app.body.feet')}
            unit={say('app.unit.feet')}
            value={Math.floor(inches / 12)}
            min={4}
            max={7}
            step={1}
            onChange={(feet) => set({ height_cm: cmOf(12 * feet + (inches % 12), units) })}
          />
          <Amount
            short
            label={say('app.body.inches')}
            unit={say('app.unit.length', { units })}
            value={inches % 12}
            min={0}
            max={11}
            step={1}
            onChange={(inch) => set({ height_cm: cmOf(12 * Math.floor(inches / 12) + inch, units) })}
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
        value={inWeight(weight)}
        min={Math.round(inWeight(LINES.weight[0]))}
        max={Math.round(inWeight(LINES.weight[1]))}
        step={1}
        onChange={(v) => set({ weight_kg: kgOf(v, units) })}
        hint={typical(body.weight_kg !== undefined, () => set({ weight_kg: undefined }))}
      />
      <Amount
        label={say('app.body.waist')}
        unit={say('app.unit.length', { units })}
        value={inLength(waist)}
        min={Math.round(inLength(LINES.waist[0]))}
        max={Math.round(inLength(LINES.waist[1]))}
        step={imperial ? 0.5 : 1}
        onChange={(v) => set({ waist_cm: cmOf(v, units) })}
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
            onChange={(v) => set({ tissue: { ...body.tissue, [key]: v } })}
          />
        ))}
        <div className="with-list">
          <label htmlFor={`${slot}-insert`}>{say('app.body.insert')}</label>
          <select
            id={`${slot}-insert`}
            className="preset"
            value={held.length > 1 ? 'several' : (held[0]?.kind ?? 'none')}
            onChange={({ target: { value } }) => {
              const kind = INSERTS.find((one) => one === value);
              set({ inserts: kind === undefined ? undefined : [{ kind }] });
            }}
          >
            {['none', ...INSERTS, ...(held.length > 1 ? ['several'] : [])].map((kind) => (
              <option key={kind} value={kind}>
                {say('app.body.insert.kind', { kind })}
              </option>
            ))}
          </select>
        </div>
        <p className="hint">{say('app.body.insert.hint')}</p>
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
    </div>
  );
}
