import type { Vec3 } from '../base/grid.ts';
import { type Html, html, together } from '../base/html.ts';
import type { DeformedBody } from '../findings/deformed-body.ts';
import type { Speaker } from '../messages/say.ts';
import type { Corridor, VoxelModel } from '../voxel/model.ts';
import { everydayName } from '../words/everyday-name.ts';
import type { SectionPlane } from './section-plane.ts';
import type { Window } from './section-raster.ts';

/** A nerve or ureter where a section meets its corridor, in picture millimetres from the top left. */
export interface CorridorMark {
  readonly structure: string;
  readonly name: string;
  /** Places of the mean course: one where it crosses the plane, several where it runs along it. */
  readonly points: readonly (readonly [number, number])[];
  /** Half-width of the corridor, mm. */
  readonly spread: number;
}

/**
 * Corridors that come as near to a plane as their own spread, moved along with the body.
 *
 * @param body undefined for the body at rest
 */
export function corridorMarks(
  speaker: Speaker,
  model: VoxelModel,
  plane: SectionPlane,
  window: Window,
  body: DeformedBody | undefined,
): CorridorMark[] {
  return model.corridors.flatMap((corridor) => {
    const places = coursePlaces(corridor, body);
    const runs: Vec3[][] = [];
    let open = false;
    for (const place of places) {
      const near = Math.abs(place[plane.axis] - plane.place) <= corridor.spread;
      if (near && !open) runs.push([]);
      if (near) runs.at(-1)!.push(place);
      open = near;
    }
    return runs
      .map((run) => ({
        structure: corridor.structure,
        name: everydayName(speaker, corridor.structure, corridor.side),
        points: picturePoints(run, plane, window, corridor.spread),
        spread: corridor.spread,
      }))
      .filter((mark) => mark.points.length > 0);
  });
}

function coursePlaces(corridor: Corridor, body: DeformedBody | undefined): Vec3[] {
  return Array.from({ length: corridor.points.length / 3 }, (_, n) => {
    const at: Vec3 = [corridor.points[3 * n]!, corridor.points[3 * n + 1]!, corridor.points[3 * n + 2]!];
    return body === undefined ? at : body.pressed(at);
  });
}

/** A run as drawn points inside the window: its nearest point alone if it crosses steeply, else its whole course. */
function picturePoints(run: readonly Vec3[], plane: SectionPlane, window: Window, spread: number): [number, number][] {
  const drawn = run.map((place): [number, number] => [
    place[plane.right.axis] * plane.right.sign - window.left,
    window.bottom + window.height - place[plane.up.axis] * plane.up.sign,
  ]);
  const inside = (p: readonly [number, number]): boolean =>
    p[0] >= 0 && p[1] >= 0 && p[0] <= window.width && p[1] <= window.height;
  const [first, last] = [drawn[0]!, drawn.at(-1)!];
  if (Math.hypot(last[0] - first[0], last[1] - first[1]) > 3 * spread) return drawn.filter(inside);
  const away = run.map((place) => Math.abs(place[plane.axis] - plane.place));
  return [drawn[away.indexOf(Math.min(...away))]!].filter(inside);
}

/** Rings (or bands) of the corridor's width with the mean course in the middle. */
export function drawCorridors(marks: readonly CorridorMark[]): Html {
  return together(
    marks.map(({ points, spread }) => {
      const [x, y] = points[0]!;
      if (points.length === 1)
        return together(
          html`<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${spread}" class="corridor"/>`,
          html`<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="1.6" class="course"/>`,
        );
      const course = points.map((p) => `${p[0].toFixed(1)},${p[1].toFixed(1)}`).join(' ');
      return together(
        html`<polyline points="${course}" class="band" stroke-width="${2 * spread}"/>`,
        html`<polyline points="${course}" class="along"/>`,
      );
    }),
  );
}
