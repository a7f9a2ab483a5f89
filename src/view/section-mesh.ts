import {
  ClampToEdgeWrapping,
  DataTexture,
  FloatType,
  Mesh,
  NearestFilter,
  PlaneGeometry,
  RGBAFormat,
  type ShaderMaterial,
  type Vector3,
  type Vector4,
} from 'three';
import { norm } from '../base/elementary.ts';
import { cellAt, type Grid, type Vec3 } from '../base/grid.ts';
import { along, dot, minus, pointAt, vec3 } from '../base/vec.ts';
import { belongsToContents } from '../press/two-bodies.ts';
import type { LabelVolume } from '../voxel/model.ts';
import { PRESSURE_LEVELS } from '../words/pressure-scale.ts';
import { type RestFinder, restFinder } from './displacement.ts';
import { levelPlaces } from './level-places.ts';
import { SectionMaterial, type SectionShows } from './section-material.ts';

/** The parts of a VoxelModel that a cut and the displacement need. */
export interface SectionBody {
  readonly grid: Grid;
  readonly fill: Float32Array;
  readonly fine: LabelVolume;
  readonly bodyOrigin: Vec3;
}

/** A flat cut: a point on it, its unit normal, and the directions that go right and up on it. */
export interface SectionFrame {
  readonly point: Vec3;
  readonly normal: Vec3;
  readonly right: Vec3;
  readonly up: Vec3;
}

/** A level of pressure and a place on its line, as drawn. */
export interface LevelOnCut {
  readonly kPa: number;
  readonly at: Vec3;
}

/** Places of the lattice that a part must fill to be named: about 1 cm². */
const LEAST_NAMED = 6;

/** Distance of the places at which the pressed body is read backwards, mm. */
const LATTICE = 4;

export type ReadDisplacement = (x: number, y: number, z: number, out: Float64Array) => void;

/** Contents of the belly that slide in what holds them. */
export interface SlidingContents {
  readonly read: ReadDisplacement;
  /** How much of a place of the body at rest is theirs, 0…1. */
  readonly inside: (at: Vec3) => number;
}

/** Two bodies read backwards as one. */
function restOfBoth(read: ReadDisplacement, { read: readContents, inside }: SlidingContents): RestFinder {
  const [outer, inner] = [restFinder(read), restFinder(readContents)];
  const [a, b] = [new Float64Array(3), new Float64Array(3)];
  const share = (at: Float64Array): number => inside([at[0]!, at[1]!, at[2]!]);
  return {
    atRest(x, y, z, out) {
      a.set(out);
      inner.atRest(x, y, z, a);
      b.set(out);
      const theirs = belongsToContents(share(a), () => {
        outer.atRest(x, y, z, b);
        return share(b);
      });
      out.set(theirs ? a : b);
    },
  };
}

/** Neighbours on the lattice whose points at rest are farther apart belong to two bodies, mm. */
const TORN = 3 * LATTICE;

/** The filled cut: a quad that shows the body at rest through the displacement. */
export class SectionMesh {
  readonly mesh: Mesh<PlaneGeometry, ShaderMaterial>;
  private readonly body: SectionBody;
  private readonly look: SectionMaterial;
  private frame: SectionFrame | undefined;
  private window = { left: 0, bottom: 0, width: 1, height: 1 };
  private restTexture: DataTexture | undefined;
  /** How far apart neighbours' points at rest lie where bodies have slid on each other, mm; 0 where none slide. */
  private torn = 0;
  private anchors: Map<string, Vec3> | undefined;
  /** Where levels were found to have room, for so much room. */
  private levels: { readonly steps: number; readonly places: readonly LevelOnCut[] } | undefined;

  constructor(body: SectionBody) {
    this.body = body;
    this.look = new SectionMaterial(body.grid, body.fine);
    this.mesh = new Mesh(new PlaneGeometry(1, 1), this.look.material);
    this.mesh.matrixAutoUpdate = false;
    this.mesh.frustumCulled = false;
  }

  /** Where the cut lies now, or undefined before the first one. */
  get plane(): SectionFrame | undefined {
    return this.frame;
  }

  /**
   * Puts the cut somewhere and reads the body backwards on it.
   * @param read writes the displacement (mm) at a point of the body at rest
   * @param contents the same of contents that slide, and how much of a place at rest is theirs
   */
  place(frame: SectionFrame, read: ReadDisplacement, contents?: SlidingContents): void {
    this.frame = frame;
    this.anchors = undefined;
    this.levels = undefined;
    const { grid } = this.body;
    const reach = { left: Infinity, right: -Infinity, bottom: Infinity, top: -Infinity };
    for (let c = 0; c < 8; c++) {
      const at = vec3((d) => grid.origin[d] + ((c >> d) & 1) * grid.size[d] * grid.spacing - frame.point[d]);
      const a = dot(at, frame.right);
      const b = dot(at, frame.up);
      reach.left = Math.min(reach.left, a);
      reach.right = Math.max(reach.right, a);
      reach.bottom = Math.min(reach.bottom, b);
      reach.top = Math.max(reach.top, b);
    }
    const columns = Math.ceil((reach.right - reach.left) / LATTICE) + 1;
    const rows = Math.ceil((reach.top - reach.bottom) / LATTICE) + 1;
    const width = (columns - 1) * LATTICE;
    const height = (rows - 1) * LATTICE;
    this.window = { left: reach.left, bottom: reach.bottom, width, height };
    const { restTexture, data } = this.restBuffer(columns, rows);
    const finder = contents === undefined ? restFinder(read) : restOfBoth(read, contents);
    const at = new Float64Array(3);
    const above = new Float64Array(3);
    for (let row = 0, n = 0; row < rows; row++) {
      const b = reach.bottom + row * LATTICE;
      for (let column = 0; column < columns; column++, n += 4) {
        const a = reach.left + column * LATTICE;
        const place = along(along(frame.point, a, frame.right), b, frame.up);
        // the first guess goes on from the neighbour's answer
        if (column === 0 && row === 0) at.set(place);
        else if (column === 0) for (let d = 0; d < 3; d++) at[d] = above[d]! + LATTICE * frame.up[d]!;
        else for (let d = 0; d < 3; d++) at[d] = at[d]! + LATTICE * frame.right[d]!;
        finder.atRest(place[0], place[1], place[2], at);
        if (column === 0) above.set(at);
        data[n] = at[0]!;
        data[n + 1] = at[1]!;
        data[n + 2] = at[2]!;
      }
    }
    restTexture.needsUpdate = true;
    this.torn = contents === undefined ? 0 : TORN;
    this.look.setRest(restTexture, this.torn);

    const middle = [0, 1, 2].map(
      (d) =>
        frame.point[d]! +
        (this.window.left + width / 2) * frame.right[d]! +
        (this.window.bottom + height / 2) * frame.up[d]!,
    );
    const [r, u, w] = [frame.right, frame.up, frame.normal];
    // biome-ignore format: a matrix
    this.mesh.matrix.set(
      r[0] * width, u[0] * height, w[0], middle[0]!,
      r[1] * width, u[1] * height, w[1], middle[1]!,
      r[2] * width, u[2] * height, w[2], middle[2]!,
      0, 0, 0, 1,
    );
    this.mesh.matrixWorldNeedsUpdate = true;
  }

  /** Shows tissue pressure (kPa per cell, interpolated beforehand), or the structures where it is undefined. */
  fill(pressure: Float32Array | undefined, shows: SectionShows): void {
    this.look.setPressure(pressure, this.body.fill, shows === 'both');
    this.levels = undefined;
  }

  /** Lets structures (structure, or structure/side) glow. @param picked of them, those that the rest steps back behind, where the cut meets them */
  highlight(ids: ReadonlySet<string>, picked: ReadonlySet<string>): void {
    this.look.highlight(ids, picked);
  }

  /** Size of the page's letters, drawn pixels. */
  setLetter(pixels: number): void {
    this.look.setLetter(pixels);
  }

  /**
   * Where the levels of pressure that the cut shows can be written on their lines, as drawn; none where it shows no pressure.
   * @param apart least distance between two of them, mm
   */
  levelPlaces(apart: number): readonly LevelOnCut[] {
    const { frame, restTexture } = this;
    if (frame === undefined || restTexture === undefined) return [];
    const { width: columns, height: rows } = restTexture.image as { width: number; height: number };
    // a little more or less room moves nothing
    const steps = Math.ceil((2 * apart) / LATTICE) / 2;
    if (this.levels?.steps !== steps) {
      const values = this.readHeights();
      const places = levelPlaces({ columns, rows, values }, PRESSURE_LEVELS, steps).map(({ level, column, row }) => {
        const a = this.window.left + LATTICE * column;
        const b = this.window.bottom + LATTICE * row;
        return { kPa: level, at: along(along(frame.point, a, frame.right), b, frame.up) };
      });
      this.levels = { steps, places };
    }
    return this.levels.places;
  }

  /** Pressure at the places of the lattice, kPa; not a number outside the body, in bone, and where none is shown. */
  private readHeights(): Float32Array {
    const { data } = this.restTexture!.image as { data: Float32Array };
    return Float32Array.from({ length: data.length / 4 }, (_, n) => {
      const rest: Vec3 = [data[4 * n]!, data[4 * n + 1]!, data[4 * n + 2]!];
      const row = this.labelAt(rest);
      return row === undefined || row.tissue === 'bone' ? Number.NaN : (this.look.pressureAt(rest) ?? Number.NaN);
    });
  }

  /** Whether the page around it is light or dark. */
  setGround(kind: 'light' | 'dark'): void {
    this.look.setGround(kind);
  }

  /** The plane that takes away the half toward the eye: writes its normal and distance. */
  cutToward(eye: Vector3, out: Vector4): void {
    if (this.frame === undefined) return;
    const { normal: n, point: p } = this.frame;
    const side = dot(minus([eye.x, eye.y, eye.z], p), n) >= 0 ? 1 : -1;
    const place = dot(p, n);
    out.set(side * n[0], side * n[1], side * n[2], side * place + 0.2);
  }

  /**
   * Where a name's line can end on the cut: the place of the structure that is nearest to the middle of all its places there,
   * as drawn, mm; undefined where the cut hardly meets it.
   */
  anchor(structure: string, side: string | undefined): Vec3 | undefined {
    this.anchors ??= this.findAnchors();
    return this.anchors.get(side === undefined ? structure : `${structure}/${side}`);
  }

  /** All of them in one pass over the cut; they hold until the cut is put elsewhere. */
  private findAnchors(): Map<string, Vec3> {
    const out = new Map<string, Vec3>();
    const { frame, restTexture } = this;
    if (frame === undefined || restTexture === undefined) return out;
    const { width: columns, height: rows } = restTexture.image as { width: number; height: number };
    const data = restTexture.image.data as Float32Array;
    const { fine } = this.body;
    const places = new Map<string, number[]>();
    const add = (id: string, place: number): void => {
      const known = places.get(id);
      if (known === undefined) places.set(id, [place]);
      else known.push(place);
    };
    for (let n = 0; n < columns * rows; n++) {
      const voxel = cellAt(fine.grid, data[4 * n]!, data[4 * n + 1]!, data[4 * n + 2]!);
      const row = voxel < 0 ? undefined : fine.table[fine.labels[voxel]!];
      if (row === undefined || fine.labels[voxel] === 0) continue;
      add(row.structure, n);
      add(`${row.structure}/${row.side}`, n);
    }
    for (const [id, found] of places) {
      if (found.length < LEAST_NAMED) continue;
      const column = found.reduce((sum, n) => sum + (n % columns), 0) / found.length;
      const row = found.reduce((sum, n) => sum + Math.floor(n / columns), 0) / found.length;
      const away = (n: number): number => Math.hypot((n % columns) - column, Math.floor(n / columns) - row);
      const best = found.reduce((least, n) => (away(n) < away(least) ? n : least));
      const a = this.window.left + LATTICE * (best % columns);
      const b = this.window.bottom + LATTICE * Math.floor(best / columns);
      out.set(id, along(along(frame.point, a, frame.right), b, frame.up));
    }
    return out;
  }

  /** The point of the body at rest that is now at a place on the cut (mm from its point, along right and up). */
  restAt(a: number, b: number): Vec3 | undefined {
    const texture = this.restTexture;
    if (texture === undefined) return undefined;
    const {
      width: columns,
      height: rows,
      data,
    } = texture.image as { width: number; height: number; data: Float32Array };
    const x = (a - this.window.left) / LATTICE;
    const y = (b - this.window.bottom) / LATTICE;
    const [i, j] = [Math.floor(x), Math.floor(y)];
    if (i < 0 || j < 0 || i >= columns - 1 || j >= rows - 1) return undefined;
    const [s, t] = [x - i, y - j];
    const corner = (p: number, q: number): Vec3 => pointAt(data, 4 * (p + columns * q));
    // as the picture has it: nothing lies between two bodies that have slid on each other
    if (this.torn > 0) {
      const [a, b, c, e] = [corner(i, j), corner(i + 1, j), corner(i, j + 1), corner(i + 1, j + 1)];
      const apart = ([p, q]: readonly [Vec3, Vec3]): number => norm(minus(p, q));
      const pairs = [
        [a, b],
        [c, e],
        [a, c],
        [b, e],
      ] as const;
      if (Math.max(...pairs.map(apart)) > this.torn) return t < 0.5 ? (s < 0.5 ? a : b) : s < 0.5 ? c : e;
    }
    return vec3((d) => {
      const value = (p: number, q: number): number => corner(p, q)[d];
      return (
        (value(i, j) * (1 - s) + value(i + 1, j) * s) * (1 - t) +
        (value(i, j + 1) * (1 - s) + value(i + 1, j + 1) * s) * t
      );
    });
  }

  /** The structure at a point of the body at rest. */
  labelAt(rest: Vec3): LabelVolume['table'][number] | undefined {
    const { fine } = this.body;
    const voxel = cellAt(fine.grid, rest[0], rest[1], rest[2]);
    const label = voxel < 0 ? 0 : fine.labels[voxel]!;
    return label === 0 ? undefined : fine.table[label];
  }

  /** Tissue pressure that is shown at a point of the body at rest, kPa. */
  pressureAt(rest: Vec3): number | undefined {
    return this.look.pressureAt(rest);
  }

  dispose(): void {
    this.look.dispose();
    this.mesh.geometry.dispose();
    this.restTexture?.dispose();
  }

  private restBuffer(columns: number, rows: number): { restTexture: DataTexture; data: Float32Array } {
    const image = this.restTexture?.image as { width: number; height: number; data: Float32Array } | undefined;
    if (this.restTexture !== undefined && image?.width === columns && image.height === rows)
      return { restTexture: this.restTexture, data: image.data };
    this.restTexture?.dispose();
    const data = new Float32Array(4 * columns * rows);
    this.restTexture = new DataTexture(data, columns, rows, RGBAFormat, FloatType);
    this.restTexture.minFilter = this.restTexture.magFilter = NearestFilter;
    this.restTexture.wrapS = this.restTexture.wrapT = ClampToEdgeWrapping;
    return { restTexture: this.restTexture, data };
  }
}
