import { Button, Group } from 'react-aria-components';
import { kgOfNewtons, newtonsOfKg } from '../base/units.ts';
import { resolveBody } from '../body/body.ts';
import { bodySpecSchema } from '../body/spec.ts';
import { say } from '../messages/say-app.ts';
import { scenarioSchema } from '../press/scenario.ts';
import { toolFamily } from '../tool/build.ts';
import { Amount, Choice } from './fields.tsx';
import type { Slot } from './protocol.ts';
import { change } from './session.ts';
import { Sources } from './sources.tsx';
import type { Inputs } from './state.ts';
import { useApp } from './use-store.ts';

const POSES = ['prone', 'supine', 'side'] as const;
const TONES = ['relaxed', 'guarded'] as const;

/** How one lies, how much is pressed, and how tense the belly is. */
export function PushForm({ slot }: { readonly slot: Slot }) {
  const inputs = useApp((s) => s[slot].inputs);
  const family = toolFamily(inputs.tool?.id ?? 'two-peak');
  const load = inputs.load ?? family.defaultLoad;
  const weight = weightOf(inputs);
  const share = 'bodyWeightShare' in load;
  const newtons =
    'force_N' in load ? load.force_N : newtonsOfKg('mass_kg' in load ? load.mass_kg : load.bodyWeightShare * weight);
  const kg = kgOfNewtons(newtons);
  return (
    <div className="form">
      <Choice
        label={say('app.push.lie')}
        value={inputs.pose ?? family.defaultPose}
        options={POSES.map((pose) => [pose, say('app.push.pose', { pose })] as const)}
        onChange={(pose) => change(slot, { pose })}
      />
      {family.onFloor && share ? (
        <>
          <Amount
            label={say('app.push.share')}
            unit={say('app.unit.percent')}
            value={Math.round(1000 * load.bodyWeightShare) / 10}
            min={5}
            max={60}
            step={1}
            onChange={(v) => change(slot, { load: { bodyWeightShare: Math.round(10 * v) / 1000 } })}
            hint={say('app.push.share.is', { kg: kg.toFixed(0), newtons: newtons.toFixed(0) })}
          />
          <Group className="presets" aria-label={say('app.push.usual-shares')}>
            {(
              [
                [0.15, 'knees'],
                [0.33, 'relaxed'],
                [0.53, 'all-in'],
              ] as const
            ).map(([value, name]) => (
              <Button
                key={value}
                className="preset"
                aria-pressed={load.bodyWeightShare === value}
                onPress={() => change(slot, { load: { bodyWeightShare: value } })}
              >
                {say(`app.push.share.${name}`)}
              </Button>
            ))}
          </Group>
          <p className="hint">
            {say('app.push.share.from')} <Sources ids={['L-03', 'L-04', 'L-05']} />
          </p>
        </>
      ) : (
        <>
          <Amount
            label={say('app.push.hard')}
            unit={say('app.unit.weight', { units: 'metric' })}
            value={Math.round(10 * kg) / 10}
            min={0.5}
            max={30}
            step={0.5}
            onChange={(v) => change(slot, { load: { mass_kg: v } })}
            hint={say('app.yours.newtons', { newtons: newtons.toFixed(0) })}
          />
          <p className="hint">
            {say('app.push.usual', {
              low: kgOfNewtons(family.loadRange[0]).toFixed(0),
              high: kgOfNewtons(family.loadRange[1]).toFixed(0),
            })}{' '}
            <Sources ids={family.evidence.filter((id) => id.startsWith('L'))} />
          </p>
        </>
      )}
      <Choice
        label={say('app.push.belly')}
        value={inputs.tone ?? 'relaxed'}
        options={TONES.map((tone) => [tone, say('app.push.tone', { tone })] as const)}
        onChange={(tone) => change(slot, { tone })}
      />
      <Times slot={slot} />
    </div>
  );
}

/** How fast and how long, where this version of the model knows of it. */
function Times({ slot }: { readonly slot: Slot }) {
  const inputs = useApp((s) => s[slot].inputs) as Record<string, unknown>;
  const known = scenarioSchema.shape as Record<string, unknown>;
  if (!('rate_s' in known)) return null;
  const rate = (inputs.rate_s as number | undefined) ?? 5;
  const hold = (inputs.hold_s as number | undefined) ?? 30;
  return (
    <>
      <Amount
        label={say('app.push.rate')}
        unit={say('app.unit.seconds')}
        value={rate}
        min={0.5}
        max={30}
        step={0.5}
        onChange={(v) => change(slot, { rate_s: v } as Partial<Inputs>)}
      />
      <Amount
        label={say('app.push.hold')}
        unit={say('app.unit.seconds')}
        value={hold}
        min={0}
        max={180}
        step={5}
        onChange={(v) => change(slot, { hold_s: v } as Partial<Inputs>)}
      />
    </>
  );
}

function weightOf({ body }: Inputs): number {
  try {
    return resolveBody(bodySpecSchema.parse(body ?? {})).weight_kg;
  } catch {
    return body?.weight_kg ?? 62;
  }
}
