import { canonicalJson } from '../base/hash.ts';
import { asIs, between, type Html, type HtmlPart, html, NOTHING, together } from '../base/html.ts';
import { type CoreSample, coreSample } from '../findings/core-sample.ts';
import { psoasShare, psoasShareOf } from '../findings/psoas-share.ts';
import type { Result } from '../findings/result.ts';
import { generalEvidence } from '../messages/general.ts';
import { modelCard } from '../messages/model-card.ts';
import { inEnglish, type MessageKey, type Speaker } from '../messages/say.ts';
import type { Press } from '../press/press.ts';
import {
  areaRangeOf,
  depthInMm,
  formatNumber,
  formatPercent,
  kgText,
  listInWords,
  pressureText,
  rangeOf,
  shareRangeText,
  twoDigits,
} from '../words/amounts.ts';
import { bodyName } from '../words/body-name.ts';
import { everydayName } from '../words/everyday-name.ts';
import type { Told } from '../words/finding-label.ts';
import { headlineLines } from '../words/headline-lines.ts';
import { inputName } from '../words/input-name.ts';
import { joinSides } from '../words/join-sides.ts';
import { nearLines } from '../words/near-lines.ts';
import { noteText } from '../words/note-text.ts';
import { partRows } from '../words/part-rows.ts';
import { type About, aboutOf } from '../words/sentences.ts';
import { sortFindings } from '../words/sort-findings.ts';
import { toolName } from '../words/tool-name.ts';
import { coreFigure } from './core-figure.ts';
import { forceDepthCurve } from './curve.ts';
import { allFindings, hardlyLine, missingLine, partsTable } from './findings-table.ts';
import { askFirstHtml, debateHtml, ladderHtml, limitsHtml, stopHtml } from './general-information.ts';
import { handsHtml } from './hands.ts';
import { type Entry, type Ledger, ledger, loadEvidence, pressureEntry } from './ledger.ts';
import { pressureKey } from './pressure-bands.ts';
import { REPORT_STYLE } from './report-style.ts';
import { pictureShare, type Section, type SectionPanel, sectionPictures } from './sections.ts';
import { shapeSources, shapeSourcesHtml } from './shape-sources.ts';
import { shareStrip } from './share-strip.ts';
import { skinMap } from './skin-map.ts';
import { evidenceLinks, sourcesList } from './sources.ts';
import { whatItHangsOn } from './tornado.ts';

export interface ReportParts {
  /** The pictures, where they were drawn before. */
  readonly sections?: readonly Section[];
  /** The language; English when absent. */
  readonly speaker?: Speaker;
  /** Trained fingertips on the same body, to compare with. */
  readonly hands?: Result | undefined;
}

/**
 * One press as a document: a single HTML file that loads nothing from anywhere. On paper its first two sheets are a hand-out;
 * the rest (every value, where each number comes from, what went in, sources) is for the screen.
 *
 * @param result what was found; its texts may hold anything and are escaped
 * @param press the fields that the pictures are drawn from
 */
export function writeReport(result: Result, press: Press, parts: ReportParts = {}): string {
  const { speaker = inEnglish } = parts;
  const { sections = sectionPictures(speaker, press), hands } = parts;
  const core = coreSample(press);
  const numbers = ledger(speaker);
  const tool = toolName(speaker, result.tool.id, result.tool.label);
  const title = speaker.say('report.title', { tool: doesPress(speaker, result.tool.id, tool) });
  const joined = joinSides(result.findings);
  const sorted = sortFindings(speaker, joined);
  const rows = partRows(sorted.reached);
  const about = aboutOf(result);
  const shapes = shapeSources(press.model, result);

  const first = [
    head(
      speaker,
      result,
      core,
      numbers,
      title,
      rows.map((row) => row.first),
    ),
    core.pressed.length === 0
      ? ''
      : block(
          'core',
          speaker.say('core.title'),
          html`<p class="intro">${speaker.say('core.intro')}</p>${coreFigure(
            speaker,
            core,
            tool,
            rows.map((row) => row.first),
            numbers,
            result.line,
          )}`,
        ),
    block('muscle', speaker.say('muscle.title'), muscle(speaker, result, numbers)),
    cutAcross(speaker, sections, press.model.corridors.length > 0),
    block('stop', speaker.say('stop.title'), stopHtml(speaker)),
  ];
  const second = [
    block(
      'findings',
      speaker.say('found.title'),
      html`<p class="intro">${speaker.say('found.intro')}</p>${legend(speaker, result)}${partsTable(speaker, rows, about, numbers)}`,
    ),
    html`<div class="half">${block('hands', speaker.say('hands.title'), handsHtml(speaker, result, hands, numbers))}<div>${block('other-things', speaker.say('ladder.title'), ladderHtml(speaker))}${block('cannot-know', speaker.say('limits.title'), limitsHtml(speaker, result.body.source, hasRanges(result)))}</div></div>`,
    block('ask-first', speaker.say('ask.title'), askFirstHtml(speaker)),
    html`<p class="paper small-print">${speaker.say('found.paper', { count: [...sorted.reached, ...sorted.below].reduce((sum, f) => sum + (f.both ? 2 : 1) * (f.upTo ? 2 : 1), 0) })} ${speaker.say('sources.paper')} ${speaker.say('replay.paper', { version: result.manifest.version, hash: result.manifest.resultHash.slice(0, 12) })}</p>`,
  ];
  const rest = [
    cutAlong(speaker, sections, press.model.corridors.length > 0),
    block('debate', speaker.say('debate.title'), debateHtml(speaker)),
    onSkin(speaker, press),
    nearest(speaker, result, numbers),
    howItBuildsUp(speaker, result),
    everything(speaker, joined, sorted, about, numbers),
    hangsOn(speaker, result),
    assumptions(speaker, result),
    // last, when every link above has made its entry
    block('numbers', speaker.say('appendix.title'), html`<p>${speaker.say('appendix.intro')}</p>${numbers.html()}`),
    block(
      'sources',
      speaker.say('sources.title'),
      html`${shapeSourcesHtml(speaker, shapes)}${sourcesList([
        ...sourceIds(speaker, result),
        ...numbers.evidence(),
        ...shapes.flatMap(({ shape }) => shape.evidence),
      ])}`,
    ),
    replay(speaker, result),
  ];
  return together(
    html`<!doctype html>\n<html lang="${speaker.tag}" dir="${speaker.direction}"><head><meta charset="utf-8">`,
    html`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">`,
    html`<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} – Psoascope</title>`,
    html`<style>${asIs(REPORT_STYLE)}</style></head><body><main>`,
    html`<div class="sheet first">${first}</div><div class="sheet second">${second}</div>`,
    html`<div class="screen">${rest}</div></main>${foot(speaker, result)}</body></html>\n`,
  ).markup;
}

function head(
  speaker: Speaker,
  result: Result,
  core: CoreSample,
  numbers: Ledger,
  title: string,
  told: readonly Told[],
): Html {
  return together(
    html`<header><p class="kicker">${speaker.say('report.kicker')}</p><h1>${title}</h1>${unfinished(speaker, result, numbers)}`,
    html`<p class="lead">${answer(speaker, result, core, numbers, told)}</p>`,
    html`<div class="note" role="note"><p>${speaker.say('report.short-notice')} ${speaker.say('report.who-asks')} <a href="#ask-first">${speaker.say('report.who-asks.link')}</a>.</p></div>`,
    html`${facts(speaker, result, numbers)}${remarks(speaker, result)}</header>`,
  );
}

/** The answer in three sentences. */
function answer(speaker: Speaker, result: Result, core: CoreSample, numbers: Ledger, told: readonly Told[]): HtmlPart {
  const last = result.path.at(-1);
  if (last === undefined) return speaker.say('report.lead.nothing');
  const names = [...new Set(core.pressed.map((layer) => everydayName(speaker, layer.structure, layer.side)))];
  const values = {
    force: formatNumber(speaker, last.force_N),
    kg: kgText(speaker, last.force_N),
    tool: toolName(speaker, result.tool.id, result.tool.label),
    depth: depthInMm(speaker, last.depth_mm),
  };
  const meets =
    names.length === 0
      ? speaker.say('report.lead.straight', values)
      : speaker.say('report.lead.meets', { ...values, list: listInWords(speaker, names) });
  const lines = headlineLines(speaker, result);
  const reached = told.filter((f) => f.band === 'within-published' || f.band === 'above-published');
  const counted = speaker.say('report.lead.reached', {
    count: reached.length,
    silent: reached.filter((f) => f.felt === 'silent').length,
  });
  const parts = [
    numbers.linkNumbers('push', meets, pushEntry(speaker, result)),
    ...(lines === undefined
      ? []
      : [
          numbers.linkNumbers('headline-pressure', lines.pressure, headlineEntry(speaker, result)),
          ...(lines.fingers === undefined
            ? []
            : [numbers.linkNumbers('headline-fingers', lines.fingers, fingersEntry(speaker, result))]),
          ...(lines.own === undefined ? [] : [html`${lines.own}`]),
        ]),
    numbers.linkWords('count', counted, {
      what: speaker.say('found.title'),
      value: counted,
      how: speaker.say('how.count'),
      evidence: [],
    }),
  ];
  return between(parts, ' ');
}

/** Pressure on the front of the psoas, as the headline says it. */
const headlineEntry = (speaker: Speaker, { headline }: Result): Entry =>
  pressureEntry(speaker, headline?.psoasFrontPressure_kPa, {
    what: speaker.say('headline.what'),
    how: speaker.say('how.headline'),
    evidence: [],
  });

const fingersEntry = (speaker: Speaker, { headline }: Result): Entry =>
  pressureEntry(speaker, headline?.fingersPressure_kPa, {
    what: speaker.say('headline.what.fingers'),
    how: speaker.say('how.hands'),
    evidence: ['L-01', 'P-18'],
  });

const shareEntry = (speaker: Speaker, value: string, range: string): Entry => ({
  what: speaker.say('hands.share'),
  value,
  range,
  how: speaker.say('how.share'),
  evidence: [],
});

function pushEntry(speaker: Speaker, result: Result): Entry {
  const last = result.path.at(-1);
  return {
    what: speaker.say('fact.push'),
    value: `${formatNumber(speaker, last?.force_N ?? 0)} N; ${formatNumber(speaker, last?.depth_mm ?? 0)} mm`,
    how: `${speaker.say('how.force')} ${speaker.say('how.kg')} ${speaker.say('how.depth')} ${speaker.say('how.load')}`,
    evidence: loadEvidence(result),
  };
}

/** Said first and plainly when the press did not reach its load. */
function unfinished(speaker: Speaker, result: Result, numbers: Ledger): Html {
  if (result.solver.converged) return NOTHING;
  const last = result.path.at(-1);
  const reason = result.solver.stopped && noteText(speaker, result.solver.stopped);
  const holds =
    last === undefined
      ? speaker.say('report.no-end.none')
      : speaker.say('report.no-end.holds', {
          force: formatNumber(speaker, last.force_N),
          depth: formatNumber(speaker, last.depth_mm),
          target: formatNumber(speaker, result.tool.targetForce_N),
        });
  return html`<div class="note unfinished" role="note"><p><strong>${speaker.say('report.no-end')}</strong> ${reason === undefined ? '' : numbers.linkNumbers('stopped', speaker.say('report.no-end.reason', { reason }), { what: speaker.say('report.no-end'), value: reason, how: speaker.say('how.stopped'), evidence: [] })} ${numbers.linkNumbers('push', holds, pushEntry(speaker, result))}</p></div>`;
}

function facts(speaker: Speaker, result: Result, numbers: Ledger): Html {
  const [body, tool] = [bodyName(speaker, result), toolName(speaker, result.tool.id, result.tool.label)];
  const last = result.path.at(-1);
  const { origin_LPS: o } = result.body;
  const [ax, , az] = result.tool.at_LPS;
  const level = result.scenario.scan === undefined ? speaker.say('fact.place.hips') : speaker.say('fact.place.scan');
  const place = {
    what: speaker.say('fact.place'),
    value: `${millimetres(speaker, ax - o[0])}; ${millimetres(speaker, az - o[2])} mm`,
    how: speaker.say('how.place'),
    evidence: [],
  };
  const rows: [string, string, string, string, Entry][] = [
    [
      'body',
      speaker.say('fact.body'),
      body,
      speaker.say(result.body.source === 'scan' ? 'fact.body.scan' : 'fact.body.reference'),
      { what: speaker.say('fact.body'), value: body, how: speaker.say('how.body'), evidence: [] },
    ],
    [
      'tool',
      speaker.say('fact.tool'),
      tool,
      speaker.say('fact.tool.how', {
        pose: result.scenario.pose,
        tone: result.scenario.tone,
        contents: result.scenario.contents,
        contract: result.scenario.contract ?? 'none',
      }),
      { what: speaker.say('fact.tool'), value: tool, how: '', evidence: [] },
    ],
    ['place', speaker.say('fact.place'), aside(speaker, ax - o[0]), along(speaker, az - o[2], level), place],
    [
      'push',
      speaker.say('fact.push'),
      `${formatNumber(speaker, last?.force_N ?? 0)} N`,
      speaker.say('fact.push.asked', { target: formatNumber(speaker, result.tool.targetForce_N) }),
      pushEntry(speaker, result),
    ],
  ];
  if (last !== undefined) {
    const area = `${formatNumber(speaker, last.contactArea_cm2)} cm²`;
    const { reached } = result;
    const depthRange = reached && rangeOf(speaker, reached.depth_mm, 'mm');
    const areaRange = reached && areaRangeOf(speaker, reached.contactArea_cm2);
    const withRange = (text: string, range: string | undefined): string =>
      [text, range].filter((part) => part !== undefined).join('; ');
    const mean = pressureText(speaker, last.meanSkinPressure_kPa);
    const off = speaker.say('fact.balance.off', { percent: twoDigits(speaker, 100 * last.forceBalance) });
    const solved = speaker.say('fact.balance.solved', {
      mm: formatNumber(speaker, result.solver.cell_mm),
      converged: result.solver.converged ? 'yes' : 'no',
    });
    rows.push(
      [
        'depth',
        speaker.say('fact.depth'),
        `${formatNumber(speaker, last.depth_mm)} mm`,
        withRange(speaker.say('fact.depth.from'), depthRange),
        { ...pushEntry(speaker, result), ...(depthRange !== undefined && { range: depthRange }) },
      ],
      [
        'area',
        speaker.say('fact.area'),
        area,
        withRange(speaker.say('fact.area.of'), areaRange),
        {
          what: speaker.say('fact.area'),
          value: area,
          ...(areaRange !== undefined && { range: areaRange }),
          how: speaker.say('how.area'),
          evidence: [],
        },
      ],
      [
        'skin-mean',
        speaker.say('fact.skin'),
        mean,
        speaker.say('fact.skin.where'),
        { what: speaker.say('fact.skin'), value: mean, how: speaker.say('how.skin-mean'), evidence: [] },
      ],
      [
        'balance',
        speaker.say('fact.balance'),
        off,
        solved,
        { what: speaker.say('fact.balance'), value: off, how: speaker.say('how.balance'), evidence: [] },
      ],
    );
  }
  return html`<dl class="facts">${rows.map(([id, name, value, more, entry]) => html`<div class="${id}"><dt>${name}</dt><dd>${numbers.linkNumbers(id, value, entry)}<span>${numbers.linkNumbers(id, more, entry)}</span></dd></div>`)}</dl>`;
}

const millimetres = (speaker: Speaker, mm: number): string => formatNumber(speaker, Math.round(mm));

function aside(speaker: Speaker, mm: number): string {
  const whole = Math.round(mm);
  if (whole === 0) return speaker.say('fact.place.middle');
  return speaker.say(whole > 0 ? 'fact.place.left' : 'fact.place.right', {
    mm: formatNumber(speaker, Math.abs(whole)),
  });
}

function along(speaker: Speaker, mm: number, level: string): string {
  const whole = Math.round(mm);
  if (whole === 0) return speaker.say('fact.place.level', { level });
  return speaker.say(whole > 0 ? 'fact.place.above' : 'fact.place.below', {
    mm: formatNumber(speaker, Math.abs(whole)),
    level,
  });
}

function remarks(speaker: Speaker, result: Result): Html {
  if (result.notes.length === 0) return NOTHING;
  return html`<details class="remarks"><summary>${speaker.say('report.about-run')}</summary><ul>${result.notes.map((w) => html`<li>${noteText(speaker, w)}</li>`)}</ul></details>`;
}

function muscle(speaker: Speaker, result: Result, numbers: Ledger): Html {
  if (result.shares.length === 0) return html`<p>${speaker.say('muscle.none')}</p>`;
  const share = psoasShare(result.shares);
  const psoas = share > 0 ? formatPercent(speaker, share) : '0 %';
  const range = shareRangeText(speaker, psoasShareOf(result.shares));
  const text = speaker.say('muscle.text', { psoas, range });
  const lines = headlineLines(speaker, result);
  const ends = {
    what: speaker.say('muscle.title'),
    value: lines?.supports ?? '',
    how: speaker.say('how.supports'),
    evidence: [],
  };
  const more =
    lines === undefined
      ? ''
      : html`<p>${numbers.linkNumbers('headline-supports', lines.supports, ends)}</p><p>${numbers.linkNumbers('headline-before', lines.before, { what: speaker.say('headline.what.before'), value: lines.before, how: speaker.say('how.before'), evidence: [] })}</p>`;
  return html`${more}<p class="intro">${numbers.linkNumbers('share-psoas', text, shareEntry(speaker, psoas, range))}</p>${shareStrip(speaker, result.shares, numbers)}`;
}

/** Where the skin is pressed, and how hard. */
function onSkin(speaker: Speaker, press: Press): Html {
  const map = skinMap(speaker, press);
  return map === NOTHING
    ? NOTHING
    : block(
        'skin-map',
        speaker.say('skin-map.title'),
        html`<p class="intro">${speaker.say('skin-map.intro')}</p><div class="map">${map}</div>${pressureKey(speaker)}`,
      );
}

/** What is left between the tool and what is not to be met. */
function nearest(speaker: Speaker, result: Result, numbers: Ledger): Html {
  const rows = nearLines(speaker, result).map((line, n) => {
    const entry = { what: speaker.say('near.title'), value: line, how: speaker.say('how.near'), evidence: [] };
    return html`<li>${numbers.linkNumbers(`near-${n}`, line, entry)}</li>`;
  });
  return rows.length === 0
    ? NOTHING
    : block(
        'near',
        speaker.say('near.title'),
        html`<p class="intro">${speaker.say('near.intro')}</p><ul class="full">${rows}</ul>`,
      );
}

function cutAcross(speaker: Speaker, sections: readonly Section[], hasCorridors: boolean): Html {
  const across = sections[0];
  if (across === undefined) return NOTHING;
  const get = (kind: SectionPanel['kind']): SectionPanel => across.panels.find((p) => p.kind === kind)!;
  return block(
    'under-the-tool',
    speaker.say('cut.title'),
    together(
      picture(get('pressed'), speaker.say(hasCorridors ? 'cut.corridors' : 'cut.no-corridors')),
      html`<div class="pair">${picture(get('pressure'), speaker.say('cut.pressure'), pressureKey(speaker))}${picture(get('at-rest'), speaker.say('cut.before'))}</div>`,
    ),
  );
}

function cutAlong(speaker: Speaker, sections: readonly Section[], hasCorridors: boolean): Html {
  const along = sections[1];
  if (along === undefined) return NOTHING;
  const get = (kind: SectionPanel['kind']): SectionPanel => along.panels.find((p) => p.kind === kind)!;
  return block(
    'along',
    along.title,
    together(
      picture(get('pressed'), speaker.say(hasCorridors ? 'cut.corridors' : 'cut.no-corridors')),
      picture(get('pressure'), speaker.say('cut.pressure'), pressureKey(speaker)),
    ),
  );
}

function picture(panel: SectionPanel, caption: string, key: HtmlPart = ''): Html {
  const named = panel.names.length > 0;
  const names = named ? html`<ol class="names">${panel.names.map((name) => html`<li>${name}</li>`)}</ol>` : '';
  const style = named ? html` style="--share:${pictureShare(panel).toFixed(3)}"` : '';
  return html`<figure id="${panel.id}" class="${panel.kind}${named ? ' named' : ''}"><div class="card"${style}>${asIs(panel.svg)}${names}${key}</div><figcaption><strong>${panel.title}.</strong> ${caption}</figcaption></figure>`;
}

function legend(speaker: Speaker, result: Result): Html {
  const entry = (mark: Html, text: string): Html =>
    html`<li><svg class="track" width="26" height="16" aria-hidden="true">${mark}</svg>${text}</li>`;
  return together(
    html`<ul class="legend">${entry(html`<circle cx="13" cy="8" r="4.6" class="mark"/>`, speaker.say('found.mark'))}`,
    entry(html`<rect x="0" y="1" width="26" height="14" class="published"/>`, speaker.say('found.published')),
    hasRanges(result)
      ? entry(html`<rect x="0" y="5" width="26" height="6" class="range"/>`, speaker.say('found.range'))
      : '',
    html`</ul>`,
  );
}

/** Every value of the run, in plain words and for professionals. */
function everything(
  speaker: Speaker,
  joined: readonly Told[],
  { reached, below, hardly, missing }: ReturnType<typeof sortFindings>,
  about: About,
  numbers: Ledger,
): Html {
  if (joined.length === 0) return NOTHING;
  const folded = (findings: readonly Told[], summary: string): Html =>
    findings.length === 0
      ? NOTHING
      : html`<details><summary>${summary}</summary>${allFindings(speaker, findings, about, numbers)}</details>`;
  return block(
    'professional',
    speaker.say('pro.title'),
    together(
      html`<p>${speaker.say('pro.intro')}</p>${allFindings(speaker, reached, about, numbers)}`,
      folded(below, speaker.say('found.more', { count: below.length })),
      hardlyLine(speaker, hardly),
      missingLine(speaker, missing),
    ),
  );
}

function howItBuildsUp(speaker: Speaker, result: Result): Html {
  if (result.path.length === 0) return NOTHING;
  const columns = [
    speaker.say('curve.depth'),
    speaker.say('curve.force'),
    speaker.say('curve.area'),
    speaker.say('curve.mean'),
    speaker.say('curve.peak'),
  ];
  const rows = result.path.map(
    (s) =>
      html`<tr><th scope="row">${formatNumber(speaker, s.depth_mm)}</th><td>${formatNumber(speaker, s.force_N)}</td><td>${formatNumber(speaker, s.contactArea_cm2)}</td><td>${formatNumber(speaker, s.meanSkinPressure_kPa)}</td><td>${formatNumber(speaker, s.peakSkinPressure_kPa)}</td></tr>`,
  );
  return block(
    'force-depth',
    speaker.say('curve.title'),
    together(
      html`<p>${speaker.say('curve.intro')}</p><div class="plot">${forceDepthCurve(speaker, result.path, result.tool.targetForce_N)}</div>`,
      html`<details><summary>${speaker.say('curve.table')}</summary><div class="scroll" tabindex="0" role="region" aria-label="${speaker.say('curve.table')}"><table class="narrow"><thead><tr>${columns.map((c) => html`<th scope="col">${c}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div></details>`,
    ),
  );
}

function hangsOn(speaker: Speaker, result: Result): Html {
  const body = whatItHangsOn(speaker, result);
  return body === NOTHING ? NOTHING : block('hangs-on', speaker.say('hangs.title'), body);
}

function assumptions(speaker: Speaker, result: Result): Html {
  if (result.assumptions.length === 0) return NOTHING;
  const rows = result.assumptions.map(
    (a) =>
      html`<tr><th scope="row">${inputName(speaker, a.id)}</th><td>${formatNumber(speaker, a.value)} ${a.unit}</td><td>${speaker.say('amount.from-to', { from: formatNumber(speaker, a.low), to: formatNumber(speaker, a.high) })}</td><td>${evidenceLinks(a.evidence)}</td></tr>`,
  );
  const columns = [
    speaker.say('inputs.what'),
    speaker.say('inputs.used'),
    speaker.say('inputs.range'),
    speaker.say('sources.title'),
  ];
  return block(
    'assumptions',
    speaker.say('inputs.title'),
    html`<div class="scroll" tabindex="0" role="region" aria-label="${speaker.say('inputs.caption')}"><table><caption>${speaker.say('inputs.caption')}</caption><thead><tr>${columns.map((c) => html`<th scope="col">${c}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`,
  );
}

function sourceIds(speaker: Speaker, result: Result): string[] {
  return [
    ...result.findings.flatMap((f) => f.evidence),
    ...result.assumptions.flatMap((a) => a.evidence),
    ...(result.uncertainty?.inputs ?? []).flatMap((input) => input.evidence),
    ...generalEvidence(speaker),
    'V-16',
    'V-20',
  ];
}

function replay(speaker: Speaker, result: Result): Html {
  const { manifest, solver } = result;
  const prints: readonly (readonly [string, string])[] = [
    [speaker.say('replay.scenario'), manifest.scenarioHash],
    [speaker.say('replay.result'), manifest.resultHash],
    [speaker.say('replay.seed'), `${manifest.seed}`],
    [
      speaker.say('replay.solver'),
      speaker.say('replay.solved', {
        backend: solver.backend,
        cells: solver.cells,
        unknowns: solver.dof,
        steps: solver.steps,
        iterations: solver.iterations,
        seconds: formatNumber(speaker, solver.seconds),
      }),
    ],
  ];
  const scenario = JSON.stringify(JSON.parse(canonicalJson(result.scenario)), null, 2);
  return block(
    'replay',
    speaker.say('replay.title'),
    together(
      html`<p>${speaker.say('replay.text', { version: manifest.version, backend: solver.backend })}</p>`,
      html`<details><summary>${speaker.say('replay.scenario')}</summary><pre>${scenario}</pre></details>`,
      html`<details><summary>${speaker.say('replay.prints')}</summary><dl class="prints">${prints.map(([what, value]) => html`<dt>${what}</dt><dd><code>${value}</code></dd>`)}</dl></details>`,
    ),
  );
}

function foot(speaker: Speaker, result: Result): Html {
  const card = modelCard(speaker.say).map(({ name, text }) => html`<dt>${name}</dt><dd>${text}</dd>`);
  return html`<footer><p>${speaker.say('notice')}</p><h2>${speaker.say('card.title')}</h2><dl class="model-card">${card}</dl><p>${speaker.say('resting-pressure')} <span class="cite">[${evidenceLinks(['V-20', 'V-16'])}]</span></p><p>Psoascope ${result.manifest.version}, ${result.manifest.time}. ${result.manifest.resultHash.slice(0, 12)}.</p></footer>`;
}

/** A section under a heading. */
function block(id: string, title: string, body: HtmlPart): Html {
  return html`<section class="${id}" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`;
}

const hasRanges = (result: Result): boolean => result.findings.some((f) => f.low !== null && f.high !== null);

/** 'a two-peak tool presses', 'trained fingertips press'. */
function doesPress(speaker: Speaker, id: string, name: string): string {
  const key = `presses.${id}`;
  return speaker.knows(key) && id !== 'other'
    ? speaker.say(key as MessageKey & 'presses.ramp')
    : speaker.say('presses.other', { tool: name });
}
