import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../base/grid.ts';
import { buildTool } from '../tool/build.ts';
import { volumeOf } from '../voxel/mesh.ts';
import type { PlacedTool } from './press.ts';
import { toolSurface } from './tool-surface.ts';

/** A tool laid with its axes along LPS, pushed to the back, its highest point at y = 0. */
function placed(id: string): PlacedTool {
  const tool = buildTool({ id, parameters: {} });
  const at: Vec3 = [0, 0, 0];
  const local = (x: number, y: number, z: number, depth: number): Vec3 => [x, z, y - depth + tool.height];
  return {
    tool,
    at,
    direction: [0, 1, 0],
    distance: (x, y, z, depth) => tool.distance(...local(x, y, z, depth)),
    floor: (x, y, z, depth) => local(x, y, z, depth)[2],
  };
}

describe('a tool as triangles', () => {
  it.each(['two-peak', 'tennis-ball', 'lever-hook'])('%s: on its signed distance, closed, facing outward', (id) => {
    const laid = placed(id);
    const surface = toolSurface(laid);
    const { vertices, normals, triangles } = surface;
    let worst = 0;
    let inward = 0;
    for (let n = 0; n < vertices.length; n += 3) {
      const [x, y, z] = [vertices[n]!, vertices[n + 1]!, vertices[n + 2]!];
      worst = Math.max(worst, Math.abs(laid.distance(x, y, z, 0)));
      const out = laid.distance(x + normals[n]!, y + normals[n + 1]!, z + normals[n + 2]!, 0);
      if (out < 0.3) inward++;
    }
    // blends give less than the true distance, so that two steps toward the surface can stop short of it by a little
    expect(worst).toBeLessThan(0.4);
    expect(inward / (vertices.length / 3)).toBeLessThan(0.01);
    expect(volumeOf(surface)).toBeGreaterThan(0);
    const edges = new Map<string, number>();
    for (let n = 0; n < triangles.length; n += 3)
      for (let c = 0; c < 3; c++) {
        const [a, b] = [triangles[n + c]!, triangles[n + ((c + 1) % 3)]!];
        const key = a < b ? `${a} ${b}` : `${b} ${a}`;
        edges.set(key, (edges.get(key) ?? 0) + (a < b ? 1 : -1));
      }
    expect([...edges.values()].filter((sum) => sum !== 0)).toEqual([]);
    expect(triangles.length / 3).toBeLessThan(60_000);
  });

  it('knows its foremost point, the volume of a ball and the floor', () => {
    const ball = toolSurface(placed('tennis-ball'));
    const radius = placed('tennis-ball').tool.height / 2;
    expect(ball.apex[1]).toBeCloseTo(0, 0);
    expect(Math.hypot(ball.apex[0], ball.apex[2])).toBeLessThan(3);
    // 2 %: flat triangles of 3.5 mm on a ball of 33 mm
    expect(volumeOf(ball) / ((4 / 3) * Math.PI * radius ** 3)).toBeCloseTo(1, 1);
    expect(ball.floor!.normal[1]).toBeCloseTo(1, 6);
    expect(ball.floor!.point[1]).toBeCloseTo(-2 * radius, 6);
  });
});
