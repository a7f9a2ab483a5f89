import { isPsoas } from '../anatomy/structures.ts';
import { canonicalJson } from '../base/hash.ts';
import { psoasShare, psoasShareOf } from '../findings/psoas-share.ts';
import type { Result } from '../findings/result.ts';
import { generalEvidence } from '../messages/general.ts';
import { say } from '../messages/say.ts';
import type { Press } from '../press/press.ts';
import {
  formatNumber,
  formatPercent,
  kgText,
  listInWords,
  pressureText,
  shareRangeText,
  twoDigits,
} from '../words/amounts.ts';
import { everydayName } from '../words/everyday-name.ts';
import type { Told } from '../words/finding-label.ts';
import { inputName } from '../words/input-name.ts';
import { joinSides } from '../words/join-sides.ts';
import { NOTICE } from '../words/notice.ts';
import { partRows } from '../words/part-rows.ts';
import { type About, aboutOf } from '../words/sentences.ts';
import { sortFindings } from '../words/sort-findings.ts';
import { coreFigure } from './core-figure.ts';
import { type CoreSample, coreSample } from './core-sample.ts';
import { forceDepthCurve } from './curve.ts';
import { allFindings, missingLine, partsTable } from './findings-table.ts';
import { askFirstHtml, debateHtml, ladderHtml, limitsHtml, stopHtml } from './general-information.ts';
import { handsHtml } from './hands.ts';
import { escapeHtml } from './html.ts';
import { type Entry, type Ledger, ledger, loadEvidence } from './ledger.ts';
import { pressureKey } from './pressure-bands.ts';
import { REPORT_STYLE } from './report-style.ts';
import { pictureShare, type Section, type SectionPanel, sectionPictures } from './sections.ts';
import { shareStrip } from './share-strip.ts';
import { evidenceLinks, sourcesList } from './sources.ts';
import { whatItHangsOn } from './tornado.ts';

export interface ReportParts {
  /** The pictures, where they were drawn before. */
  readonly sections?: readonly Section[];
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
  const { sections = sectionPictures(press), hands } = parts;
  const core = coreSample(press);
  const numbers = ledger();
  const title = say('report.title', { tool: doesPress(result.tool.label) });
  const joined = joinSides(result.findings);
  const sorted = sortFindings(joined);
  const rows = partRows(sorted.reached);
  const about = aboutOf(result);

  const first = [
    head(
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
          say('core.title'),
          `<p class="intro">${say('core.intro')}</p>${coreFigure(
            core,
            result.tool.label,
            rows.map((row) => row.first),
            numbers,
          )}`,
        ),
    block('muscle', say('muscle.title'), muscle(result, numbers)),
    cutAcross(sections, press.model.corridors.length > 0),
    block('stop', say('stop.title'), stopHtml()),
  ];
  const second = [
    block(
      'findings',
      say('found.title'),
      `<p class="intro">${say('found.intro')}</p>${legend(result)}${partsTable(rows, about, numbers)}`,
    ),
    `<div class="half">${block('hands', say('hands.title'), handsHtml(result, hands, numbers))}<div>${block('other-things', say('ladder.title'), ladderHtml())}${block('cannot-know', say('limits.title'), limitsHtml(result.body.source, hasRanges(result)))}</div></div>`,
    block('ask-first', say('ask.title'), askFirstHtml()),
    `<p class="paper small-print">${say('found.paper', { count: result.findings.filter((f) => f.value !== null).length })} ${say('sources.paper')} ${escapeHtml(say('replay.paper', { version: result.manifest.version, hash: result.manifest.resultHash.slice(0, 12) }))}</p>`,
  ];
  const rest = [
    cutAlong(sections, press.model.corridors.length > 0),
    block('debate', say('debate.title'), debateHtml()),
    howItBuildsUp(result),
    everything(joined, sorted, about, numbers),
    hangsOn(result),
    assumptions(result),
    // last, when every link above has made its entry
    block('numbers', say('appendix.title'), `<p>${say('appendix.intro')}</p>${numbers.html()}`),
    block('sources', say('sources.title'), sourcesList([...sourceIds(result), ...numbers.evidence()])),
    replay(result),
  ];
  return (
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8">` +
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)} – Psoascope</title>` +
    `<style>${REPORT_STYLE}</style></head><body><main>` +
    `<div class="sheet first">${first.join('')}</div><div class="sheet second">${second.join('')}</div>` +
    `<div class="screen">${rest.join('')}</div></main>${foot(result)}</body></html>\n`
  );
}

function head(result: Result, core: CoreSample, numbers: Ledger, title: string, told: readonly Told[]): string {
  return (
    `<header><p class="kicker">${say('report.kicker')}</p><h1>${escapeHtml(title)}</h1>${unfinished(result, numbers)}` +
    `<p class="lead">${answer(result, core, numbers, told)}</p>` +
    `<div class="note" role="note"><p>${say('report.short-notice')} ${say('report.who-asks')} <a href="#ask-first">${say('report.who-asks.link')}</a>.</p></div>` +
    `${facts(result, numbers)}${remarks(result)}</header>`
  );
}

/** The answer in three sentences. */
function answer(result: Result, core: CoreSample, numbers: Ledger, told: readonly Told[]): string {
  const last = result.path.at(-1);
  if (last === undefined) return say('report.lead.nothing');
  const names = [...new Set(core.pressed.map((layer) => everydayName(layer.structure, layer.side)))];
  const values = {
    force: formatNumber(last.force_N),
    kg: kgText(last.force_N),
    tool: result.tool.label,
    depth: formatNumber(Math.round(last.depth_mm)),
  };
  const meets =
    names.length === 0
      ? say('report.lead.straight', values)
      : say('report.lead.meets', { ...values, list: listInWords(names) });
  const onLine = core.pressed.some((layer) => isPsoas(layer.structure));
  const share = psoasShare(result.shares);
  const went =
    result.shares.length === 0
      ? ''
      : say('report.lead.share', {
          share: share > 0 ? formatPercent(share) : '0 %',
          line: onLine ? 'on' : 'off',
          range: shareRangeText(psoasShareOf(result.shares)),
        });
  const reached = told.filter((f) => f.band === 'within-published' || f.band === 'above-published');
  const counted = say('report.lead.reached', {
    count: reached.length,
    silent: reached.filter((f) => f.felt === 'silent').length,
  });
  return [
    numbers.linkNumbers('push', meets, pushEntry(result)),
    numbers.linkNumbers(
      'share-psoas',
      went,
      shareEntry(formatPercent(share), shareRangeText(psoasShareOf(result.shares))),
    ),
    numbers
      .link('count', counted, { what: say('found.title'), value: counted, how: say('how.count'), evidence: [] })
      .replace('class="n"', 'class="n text"'),
  ].join(' ');
}

const shareEntry = (value: string, range: string): Entry => ({
  what: say('hands.share'),
  value,
  range,
  how: say('how.share'),
  evidence: [],
});

function pushEntry(result: Result): Entry {
  const last = result.path.at(-1);
  return {
    what: say('fact.push'),
    value: `${formatNumber(last?.force_N ?? 0)} N; ${formatNumber(last?.depth_mm ?? 0)} mm`,
    how: `${say('how.force')} ${say('how.kg')} ${say('how.depth')} ${say('how.load')}`,
    evidence: loadEvidence(result),
  };
}

/** Said first and plainly when the press did not reach its load. */
function unfinished(result: Result, numbers: Ledger): string {
  if (result.solver.converged) return '';
  const last = result.path.at(-1);
  const reason = result.solver.reason?.replace(/\.$/, '');
  const holds =
    last === undefined
      ? say('report.no-end.none')
      : say('report.no-end.holds', {
          force: formatNumber(last.force_N),
          depth: formatNumber(last.depth_mm),
          target: formatNumber(result.tool.targetForce_N),
        });
  return `<div class="note unfinished" role="note"><p><strong>${say('report.no-end')}</strong> ${reason === undefined ? '' : numbers.linkNumbers('stopped', say('report.no-end.reason', { reason }), { what: say('report.no-end'), value: reason, how: say('how.stopped'), evidence: [] })} ${numbers.linkNumbers('push', holds, pushEntry(result))}</p></div>`;
}

function facts(result: Result, numbers: Ledger): string {
  const last = result.path.at(-1);
  const { origin_LPS: o } = result.body;
  const [ax, , az] = result.tool.at_LPS;
  const level = result.scenario.scan === undefined ? say('fact.place.hips') : say('fact.place.scan');
  const place = {
    what: say('fact.place'),
    value: `${millimetres(ax - o[0])}; ${millimetres(az - o[2])} mm`,
    how: say('how.place'),
    evidence: [],
  };
  const rows: [string, string, string, string, Entry][] = [
    [
      'body',
      say('fact.body'),
      result.body.label,
      say(result.body.source === 'scan' ? 'fact.body.scan' : 'fact.body.reference'),
      { what: say('fact.body'), value: result.body.label, how: say('how.body'), evidence: [] },
    ],
    [
      'tool',
      say('fact.tool'),
      result.tool.label,
      say('fact.tool.how', { pose: result.scenario.pose, tone: result.scenario.tone }),
      { what: say('fact.tool'), value: result.tool.label, how: '', evidence: [] },
    ],
    ['place', say('fact.place'), aside(ax - o[0]), along(az - o[2], level), place],
    [
      'push',
      say('fact.push'),
      `${formatNumber(last?.force_N ?? 0)} N`,
      say('fact.push.asked', { target: formatNumber(result.tool.targetForce_N) }),
      pushEntry(result),
    ],
  ];
  if (last !== undefined) {
    const area = `${formatNumber(last.contactArea_cm2)} cm²`;
    const mean = pressureText(last.meanSkinPressure_kPa);
    const off = say('fact.balance.off', { percent: twoDigits(100 * last.forceBalance) });
    const solved = say('fact.balance.solved', {
      mm: formatNumber(result.solver.cell_mm),
      converged: result.solver.converged ? 'yes' : 'no',
    });
    rows.push(
      ['push', say('fact.depth'), `${formatNumber(last.depth_mm)} mm`, say('fact.depth.from'), pushEntry(result)],
      [
        'area',
        say('fact.area'),
        area,
        say('fact.area.of'),
        { what: say('fact.area'), value: area, how: say('how.area'), evidence: [] },
      ],
      [
        'skin-mean',
        say('fact.skin'),
        mean,
        say('fact.skin.where'),
        { what: say('fact.skin'), value: mean, how: say('how.skin-mean'), evidence: [] },
      ],
      [
        'balance',
        say('fact.balance'),
        off,
        solved,
        { what: say('fact.balance'), value: off, how: say('how.balance'), evidence: [] },
      ],
    );
  }
  return `<dl class="facts">${rows.map(([id, name, value, more, entry]) => `<div class="${id}"><dt>${name}</dt><dd>${numbers.linkNumbers(id, value, entry)}<span>${numbers.linkNumbers(id, more, entry)}</span></dd></div>`).join('')}</dl>`;
}

const millimetres = (mm: number): string => formatNumber(Math.round(mm));

function aside(mm: number): string {
  const whole = Math.round(mm);
  if (whole === 0) return say('fact.place.middle');
  return say(whole > 0 ? 'fact.place.left' : 'fact.place.right', { mm: formatNumber(Math.abs(whole)) });
}

function along(mm: number, level: string): string {
  const whole = Math.round(mm);
  if (whole === 0) return say('fact.place.level', { level });
  return say(whole > 0 ? 'fact.place.above' : 'fact.place.below', { mm: formatNumber(Math.abs(whole)), level });
}

function remarks(result: Result): string {
  if (result.warnings.length === 0) return '';
  return `<details class="remarks"><summary>${say('report.about-run')}</summary><ul>${result.warnings.map((w) => `<li>${escapeHtml(w)}</li>`).join('')}</ul></details>`;
}

function muscle(result: Result, numbers: Ledger): string {
  if (result.shares.length === 0) return `<p>${say('muscle.none')}</p>`;
  const share = psoasShare(result.shares);
  const psoas = share > 0 ? formatPercent(share) : '0 %';
  const range = shareRangeText(psoasShareOf(result.shares));
  const text = say('muscle.text', { psoas, range });
  return `<p class="intro">${numbers.linkNumbers('share-psoas', text, shareEntry(psoas, range))}</p>${shareStrip(result.shares, numbers)}`;
}

function cutAcross(sections: readonly Section[], hasCorridors: boolean): string {
  const across = sections[0];
  if (across === undefined) return '';
  const get = (kind: SectionPanel['kind']): SectionPanel => across.panels.find((p) => p.kind === kind)!;
  return block(
    'under-the-tool',
    say('cut.title'),
    picture(get('pressed'), say(hasCorridors ? 'cut.corridors' : 'cut.no-corridors')) +
      `<div class="pair">${picture(get('pressure'), say('cut.pressure'), pressureKey())}${picture(get('at-rest'), say('cut.before'))}</div>`,
  );
}

function cutAlong(sections: readonly Section[], hasCorridors: boolean): string {
  const along = sections[1];
  if (along === undefined) return '';
  const get = (kind: SectionPanel['kind']): SectionPanel => along.panels.find((p) => p.kind === kind)!;
  return block(
    'along',
    escapeHtml(along.title),
    picture(get('pressed'), say(hasCorridors ? 'cut.corridors' : 'cut.no-corridors')) +
      picture(get('pressure'), say('cut.pressure'), pressureKey()),
  );
}

function picture(panel: SectionPanel, caption: string, key = ''): string {
  const named = panel.names.length > 0;
  const names = named
    ? `<ol class="names">${panel.names.map((name) => `<li>${escapeHtml(name)}</li>`).join('')}</ol>`
    : '';
  const style = named ? ` style="--share:${pictureShare(panel).toFixed(3)}"` : '';
  return `<figure id="${panel.id}" class="${panel.kind}${named ? ' named' : ''}"><div class="card"${style}>${panel.svg}${names}${key}</div><figcaption><strong>${escapeHtml(panel.title)}.</strong> ${caption}</figcaption></figure>`;
}

function legend(result: Result): string {
  const entry = (mark: string, text: string): string =>
    `<li><svg class="track" width="26" height="16" aria-hidden="true">${mark}</svg>${text}</li>`;
  return (
    `<ul class="legend">${entry('<circle cx="13" cy="8" r="4.6" class="mark"/>', say('found.mark'))}` +
    entry('<rect x="0" y="1" width="26" height="14" class="published"/>', say('found.published')) +
    (hasRanges(result) ? entry('<rect x="0" y="5" width="26" height="6" class="range"/>', say('found.range')) : '') +
    '</ul>'
  );
}

/** Every value of the run, in plain words and for professionals. */
function everything(
  joined: readonly Told[],
  { reached, below, hardly, missing }: ReturnType<typeof sortFindings>,
  about: About,
  numbers: Ledger,
): string {
  if (joined.length === 0) return '';
  const folded = (findings: readonly Told[], summary: string): string =>
    findings.length === 0
      ? ''
      : `<details><summary>${summary}</summary>${allFindings(findings, about, numbers)}</details>`;
  return block(
    'professional',
    say('pro.title'),
    `<p>${say('pro.intro')}</p>${allFindings(reached, about, numbers)}` +
      `${folded(below, say('found.more', { count: below.length }))}${folded(hardly, say('found.hardly', { count: hardly.length }))}${missingLine(missing)}`,
  );
}

function howItBuildsUp(result: Result): string {
  if (result.path.length === 0) return '';
  const columns = [say('curve.depth'), say('curve.force'), say('curve.area'), say('curve.mean'), say('curve.peak')];
  const rows = result.path.map(
    (s) =>
      `<tr><th scope="row">${formatNumber(s.depth_mm)}</th><td>${formatNumber(s.force_N)}</td><td>${formatNumber(s.contactArea_cm2)}</td><td>${formatNumber(s.meanSkinPressure_kPa)}</td><td>${formatNumber(s.peakSkinPressure_kPa)}</td></tr>`,
  );
  return block(
    'force-depth',
    say('curve.title'),
    `<p>${say('curve.intro')}</p><div class="plot">${forceDepthCurve(result.path, result.tool.targetForce_N)}</div>` +
      `<details><summary>${say('curve.table')}</summary><div class="scroll" tabindex="0" role="region" aria-label="${say('curve.table')}"><table class="narrow"><thead><tr>${columns.map((c) => `<th scope="col">${c}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div></details>`,
  );
}

function hangsOn(result: Result): string {
  const html = whatItHangsOn(result);
  return html === '' ? '' : block('hangs-on', say('hangs.title'), html);
}

function assumptions(result: Result): string {
  if (result.assumptions.length === 0) return '';
  const rows = result.assumptions.map(
    (a) =>
      `<tr><th scope="row">${escapeHtml(inputName(a.id))}</th><td>${formatNumber(a.value)} ${escapeHtml(a.unit)}</td><td>${formatNumber(a.low)} to ${formatNumber(a.high)}</td><td>${evidenceLinks(a.evidence)}</td></tr>`,
  );
  const columns = [say('inputs.what'), say('inputs.used'), say('inputs.range'), say('sources.title')];
  return block(
    'assumptions',
    say('inputs.title'),
    `<div class="scroll" tabindex="0" role="region" aria-label="${say('inputs.caption')}"><table><caption>${say('inputs.caption')}</caption><thead><tr>${columns.map((c) => `<th scope="col">${c}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`,
  );
}

function sourceIds(result: Result): string[] {
  return [
    ...result.findings.flatMap((f) => f.evidence),
    ...result.assumptions.flatMap((a) => a.evidence),
    ...(result.uncertainty?.inputs ?? []).flatMap((input) => input.evidence),
    ...generalEvidence(),
    'V-16',
    'V-20',
  ];
}

function replay(result: Result): string {
  const { manifest, solver } = result;
  const scenario = JSON.stringify(JSON.parse(canonicalJson(result.scenario)), null, 2);
  return block(
    'replay',
    say('replay.title'),
    `<p>${escapeHtml(say('replay.text', { version: manifest.version, backend: solver.backend }))}</p>` +
      `<details><summary>${say('replay.scenario')}</summary><pre>${escapeHtml(scenario)}</pre></details>` +
      `<details><summary>${say('replay.prints')}</summary><pre>scenario ${escapeHtml(manifest.scenarioHash)}\nresult   ${escapeHtml(manifest.resultHash)}\nseed     ${manifest.seed}\nsolver   ${escapeHtml(solver.backend)}, ${solver.cells} cells, ${solver.dof} unknowns, ${solver.steps} steps, ${solver.iterations} iterations, ${formatNumber(solver.seconds)} s</pre></details>`,
  );
}

function foot(result: Result): string {
  return `<footer><p>${escapeHtml(NOTICE)}</p><p>${say('resting-pressure')} <span class="cite">[${evidenceLinks(['V-20', 'V-16'])}]</span></p><p>Psoascope ${escapeHtml(result.manifest.version)}, ${escapeHtml(result.manifest.time)}. ${escapeHtml(result.manifest.resultHash.slice(0, 12))}.</p></footer>`;
}

/** A section under a heading. */
function block(id: string, title: string, html: string): string {
  return `<section class="${id}" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${html}</section>`;
}

const hasRanges = (result: Result): boolean => result.findings.some((f) => f.low !== null && f.high !== null);

/** 'a two-peak tool presses', 'trained fingertips press'. */
function doesPress(tool: string): string {
  if (/[^s]s$/.test(tool)) return say('report.tool.many', { tool });
  return say(/^[aeiou]/i.test(tool) ? 'report.tool.an' : 'report.tool.one', {
    tool: tool.replace(/^(a|an|the) /i, ''),
  });
}
