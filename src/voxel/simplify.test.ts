import { describe, expect, it } from 'vitest';
import { type Mesh, trianglesOf, volumeOf } from './mesh.ts';
import { simplify } from './simplify.ts';
import { surfaceNet } from './surface-net.ts';

/** Edges that do not have exactly one opposite one. */
function loose({ triangles }: Mesh): number {
  const seen = new Map<string, number>();
  for (let n = 0; n < triangles.length; n++) {
    const key = `${triangles[n]} ${triangles[n % 3 === 2 ? n - 2 : n + 1]}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  return [...seen].filter(([key, count]) => count !== 1 || seen.get(key.split(' ').reverse().join(' ')) !== 1).length;
}

/** The surface net of a function below 0, on a lattice with 2 mm between its points. */
function meshOf(size: number, f: (x: number, y: number, z: number) => number): Mesh {
  const values = new Float32Array(size ** 3);
  for (let k = 0, n = 0; k < size; k++)
    for (let j = 0; j < size; j++)
      for (let i = 0; i < size; i++, n++) {
        const rim = [i, j, k].some((c) => c === 0 || c === size - 1);
        values[n] = rim ? -5 : -f(2 * i, 2 * j, 2 * k);
      }
  const net = surfaceNet(values, [size, size, size], 0);
  const vertices = net.vertices.map((c) => 2 * c);
  return { vertices, triangles: trianglesOf(net.quads, vertices) };
}

const ball = meshOf(32, (x, y, z) => Math.hypot(x - 31, y - 31, z - 31) - 24);
const ring = meshOf(40, (x, y, z) => Math.hypot(Math.hypot(x - 39, y - 39) - 24, z - 39) - 8);
const none = (mesh: Mesh): Uint8Array => new Uint8Array(mesh.vertices.length / 3);

describe('simplify', () => {
  it.each([
    ['a ball', ball],
    ['a ring', ring],
  ])('%s has less than half of its triangles, is closed, and keeps its volume', (_, mesh) => {
    const less = simplify(mesh, none(mesh), { error: 0.3, edge: 14 }).mesh;
    expect(less.triangles.length).toBeLessThan(0.5 * mesh.triangles.length);
    expect(loose(less)).toBe(0);
    // vertices of a closed surface less edges plus triangles: holes are neither made nor filled
    const euler = (m: Mesh): number => m.vertices.length / 3 - m.triangles.length / 6;
    expect(euler(less)).toBe(euler(mesh));
    expect(Math.abs(volumeOf(less) / volumeOf(mesh) - 1)).toBeLessThan(0.01);
  });

  it('stays within a few errors of the surface and makes no edge longer than it may', () => {
    const { vertices: v, triangles: t } = simplify(ball, none(ball), { error: 0.3, edge: 9 }).mesh;
    for (let n = 0; n < v.length; n += 3) {
      const radius = Math.hypot(v[n]! - 31, v[n + 1]! - 31, v[n + 2]! - 31);
      // the error is a mean over planes; the net itself lies up to 0.3 mm inside
      expect(Math.abs(radius - 24)).toBeLessThan(1);
    }
    for (let n = 0; n < t.length; n++) {
      const [a, b] = [3 * t[n]!, 3 * t[n % 3 === 2 ? n - 2 : n + 1]!];
      expect(Math.hypot(v[a]! - v[b]!, v[a + 1]! - v[b + 1]!, v[a + 2]! - v[b + 2]!)).toBeLessThan(9);
    }
  });

  it('leaves what is pinned where it is', () => {
    const pinned = Uint8Array.from(none(ball), (_, n) => (ball.vertices[3 * n + 2]! > 31 ? 7 : 0));
    const less = simplify(ball, pinned, { error: 1, edge: 20 });
    const kept = less.pinned.reduce((sum, h) => sum + (h ? 1 : 0), 0);
    expect(kept).toBe(pinned.reduce((sum, h) => sum + (h ? 1 : 0), 0));
    expect(less.pinned.length).toBeLessThan(0.8 * pinned.length);
  });

  it('gives the same twice', () => {
    const [a, b] = [0, 1].map(() => simplify(ring, none(ring), { error: 0.3, edge: 14 }).mesh);
    expect(a).toEqual(b);
  });
});
