import { Button, Group } from 'react-aria-components';
import { kgOfNewtons } from '../base/units.ts';
import type { Speaker } from '../messages/speaker.ts';
import { CONTENTS } from '../press/scenario.ts';
import type { ToolFamily } from '../tool/tool.ts';
import { entered, resolvedBody } from './entered.ts';
import { Amount, Choice } from './fields.tsx';
import type { Slot } from './protocol.ts';
import { change } from './session.ts';
import { Sources } from './sources.tsx';
import { kgOf, newtonsText, pushText, rounded, type Units, weightIn, weightText } from './units.ts';
import { useSpeaker } from './use-speaker.ts';
import { useApp } from './use-store.ts';

const POSES = ['prone', 'supine', 'side'] as const;
const TONES = ['relaxed', 'guarded'] as const;
const CONTRACTS = ['none', 'psoas'] as const;
/** Ends of the line to draw along, kg: what hands and arms can do. */
const BY_HAND = [0.5, 30] as const;

/** How one lies, how much is pressed, how tense the belly is, how freely what is in it gives way, and whether the psoas contracts. */
export function PushForm({ slot }: { readonly slot: Slot }) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const inputs = useApp((s) => s[slot].inputs);
  const units = useApp((s) => s.units);
  const { family, pose, load, tone, contents, contract = 'none', rate_s, hold_s, newtons, kg } = entered(inputs);
  // nobody knows what the person in a scan weighs
  const unweighed =
    useApp((s) => (s[slot].scan ?? s[slot].wanted) !== undefined) && inputs.body?.weight_kg === undefined;
  const typical = resolvedBody(inputs.body).weight_kg;
  const weight = (v: number): number => rounded(weightIn(v, units), 1);
  return (
    <div className="form">
      <Choice
        label={say('app.push.lie')}
        value={pose}
        options={POSES.map((way) => [way, say('app.push.pose', { pose: way })] as const)}
        onChange={(way) => change(slot, { pose: way })}
      />
      {family.onFloor && 'bodyWeightShare' in load ? (
        <>
          <Amount
            label={say('app.push.share')}
            unit={say('app.unit.percent')}
            value={rounded(100 * load.bodyWeightShare, 4)}
            min={5}
            max={60}
            step={1}
            onChange={(v) => change(slot, { load: { bodyWeightShare: rounded(v / 100, 6) } })}
            hint={
              unweighed
                ? say('app.push.share.scan', {
                    push: pushText(speaker, newtons, units),
                    weight: weightText(speaker, typical, units),
                  })
                : pushText(speaker, newtons, units)
            }
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
            unit={say('app.unit.weight', { units })}
            value={rounded(weightIn(kg, units), 'mass_kg' in load && units === 'metric' ? 6 : 1)}
            min={weight(BY_HAND[0])}
            max={weight(BY_HAND[1])}
            step={0.5}
            onChange={(v) => change(slot, { load: { mass_kg: kgOf(v, units) } })}
            hint={say('app.yours.newtons', { newtons: newtonsText(newtons) })}
          />
          <p className="hint">
            {say('app.push.usual', usual(speaker, family, typical, unweighed, units))}{' '}
            <Sources ids={family.evidence.filter((id) => id.startsWith('L'))} />
          </p>
        </>
      )}
      <Choice
        label={say('app.push.belly')}
        value={tone}
        options={TONES.map((how) => [how, say('app.push.tone', { tone: how })] as const)}
        onChange={(how) => change(slot, { tone: how })}
      />
      <p className="hint">
        {say('app.push.tone.hint')} <Sources ids={['T-124', 'T-125']} />
      </p>
      <Choice
        label={say('app.push.contents')}
        value={contents}
        options={CONTENTS.map((how) => [how, say('app.push.contents.how', { contents: how })] as const)}
        onChange={(how) => change(slot, { contents: how })}
      />
      <p className="hint">
        {say('app.push.contents.hint', { contents })} <Sources ids={['V-80', 'V-82', 'T-120']} />
      </p>
      <Choice
        label={say('app.push.contract')}
        value={contract}
        options={CONTRACTS.map((which) => [which, say('app.push.contract.how', { contract: which })] as const)}
        onChange={(which) => change(slot, { contract: which === 'none' ? undefined : which })}
      />
      <p className="hint">
        {say('app.push.contract.hint')} <Sources ids={['T-121', 'T-122']} />
      </p>
      <Amount
        label={say('app.push.rate')}
        unit={say('app.unit.seconds')}
        value={rate_s}
        min={0.5}
        max={30}
        step={0.5}
        onChange={(v) => change(slot, { rate_s: v })}
      />
      <Amount
        label={say('app.push.hold')}
        unit={say('app.unit.seconds')}
        value={hold_s}
        min={0}
        max={180}
        step={5}
        onChange={(v) => change(slot, { hold_s: v })}
      />
    </div>
  );
}

/** The usual range of a tool's load as weights; that of one that is lain on hangs on the person's weight. */
function usual(
  speaker: Speaker,
  { loadRange, defaultLoad }: ToolFamily,
  body: number,
  unweighed: boolean,
  units: Units,
) {
  const lainOn = !('force_N' in defaultLoad);
  const text = (end: number): string => weightText(speaker, lainOn ? end * body : kgOfNewtons(end), units);
  const whose = lainOn && unweighed ? 'scan' : 'own';
  return { low: text(loadRange[0]), high: text(loadRange[1]), whose, weight: weightText(speaker, body, units) };
}
