import { Button, Group } from 'react-aria-components';
import { twoDigits } from '../findings/words.ts';
import { Answer } from './answer.tsx';
import { StructureCard } from './card.tsx';
import { change, solve } from './session.ts';
import { HANDS, type Inputs, setSlot, store } from './state.ts';
import { psoasShare } from './story.tsx';
import { useApp } from './use-store.ts';
import { Forms, LieOnIt } from './yours.tsx';

/** Two presses side by side: one camera, one scale. */
export function Compare() {
  return (
    <>
      <div className="compare">
        <h1 className="hidden">Two presses side by side</h1>
        <Group className="presets against" aria-label="What to compare with">
          <span>Beside</span>
          <Button className="preset" onPress={() => against({ ...HANDS, body: bodyOfA() })}>
            trained hands, on the back
          </Button>
          <Button
            className="preset"
            onPress={() =>
              against({ ...store.getState().a.inputs, tool: { id: 'lever-hook' }, placement: { preset: 'as-sold' } })
            }
          >
            another tool
          </Button>
          <Button className="preset" onPress={() => against({ ...store.getState().a.inputs, body: otherBody() })}>
            another body
          </Button>
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

const bodyOfA = (): Inputs['body'] => store.getState().a.inputs.body;
const otherBody = (): Inputs['body'] => ({ sex: store.getState().a.inputs.body?.sex === 'male' ? 'female' : 'male' });

function against(inputs: Inputs): void {
  setSlot('b', { inputs, result: undefined, states: [], body: undefined, scan: undefined });
  change('b', {});
  void solve('b');
}

/** Both shares and what both press, in one table. */
function Summary() {
  const a = useApp((s) => s.a.result);
  const b = useApp((s) => s.b.result);
  if (a === undefined || b === undefined) return null;
  const rows = a.findings.flatMap((f) => {
    const g = b.findings.find(
      (h) => h.structure === f.structure && h.side === f.side && h.quantity === f.quantity && h.where === f.where,
    );
    return g === undefined || f.unit !== 'kPa' || f.value === null || g.value === null
      ? []
      : [{ label: f.label, quantity: f.quantity, f: f.value, g: g.value }];
  });
  const shown = rows.filter((r) => Math.max(r.f, r.g) >= 1);
  const percent = (v: number | undefined): string => (v === undefined ? '–' : `${Math.round(100 * v)} %`);
  return (
    <div className="scroll">
      <table>
        <caption>Pressures, kPa, of parts where either press adds at least 1 kPa</caption>
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">{a.tool.label}</th>
            <th scope="col">{b.tool.label}</th>
          </tr>
        </thead>
        <tbody>
          <tr className="share">
            <th scope="row">share of the work that reaches the psoas</th>
            <td>{percent(psoasShare(a.shares))}</td>
            <td>{percent(psoasShare(b.shares))}</td>
          </tr>
          {shown.map((r) => (
            <tr key={`${r.label} ${r.quantity}`}>
              <th scope="row">{r.label}</th>
              <td>{twoDigits(r.f)}</td>
              <td>{twoDigits(r.g)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
