import { type Html, html, NOTHING } from '../base/html.ts';
import { capitalised } from '../base/text.ts';
import type { WholeSpeaker } from '../messages/say.ts';
import { formatNumber } from '../words/amounts.ts';
import { axisOf } from './axis.ts';
import { drawPanel, legend, type Series } from './panel.ts';
import { levelWords, unitName, withUnit } from './study-words.ts';
import { drawnRuns, type FactorView, runWords, type View } from './views.ts';

/** More rings than this would hide what they are around. */
const MOST_RINGS = 30;

/**
 * Runs that no other run beats: none has more of `aim` with no more of `cost`. In the order of growing cost.
 * Values that are NaN take no part; of equal ones the first stands for all.
 */
export function paretoFront(aim: ArrayLike<number>, cost: ArrayLike<number>): number[] {
  const runs = Array.from({ length: aim.length }, (_, run) => run).filter(
    (run) => !Number.isNaN(aim[run]!) && !Number.isNaN(cost[run]!),
  );
  runs.sort((a, b) => cost[a]! - cost[b]! || aim[b]! - aim[a]! || a - b);
  const front: number[] = [];
  let most = Number.NEGATIVE_INFINITY;
  for (const run of runs)
    if (aim[run]! > most) {
      front.push(run);
      most = aim[run]!;
    }
  return front;
}

/** The aim against each cost, the front drawn through, and the front's runs as a table. */
export function paretoPictures(
  speaker: WholeSpeaker,
  aim: View,
  costs: readonly View[],
  factors: readonly FactorView[],
): Html {
  const colour =
    factors.findLast((f) => !f.numeric && f.levels.length > 1 && f.levels.length <= 6) ??
    factors.findLast((f) => f.levels.length > 1 && f.levels.length <= 6);
  const names = (colour?.levels ?? ['']).map((level) =>
    colour === undefined
      ? ''
      : `${levelWords(speaker, colour.path, level)}${colour.numeric && colour.words.unit !== '' ? ` ${colour.words.unit}` : ''}`,
  );
  const runs = drawnRuns(aim.values.length);
  const pictures = costs.map((cost) => {
    const front = paretoFront(aim.values, cost.values);
    const [first, last] = [front[0], front.at(-1)];
    if (first === undefined || last === undefined) return NOTHING;
    const series = (colour?.levels ?? [undefined]).map(
      (level, mark): Series => ({
        name: names[mark]!,
        mark,
        points: runs
          .filter(
            (run) =>
              Number.isFinite(aim.values[run]! + cost.values[run]!) &&
              (level === undefined || colour!.values[run] === level),
          )
          .map((run) => ({
            x: cost.values[run]!,
            y: aim.values[run]!,
            title: speaker.say('study.front.point', {
              aim: formatNumber(speaker, aim.values[run]!),
              cost: formatNumber(speaker, cost.values[run]!),
              unit: unitName(speaker, cost.unit),
              factors: runWords(speaker, factors, run),
              run,
            }),
          })),
      }),
    );
    return drawPanel(speaker, {
      title: speaker.say('study.front.against', { cost: cost.short }),
      description: speaker.say('study.front.alt', {
        aim: capitalised(aim.short),
        cost: cost.short,
        count: front.length,
        fromAim: `${formatNumber(speaker, aim.values[first]!)} ${unitName(speaker, aim.unit)}`,
        fromCost: `${formatNumber(speaker, cost.values[first]!)} ${unitName(speaker, cost.unit)}`,
        toAim: `${formatNumber(speaker, aim.values[last]!)} ${unitName(speaker, aim.unit)}`,
        toCost: `${formatNumber(speaker, cost.values[last]!)} ${unitName(speaker, cost.unit)}`,
      }),
      x: axisOf(cost.values),
      y: axisOf(aim.values),
      xLabel: `${cost.short}, ${unitName(speaker, cost.unit)}`,
      yLabel: `${aim.short}, ${unitName(speaker, aim.unit)}`,
      series,
      extra: (x, y) => {
        // a stair: between two runs of the front nothing better is known than the one before
        let path = '';
        for (const [n, run] of front.entries()) {
          const [px, py] = [x(cost.values[run]!).toFixed(1), y(aim.values[run]!).toFixed(1)];
          path += n === 0 ? `M${px} ${py}` : `H${px}V${py}`;
        }
        // rings only while they can be told apart
        const rings = (front.length > MOST_RINGS ? [] : front).map(
          (run) =>
            html`<circle class="ring" cx="${x(cost.values[run]!).toFixed(1)}" cy="${y(aim.values[run]!).toFixed(1)}" r="7"/>`,
        );
        return html`<path class="front" d="${path}"/>${rings}`;
      },
    });
  });
  const key = colour === undefined ? '' : legend(capitalised(withUnit(colour.words)), names);
  return html`${key}<div class="panels faint two">${pictures}</div>${frontTable(speaker, aim, costs, factors)}`;
}

function frontTable(speaker: WholeSpeaker, aim: View, costs: readonly View[], factors: readonly FactorView[]): Html {
  const fronts = costs.map((cost) => new Set(paretoFront(aim.values, cost.values)));
  const runs = [...new Set(fronts.flatMap((front) => [...front]))].sort((a, b) => aim.values[b]! - aim.values[a]!);
  const views = [aim, ...costs];
  const head = [
    speaker.say('study.run'),
    ...factors.map((f) => capitalised(withUnit(f.words))),
    ...views.map((v) => `${capitalised(v.short)}, ${unitName(speaker, v.unit)}`),
    speaker.say('study.front.on'),
  ];
  const rows = runs.map((run) => {
    const on = costs.filter((_, c) => fronts[c]!.has(run)).map((cost) => cost.short);
    const cells = [
      ...factors.map((f) => levelWords(speaker, f.path, f.values[run]!)),
      ...views.map((v) => formatNumber(speaker, v.values[run]!)),
      on.join(', '),
    ];
    return html`<tr><th scope="row">${run}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`;
  });
  return html`<details><summary>${speaker.say('study.front.runs', { count: runs.length })}</summary><div class="scroll" tabindex="0" role="region" aria-label="${speaker.say('study.front.table')}"><table><thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div></details>`;
}
