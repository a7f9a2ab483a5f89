import { type ReactNode, useEffect, useRef } from 'react';
import { isPsoas } from '../anatomy/structures.ts';
import { causesOf } from '../findings/causes.ts';
import type { Finding } from '../findings/finding.ts';
import type { Result } from '../findings/result.ts';
import type { Speaker } from '../messages/speaker.ts';
import { forceDepthCurve } from '../report/curve.ts';
import type { OrganOnLine } from '../report/push-line.ts';
import { twoDigits } from '../words/amounts.ts';
import { comparedName } from '../words/comparison-lines.ts';
import { everydayName } from '../words/everyday-name.ts';
import { findingAmount, findingRange } from '../words/finding-amount.ts';
import { findingLabel, type Told } from '../words/finding-label.ts';
import { inputName } from '../words/input-name.ts';
import { joinSides } from '../words/join-sides.ts';
import { nearLines } from '../words/near-lines.ts';
import { noteText } from '../words/note-text.ts';
import { partRows } from '../words/part-rows.ts';
import { quantityShort } from '../words/quantity-name.ts';
import { rangesText } from '../words/ranges-text.ts';
import { type About, aboutOf, levelOf, sentencesOf } from '../words/sentences.ts';
import { HARDLY_ROWS, hardlyPressed, sortFindings } from '../words/sort-findings.ts';
import { changedSince } from './first-look.ts';
import { PressureKey } from './pressure-key.tsx';
import type { Slot } from './protocol.ts';
import { PsoasHeadline, PushEnds } from './psoas-headline.tsx';
import { Ribbon } from './ribbon.tsx';
import { wantRanges } from './session.ts';
import { Sources } from './sources.tsx';
import { EXAMPLE, isCurrent, pointAt, rangesWanted, setView } from './state.ts';
import { depthText, newtonsText, pushText } from './units.ts';
import { useSpeaker } from './use-speaker.ts';
import { useApp } from './use-store.ts';

/** What came out: what the psoas gets, where the push ends, and what is pressed, in order. */
export function Answer({ slot }: { readonly slot: Slot }) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const result = useApp((s) => s[slot].result);
  const line = useApp((s) => s[slot].line);
  const skinMap = useApp((s) => s[slot].skinMap);
  const busy = useApp((s) => s[slot].job !== undefined);
  const quality = useApp((s) => s[slot].quality);
  const current = useApp((s) => isCurrent(s[slot]));
  const firstLook = useApp((s) => s[slot].firstLook);
  const rangesUnderWay = useApp((s) => s[slot].job?.stage === 'ranges');
  const units = useApp((s) => s.units);
  const example = useApp((s) => s[slot].inputs === EXAMPLE && s[slot].scan === undefined);
  if (result === undefined) return <p className="waiting">{say('app.answer.waiting')}</p>;
  const last = result.path.at(-1);
  const depth = result.reached?.depth_mm;
  const about = aboutOf(result);
  // of a load that was reached within a little of it one speaks as it was asked for; else of what was reached
  const target = result.tool.targetForce_N;
  const push = result.solver.converged || last === undefined ? target : last.force_N + last.floorForce_N;
  const { reached, below, hardly, missing } = sortFindings(speaker, joinSides(result.findings));
  return (
    <div className={current ? 'answer' : 'answer previous'}>
      {!current && <Previous slot={slot} result={result} />}
      <section>
        <h2 id={`${slot}-went`} tabIndex={-1}>
          {say('app.answer.went', { whose: example ? 'example' : 'yours' })}
        </h2>
        <PsoasHeadline result={result} />
        <p className="text">
          {last !== undefined &&
            say('app.answer.push', {
              push: pushText(speaker, push, units),
              depth: depthText(speaker, last.depth_mm, units),
            })}{' '}
          {depth !== undefined &&
            depth.low !== null &&
            depth.high !== null &&
            say('app.answer.depth-range', {
              low: depthText(speaker, depth.low, units),
              high: depthText(speaker, depth.high, units),
            })}{' '}
          {last !== undefined &&
            last.floorForce_N >= 1 &&
            say('app.answer.floor', {
              tool: newtonsText(push - last.floorForce_N),
              floor: newtonsText(last.floorForce_N),
            })}{' '}
          {line !== undefined && say('app.answer.order', order(speaker, line.pressed))}
        </p>
        {!result.solver.converged && (
          <p className="note">
            {say('app.answer.unsolved', {
              reason: result.solver.stopped === undefined ? '' : noteText(speaker, result.solver.stopped),
              force: last === undefined ? 0 : newtonsText(push),
              target: newtonsText(target),
            })}
          </p>
        )}
        {quality === 'coarse' && (
          <p className="note">{say('app.answer.first-look', { under: busy ? 'way' : 'none' })}</p>
        )}
        {firstLook !== undefined && <SinceFirstLook first={firstLook} fine={result} />}
        <PushEnds result={result} />
        {line !== undefined && <Layers atRest={line.atRest} pressed={line.pressed} />}
        <OnSkin svg={skinMap} />
        <Nearest result={result} />
        <p className="hint">
          {say('app.answer.ranges', {
            ranges: result.findings.some((f) => f.low !== null) ? 'yes' : rangesUnderWay ? 'way' : 'no',
          })}
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
          <p className="hint" data-testid="hardly-pressed">
            {hardlyPressed(speaker, hardly)} <Sources ids={HARDLY_ROWS} />
          </p>
        )}
        {missing.length > 0 && <p className="hint">{say('app.answer.missing', { list: missing.join(', ') })}</p>}
        <p className="hint">{say('app.answer.published')}</p>
      </section>
      <section>
        <h2 id={`${slot}-sure`}>{say('app.answer.sure')}</h2>
        <Ranges slot={slot} result={result} />
      </section>
      <details>
        <summary>{say('app.answer.shares')}</summary>
        <Ribbon shares={result.shares} />
      </details>
      <section>
        <h2 id={`${slot}-builds`}>{say('app.answer.builds')}</h2>
        <div
          className="curve"
          // biome-ignore lint/security/noDangerouslySetInnerHtml: our own drawing, made of numbers
          dangerouslySetInnerHTML={{ __html: forceDepthCurve(speaker, result.path, result.tool.targetForce_N).markup }}
        />
      </section>
      {result.notes.length > 0 && (
        <details>
          <summary>{say('app.answer.about')}</summary>
          <ul>
            {result.notes
              .map((each) => noteText(speaker, each))
              .map((w) => (
                <li key={w}>{w}</li>
              ))}
          </ul>
          <p className="hint">
            {say('app.answer.run', {
              cells: result.solver.cells.toLocaleString(),
              cell: result.solver.cell_mm,
              steps: result.solver.steps,
              balance: twoDigits(speaker, 100 * (result.solver.forceBalance ?? 0)),
              seconds: result.solver.seconds.toFixed(1),
            })}{' '}
            {say('app.answer.result')} <code data-testid="result-hash">{result.manifest.resultHash}</code>
          </p>
        </details>
      )}
    </div>
  );
}

/** What the ranges hang on; before they are there, how far they are, and a choice to leave them out. */
function Ranges({ slot, result }: { readonly slot: Slot; readonly result: Result }) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const job = useApp((s) => s[slot].job);
  const wanted = useApp((s) => rangesWanted(s[slot], s.mode) > 0);
  const { uncertainty } = result;
  const there = uncertainty !== undefined && uncertainty.used > 0;
  return (
    <>
      {!there && <p>{say('app.answer.sure.none')}</p>}
      {there && (
        <>
          <p>{say('app.answer.sure.hang', { used: uncertainty.used })}</p>
          <ol className="hangs-on">
            {causesOf(uncertainty)
              .slice(0, 5)
              .map((input) => (
                <li key={input.id}>
                  <span>{inputName(speaker, input.id)}</span>
                  <meter value={input.weight} max={1} aria-label={inputName(speaker, input.id)} />
                  <span>{input.weight.toFixed(2)}</span>
                </li>
              ))}
          </ol>
          {rangesText(speaker, result)
            .slice(1)
            .map((text) => (
              <p key={text}>{text}</p>
            ))}
        </>
      )}
      {job?.stage === 'ranges' && (
        <p className="under-way">
          <progress value={job.fraction} max={1} aria-label={say('app.yours.stage', { stage: 'ranges' })} />
          <span>{noteText(speaker, job.detail ?? { id: job.phase })}</span>
        </p>
      )}
      <label className="tick">
        <input type="checkbox" checked={wanted} onChange={(event) => wantRanges(slot, event.currentTarget.checked)} />
        {say('app.answer.sure.compute')}
      </label>
    </>
  );
}

/** Whose numbers these are while something else is asked. */
function Previous({ slot, result }: { readonly slot: Slot; readonly result: Result }) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const busy = useApp((s) => s[slot].job !== undefined);
  return (
    <p className="note previous-note" role="status">
      {say('app.answer.previous', {
        press: comparedName(speaker, result),
        newtons: newtonsText(result.tool.targetForce_N),
      })}{' '}
      {say('app.answer.previous.next', { under: busy ? 'way' : 'none' })}
    </p>
  );
}

/** Where the skin is pressed, and how hard. */
function OnSkin({ svg = '' }: { readonly svg: string | undefined }) {
  const { say } = useSpeaker();
  return svg === '' ? null : (
    <details>
      <summary>{say('skin-map.title')}</summary>
      <p className="hint">{say('skin-map.intro')}</p>
      <div
        className="skin-map-frame"
        // biome-ignore lint/security/noDangerouslySetInnerHtml: our own drawing, made of numbers
        dangerouslySetInnerHTML={{ __html: svg }}
      />
      <PressureKey where="skin" />
    </details>
  );
}

/** What is left between the tool and what is not to be met. */
function Nearest({ result }: { readonly result: Result }) {
  const speaker = useSpeaker();
  const lines = nearLines(speaker, result);
  return lines.length === 0 ? null : (
    <details>
      <summary>{speaker.say('near.title')}</summary>
      <p className="hint">{speaker.say('near.intro')}</p>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  );
}

/** What the fine answer changed: more than was said of the first look is not left for somebody to notice. */
function SinceFirstLook({ first, fine }: { readonly first: Result; readonly fine: Result }) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const { psoas, parts } = changedSince(first, fine);
  const now = fine.headline?.psoasFrontPressure_kPa.value;
  const moved = psoas != null && now != null && twoDigits(speaker, psoas) !== twoDigits(speaker, now);
  if (!moved && parts.length === 0) return null;
  return (
    <p className="note" data-testid="since-first-look">
      {moved && say('app.answer.first-look.psoas', { kPa: twoDigits(speaker, psoas) })}{' '}
      {parts.length > 0 &&
        say('app.answer.first-look.parts', {
          list: parts
            .slice(0, 5)
            .map(({ finding, from, to }) =>
              say('app.answer.first-look.part', {
                name: findingLabel(speaker, finding),
                from: twoDigits(speaker, from),
                to: twoDigits(speaker, to),
              }),
            )
            .join('; '),
        })}
    </p>
  );
}

/** What the push meets, in order, down to the psoas if its line leads there. */
function order(speaker: Speaker, layers: readonly OrganOnLine[]) {
  const end = layers.findIndex(({ structure }) => isPsoas(structure));
  const before = end === -1 ? layers : layers.slice(0, end);
  // names have commas of their own
  return {
    meets: end === -1 ? 'no' : 'yes',
    list: before.map((layer) => layerName(speaker, layer)).join('; '),
    psoas: end === -1 ? '' : layerName(speaker, layers[end]!),
  };
}

const layerName = (speaker: Speaker, { structure, side }: OrganOnLine): string =>
  everydayName(speaker, structure, side);

/** What lies on the line of the push, as a table: the scene for those who do not look at it. */
function Layers({
  atRest,
  pressed,
}: {
  readonly atRest: readonly OrganOnLine[];
  readonly pressed: readonly OrganOnLine[];
}) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const names = [...new Set([...pressed, ...atRest].map((layer) => layerName(speaker, layer)))];
  const units = useApp((s) => s.units);
  const of = (layers: readonly OrganOnLine[], name: string): string => {
    const layer = layers.find((l) => layerName(speaker, l) === name);
    return layer === undefined ? '–' : depthText(speaker, layer.thickness, units);
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

/** One line for each part of the body: what is worth telling first about it, and inside all of it. */
function Ranked({ findings, about }: { readonly findings: readonly Told[]; readonly about: About }) {
  const speaker = useSpeaker();
  const { say } = speaker;
  return (
    <ol className="ranked">
      {partRows(findings).map(({ first, also }) => (
        <li key={`${first.structure} ${first.side} ${first.quantity} ${first.where}`}>
          <details>
            <PointingSummary part={first}>
              <span className="name">
                {findingLabel(speaker, first)} <span className="what">{quantityShort(speaker, first.quantity)}</span>
              </span>
              <span className="value">{valueText(speaker, first)}</span>
              <Scale finding={first} />
              <span className="band">
                {say('app.answer.band', { band: first.band })}{' '}
                <span className={`felt ${first.felt}`}>{say('app.answer.felt', { felt: first.felt })}</span>
              </span>
            </PointingSummary>
            {[first, ...also].map((f) => (
              <p key={`${f.quantity} ${f.where}`}>
                {sentencesOf(speaker, f, about).sentence} <Sources ids={f.evidence} />
              </p>
            ))}
            <button
              type="button"
              className="link"
              onClick={() =>
                setView({ picked: { structure: first.structure, side: first.side }, isolated: first.structure })
              }
            >
              {say('app.answer.show')}
            </button>
          </details>
        </li>
      ))}
    </ol>
  );
}

/** The line that one sees: while it is pointed at or has the focus its part glows, and no longer than it is there. */
function PointingSummary({ part, children }: { readonly part: Told; readonly children: ReactNode }) {
  const leave = useRef<() => void>(undefined);
  const enter = (): void => {
    leave.current = pointAt({ structure: part.structure, side: part.side });
  };
  useEffect(() => () => leave.current?.(), []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a summary can be pointed at and has the focus of its own accord
    <summary
      onFocus={enter}
      onBlur={() => leave.current?.()}
      onPointerEnter={enter}
      onPointerLeave={() => leave.current?.()}
    >
      {children}
    </summary>
  );
}

function valueText(speaker: Speaker, f: Told): string {
  const value = findingAmount(speaker, f);
  const range = findingRange(speaker, f);
  return range === undefined ? value : speaker.say('app.answer.value', { value, range });
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
