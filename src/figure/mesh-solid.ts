import type { Vec3 } from '../base/grid.ts';
import type { Solid } from '../tool/sdf.ts';
import { trianglesOf } from '../voxel/mesh.ts';
import { surfaceNet } from '../voxel/surface-net.ts';

/** A closed surface with its directions. */
export interface Shell {
  /** n×3, mm. */
  readonly vertices: Float32Array;
  /** Unit normals, n×3, outward. */
  readonly normals: Float32Array;
  /** m×3, counter-clockwise from outside. */
  readonly triangles: Uint32Array;
}

/** Lattice points along the side of a block that is passed over when the surface cannot be in it. */
const BLOCK = 4;

/** Meshes a solid on a lattice and moves the points onto its surface. @param spacing of the lattice, mm */
export function meshSolid(solid: Solid, spacing: number): Shell {
  const { distance } = solid;
  const origin = solid.min.map((l) => l - 2 * spacing) as unknown as Vec3;
  const size = [0, 1, 2].map(
    (d) => BLOCK * Math.ceil((solid.max[d]! - origin[d]! + 2 * spacing) / spacing / BLOCK),
  ) as [number, number, number];
  const values = new Float32Array(size[0] * size[1] * size[2]).fill(-spacing);
  const half = ((BLOCK - 1) / 2) * spacing;
  for (let k = 0; k < size[2]; k += BLOCK)
    for (let j = 0; j < size[1]; j += BLOCK)
      for (let i = 0; i < size[0]; i += BLOCK) {
        const [x, y, z] = [origin[0] + i * spacing, origin[1] + j * spacing, origin[2] + k * spacing];
        const middle = distance(x + half, y + half, z + half);
        // distances of limbs are only near enough: twice the half diagonal is safe
        const far = Math.abs(middle) > 3.5 * half + spacing;
        for (let c = k; c < k + BLOCK; c++)
          for (let b = j; b < j + BLOCK; b++)
            for (let a = i; a < i + BLOCK; a++) {
              const rim = a === 0 || b === 0 || c === 0 || a === size[0] - 1 || b === size[1] - 1 || c === size[2] - 1;
              if (rim) continue;
              values[a + size[0] * (b + size[1] * c)] = far
                ? -Math.sign(middle) * spacing
                : -distance(origin[0] + a * spacing, origin[1] + b * spacing, origin[2] + c * spacing);
            }
      }
  const net = surfaceNet(values, size, 0);
  const { vertices } = net;
  const normals = new Float32Array(vertices.length);
  const e = 0.3 * spacing;
  for (let n = 0; n < vertices.length; n += 3) {
    let p: [number, number, number] = [0, 1, 2].map((d) => origin[d]! + vertices[n + d]! * spacing) as [
      number,
      number,
      number,
    ];
    let g: [number, number, number] = [0, 0, 0];
    for (let pass = 0; pass < 2; pass++) {
      const [x, y, z] = p;
      const dx = distance(x + e, y, z) - distance(x - e, y, z);
      const dy = distance(x, y + e, z) - distance(x, y - e, z);
      const dz = distance(x, y, z + e) - distance(x, y, z - e);
      const steep = Math.hypot(dx, dy, dz) || 1;
      g = [dx / steep, dy / steep, dz / steep];
      if (pass > 0) break;
      const by = Math.max(-spacing, Math.min(spacing, (distance(x, y, z) * 2 * e) / steep));
      p = [x - by * g[0], y - by * g[1], z - by * g[2]];
    }
    vertices.set(p, n);
    normals.set(g, n);
  }
  return { vertices, normals, triangles: trianglesOf(net.quads, vertices) };
}

/** Several surfaces as one. */
export function joined(shells: readonly Shell[]): Shell {
  const points = shells.reduce((sum, { vertices }) => sum + vertices.length, 0);
  const corners = shells.reduce((sum, { triangles }) => sum + triangles.length, 0);
  const out = {
    vertices: new Float32Array(points),
    normals: new Float32Array(points),
    triangles: new Uint32Array(corners),
  };
  let [v, t] = [0, 0];
  for (const { vertices, normals, triangles } of shells) {
    out.vertices.set(vertices, v);
    out.normals.set(normals, v);
    out.triangles.set(
      triangles.map((corner) => corner + v / 3),
      t,
    );
    v += vertices.length;
    t += triangles.length;
  }
  return out;
}
