import type { ReactNode } from 'react';
import { Button, Group } from 'react-aria-components';
import type { Result } from '../findings/result.ts';
import { amountText, twoDigits } from '../findings/words.ts';
import { compareResults, type Pair, strongerSides } from '../report/comparison.ts';
import { quantityShort } from '../report/quantity-name.ts';
import { TOOL_FAMILIES } from '../tool/catalogue.ts';
import { Answer, valuePlace } from './answer.tsx';
import { StructureCard } from './card.tsx';
import { change, solve } from './session.ts';
import { HANDS, type Inputs, setSlot, store } from './state.ts';
import { psoasShare } from './story.tsx';
import { useApp } from './use-store.ts';
import { Forms, LieOnIt } from './yours.tsx';

/** Bodies to set beside one's own: what is told of them is all that is known; the rest is that of their size. */
const BODIES: readonly (readonly [name: string, body: NonNullable<Inputs['body']>])[] = [
  ['woman of reference size', { sex: 'female' }],
  ['man of reference size', { sex: 'male' }],
  ['lean woman, 163 cm, 54 kg', { sex: 'female', height_cm: 163, weight_kg: 54 }],
  ['heavy woman, 163 cm, 88 kg', { sex: 'female', height_cm: 163, weight_kg: 88 }],
  ['lean man, 176 cm, 63 kg', { sex: 'male', height_cm: 176, weight_kg: 63 }],
  ['heavy man, 176 cm, 103 kg', { sex: 'male', height_cm: 176, weight_kg: 103 }],
];

/** Two presses side by side: one camera, one scale. */
export function Compare() {
  return (
    <>
      <div className="compare">
        <h1 className="hidden">Two presses side by side</h1>
        <Group className="presets against" aria-label="What to compare with">
          <span>Beside</span>
          <Button className="preset" onPress={() => against({ ...HANDS, body: inputsOfA().body })}>
            trained hands, on the back
          </Button>
          <Pick
            label="another tool"
            options={TOOL_FAMILIES.map(({ id, label }) => [id, label])}
            onPick={(id) =>
              // place, pose and load belong to the tool; those of another one would mean something else
              against({
                ...inputsOfA(),
                tool: { id },
                placement: { preset: 'as-sold' },
                pose: undefined,
                load: undefined,
              })
            }
          />
          <Pick
            label="another body"
            options={BODIES.map(([name]) => [name, name])}
            onPick={(name) => against({ ...inputsOfA(), body: BODIES.find(([known]) => known === name)![1] })}
          />
          <EqualPush />
        </Group>
        <Summary />
        <div className="sides">
          {(['a', 'b'] as const).map((slot) => (
            <section key={slot} className="side" aria-label={slot === 'a' ? 'First press' : 'Second press'}>
              <details>
                <summary>Change this one</summary>
                <Forms slot={slot} />
              </details>
              <LieOnIt slot={slot} />
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

function against(inputs: Inputs): void {
  setSlot('b', { inputs, result: undefined, states: [], body: undefined, scan: undefined });
  change('b', {});
  void solve('b');
}

/** A list to choose from, as small as a button. */
function Pick(props: {
  readonly label: string;
  readonly options: readonly (readonly [id: string, name: string])[];
  readonly onPick: (id: string) => void;
}) {
  return (
    <select
      className="preset"
      aria-label={props.label}
      value=""
      onChange={(event) => event.target.value !== '' && props.onPick(event.target.value)}
    >
      <option value="">{props.label} …</option>
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
  const a = useApp((s) => s.a.result);
  const b = useApp((s) => s.b.result);
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
      both at {force_N} N
    </Button>
  );
}

/** Both presses value by value, on one scale. */
function Summary() {
  const a = useApp((s) => s.a.result);
  const b = useApp((s) => s.b.result);
  if (a === undefined || b === undefined) return null;
  const pairs = strongerSides(compareResults(a, b).pairs).filter(
    (p) => p.unit === 'kPa' && Math.max(Math.abs(p.a?.value ?? 0), Math.abs(p.b?.value ?? 0)) >= 1,
  );
  const percent = (v: number | undefined): string => (v === undefined ? '–' : `${Math.round(100 * v)} %`);
  const deep = ({ path }: Result): string => `${Math.round(path.at(-1)?.depth_mm ?? 0)} mm`;
  const told = ({ path, solver, tool }: Result): string =>
    `${Math.round(path.at(-1)?.force_N ?? 0)} N${solver.converged ? '' : ` of ${Math.round(tool.targetForce_N)} N`}`;
  return (
    <div className="scroll">
      <table>
        <caption>
          Where either press adds at least 1 kPa; of two sides the one that is pressed more. On the scale, which is the
          same for all, the filled mark is the first press, the open one the second.
        </caption>
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col" className="scale-column">
              0.5 to 512 kPa, doubling
            </th>
            <th scope="col">{a.tool.label}</th>
            <th scope="col">{b.tool.label}</th>
          </tr>
        </thead>
        <tbody>
          <Row name="the push" a={told(a)} b={told(b)} />
          <Row name="how deep it goes" a={deep(a)} b={deep(b)} />
          <Row
            share
            name="share of the work that reaches the psoas"
            a={percent(psoasShare(a.shares))}
            b={percent(psoasShare(b.shares))}
          />
          {pairs.map((p) => (
            <Row
              key={`${p.label} ${p.structure} ${p.quantity}`}
              name={
                <>
                  {p.label} <span className="what">{quantityShort(p.quantity)}</span>
                </>
              }
              a={amount(p.a, p.unit)}
              b={amount(p.b, p.unit)}
              scale={<BothOnScale pair={p} />}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The value, and its range where one was computed. */
function amount(side: Pair['a'], unit: Pair['unit']): string {
  if (side === null || side.value === null) return '–';
  const range = side.low === null || side.high === null ? '' : ` (${twoDigits(side.low)}–${twoDigits(side.high)})`;
  return `${amountText(side.value, unit)}${range}`;
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
