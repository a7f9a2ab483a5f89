import { Button } from 'react-aria-components';
import { kgOfNewtons } from '../base/units.ts';
import type { Finding } from '../findings/finding.ts';
import { knownPsoasShare } from '../findings/psoas-share.ts';
import { say } from '../messages/say-app.ts';
import { forceDepthCurve } from '../report/curve.ts';
import { pressureText, twoDigits } from '../words/amounts.ts';
import { findingLabel, type Told } from '../words/finding-label.ts';
import { inputName } from '../words/input-name.ts';
import { joinSides } from '../words/join-sides.ts';
import { quantityShort } from '../words/quantity-name.ts';
import { type About, aboutOf, levelOf, sentencesOf } from '../words/sentences.ts';
import { sortFindings } from '../words/sort-findings.ts';
import type { PushLayer, Slot } from './protocol.ts';
import { Ribbon } from './ribbon.tsx';
import { computeRanges } from './session.ts';
import { ShareRange } from './share-range.tsx';
import { Sources } from './sources.tsx';
import { setView } from './state.ts';
import { useApp } from './use-store.ts';

/** What came out: the share that reached the psoas, where the rest went, and what is pressed, in order. */
export function Answer({ slot }: { readonly slot: Slot }) {
  const result = useApp((s) => s[slot].result);
  const line = useApp((s) => s[slot].line);
  const busy = useApp((s) => s[slot].job !== undefined);
  const quality = useApp((s) => s[slot].quality);
  if (result === undefined) return <p className="waiting">{say('app.answer.waiting')}</p>;
  const share = knownPsoasShare(result.shares);
  const last = result.path.at(-1);
  const about = aboutOf(result);
  const { reached, below, hardly, missing } = sortFindings(joinSides(result.findings));
  const first = (line?.pressed ?? []).slice(0, 6).map(({ name }) => name);
  return (
    <div className="answer">
      <section>
        <h2 id={`${slot}-went`} tabIndex={-1}>
          {say('app.answer.went')}
        </h2>
        {share !== undefined && (
          <p className="big" data-testid="psoas-share">
            {share > 0 && share < 0.01 ? '<1' : Math.round(100 * share)} <span>%</span>
          </p>
        )}
        <ShareRange shares={result.shares} />
        <p className="text">
          {say('app.answer.share', { source: result.body.source })}{' '}
          {last !== undefined &&
            say('app.answer.push', {
              force: Math.round(last.force_N),
              kg: Math.round(kgOfNewtons(last.force_N)),
              depth: Math.round(last.depth_mm),
            })}{' '}
          {first.length > 1 && say('app.answer.order', { list: first.join(', ') })}
        </p>
        {!result.solver.converged && (
          <p className="note">
            {say('app.answer.unsolved', {
              reason: result.solver.reason ?? '',
              force: Math.round(last?.force_N ?? 0),
              target: Math.round(result.tool.targetForce_N),
            })}
          </p>
        )}
        <Ribbon shares={result.shares} />
        {line !== undefined && <Layers atRest={line.atRest} pressed={line.pressed} />}
        <p className="hint">
          {say('app.answer.shares')} {quality === 'coarse' && `${say('app.answer.coarse')} `}
          {say('app.answer.ranges', { ranges: result.findings.some((f) => f.low !== null) ? 'yes' : 'no' })}
        </p>
      </section>
      <section>
        <h2 id={`${slot}-pressed`}>{say('app.answer.presses')}</h2>
        <Ranked findings={[...reached].sort(byStrength)} about={about} />
        {below.length > 0 && (
          <details>
            <summary>{say('app.answer.more', { count: below.length })}</summary>
            <Ranked findings={below} about={about} />
          </details>
        )}
        {hardly.length > 0 && (
          <details>
            <summary>{say('app.answer.hardly', { count: hardly.length })}</summary>
            <Ranked findings={hardly} about={about} />
          </details>
        )}
        {missing.length > 0 && <p className="hint">{say('app.answer.missing', { list: missing.join(', ') })}</p>}
        <p className="hint">{say('app.answer.published')}</p>
      </section>
      <section>
        <h2 id={`${slot}-sure`}>{say('app.answer.sure')}</h2>
        {result.uncertainty === undefined || result.uncertainty.used === 0 ? (
          <>
            <p>{say('app.answer.sure.none')}</p>
            <Button className="preset" isDisabled={busy} onPress={() => computeRanges(slot)}>
              {say('app.answer.sure.compute')}
            </Button>
          </>
        ) : (
          <>
            <p>{say('app.answer.sure.hang', { used: result.uncertainty.used })}</p>
            <ol className="hangs-on">
              {[...result.uncertainty.inputs]
                .sort((a, b) => b.weight - a.weight)
                .slice(0, 5)
                .map((input) => (
                  <li key={input.id}>
                    <span>{inputName(input.id)}</span>
                    <meter value={input.weight} max={1} aria-label={inputName(input.id)} />
                    <span>{input.weight.toFixed(2)}</span>
                  </li>
                ))}
            </ol>
          </>
        )}
      </section>
      <section>
        <h2 id={`${slot}-builds`}>{say('app.answer.builds')}</h2>
        <div
          className="curve"
          // biome-ignore lint/security/noDangerouslySetInnerHtml: our own drawing, made of numbers
          dangerouslySetInnerHTML={{ __html: forceDepthCurve(result.path, result.tool.targetForce_N) }}
        />
      </section>
      {result.warnings.length > 0 && (
        <details>
          <summary>{say('app.answer.about')}</summary>
          <ul>
            {result.warnings.map((w) => (
              <li key={w}>{w}</li>
            ))}
          </ul>
          <p className="hint">
            {say('app.answer.run', {
              cells: result.solver.cells.toLocaleString(),
              cell: result.solver.cell_mm,
              steps: result.solver.steps,
              balance: twoDigits(100 * (result.solver.forceBalance ?? 0)),
              seconds: result.solver.seconds.toFixed(1),
            })}{' '}
            {say('app.answer.result')} <code data-testid="result-hash">{result.manifest.resultHash}</code>
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
      <summary>{say('app.layers')}</summary>
      <table>
        <caption>{say('app.layers.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('app.layers.layer')}</th>
            <th scope="col">{say('app.layers.before')}</th>
            <th scope="col">{say('app.layers.pressed')}</th>
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

function Ranked({ findings, about }: { readonly findings: readonly Told[]; readonly about: About }) {
  return (
    <ol className="ranked">
      {findings.map((f) => (
        <li key={`${f.structure} ${f.side} ${f.quantity} ${f.where}`}>
          <details>
            <summary>
              <span className="name">
                {findingLabel(f)} <span className="what">{quantityShort(f.quantity)}</span>
              </span>
              <span className="value">{valueText(f)}</span>
              <Scale finding={f} />
              <span className="band">
                {say('app.answer.band', { band: f.band })}{' '}
                <span className={`felt ${f.felt}`}>{say('app.answer.felt', { felt: f.felt })}</span>
              </span>
            </summary>
            <p>
              {sentencesOf(f, about).sentence} <Sources ids={f.evidence} />
            </p>
            <button
              type="button"
              className="link"
              onClick={() => setView({ picked: { structure: f.structure, side: f.side }, isolated: f.structure })}
            >
              {say('app.answer.show')}
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
  return f.low === null || f.high === null
    ? value
    : say('app.answer.value', { value, low: twoDigits(f.low), high: twoDigits(f.high) });
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
