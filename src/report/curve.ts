import { type Html, html, NOTHING, together } from '../base/html.ts';
import type { Result } from '../findings/result.ts';
import type { Speaker } from '../messages/say.ts';
import { formatNumber } from '../words/amounts.ts';

const HEIGHT = 250;

/**
 * Force against depth as SVG: one point per solved step, the load that was asked for as a dashed line. It takes the width of
 * its container, with the numbers of the axes standing outside to the left and below (48 and 40 px of padding are wanted).
 *
 * @returns '' when no step was solved
 */
export function forceDepthCurve(speaker: Speaker, path: Result['path'], target_N: number): Html {
  const last = path.at(-1);
  if (last === undefined) return NOTHING;
  const depths = ticks(Math.max(last.depth_mm, 1));
  const forces = ticks(Math.max(target_N, ...path.map((step) => step.force_N), 1));
  const x = (depth: number): string => `${((100 * depth) / depths.at(-1)!).toFixed(2)}%`;
  const y = (force: number): string => (HEIGHT * (1 - force / forces.at(-1)!)).toFixed(1);
  const points = [{ depth_mm: 0, force_N: 0 }, ...path];

  const grid = [
    ...forces.map(
      (f) =>
        html`<line x1="0" x2="100%" y1="${y(f)}" y2="${y(f)}" class="grid"/><text x="-8" y="${y(f)}" dy="4" text-anchor="end">${formatNumber(speaker, f)}</text>`,
    ),
    ...depths.map(
      (d) =>
        html`<line x1="${x(d)}" x2="${x(d)}" y1="${HEIGHT}" y2="${HEIGHT + 5}" class="axis"/><text x="${x(d)}" y="${HEIGHT + 19}" text-anchor="middle">${formatNumber(speaker, d)}</text>`,
    ),
    html`<line x1="0" x2="100%" y1="${HEIGHT}" y2="${HEIGHT}" class="axis"/>`,
    html`<text x="-8" y="-14" text-anchor="end">N</text>`,
    html`<text x="100%" y="${HEIGHT + 36}" text-anchor="end">${speaker.say('curve.axis')}</text>`,
  ];
  const asked = together(
    html`<line x1="0" x2="100%" y1="${y(target_N)}" y2="${y(target_N)}" class="target"/>`,
    html`<text x="6" y="${y(target_N)}" dy="-6" class="strong">${speaker.say('curve.asked', { force: formatNumber(speaker, target_N) })}</text>`,
  );
  const line = points
    .slice(1)
    .map(
      (p, n) =>
        html`<line x1="${x(points[n]!.depth_mm)}" y1="${y(points[n]!.force_N)}" x2="${x(p.depth_mm)}" y2="${y(p.force_N)}" class="path"/>`,
    );
  const dots = path.map((p) => html`<circle cx="${x(p.depth_mm)}" cy="${y(p.force_N)}" r="4" class="step"/>`);
  const half = path.find((step) => step.force_N >= last.force_N / 2) ?? last;
  const label = speaker.say('curve.alt', {
    half: formatNumber(speaker, half.depth_mm),
    steps: path.length,
    force: formatNumber(speaker, last.force_N),
    depth: formatNumber(speaker, last.depth_mm),
    target: formatNumber(speaker, target_N),
  });
  return html`<svg class="curve" role="img" aria-label="${label}" width="100%" height="${HEIGHT}">${grid}${asked}${line}${dots}</svg>`;
}

/** From 0 to at least `most` in steps of 1, 2 or 5 times a power of ten, about five of them. */
export function ticks(most: number): number[] {
  const rough = most / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough * 0.999) ?? 10 * power;
  const count = Math.ceil(most / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, n) => Number((n * step).toPrecision(12)));
}
