import type { ReactNode } from 'react';
import { Button, Group } from 'react-aria-components';
import type { Ranged } from '../findings/finding.ts';
import type { Result } from '../findings/result.ts';
import type { Speaker } from '../messages/speaker.ts';
import { TOOL_FAMILIES } from '../tool/catalogue.ts';
import { amountText, shortRange } from '../words/amounts.ts';
import { compareResults, type Pair, strongerSides } from '../words/compare-results.ts';
import { findingLabel } from '../words/finding-label.ts';
import { quantityShort } from '../words/quantity-name.ts';
import { toolName } from '../words/tool-name.ts';
import { Answer, valuePlace } from './answer.tsx';
import { StructureCard } from './card.tsx';
import { entered, withTool } from './entered.ts';
import type { Slot } from './protocol.ts';
import { ask, change, replace } from './session.ts';
import { currentResult, HANDS, type Inputs, isCurrent, store } from './state.ts';
import { depthText, newtonsText, pushText, type Units } from './units.ts';
import { useSpeaker } from './use-speaker.ts';
import { useApp } from './use-store.ts';
import { Forms, RunIt } from './yours.tsx';

/** Bodies to set beside one's own: what is told of them is all that is known; the rest is that of their size. */
const bodies = ({ say }: Speaker): readonly (readonly [name: string, body: NonNullable<Inputs['body']>])[] =>
  (
    [
      ['app.compare.reference', 'female'],
      ['app.compare.reference', 'male'],
      ['app.compare.lean', 'female', 163, 54],
      ['app.compare.heavy', 'female', 163, 88],
      ['app.compare.lean', 'male', 176, 63],
      ['app.compare.heavy', 'male', 176, 103],
    ] as const
  ).map(([key, sex, height_cm, weight_kg]) =>
    height_cm === undefined
      ? [say('app.compare.reference', { sex }), { sex }]
      : [say(key as 'app.compare.lean', { sex, height: height_cm, weight: weight_kg }), { sex, height_cm, weight_kg }],
  );

/** Two presses side by side: one camera, one scale. */
export function Compare() {
  const speaker = useSpeaker();
  const { say } = speaker;
  return (
    <>
      <div className="compare">
        <h1 className="hidden">{say('app.compare.title')}</h1>
        <Group className="presets against" aria-label={say('app.compare.what')}>
          <span>{say('app.compare.beside')}</span>
          <Button className="preset" onPress={() => against({ ...HANDS, ...bodyOfA() }, { scan: true })}>
            {say('app.compare.hands')}
          </Button>
          <Pick
            label={say('app.compare.tool')}
            options={TOOL_FAMILIES.map(({ id }) => [id, toolName(speaker, id)])}
            onPick={(id) => against(withTool(inputsOfA(), id), { scan: true })}
          />
          <Pick
            label={say('app.compare.body')}
            options={bodies(speaker).map(([name]) => [name, name])}
            onPick={(name) => against({ ...inputsOfA(), body: bodies(speaker).find(([known]) => known === name)![1] })}
          />
          <EqualPush />
        </Group>
        <Summary />
        <div className="sides">
          {(['a', 'b'] as const).map((slot) => (
            <section key={slot} className="side" aria-label={say('app.compare.side', { slot })}>
              <Name slot={slot} />
              <details>
                <summary>{say('app.compare.change')}</summary>
                <Forms slot={slot} />
              </details>
              <RunIt slot={slot} />
              <Answer slot={slot} />
            </section>
          ))}
        </div>
      </div>
      <StructureCard />
    </>
  );
}

const inputsOfA = (): Inputs => store.getState().a.inputs;
const bodyOfA = (): Pick<Inputs, 'body'> => {
  const { body } = inputsOfA();
  return body === undefined ? {} : { body };
};

/** @param on.scan whether the second press is on the scan of the first, if that is on one */
function against(inputs: Inputs, on: { scan?: boolean } = {}): void {
  const { scan, wanted } = store.getState().a;
  ask('b', on.scan === true ? { scan, wanted } : { scan: undefined, wanted: undefined });
  replace('b', inputs, { wait: 0 });
}

/** Which press the column is about. */
function Name({ slot }: { readonly slot: Slot }) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const inputs = useApp((s) => s[slot].inputs);
  const units = useApp((s) => s.units);
  const { family, pose, newtons } = entered(inputs);
  return (
    <h2>
      {say('app.compare.name', { tool: toolName(speaker, family.id), pose, push: pushText(speaker, newtons, units) })}
    </h2>
  );
}

/** A list to choose from, as small as a button. */
function Pick(props: {
  readonly label: string;
  readonly options: readonly (readonly [id: string, name: string])[];
  readonly onPick: (id: string) => void;
}) {
  const { say } = useSpeaker();
  return (
    <select
      className="preset"
      aria-label={props.label}
      value=""
      onChange={(event) => event.target.value !== '' && props.onPick(event.target.value)}
    >
      <option value="">{say('app.compare.choose', { what: props.label })}</option>
      {props.options.map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

const pushOf = (result: Result): number => result.tool.targetForce_N;

/** Both at the smaller of the two loads: what is left is the difference of the tools. */
function EqualPush() {
  const { say } = useSpeaker();
  // another load for an answer that is not the one to what is asked would be a load for something else
  const a = useApp((s) => currentResult(s.a));
  const b = useApp((s) => currentResult(s.b));
  if (a === undefined || b === undefined || Math.abs(pushOf(a) / pushOf(b) - 1) < 0.01) return null;
  const force_N = Math.round(Math.min(pushOf(a), pushOf(b)));
  return (
    <Button
      className="preset"
      onPress={() => {
        for (const [slot, result] of [
          ['a', a],
          ['b', b],
        ] as const)
          if (Math.abs(pushOf(result) / force_N - 1) > 0.01) change(slot, { load: { force_N } }, { wait: 0 });
      }}
    >
      {say('app.compare.equal', { force: force_N })}
    </Button>
  );
}

/** Both presses value by value, on one scale. */
function Summary() {
  const speaker = useSpeaker();
  const { say } = speaker;
  const a = useApp((s) => s.a.result);
  const b = useApp((s) => s.b.result);
  const now = { a: useApp((s) => isCurrent(s.a)), b: useApp((s) => isCurrent(s.b)) };
  const coarse = { a: useApp((s) => s.a.quality === 'coarse'), b: useApp((s) => s.b.quality === 'coarse') };
  const units = useApp((s) => s.units);
  if (a === undefined || b === undefined) return null;
  const pairs = strongerSides(compareResults(a, b).pairs).filter(
    (p) => p.unit === 'kPa' && Math.max(Math.abs(p.a?.value ?? 0), Math.abs(p.b?.value ?? 0)) >= 1,
  );
  const deep = ({ path }: Result): string => depthText(speaker, path.at(-1)?.depth_mm ?? 0, units);
  const whose = (slot: Slot): 'previous' | 'first-look' | 'now' =>
    !now[slot] ? 'previous' : coarse[slot] ? 'first-look' : 'now';
  return (
    <div className="scroll">
      <table className={now.a && now.b ? undefined : 'previous'}>
        <caption>{say('app.compare.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('app.compare.part')}</th>
            <th scope="col" className="scale-column">
              {say('app.compare.scale')}
            </th>
            <th scope="col">
              {say('app.compare.column', { tool: toolName(speaker, a.tool.id, a.tool.label), whose: whose('a') })}
            </th>
            <th scope="col">
              {say('app.compare.column', { tool: toolName(speaker, b.tool.id, b.tool.label), whose: whose('b') })}
            </th>
          </tr>
        </thead>
        <tbody>
          <Row name={say('app.compare.push')} a={told(speaker, a, units)} b={told(speaker, b, units)} />
          <Row name={say('app.compare.depth')} a={deep(a)} b={deep(b)} />
          <Row
            share
            name={say('headline.what')}
            a={amount(speaker, psoas(a), 'kPa')}
            b={amount(speaker, psoas(b), 'kPa')}
          />
          {pairs.map((p) => (
            <Row
              key={`${findingLabel(speaker, p)} ${p.structure} ${p.quantity}`}
              name={
                <>
                  {findingLabel(speaker, p)} <span className="what">{quantityShort(speaker, p.quantity)}</span>
                </>
              }
              a={amount(speaker, p.a, p.unit)}
              b={amount(speaker, p.b, p.unit)}
              scale={<BothOnScale pair={p} />}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The push that was asked for, and what of it was reached. */
function told(speaker: Speaker, { path, solver, tool }: Result, units: Units): string {
  const push = pushText(speaker, tool.targetForce_N, units);
  return solver.converged ? push : speaker.say('app.compare.force.of', { force: reached(path), push });
}

const reached = (path: Result['path']): string => {
  const last = path.at(-1);
  return newtonsText(last === undefined ? 0 : last.force_N + last.floorForce_N);
};

/** Pressure on the front of the psoas. */
const psoas = ({ headline }: Result): Ranged<number | null> | null => headline?.psoasFrontPressure_kPa ?? null;

/** The value, and its range where one was computed. */
function amount(speaker: Speaker, side: Ranged<number | null> | null, unit: Pair['unit']): string {
  if (side === null || side.value === null) return '–';
  const value = amountText(speaker, side.value, unit);
  if (side.low === null || side.high === null) return value;
  const range = shortRange(speaker, side.low, side.high, unit);
  return speaker.say('app.compare.ranged', { value, range });
}

function Row(props: {
  readonly name: ReactNode;
  readonly a: string;
  readonly b: string;
  readonly scale?: ReactNode;
  readonly share?: boolean;
}) {
  return (
    <tr className={props.share === true ? 'share' : undefined}>
      <th scope="row">{props.name}</th>
      <td className="scale-column">{props.scale}</td>
      <td>{props.a}</td>
      <td>{props.b}</td>
    </tr>
  );
}

function BothOnScale({ pair: { a, b } }: { readonly pair: Pair }) {
  const at = (v: number | null | undefined): string | undefined =>
    v === null || v === undefined ? undefined : `${valuePlace(Math.abs(v))}%`;
  const [x, y] = [at(a?.value), at(b?.value)];
  return (
    <svg className="scale" width="100%" height="14" aria-hidden="true">
      <line x1="0" x2="100%" y1="7" y2="7" className="axis" />
      {x !== undefined && y !== undefined && <line x1={x} x2={y} y1="7" y2="7" className="stem" />}
      {y !== undefined && <circle cx={y} cy="7" r="4.5" className="mark second" />}
      {x !== undefined && <circle cx={x} cy="7" r="4.5" className="mark" />}
    </svg>
  );
}
