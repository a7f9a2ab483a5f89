import { canonicalJson } from '../base/hash.ts';
import { kgOfNewtons } from '../base/units.ts';
import type { Finding } from '../findings/finding.ts';
import { organOf } from '../findings/organ-of.ts';
import type { Result } from '../findings/result.ts';
import { pressureText, twoDigits } from '../findings/words.ts';
import type { Press } from '../press/press.ts';
import { pressureBars, shareBars } from './bars.ts';
import { forceDepthCurve } from './curve.ts';
import { everydayName } from './everyday-name.ts';
import { findingsHtml, joinSides, missingLine, sortFindings } from './findings-table.ts';
import { askFirst, cannotKnow, GENERAL_EVIDENCE, otherThings } from './general-information.ts';
import { escapeHtml, formatNumber, formatPercent, listInWords } from './html.ts';
import { type Layer, namedLayers } from './layers.ts';
import { pressureKey } from './pressure-bands.ts';
import { REPORT_STYLE } from './report-style.ts';
import { type PushLine, pictureShare, pushLine, type Section, type SectionPanel, sectionPictures } from './sections.ts';
import { evidenceLinks, sourcesList } from './sources.ts';

/**
 * One press as a document: a single HTML file that loads nothing from anywhere, for screen and paper.
 *
 * @param result what was found; its texts may hold anything and are escaped
 * @param press the fields that the pictures are drawn from
 */
export function writeReport(
  result: Result,
  press: Press,
  sections: readonly Section[] = sectionPictures(press),
): string {
  const line = pushLine(press);
  const title = `What ${doesPress(result.tool.label)} on the way to the psoas`;
  const parts = [
    pictures(sections, line, press.model.corridors.length > 0),
    found(result),
    wherePushWent(result),
    howItBuildsUp(result),
    block('ask-first', 'Ask first, and when to stop', askFirst()),
    block('other-things', 'Other things to do for a tight hip', otherThings()),
    block('cannot-know', 'What this model cannot know', cannotKnow(result.body.source, hasRanges(result))),
    assumptions(result),
    sources(result),
    replay(result),
  ];
  return (
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8">` +
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)} – Psoascope</title>` +
    `<style>${REPORT_STYLE}</style></head><body>` +
    `${head(result, line, title)}<main>${parts.join('\n')}</main>${foot(result)}</body></html>\n`
  );
}

function head(result: Result, line: PushLine, title: string): string {
  return (
    `<header><p class="kicker">Psoascope, one press</p><h1>${escapeHtml(title)}</h1>${unfinished(result)}` +
    `<p class="lead">${answer(result, line)}</p>` +
    `<div class="note" role="note"><p>${escapeHtml(result.notice)}</p><p>Some people should ask a clinician before anything ` +
    `presses into the belly: <a href="#ask-first">who, and when to stop</a>.</p></div>${facts(result)}${remarks(result)}</header>`
  );
}

/** The answer in two sentences. */
function answer(result: Result, line: PushLine): string {
  const last = result.path.at(-1);
  if (last === undefined) return 'No step of this press was solved, so there is nothing to tell about it.';
  const reached = psoasReached(line);
  const layers = namedLayers(line.pressed.map(asOrgan), 1).map((layer) => everydayName(layer.structure, layer.side));
  const first = layers.slice(0, 5);
  const share = result.shares.filter((s) => /psoas/.test(s.structure)).reduce((sum, s) => sum + s.share, 0);
  const load = `${formatNumber(last.force_N)} N (the weight of about ${Math.round(kgOfNewtons(last.force_N))} kg)`;
  const meets =
    first.length === 0
      ? `In a body like this, pressing with ${load} takes the tool in by ${formatNumber(last.depth_mm)} mm.`
      : `In a body like this, pressing with ${load}, the first things under the tool are ${first.length > 1 ? 'the ' : ''}${listInWords(first)}.`;
  const went =
    result.shares.length === 0
      ? ''
      : ` ${share > 0 ? formatPercent(share) : 'None'} of the push’s work reaches the psoas${reached ? '' : ', which does not lie on the line of the push'}.`;
  return escapeHtml(meets + went);
}

const asOrgan = (layer: Layer): Layer => {
  const structure = organOf(layer.structure);
  return structure === layer.structure ? layer : { ...layer, structure, side: 'midline' };
};

const psoasReached = (line: PushLine): boolean => line.pressed.some((layer) => /psoas/.test(layer.structure));

/** Said first and plainly when the press did not reach its load. */
function unfinished(result: Result): string {
  if (result.solver.converged) return '';
  const last = result.path.at(-1);
  const reason = result.solver.reason === undefined ? '' : ` Reason: ${result.solver.reason}.`.replace(/\.\.$/, '.');
  const holds =
    last === undefined
      ? 'No step was solved.'
      : `Everything below holds for the last step that was solved, ${formatNumber(last.force_N)} N at ${formatNumber(last.depth_mm)} mm, and not for the ${formatNumber(result.tool.targetForce_N)} N that were asked for.`;
  return `<div class="note unfinished" role="note"><p><strong>This press was not solved to its end.</strong>${escapeHtml(reason)} ${escapeHtml(holds)}</p></div>`;
}

function facts(result: Result): string {
  const last = result.path.at(-1);
  const { origin_LPS: o } = result.body;
  const [ax, , az] = result.tool.at_LPS;
  const aside = ax - o[0];
  const level = result.scenario.scan === undefined ? 'the front hip points' : 'the scan’s zero';
  const rows: [string, string, string][] = [
    ['Body', result.body.label, result.body.source === 'scan' ? 'from a scan' : 'put together from many people'],
    [
      'Tool',
      result.tool.label,
      `${result.scenario.pose === 'side' ? 'on the side' : result.scenario.pose === 'supine' ? 'face up' : 'face down'}, belly ${result.scenario.tone}`,
    ],
    [
      'Place',
      offset(aside, ['left of the middle', 'right of the middle'], 'in the middle'),
      offset(az - o[2], [`above ${level}`, `below ${level}`], `level with ${level}`),
    ],
    ['Push', `${formatNumber(last?.force_N ?? 0)} N`, `asked for ${formatNumber(result.tool.targetForce_N)} N`],
  ];
  if (last !== undefined)
    rows.push(
      ['Goes in by', `${formatNumber(last.depth_mm)} mm`, 'from first touch'],
      ['Touches', `${formatNumber(last.contactArea_cm2)} cm²`, 'of skin'],
      ['On the skin, mean', pressureText(last.meanSkinPressure_kPa), 'where it touches'],
      [
        'Balance of forces',
        `off by ${percentOff(last.forceBalance)}`,
        `${formatNumber(result.solver.cell_mm)} mm cells, ${result.solver.converged ? 'solved' : 'not solved to the end'}`,
      ],
    );
  return `<dl class="facts">${rows.map(([name, value, more]) => `<div><dt>${name}</dt><dd>${escapeHtml(value)}<span>${escapeHtml(more)}</span></dd></div>`).join('')}</dl>`;
}

/** '58 mm left of the middle', or a phrase of its own for less than half a millimetre. */
function offset(mm: number, [plus, minus]: readonly [string, string], none: string): string {
  const whole = Math.round(mm);
  return whole === 0 ? none : `${formatNumber(Math.abs(whole))} mm ${whole > 0 ? plus : minus}`;
}

const percentOff = (share: number): string => `${twoDigits(100 * share)} %`;

function remarks(result: Result): string {
  if (result.warnings.length === 0) return '';
  return `<div class="note" role="note"><p><strong>About this run</strong></p><ul>${result.warnings.map((w) => `<li>${escapeHtml(w)}</li>`).join('')}</ul></div>`;
}

function pictures(sections: readonly Section[], line: PushLine, hasCorridors: boolean): string {
  const panels = new Map(sections.flatMap((s) => s.panels.map((p): [string, SectionPanel] => [p.id, p])));
  const [across, along] = sections;
  if (across === undefined || along === undefined) return '';
  const get = (plane: string, kind: SectionPanel['kind']): SectionPanel => panels.get(`${plane}-${kind}`)!;
  const pressureText =
    'Pressure in the tissue, in bands that double. Numbers on the picture are the pressure there in kPa, along the line of the push. Bone is left grey.';
  const corridors = hasCorridors
    ? 'Dashed rings and bands are the strips in which nerves and kidney tubes run in most people; nobody’s own is known.'
    : 'Nerves and kidney tubes do not show on this scan.';
  return block(
    'under-the-tool',
    'What lies under the tool',
    `<p>${escapeHtml(across.title)} and ${escapeHtml(along.title.charAt(0).toLowerCase() + along.title.slice(1))}, both where the tool is deepest. Left and right are the person’s own.</p>` +
      picture(get(across.plane, 'pressed'), corridors) +
      `<div class="pair">${picture(get(across.plane, 'at-rest'), 'The same cut before the press.')}${picture(get(across.plane, 'pressure'), pressureText, pressureKey())}</div>` +
      picture(get(along.plane, 'pressed'), corridors) +
      `<div class="pair screen">${picture(get(along.plane, 'pressure'), pressureText, pressureKey())}<div>${lineTable(line)}</div></div>`,
  );
}

function picture(panel: SectionPanel, caption: string, key = ''): string {
  const named = panel.names.length > 0;
  const names = named
    ? `<ol class="names">${panel.names.map((name) => `<li>${escapeHtml(name)}</li>`).join('')}</ol>`
    : '';
  const style = named ? ` style="--share:${pictureShare(panel).toFixed(3)}"` : '';
  return `<figure id="${panel.id}"${named ? ' class="named"' : ''}><div class="card"${style}>${panel.svg}${names}${key}</div><figcaption><strong>${escapeHtml(panel.title)}.</strong> ${caption}</figcaption></figure>`;
}

/** Thickness of what lies on the line of the push, before and during the press. */
function lineTable(line: PushLine): string {
  const pressed = namedLayers(line.pressed, 1);
  const atRest = namedLayers(line.atRest, 1);
  const names = [...pressed, ...atRest.filter((r) => !pressed.some((p) => same(p, r)))];
  const thickness = (layers: readonly Layer[], layer: Layer): string => {
    const found = layers.find((l) => same(l, layer));
    return found === undefined ? '–' : `${Math.round(found.thickness)} mm`;
  };
  const rows = names.map(
    (layer) =>
      `<tr><th scope="row">${escapeHtml(everydayName(layer.structure, layer.side))}</th><td>${thickness(atRest, layer)}</td><td>${thickness(pressed, layer)}</td></tr>`,
  );
  return `<table class="narrow"><caption>What lies on the line of the push, from the skin inwards, down to ${psoasReached(line) ? 'the far side of the psoas' : 'bone or 16 cm'}. Things also slip aside, so a layer can leave the line or come onto it.</caption><thead><tr><th scope="col">Structure</th><th scope="col">Before</th><th scope="col">Pressed</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

const same = (a: Layer, b: Layer): boolean => a.structure === b.structure && a.side === b.side;

function found(result: Result): string {
  const joined = joinSides(result.findings);
  const { reached, below, hardly, missing } = sortFindings(joined);
  const legend =
    '<ul class="legend">' +
    '<li><svg class="track" width="26" height="20" aria-hidden="true"><circle cx="13" cy="10" r="5" class="mark"/></svg>central estimate</li>' +
    '<li><svg class="track" width="26" height="20" aria-hidden="true"><rect x="0" y="2" width="26" height="16" class="published"/></svg>range in which an effect was published</li>' +
    (hasRanges(result)
      ? '<li><svg class="track" width="26" height="20" aria-hidden="true"><rect x="0" y="7" width="26" height="6" class="range"/></svg>5–95 % range, where it was computed</li>'
      : '') +
    '</ul>';
  const folded = (findings: readonly Finding[], summary: string): string =>
    findings.length === 0
      ? ''
      : `<details><summary>${summary}</summary>${findingsHtml(findings, 'Pressures in kPa and mmHg.')}</details>`;
  const drawn = joined.filter((f) => reached.includes(f) || below.includes(f));
  return block(
    'findings',
    'What is pressed, from the skin down',
    '<p>Three pressures are kept apart: on the skin, in the tissue, and inside a hollow. Each step along the axis is a factor of four. Most published exposures lasted longer than a press, and many were in animals; the table says which.</p>' +
      `<div class="screen">${legend}${pressureBars(drawn)}</div>` +
      `${findingsHtml(reached, 'What reaches a range in which an effect was published, and the muscles aimed at, from the skin down.')}` +
      `${folded(below, `${below.length} more values that lie below the published levels, or have none to be compared with`)}` +
      `${folded(hardly, `${hardly.length} more values close to nothing (less than 1 kPa or 5 %)`)}${missingLine(missing)}`,
  );
}

function wherePushWent(result: Result): string {
  if (result.shares.length === 0) return '';
  return block(
    'shares',
    'Where the push went',
    `<p>Share of the tool’s work that is stored in each kind of tissue. What is soft and lies near the tool takes most of it.</p>${shareBars(result.shares)}`,
  );
}

function howItBuildsUp(result: Result): string {
  if (result.path.length === 0) return '';
  const columns = ['Depth, mm', 'Force, N', 'Contact, cm²', 'Skin, mean kPa', 'Skin, peak kPa'];
  const rows = result.path.map(
    (s) =>
      `<tr><th scope="row">${formatNumber(s.depth_mm)}</th><td>${formatNumber(s.force_N)}</td><td>${formatNumber(s.contactArea_cm2)}</td><td>${formatNumber(s.meanSkinPressure_kPa)}</td><td>${formatNumber(s.peakSkinPressure_kPa)}</td></tr>`,
  );
  return block(
    'force-depth',
    'How the push builds up',
    `<p>Force of the tool against how far it has gone in. Every point is one solved step.</p><div class="plot">${forceDepthCurve(result.path, result.tool.targetForce_N)}</div>` +
      `<details><summary>The steps as a table</summary><div class="scroll" tabindex="0" role="region" aria-label="Solved steps"><table class="narrow"><thead><tr>${columns.map((c) => `<th scope="col">${c}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div></details>`,
    'screen',
  );
}

function assumptions(result: Result): string {
  if (result.assumptions.length === 0) return '';
  const rows = result.assumptions.map(
    (a) =>
      `<tr><th scope="row">${escapeHtml(a.name)}</th><td>${formatNumber(a.value)} ${escapeHtml(a.unit)}</td><td>${formatNumber(a.low)} to ${formatNumber(a.high)}</td><td>${evidenceLinks(a.evidence)}</td></tr>`,
  );
  return block(
    'assumptions',
    'What went in',
    `<div class="scroll" tabindex="0" role="region" aria-label="Assumptions"><table><caption>Constants of this run, with the range that publications leave open.</caption><thead><tr><th scope="col">What</th><th scope="col">Used</th><th scope="col">Range</th><th scope="col">Sources</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`,
    'screen',
  );
}

function sources(result: Result): string {
  const ids = [
    ...result.findings.flatMap((f) => f.evidence),
    ...result.assumptions.flatMap((a) => a.evidence),
    ...GENERAL_EVIDENCE,
  ];
  return block('sources', 'Sources', sourcesList(ids), 'screen');
}

function replay(result: Result): string {
  const { manifest, solver } = result;
  const scenario = JSON.stringify(JSON.parse(canonicalJson(result.scenario)), null, 2);
  return (
    `<section class="screen" aria-labelledby="replay"><h2 id="replay">Run it again</h2>` +
    `<p>Save the scenario as <code>scenario.json</code> and run <code>psoascope press scenario.json</code>. Version ${escapeHtml(manifest.version)} with the same solver (${escapeHtml(solver.backend)}) gives the same numbers, bit for bit.</p>` +
    `<details><summary>Scenario</summary><pre>${escapeHtml(scenario)}</pre></details>` +
    `<details><summary>Fingerprints</summary><pre>scenario ${escapeHtml(manifest.scenarioHash)}\nresult   ${escapeHtml(manifest.resultHash)}\nseed     ${manifest.seed}\nsolver   ${escapeHtml(solver.backend)}, ${solver.cells} cells, ${solver.dof} unknowns, ${solver.steps} steps, ${solver.iterations} iterations, ${formatNumber(solver.seconds)} s</pre></details></section>`
  );
}

function foot(result: Result): string {
  return `<footer><p class="paper">All values, the constants that went in and the sources behind the letters and numbers stand in the file that this was printed from.</p><p>${escapeHtml(result.notice)}</p><p>Psoascope ${escapeHtml(result.manifest.version)}, ${escapeHtml(result.manifest.time)}. Result ${escapeHtml(result.manifest.resultHash.slice(0, 12))}.</p></footer>`;
}

/** A section under a heading; on 'screen' it is left out on paper, where a hand-out has to stay short. */
function block(id: string, title: string, html: string, where: 'everywhere' | 'screen' = 'everywhere'): string {
  return `<section${where === 'screen' ? ' class="screen"' : ''} aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${html}</section>`;
}

const hasRanges = (result: Result): boolean => result.findings.some((f) => f.low !== null && f.high !== null);

/** 'a two-peak tool presses', 'trained fingertips press'. */
function doesPress(tool: string): string {
  if (/[^s]s$/.test(tool)) return `${tool} press`;
  return `${/^(a|an|the) /i.test(tool) ? '' : /^[aeiou]/i.test(tool) ? 'an ' : 'a '}${tool} presses`;
}
