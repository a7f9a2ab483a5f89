import { Button } from 'react-aria-components';
import { kgOfNewtons } from '../base/units.ts';
import type { Finding } from '../findings/finding.ts';
import { levelOf, pressureText, twoDigits } from '../findings/words.ts';
import { forceDepthCurve } from '../report/curve.ts';
import { joinSides, sortFindings } from '../report/findings-table.ts';
import { quantityShort } from '../report/quantity-name.ts';
import type { PushLayer, Slot } from './protocol.ts';
import { Ribbon } from './ribbon.tsx';
import { computeRanges } from './session.ts';
import { Sources } from './sources.tsx';
import { setView } from './state.ts';
import { psoasShare } from './story.tsx';
import { useApp } from './use-store.ts';

const BANDS: Readonly<Record<Finding['band'], string>> = {
  'below-published': 'below the levels at which effects were published',
  'within-published': 'where an effect was published',
  'above-published': 'above where an effect was published',
  'no-published-level': 'no published level',
};
const FELT: Readonly<Record<Finding['felt'], string>> = {
  felt: 'usually felt',
  silent: 'silent',
  unknown: 'not known whether it is felt',
};

/** What came out: the share that reached the psoas, where the rest went, and what is pressed, in order. */
export function Answer({ slot }: { readonly slot: Slot }) {
  const result = useApp((s) => s[slot].result);
  const line = useApp((s) => s[slot].line);
  const busy = useApp((s) => s[slot].job !== undefined);
  const quality = useApp((s) => s[slot].quality);
  if (result === undefined) return <p className="waiting">The answer comes here.</p>;
  const share = psoasShare(result.shares);
  const last = result.path.at(-1);
  const { reached, below, hardly, missing } = sortFindings(joinSides(result.findings));
  const first = (line?.pressed ?? []).slice(0, 6).map(({ name }) => name);
  return (
    <div className="answer">
      <section>
        <h2 id={`${slot}-went`} tabIndex={-1}>
          Where your push went
        </h2>
        {share !== undefined && (
          <p className="big" data-testid="psoas-share">
            {share > 0 && share < 0.01 ? '<1' : Math.round(100 * share)} <span>%</span>
          </p>
        )}
        <p className="text">
          of the push’s work reaches the psoas{result.body.source === 'scan' ? ' and iliacus' : ''}.
          {last !== undefined &&
            ` ${Math.round(last.force_N)} N, as ${Math.round(kgOfNewtons(last.force_N))} kg weigh, push the tool ${Math.round(last.depth_mm)} mm in.`}{' '}
          {first.length > 1 && `Under it, in this order: ${first.join(', ')}.`}
        </p>
        {!result.solver.converged && (
          <p className="note">
            This press was not solved to its end: {result.solver.reason}. What you see holds for{' '}
            {Math.round(last?.force_N ?? 0)} N, not for the {Math.round(result.tool.targetForce_N)} N that were asked
            for. A smaller load or finer cells may help.
          </p>
        )}
        <Ribbon shares={result.shares} />
        {line !== undefined && <Layers atRest={line.atRest} pressed={line.pressed} />}
        <p className="hint">
          Shares of the work that is stored in what changes shape.{' '}
          {quality === 'coarse' ? 'First answer with coarse cells; the fine one follows. ' : ''}
          Central estimates
          {result.findings.some((f) => f.low !== null) ? '; ranges stand beside the values' : ', range not computed'}.
        </p>
      </section>
      <section>
        <h2 id={`${slot}-pressed`}>What it presses</h2>
        <Ranked findings={[...reached].sort(byStrength)} />
        {below.length > 0 && (
          <details>
            <summary>{below.length} more values, below published levels or without one</summary>
            <Ranked findings={below} />
          </details>
        )}
        {hardly.length > 0 && (
          <details>
            <summary>{hardly.length} values close to nothing</summary>
            <Ranked findings={hardly} />
          </details>
        )}
        {missing.length > 0 && <p className="hint">Not in this body: {missing.join(', ')}.</p>}
        <p className="hint">
          Most published effects took longer than a press, and many were seen in animals; each line says which. The
          resting pressure of somebody who lies face down comes on top.
        </p>
      </section>
      <section>
        <h2 id={`${slot}-sure`}>How sure is that?</h2>
        {result.uncertainty === undefined || result.uncertainty.used === 0 ? (
          <>
            <p>
              Soft tissue differs from person to person by a factor of two and more. Sixteen coarse presses with
              constants drawn from their published ranges show how far each value could be off.
            </p>
            <Button className="preset" isDisabled={busy} onPress={() => computeRanges(slot)}>
              Compute the ranges
            </Button>
          </>
        ) : (
          <>
            <p>
              5 to 95 % ranges from {result.uncertainty.used} presses stand beside the values. What they hang on most,
              on a scale from 0 to 1:
            </p>
            <ol className="hangs-on">
              {[...result.uncertainty.inputs]
                .sort((a, b) => b.weight - a.weight)
                .slice(0, 5)
                .map((input) => (
                  <li key={input.name}>
                    <span>{input.name}</span>
                    <meter value={input.weight} max={1} aria-label={input.name} />
                    <span>{input.weight.toFixed(2)}</span>
                  </li>
                ))}
            </ol>
          </>
        )}
      </section>
      <section>
        <h2 id={`${slot}-builds`}>How it builds up</h2>
        <div
          className="curve"
          // biome-ignore lint/security/noDangerouslySetInnerHtml: our own drawing, made of numbers
          dangerouslySetInnerHTML={{ __html: forceDepthCurve(result.path, result.tool.targetForce_N) }}
        />
      </section>
      {result.warnings.length > 0 && (
        <details>
          <summary>About this body and this run</summary>
          <ul>
            {result.warnings.map((w) => (
              <li key={w}>{w}</li>
            ))}
          </ul>
          <p className="hint">
            {result.solver.cells.toLocaleString()} cells of {result.solver.cell_mm} mm, {result.solver.steps} steps,
            forces balance within {twoDigits(100 * (result.solver.forceBalance ?? 0))} %,{' '}
            {result.solver.seconds.toFixed(1)} s. Result{' '}
            <code data-testid="result-hash">{result.manifest.resultHash}</code>
          </p>
        </details>
      )}
    </div>
  );
}

/** What lies on the line of the push, as a table: the scene for those who do not look at it. */
function Layers({
  atRest,
  pressed,
}: {
  readonly atRest: readonly PushLayer[];
  readonly pressed: readonly PushLayer[];
}) {
  const names = [...new Set([...pressed, ...atRest].map(({ name }) => name))];
  const of = (layers: readonly PushLayer[], name: string): string => {
    const layer = layers.find((l) => l.name === name);
    return layer === undefined ? '–' : `${Math.round(layer.thickness)}`;
  };
  return (
    <details>
      <summary>The line of the push as a table</summary>
      <table>
        <caption>Thickness, mm, from the skin inwards; a layer can also slip off the line or onto it</caption>
        <thead>
          <tr>
            <th scope="col">Layer</th>
            <th scope="col">before</th>
            <th scope="col">pressed</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{of(atRest, name)}</td>
              <td>{of(pressed, name)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

const rank = { 'above-published': 3, 'within-published': 2, 'no-published-level': 1, 'below-published': 0 } as const;
const byStrength = (a: Finding, b: Finding): number =>
  rank[b.band] - rank[a.band] || (b.unit === 'kPa' ? (b.value ?? 0) : 0) - (a.unit === 'kPa' ? (a.value ?? 0) : 0);

function Ranked({ findings }: { readonly findings: readonly Finding[] }) {
  return (
    <ol className="ranked">
      {findings.map((f) => (
        <li key={`${f.structure} ${f.side} ${f.quantity} ${f.where} ${f.label}`}>
          <details>
            <summary>
              <span className="name">
                {f.label} <span className="what">{quantityShort(f.quantity)}</span>
              </span>
              <span className="value">{valueText(f)}</span>
              <Scale finding={f} />
              <span className="band">
                {BANDS[f.band]} <span className={`felt ${f.felt}`}>{FELT[f.felt]}</span>
              </span>
            </summary>
            <p>
              {f.sentence} <Sources ids={f.evidence} />
            </p>
            <button
              type="button"
              className="link"
              onClick={() => setView({ picked: { structure: f.structure, side: f.side }, isolated: f.structure })}
            >
              Show it in the scene
            </button>
          </details>
        </li>
      ))}
    </ol>
  );
}

function valueText(f: Finding): string {
  const number = (v: number): string => (f.unit === 'kPa' ? pressureText(v) : `${twoDigits(v)} ${f.unit}`);
  const value = f.value === null ? '–' : number(f.value);
  return f.low === null || f.high === null ? value : `${value}, ${twoDigits(f.low)}–${twoDigits(f.high)}`;
}

/** Doubling steps from 0.5 to 512 kPa; the same for every value and both compared presses. */
export const valuePlace = (kPa: number): number => (100 * Math.log2(Math.min(Math.max(kPa, 0.5), 512) / 0.5)) / 10;

function Scale({ finding: f }: { readonly finding: Finding }) {
  if (f.unit !== 'kPa' || f.value === null) return null;
  const level = levelOf(f);
  const bar = (from: number, to: number): { x: string; width: string } => ({
    x: `${valuePlace(from)}%`,
    width: `${Math.max(valuePlace(to) - valuePlace(from), 0.6)}%`,
  });
  return (
    <svg className="scale" width="100%" height="14" aria-hidden="true">
      <line x1="0" x2="100%" y1="7" y2="7" className="axis" />
      {level !== undefined && <rect {...bar(level.from, level.to)} y="1" height="12" className="published" />}
      {f.low !== null && f.high !== null && <rect {...bar(f.low, f.high)} y="4" height="6" className="range" />}
      <line x1="0" x2={`${valuePlace(f.value)}%`} y1="7" y2="7" className="stem" />
      <circle cx={`${valuePlace(f.value)}%`} cy="7" r="4.5" className="mark" />
    </svg>
  );
}
