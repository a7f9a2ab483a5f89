import { type Html, html, NOTHING, together } from '../base/html.ts';
import { capitalised } from '../base/text.ts';
import type { WholeSpeaker } from '../messages/say.ts';
import { formatNumber } from '../words/amounts.ts';
import { axisOf } from './axis.ts';
import { drawPanel, legend, type Series } from './panel.ts';
import { levelWords, unitName, withUnit } from './study-words.ts';
import { drawnRuns, type FactorView, influences, runWords, spread, type View } from './views.ts';

/** At most so many series in one picture: as many as there are marks that differ without colour. */
const MOST_SERIES = 6;

/**
 * The same small picture for every measure. A grid: lines along the last factor, one per level of the factor before it, a picture
 * per level of the one before that. A sample: how the runs are spread at each level of the crossed factor, and points along the
 * sampled factor that matters most.
 */
export function smallMultiples(
  speaker: WholeSpeaker,
  views: readonly View[],
  factors: readonly FactorView[],
  aim: View,
): Html {
  const sampled = factors.filter((factor) => factor.levels.length === 0);
  const crossed = factors.filter((factor) => factor.levels.length > 1);
  return sampled.length === 0
    ? gridPictures(speaker, views, factors, crossed)
    : samplePictures(
        speaker,
        views,
        factors,
        sampled,
        crossed.findLast((f) => f.levels.length <= MOST_SERIES),
        aim,
      );
}

function gridPictures(
  speaker: WholeSpeaker,
  views: readonly View[],
  factors: readonly FactorView[],
  crossed: readonly FactorView[],
): Html {
  const along = crossed.findLast((factor) => factor.numeric) ?? crossed.at(-1);
  if (along === undefined) return NOTHING;
  const others = crossed.filter((factor) => factor !== along);
  const colour = others.findLast((factor) => factor.levels.length <= MOST_SERIES);
  const facet = others.findLast((factor) => factor !== colour && factor.levels.length <= MOST_SERIES);
  const xAxis = along.numeric ? axisOf(along.values as number[]) : placesOf(along.levels.length);
  const xOf = (run: number): number =>
    along.numeric ? (along.values[run] as number) : along.levels.indexOf(along.values[run]!);
  const names = (colour?.levels ?? ['']).map((level) => levelText(speaker, colour, level));
  const rows = views.map((view) => {
    const yAxis = axisOf(view.values);
    const facets = facet?.levels ?? [undefined];
    const panels = facets.map((level) => {
      const runs = drawnRuns(view.values.length, 20_000).filter(
        (run) => Number.isFinite(view.values[run]!) && (level === undefined || facet!.values[run] === level),
      );
      const series = (colour?.levels ?? [undefined]).map((each, mark): Series => {
        const mine = runs.filter((run) => each === undefined || colour!.values[run] === each);
        return {
          name: names[mark]!,
          mark,
          points: mine.map((run) => ({
            x: xOf(run),
            y: view.values[run]!,
            title: pointWords(speaker, view, factors, run),
          })),
          line: medians(mine.map((run) => ({ x: xOf(run), y: view.values[run]! }))),
        };
      });
      const where = level === undefined ? '' : `${levelText(speaker, facet, level)}`;
      return drawPanel(speaker, {
        title: level === undefined ? capitalised(view.title) : capitalised(where),
        description: speaker.say('study.panel.alt', {
          title: capitalised(view.title),
          unit: unitName(speaker, view.unit),
          along: withUnit(along.words),
          where: where === '' ? 'none' : where,
          trends: series.map((s) => trend(speaker, s, view.unit)).join('; '),
        }),
        x: xAxis,
        y: yAxis,
        xLabel: withUnit(along.words),
        yLabel: unitName(speaker, view.unit),
        ...(along.numeric ? {} : { xNames: along.levels.map((each) => levelWords(speaker, along.path, each)) }),
        series,
      });
    });
    return facet === undefined
      ? together(panels)
      : html`<h3>${capitalised(view.title)}</h3><div class="panels three">${panels}</div>`;
  });
  const key = colour === undefined ? '' : legend(capitalised(withUnit(colour.words)), names);
  return together(key, facet === undefined ? html`<div class="panels">${rows}</div>` : rows);
}

/** What one run gave: '12 kPa: load 150 N (run 3)'. */
const pointWords = (speaker: WholeSpeaker, view: View, factors: readonly FactorView[], run: number): string =>
  speaker.say('study.point', {
    value: formatNumber(speaker, view.values[run]!),
    unit: unitName(speaker, view.unit),
    factors: runWords(speaker, factors, run),
    run,
  });

const levelText = (speaker: WholeSpeaker, factor: FactorView | undefined, level: string | number): string =>
  factor === undefined
    ? ''
    : factor.numeric
      ? `${level}${factor.words.unit === '' ? '' : ` ${factor.words.unit}`}`
      : levelWords(speaker, factor.path, level);

const placesOf = (count: number) => ({
  from: -0.6,
  to: count - 0.4,
  ticks: Array.from({ length: count }, (_, n) => n),
  at: (value: number) => (value + 0.6) / (count + 0.2),
});

/** The middle of all points at each place along x. */
function medians(points: readonly { readonly x: number; readonly y: number }[]): { x: number; y: number }[] {
  const at = new Map<number, number[]>();
  for (const { x, y } of points) at.set(x, [...(at.get(x) ?? []), y]);
  return [...at].sort(([a], [b]) => a - b).map(([x, ys]) => ({ x, y: spread(Float64Array.from(ys)).p50 }));
}

function trend(speaker: WholeSpeaker, { name, line }: Series, unit: string): string {
  const [first, last] = [line?.[0], line?.at(-1)];
  const named = name === '' ? 'none' : name;
  if (first === undefined || last === undefined) return speaker.say('study.trend.none', { name: named });
  return speaker.say('study.trend', {
    name: named,
    from: formatNumber(speaker, first.y),
    to: formatNumber(speaker, last.y),
    unit: unitName(speaker, unit),
  });
}

function samplePictures(
  speaker: WholeSpeaker,
  views: readonly View[],
  factors: readonly FactorView[],
  sampled: readonly FactorView[],
  colour: FactorView | undefined,
  aim: View,
): Html {
  const names = (colour?.levels ?? [speaker.say('study.all-runs')]).map((level) =>
    colour === undefined ? String(level) : levelText(speaker, colour, level),
  );
  const runs = drawnRuns(aim.values.length);
  const strips = views.map((view) => {
    const groups = (colour?.levels ?? [undefined]).map((level) =>
      view.values.filter(
        (value, run) => Number.isFinite(value) && (level === undefined || colour!.values[run] === level),
      ),
    );
    const spreads = groups.map(spread);
    return drawPanel(speaker, {
      title: capitalised(view.title),
      description: speaker.say('study.strip.alt', {
        title: capitalised(view.title),
        unit: unitName(speaker, view.unit),
        spreads: names
          .map((name, n) =>
            speaker.say('study.strip.spread', {
              name,
              median: formatNumber(speaker, spreads[n]!.p50),
              low: formatNumber(speaker, spreads[n]!.p5),
              high: formatNumber(speaker, spreads[n]!.p95),
            }),
          )
          .join('; '),
      }),
      x: placesOf(names.length),
      y: axisOf(view.values),
      xLabel: colour === undefined ? '' : withUnit(colour.words),
      yLabel: unitName(speaker, view.unit),
      xNames: names,
      series: (colour?.levels ?? [undefined]).map((level, mark) => ({
        name: names[mark]!,
        mark,
        points: runs
          .filter((run) => Number.isFinite(view.values[run]!) && (level === undefined || colour!.values[run] === level))
          .map((run, n) => ({
            // points beside the box, spread by the golden ratio so that they do not hide each other
            x: mark - 0.1 - 0.34 * ((n * 0.6180339887) % 1),
            y: view.values[run]!,
            title: pointWords(speaker, view, factors, run),
          })),
      })),
      extra: (x, y) =>
        together(
          spreads.map(({ p5, p25, p50, p75, p95 }, n) => {
            const at = x(n + 0.18);
            return Number.isNaN(p50)
              ? ''
              : html`<line class="range" x1="${at}" x2="${at}" y1="${y(p5)}" y2="${y(p95)}"/><rect class="box" x="${at - 12}" width="24" y="${y(p75)}" height="${Math.max(0.5, y(p25) - y(p75))}"/><line class="mid" x1="${at - 12}" x2="${at + 12}" y1="${y(p50)}" y2="${y(p50)}"/>`;
          }),
        ),
    });
  });

  // along the sampled number that moves the aim most, within one level so that the levels themselves do not decide
  const numeric = sampled.filter((factor) => factor.numeric);
  const first = colour?.levels[0];
  const along = influences(numeric, aim, first === undefined ? undefined : (run) => colour!.values[run] === first)[0]
    ?.factor;
  const scatter =
    along === undefined
      ? ''
      : html`<h3>${speaker.say('study.along', { factor: along.words.name, aim: aim.short })}</h3>${legend(colour === undefined ? '' : capitalised(withUnit(colour.words)), names)}<div class="panels faint">${views.map(
          (view) =>
            drawPanel(speaker, {
              title: capitalised(view.title),
              description: speaker.say('study.scatter.alt', {
                title: capitalised(view.title),
                unit: unitName(speaker, view.unit),
                along: withUnit(along.words),
              }),
              x: axisOf(along.values as number[]),
              y: axisOf(view.values),
              xLabel: withUnit(along.words),
              yLabel: unitName(speaker, view.unit),
              series: (colour?.levels ?? [undefined]).map((level, mark) => ({
                name: names[mark]!,
                mark,
                points: runs
                  .filter(
                    (run) =>
                      Number.isFinite(view.values[run]!) && (level === undefined || colour!.values[run] === level),
                  )
                  .map((run) => ({
                    x: along.values[run] as number,
                    y: view.values[run]!,
                    title: pointWords(speaker, view, factors, run),
                  })),
              })),
            }),
        )}</div>`;
  const boxes = html`<p class="quiet">${speaker.say('study.strip.key')}</p>`;
  return html`${boxes}<div class="panels faint">${strips}</div>${scatter}`;
}
