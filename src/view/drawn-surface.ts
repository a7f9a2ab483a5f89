import { BufferAttribute, BufferGeometry, Mesh, type ShaderMaterial } from 'three';
import type { Grid, Vec3 } from '../base/grid.ts';
import { isContents } from '../press/as-seen-by.ts';
import { displacementAt } from '../press/displacement.ts';
import { vertexNormals } from '../voxel/mesh.ts';
import { type Surface, surfaceId } from '../voxel/surfaces.ts';
import type { Between } from './displacement.ts';
import { nestOf } from './layers.ts';
import { type SharedLook, surfaceMaterial } from './surface-material.ts';

/** A stored state whose displacement can be read just outside the body too. */
export interface ReadableState {
  readonly depth: number;
  readonly force: number;
  readonly pressure?: Float32Array | undefined;
  /** Displacement continued outward, nodes×3. */
  field(): Float32Array;
  /** The same of contents that slide, and their share of each cell. */
  readonly contents?: { field(): Float32Array; readonly share: Float32Array } | undefined;
}

/** Vertices that move less than this stay, mm. */
const STILL = 0.05;

/** One surface in the scene: its colours, and where it is translucent a pass before that leaves only its nearest side. */
export class DrawnSurface {
  readonly surface: Surface;
  readonly id: string;
  readonly nest: number;
  /** Middle of the surface at rest, for sorting. */
  readonly middle: Vec3;
  readonly mesh: Mesh<BufferGeometry, ShaderMaterial>;
  readonly depthPrepass: Mesh<BufferGeometry, ShaderMaterial>;
  opacity = 1;
  /** The load that the vertices are at; undefined is rest. */
  private shown: Between<ReadableState> | undefined;
  private readonly normalsAtRest: Float32Array;
  private readonly moved = new WeakMap<ReadableState, Float32Array>();

  constructor(surface: Surface, shared: SharedLook) {
    this.surface = surface;
    this.id = surfaceId(surface);
    this.nest = nestOf(surface);
    const geometry = new BufferGeometry();
    this.normalsAtRest = surface.normals;
    geometry.setAttribute('position', new BufferAttribute(Float32Array.from(surface.vertices), 3));
    geometry.setAttribute('normal', new BufferAttribute(Float32Array.from(surface.normals), 3));
    geometry.setAttribute('rest', new BufferAttribute(surface.vertices, 3));
    geometry.setAttribute('shade', new BufferAttribute(surface.occlusion, 1, true));
    geometry.setIndex(new BufferAttribute(surface.triangles, 1));
    geometry.computeBoundingSphere();
    const { center } = geometry.boundingSphere!;
    this.middle = [center.x, center.y, center.z];
    const material = surfaceMaterial(
      {
        colour: surface.colour,
        fibre: fibreOf(surface),
        lobes: surface.tissue.startsWith('fat') ? 0.1 : 0,
        gloss: glossOf(surface),
        cuttable: surface.kind !== 'spread',
        wrapping: surface.structure === 'skin',
      },
      shared,
    );
    const depthPrepass = surfaceMaterial(
      {
        colour: surface.colour,
        gloss: 0,
        cuttable: surface.kind !== 'spread',
        wrapping: surface.structure === 'skin',
      },
      shared,
    );
    depthPrepass.colorWrite = false;
    depthPrepass.transparent = true;
    this.mesh = new Mesh(geometry, material);
    this.depthPrepass = new Mesh(geometry, depthPrepass);
    this.mesh.userData.drawn = this;
    this.depthPrepass.raycast = () => undefined;
  }

  /** Sets how opaque it is (0 hides), whether it is only a pale ghost, and whether it glows. */
  show(opacity: number, ghost: boolean, glow: boolean): void {
    const { material } = this.mesh;
    this.opacity = opacity;
    const seen = opacity > 0.004;
    const glass = opacity < 0.999;
    this.mesh.visible = seen;
    this.depthPrepass.visible = seen && glass;
    if (material.transparent !== glass) {
      material.transparent = glass;
      material.depthWrite = !glass;
      material.needsUpdate = true;
      // of what lies in one place the last one drawn is seen: no surface keeps a place from when it was glass
      if (!glass) this.mesh.renderOrder = 0;
    }
    material.uniforms.opacity!.value = opacity;
    material.uniforms.ghost!.value = ghost ? 1 : 0;
    material.uniforms.glow!.value = glow ? 1 : 0;
  }

  order(place: number): void {
    this.depthPrepass.renderOrder = place;
    this.mesh.renderOrder = place + 0.5;
  }

  /** Moves the vertices to where the tissue has gone, if they are not there yet. */
  displace(grid: Grid, between: Between<ReadableState>): void {
    if (this.shown === between || (this.shown === undefined && between.to === undefined)) return;
    this.shown = between;
    const { from, to, share } = between;
    const { geometry } = this.mesh;
    const position = geometry.getAttribute('position') as BufferAttribute;
    const normal = geometry.getAttribute('normal') as BufferAttribute;
    const target = position.array as Float32Array;
    const { vertices, triangles } = this.surface;
    if (to === undefined) {
      target.set(vertices);
      (normal.array as Float32Array).set(this.normalsAtRest);
    } else {
      const b = this.at(grid, to);
      const a = from === undefined ? undefined : this.at(grid, from);
      for (let n = 0; n < target.length; n++) {
        const start = a === undefined ? 0 : a[n]!;
        target[n] = vertices[n]! + start + share * (b[n]! - start);
      }
      const normals = normal.array as Float32Array;
      vertexNormals(target, triangles, normals);
      // what stays keeps its normals: flat ends have sharp rims
      for (let n = 0; n < target.length; n += 3)
        if (
          Math.abs(target[n]! - vertices[n]!) < STILL &&
          Math.abs(target[n + 1]! - vertices[n + 1]!) < STILL &&
          Math.abs(target[n + 2]! - vertices[n + 2]!) < STILL
        )
          normals.set(this.normalsAtRest.subarray(n, n + 3), n);
    }
    position.needsUpdate = true;
    normal.needsUpdate = true;
    geometry.computeBoundingSphere();
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
    this.depthPrepass.material.dispose();
  }

  /** Displacement of the vertices at a state, read once. */
  private at(grid: Grid, state: ReadableState): Float32Array {
    let read = this.moved.get(state);
    if (read === undefined) {
      const field = isContents(this.surface) ? (state.contents ?? state).field() : state.field();
      this.moved.set(state, (read = displacementAt(grid, field, this.surface.vertices)));
    }
    return read;
  }
}

function glossOf({ tissue, kind }: Surface): number {
  if (kind === 'spread') return 0;
  switch (tissue) {
    case 'bone':
      return 0.1;
    case 'skin':
    case 'fat_subcutaneous':
    case 'fat_visceral':
      return 0.08;
    case 'muscle':
    case 'muscle_wall':
    case 'muscle_psoas':
      return 0.14;
    default:
      return 0.3;
  }
}

/** Fibre directions of the flat muscles, on the person's left (mirrored on the right); other muscles run along their length. */
const FLAT: Readonly<Record<string, Vec3>> = {
  external_oblique: [0.62, 0.25, 0.74],
  internal_oblique: [-0.66, -0.1, 0.74],
  transversus_abdominis: [0.9, 0.43, 0.05],
  rectus_abdominis: [0, 0.1, 1],
};

/** Direction of a muscle's fibres, and whether it mirrors across the midline. */
function fibreOf(surface: Surface): { direction: Vec3; mirrored: boolean } | undefined {
  const { tissue, structure, vertices, kind } = surface;
  if (kind !== 'solid' || (tissue !== 'muscle' && tissue !== 'muscle_psoas' && tissue !== 'muscle_wall'))
    return undefined;
  const flat = FLAT[structure];
  if (flat !== undefined) return { direction: flat, mirrored: true };

  // longest axis of the vertices, by power iteration on their covariance
  const middle = [0, 0, 0];
  for (let n = 0; n < vertices.length; n++) middle[n % 3]! += vertices[n]!;
  for (let d = 0; d < 3; d++) middle[d]! /= vertices.length / 3;
  const c = new Float64Array(9);
  for (let n = 0; n < vertices.length; n += 3)
    for (let r = 0; r < 3; r++)
      for (let s = 0; s < 3; s++) c[3 * r + s]! += (vertices[n + r]! - middle[r]!) * (vertices[n + s]! - middle[s]!);
  let v: Vec3 = [0.1, 0.1, 1];
  for (let pass = 0; pass < 30; pass++) {
    const w = [0, 1, 2].map((r) => c[3 * r]! * v[0] + c[3 * r + 1]! * v[1] + c[3 * r + 2]! * v[2]);
    const length = Math.hypot(...w) || 1;
    v = [w[0]! / length, w[1]! / length, w[2]! / length];
  }
  return { direction: v, mirrored: false };
}
