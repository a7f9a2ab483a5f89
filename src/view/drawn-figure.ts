import {
  BufferAttribute,
  BufferGeometry,
  type Color,
  DataTexture,
  LinearFilter,
  Mesh,
  RedFormat,
  type ShaderMaterial,
  type Vector3,
} from 'three';
import type { Grid, Vec3 } from '../base/grid.ts';
import { along, cross, dot, minus } from '../base/vec.ts';
import type { Figure } from '../figure/figure.ts';
import { displacementAt } from '../press/displacement.ts';
import type { Between } from './displacement.ts';
import type { ReadableState } from './drawn-surface.ts';
import { figureMaterial, MAT, matMaterial, QUIET, SHADOW } from './figure-material.ts';
import type { SharedLook } from './surface-material.ts';

/** What is left of the silhouette where one looks through it. */
const GHOST = 0.1;

/** How far inside the trunk's end its movement is read, mm. */
const WITHIN = 4;

/** How a figure is drawn. */
export interface FigureLook {
  /** Whether it is only a pale ghost, with nothing under it. */
  readonly ghost: boolean;
  /** How much of the trunk's skin is there, 0…1: the limbs take its colour where they leave it. */
  readonly skin: number;
}

/** Head, arms and legs in the scene, and the mat or floor that they lie on. Nobody can point at it. */
export class DrawnFigure {
  readonly figure: Figure;
  readonly mesh: Mesh<BufferGeometry, ShaderMaterial>;
  readonly mat: Mesh<BufferGeometry, ShaderMaterial>;
  private readonly shadow: DataTexture;
  /** Vertices that go with the trunk's end, and the places in it that they go with, n×3, mm. */
  private readonly rim: Uint32Array;
  private readonly rimPlaces: Float32Array;
  private readonly rest: Float32Array;
  private shown: Between<ReadableState> | undefined;

  /**
   * @param skin colour of the trunk, sRGB 0…255
   * @param trunk points of it, for its shadow
   */
  constructor(figure: Figure, skin: readonly [number, number, number], trunk: Float32Array, shared: SharedLook) {
    this.figure = figure;
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(figure.vertices, 3));
    geometry.setAttribute('normal', new BufferAttribute(figure.normals, 3));
    geometry.setAttribute('away', new BufferAttribute(figure.away, 1));
    geometry.setAttribute('give', new BufferAttribute(figure.give, 1));
    geometry.setIndex(new BufferAttribute(figure.triangles, 1));
    const material = figureMaterial(skin, shared);
    this.rest = Float32Array.from(figure.vertices);
    const [bottom, top] = figure.ends;
    this.rim = Uint32Array.from(figure.away.keys()).filter((n) => figure.away[n]! < 1);
    this.rimPlaces = Float32Array.from(
      [...this.rim].flatMap((n) => {
        const [x, y, z] = [this.rest[3 * n]!, this.rest[3 * n + 1]!, this.rest[3 * n + 2]!];
        return [x, y, Math.min(top - WITHIN, Math.max(bottom + WITHIN, z))];
      }),
    );
    this.mesh = new Mesh(geometry, material);
    this.mesh.frustumCulled = false;
    const { mat, shadow } = matOf(figure, trunk, shared);
    this.mat = mat;
    this.shadow = shadow;
    for (const mesh of [this.mesh, this.mat]) mesh.raycast = () => undefined;
  }

  show({ ghost, skin }: FigureLook): void {
    const { material } = this.mesh;
    const { opacity, skinOpacity } = material.uniforms;
    if (material.transparent !== ghost) {
      material.transparent = ghost;
      material.depthWrite = !ghost;
      material.needsUpdate = true;
    }
    opacity!.value = ghost ? GHOST : 1;
    skinOpacity!.value = skin;
    // behind everything that is glass
    this.mesh.renderOrder = ghost ? 5 : 0;
    this.mat.visible = !ghost && this.figure.floorShown;
  }

  /** @param direction of the push @param depth of the tool, mm: where its floor has come nearer, so have the limbs that lie on it */
  moveTo(direction: Vec3, depth: number): void {
    if (!this.figure.floorMoves) return;
    const by = depth - this.figure.drawnAt;
    (this.mesh.material.uniforms.shift!.value as Vector3).set(...direction).multiplyScalar(by);
    this.mat.position.set(...direction).multiplyScalar(by);
    this.mat.updateMatrixWorld();
  }

  /** The limbs' ends go where the trunk's ends have gone. */
  displace(grid: Grid, between: Between<ReadableState>): void {
    if (this.shown === between || (this.shown === undefined && between.to === undefined)) return;
    this.shown = between;
    const { from, to, share } = between;
    const b = to && displacementAt(grid, to.field(), this.rimPlaces);
    const a = from && displacementAt(grid, from.field(), this.rimPlaces);
    const position = this.mesh.geometry.getAttribute('position') as BufferAttribute;
    const target = position.array as Float32Array;
    for (const [k, n] of this.rim.entries())
      for (let d = 0; d < 3; d++) {
        const start = a?.[3 * k + d] ?? 0;
        const moved = b === undefined ? 0 : start + share * (b[3 * k + d]! - start);
        target[3 * n + d] = this.rest[3 * n + d]! + (1 - this.figure.away[n]!) * moved;
      }
    position.needsUpdate = true;
  }

  setGround(kind: 'light' | 'dark'): void {
    const { uniforms } = this.mesh.material;
    (uniforms.quiet!.value as Color).set(QUIET[kind]);
    uniforms.night!.value = kind === 'dark' ? 1 : 0;
    const mat = this.mat.material.uniforms;
    (mat.colour!.value as Color).set(MAT[kind]);
    (mat.dark!.value as Color).set(SHADOW[kind]);
  }

  dispose(): void {
    for (const mesh of [this.mesh, this.mat]) {
      mesh.geometry.dispose();
      mesh.material.dispose();
    }
    this.shadow.dispose();
  }
}

/** How far the mat reaches beyond the limbs, mm. */
const BEYOND = 90;
/** Cells of the shadow along and across. */
const CELLS = [128, 64] as const;
/** What is higher above the mat than a few of these, mm, throws no shadow on it. */
const NEAR = 60;

/** The mat: seen from above only, so that nobody's view from below is barred. */
function matOf(
  { vertices, up, floor }: Figure,
  trunk: Float32Array,
  shared: SharedLook,
): { mat: Mesh<BufferGeometry, ShaderMaterial>; shadow: DataTexture } {
  const length: Vec3 = [0, 0, 1];
  const aside = cross(up, length);
  const reach = { low: [Infinity, Infinity], high: [-Infinity, -Infinity] };
  const each = (points: Float32Array, visit: (a: number, b: number, height: number) => void): void => {
    for (let n = 0; n < points.length; n += 3) {
      const p = minus([points[n]!, points[n + 1]!, points[n + 2]!], floor);
      visit(dot(p, length), dot(p, aside), dot(p, up));
    }
  };
  each(vertices, (a, b) => {
    reach.low = [Math.min(reach.low[0]!, a), Math.min(reach.low[1]!, b)];
    reach.high = [Math.max(reach.high[0]!, a), Math.max(reach.high[1]!, b)];
  });
  const middle = [0, 1].map((d) => (reach.low[d]! + reach.high[d]!) / 2);
  const half = [0, 1].map((d) => (reach.high[d]! - reach.low[d]!) / 2 + BEYOND);
  const centre = along(along(floor, middle[0]!, length), middle[1]!, aside);

  const [columns, rows] = CELLS;
  let dark = new Float32Array(columns * rows);
  for (const points of [vertices, trunk])
    each(points, (a, b, height) => {
      const i = Math.floor(((a - middle[0]!) / (2 * half[0]!) + 0.5) * columns);
      const j = Math.floor(((b - middle[1]!) / (2 * half[1]!) + 0.5) * rows);
      if (i < 0 || j < 0 || i >= columns || j >= rows) return;
      const n = i + columns * j;
      dark[n] = Math.max(dark[n]!, Math.exp(-Math.max(height, 0) / NEAR));
    });
  for (let pass = 0; pass < 4; pass++) dark = softer(dark, columns, rows);
  const shadow = new DataTexture(
    Uint8Array.from(dark, (v) => 255 * v),
    columns,
    rows,
    RedFormat,
  );
  shadow.minFilter = shadow.magFilter = LinearFilter;
  shadow.needsUpdate = true;

  const corners = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([a, b]) => [a! * half[0]!, b! * half[1]!] as const);
  const geometry = new BufferGeometry();
  geometry.setAttribute(
    'position',
    new BufferAttribute(Float32Array.from(corners.flatMap(([a, b]) => along(along(centre, a, length), b, aside))), 3),
  );
  geometry.setAttribute('place', new BufferAttribute(Float32Array.from(corners.flat()), 2));
  // length × aside points up
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  const material = matMaterial(shadow, half[0]!, half[1]!, shared);
  const mat = new Mesh(geometry, material);
  mat.renderOrder = -1;
  return { mat, shadow };
}

/** Each cell as the mean of its neighbours. */
function softer(values: Float32Array, columns: number, rows: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(values.length);
  for (let j = 0; j < rows; j++)
    for (let i = 0; i < columns; i++) {
      let [sum, count] = [0, 0];
      for (let b = Math.max(j - 1, 0); b <= Math.min(j + 1, rows - 1); b++)
        for (let a = Math.max(i - 1, 0); a <= Math.min(i + 1, columns - 1); a++, count++)
          sum += values[a + columns * b]!;
      out[i + columns * j] = sum / count;
    }
  return out;
}
