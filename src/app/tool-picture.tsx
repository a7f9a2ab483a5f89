import { useEffect, useRef } from 'react';
import { norm } from '../base/elementary.ts';
import type { Vec3 } from '../base/grid.ts';
import { dot, minus, unit, vec3 } from '../base/vec.ts';
import { buildTool } from '../tool/build.ts';
import type { ToolSpec } from '../tool/spec.ts';
import type { Tool } from '../tool/tool.ts';

/** Rays per side. */
const SIZE = 132;

/** Pictures already drawn, by tool and sizes. */
const drawn = new Map<string, ImageData>();

/** A picture of a tool, taken from the very distance function that is pressed with. */
export function ToolPicture({ spec, label }: { readonly spec: ToolSpec; readonly label?: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const key = JSON.stringify(spec);
  useEffect(() => {
    const target = canvas.current?.getContext('2d');
    if (!target) return;
    const draw = (): void => {
      let image = drawn.get(key);
      if (image === undefined) {
        try {
          image = portrait(buildTool(JSON.parse(key) as ToolSpec));
        } catch {
          // sizes that do not fit together are said in words elsewhere
          return;
        }
        drawn.set(key, image);
      }
      target.clearRect(0, 0, SIZE, SIZE);
      target.putImageData(image, 0, 0);
    };
    if (drawn.has(key)) return draw();
    const idle = window.requestIdleCallback ?? ((f: () => void) => window.setTimeout(f, 30));
    const waiting = idle(draw);
    return () => (window.cancelIdleCallback ?? window.clearTimeout)(waiting);
  }, [key]);
  return (
    <canvas
      ref={canvas}
      width={SIZE}
      height={SIZE}
      className="tool-picture"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  );
}

/** Parallel rays from above the person's side of the tool, marched by its distance, shaded as a drawing is. */
function portrait(tool: Tool): ImageData {
  const { min, max } = tool.bounds;
  const centre = vec3((d) => (min[d] + max[d]) / 2);
  const reach = norm(minus(max, min)) / 2;
  // seen from the front, a little from the side and from above
  const [turn, tilt] = [0.45, 0.42];
  const right: Vec3 = [Math.cos(turn), Math.sin(turn), 0];
  const back: Vec3 = [-Math.sin(turn) * Math.cos(tilt), Math.cos(turn) * Math.cos(tilt), -Math.sin(tilt)];
  const up: Vec3 = [-Math.sin(turn) * Math.sin(tilt), Math.cos(turn) * Math.sin(tilt), Math.cos(tilt)];
  const light = unit([-0.5, -0.75, 0.9]);
  const image = new ImageData(SIZE, SIZE);
  const at = new Float64Array(3);
  const distance = (): number => tool.distance(at[0]!, at[1]!, at[2]!);
  for (let j = 0; j < SIZE; j++)
    for (let i = 0; i < SIZE; i++) {
      const u = ((i + 0.5) / SIZE - 0.5) * 2.04 * reach;
      const v = (0.5 - (j + 0.5) / SIZE) * 2.04 * reach;
      for (let d = 0; d < 3; d++) at[d] = centre[d]! + u * right[d]! + v * up[d]! - reach * back[d]!;
      let gone = 0;
      let nearest = Number.POSITIVE_INFINITY;
      let gap = 0;
      for (let n = 0; n < 64 && gone < 2 * reach; n++) {
        gap = distance();
        if (gap < 0.15) break;
        nearest = Math.min(nearest, gap);
        gone += gap;
        for (let d = 0; d < 3; d++) at[d]! += gap * back[d]!;
      }
      const pixel = 4 * (j * SIZE + i);
      if (gap >= 0.6) {
        // a soft edge of one pixel instead of steps
        const cover = Math.max(0, 1 - nearest / ((2.04 * reach) / SIZE));
        image.data.set([44, 40, 36, 255 * cover], pixel);
        continue;
      }
      const here = distance();
      const normal = unit(
        vec3((d) => {
          at[d]! += 0.4;
          const change = distance() - here;
          at[d]! -= 0.4;
          return change;
        }),
      );
      const lit = Math.max(0, dot(normal, light));
      const rim = 1 - Math.abs(dot(normal, back));
      const shade = 0.2 + 0.7 * lit + 0.12 * rim * rim;
      image.data.set([shade * 168, shade * 158, shade * 148, 255], pixel);
    }
  return image;
}
