import {
  ClampToEdgeWrapping,
  Color,
  Data3DTexture,
  DataTexture,
  DoubleSide,
  FloatType,
  GLSL3,
  Mesh,
  NearestFilter,
  PlaneGeometry,
  RedIntegerFormat,
  RGBAFormat,
  RGFormat,
  ShaderMaterial,
  UnsignedByteType,
  Vector2,
  Vector3,
} from 'three';
import { structureOf } from '../anatomy/structures.ts';
import { cellAt, type Grid, type Vec3 } from '../base/grid.ts';
import type { LabelVolume } from '../voxel/model.ts';
import { PRESSURE_COLOURS, PRESSURE_LEVELS } from '../words/pressure-scale.ts';
import { restFinder } from './displacement.ts';

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

/** What the lowest pressures are drawn on, and the outline of the muscle that is aimed at; sRGB. */
const GROUNDS: Readonly<
  Record<'light' | 'dark', Readonly<Record<'ground' | 'mark', readonly [number, number, number]>>>
> = {
  light: { ground: [252, 249, 242], mark: [152, 57, 31] },
  dark: { ground: [38, 41, 47], mark: [222, 72, 42] },
};

/** How much of a part's own colour is left where hardly anything presses on it; fat is paler by itself. */
const TINT = { muscle: 0.2, other: 0.3 } as const;

/** Places of the lattice that a part must fill to be named: about 1 cm². */
const LEAST_NAMED = 6;

const AIMED: readonly string[] = ['psoas_major', 'iliopsoas'];

/** Distance of the places at which the pressed body is read backwards, mm. */
const LATTICE = 4;

const VERTEX = /* glsl */ `
out vec2 vUv;
void main() {
  vUv = uv;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`;

const FRAGMENT = /* glsl */ `
precision highp usampler3D;
precision highp sampler3D;
in vec2 vUv;
out vec4 shown;
uniform sampler2D rest;
uniform vec2 lattice;
uniform usampler3D labels;
uniform vec3 labelOrigin;
uniform float labelSpacing;
uniform sampler2D palette;
uniform sampler3D pressure;
uniform vec3 cellOrigin;
uniform float cellSpacing;
uniform float pressed;
uniform vec3 skin;
uniform vec3 ground;
uniform float tint;
uniform vec3 mark;
uniform vec3 bands[${PRESSURE_COLOURS.length}];

vec3 restAt(vec2 uv) {
  vec2 at = uv * (lattice - 1.0);
  ivec2 i = ivec2(clamp(floor(at), vec2(0.0), lattice - 2.0));
  vec2 t = at - vec2(i);
  vec3 a = mix(texelFetch(rest, i, 0).xyz, texelFetch(rest, i + ivec2(1, 0), 0).xyz, t.x);
  vec3 b = mix(texelFetch(rest, i + ivec2(0, 1), 0).xyz, texelFetch(rest, i + ivec2(1, 1), 0).xyz, t.x);
  return mix(a, b, t.y);
}

// the label that weighs most around, weighted by a quadratic bell two voxels wide (27 voxels), which rounds off their steps;
// x: label, y: share that is inside the body
vec2 labelAt(vec3 place) {
  vec3 f = (place - labelOrigin) / labelSpacing - 0.5;
  ivec3 i = ivec3(floor(f + 0.5));
  vec3 t = f - vec3(i);
  ivec3 last = textureSize(labels, 0) - 1;
  // far from every border, which is most of a body, the corners say enough
  uint middle = texelFetch(labels, clamp(i, ivec3(0), last), 0).r;
  bool same = all(greaterThan(i, ivec3(0))) && all(lessThan(i, last));
  for (int c = 0; same && c < 8; c++)
    same = texelFetch(labels, i + 2 * ivec3(c & 1, (c >> 1) & 1, c >> 2) - 1, 0).r == middle;
  if (same) return vec2(float(middle), middle == 0u ? 0.0 : 1.0);
  vec3 w[3];
  w[0] = 0.5 * (0.5 - t) * (0.5 - t);
  w[1] = 0.75 - t * t;
  w[2] = 0.5 * (0.5 + t) * (0.5 + t);
  uint found[6];
  float weight[6];
  int kinds = 0;
  float inside = 0.0;
  for (int c = 0; c < 3; c++) for (int b = 0; b < 3; b++) for (int a = 0; a < 3; a++) {
    ivec3 at = i + ivec3(a, b, c) - 1;
    if (any(lessThan(at, ivec3(0))) || any(greaterThan(at, last))) continue;
    uint label = texelFetch(labels, at, 0).r;
    if (label == 0u) continue;
    float one = w[a].x * w[b].y * w[c].z;
    inside += one;
    bool known = false;
    for (int n = 0; n < kinds; n++) if (found[n] == label) { weight[n] += one; known = true; break; }
    if (!known && kinds < 6) { found[kinds] = label; weight[kinds] = one; kinds++; }
  }
  if (inside < 0.5) return vec2(0.0, inside);
  float best = 0.0;
  uint label = 0u;
  for (int n = 0; n < kinds; n++) if (weight[n] > best) { best = weight[n]; label = found[n]; }
  return vec2(float(label), inside);
}

// x: pressure in kPa, y: whether there is tissue to read it from
vec2 pressureAt(vec3 place) {
  vec3 f = (place - cellOrigin) / cellSpacing - 0.5;
  ivec3 i = ivec3(floor(f));
  vec3 t = f - vec3(i);
  ivec3 last = textureSize(pressure, 0) - 1;
  float sum = 0.0;
  float weights = 0.0;
  for (int c = 0; c < 8; c++) {
    ivec3 o = ivec3(c & 1, (c >> 1) & 1, c >> 2);
    vec2 p = texelFetch(pressure, clamp(i + o, ivec3(0), last), 0).rg;
    vec3 w = mix(1.0 - t, t, vec3(o));
    sum += w.x * w.y * w.z * p.r;
    weights += w.x * w.y * w.z * p.g;
  }
  return weights > 1e-4 ? vec2(sum / weights, 1.0) : vec2(0.0);
}

vec4 rowOf(float label) { return texelFetch(palette, ivec2(int(label + 0.5), 0), 0); }

// colour of one place; group: number of its structure, -1 outside; aimed: whether it is the muscle that is aimed at
vec3 colourAt(vec2 uv, out float group, out bool aimed) {
  vec3 place = restAt(uv);
  vec2 here = labelAt(place);
  group = -1.0;
  aimed = false;
  if (here.x < 0.5) return vec3(0.0);
  vec4 row = rowOf(here.x);
  group = row.a;
  if (pressed < 0.5) {
    // the outermost two millimetres or so are skin
    return here.y < 0.5 + min(0.4, 1.1 / labelSpacing) ? skin : row.rgb;
  }
  vec4 kind = texelFetch(palette, ivec2(int(here.x + 0.5), 1), 0);
  aimed = kind.g > 0.5;
  // below the first band, and in bone, the parts show through as on a pale plate
  if (kind.r > 0.5) return mix(ground, vec3(0.52, 0.51, 0.49), 0.42);
  float p = pressureAt(place).x;
  int band = 0;
  float level = ${PRESSURE_LEVELS[0]}.0;
  for (int n = 0; n < ${PRESSURE_LEVELS.length}; n++) {
    if (p >= level) band = n + 1;
    level *= 2.0;
  }
  return band == 0 ? mix(ground, row.rgb, tint * kind.b) : bands[band];
}

void main() {
  // four places per drawn pixel: smooth borders, and a line where they belong to different structures
  vec2 dx = dFdx(vUv);
  vec2 dy = dFdy(vUv);
  vec3 sum = vec3(0.0);
  vec4 groups;
  float inside = 0.0;
  int hits = 0;
  for (int n = 0; n < 4; n++) {
    vec2 at = n == 0 ? vec2(0.375, 0.125) : n == 1 ? vec2(-0.125, 0.375) : n == 2 ? vec2(-0.375, -0.125) : vec2(0.125, -0.375);
    float group;
    bool aimed;
    vec3 colour = colourAt(vUv + at.x * dx * 2.0 + at.y * dy * 2.0, group, aimed);
    groups[n] = group;
    if (aimed) hits++;
    if (group >= 0.0) { sum += colour; inside += 1.0; }
  }
  if (inside < 1.5) discard;
  vec3 colour = sum / inside;
  if (pressed > 0.5 && hits > 0 && hits < 4) colour = mark;
  else if (inside < 3.5) colour *= 0.35;
  else if (any(notEqual(groups, groups.yzwx))) {
    float light = dot(colour, vec3(0.3, 0.59, 0.11));
    colour = pressed > 0.5 ? mix(colour, light > 0.18 ? vec3(0.04) : vec3(0.75), 0.38) : colour * 0.5;
  }
  shown = linearToOutputTexel(vec4(colour, 1.0));
}`;

/** The filled cut: a quad that reads labels and pressure of the body at rest through the displacement. */
export class SectionSheet {
  readonly mesh: Mesh<PlaneGeometry, ShaderMaterial>;
  private readonly body: SectionBody;
  private frame: SectionFrame | undefined;
  private window = { left: 0, bottom: 0, width: 1, height: 1 };
  private restTexture: DataTexture | undefined;
  private anchors: Map<string, Vec3> | undefined;
  private readonly pressureData: Float32Array<ArrayBuffer>;
  private readonly pressureTexture: Data3DTexture;
  private readonly own: { dispose(): void }[];

  constructor(body: SectionBody) {
    this.body = body;
    const { fine, grid } = body;
    const labels = new Data3DTexture(new Uint8Array(fine.labels), ...fine.grid.size);
    labels.format = RedIntegerFormat;
    labels.type = UnsignedByteType;
    labels.internalFormat = 'R8UI';
    labels.unpackAlignment = 1;
    const palette = paletteOf(fine);
    this.pressureData = new Float32Array(2 * body.fill.length);
    this.pressureTexture = new Data3DTexture(this.pressureData, ...grid.size);
    this.pressureTexture.format = RGFormat;
    this.pressureTexture.type = FloatType;
    for (const texture of [labels, this.pressureTexture]) {
      texture.minFilter = texture.magFilter = NearestFilter;
      texture.needsUpdate = true;
    }
    const material = new ShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      side: DoubleSide,
      uniforms: {
        rest: { value: null },
        lattice: { value: new Vector2(2, 2) },
        labels: { value: labels },
        labelOrigin: { value: new Vector3(...fine.grid.origin) },
        labelSpacing: { value: fine.grid.spacing },
        palette: { value: palette },
        pressure: { value: this.pressureTexture },
        cellOrigin: { value: new Vector3(...grid.origin) },
        cellSpacing: { value: grid.spacing },
        pressed: { value: 0 },
        skin: { value: linear(...structureOf('skin').colour) },
        ground: { value: linear(...GROUNDS.light.ground) },
        mark: { value: linear(...GROUNDS.light.mark) },
        tint: { value: 1 },
        bands: { value: PRESSURE_COLOURS.map(([r, g, b]) => linear(r, g, b)) },
      },
    });
    this.mesh = new Mesh(new PlaneGeometry(1, 1), material);
    this.mesh.matrixAutoUpdate = false;
    this.mesh.frustumCulled = false;
    this.own = [labels, palette, this.pressureTexture, material, this.mesh.geometry];
  }

  /** Where the cut lies now, or undefined before the first one. */
  get plane(): SectionFrame | undefined {
    return this.frame;
  }

  /**
   * Lays the cut and reads the body backwards on it.
   * @param read writes the displacement (mm) at a point of the body at rest
   */
  lay(frame: SectionFrame, read: (x: number, y: number, z: number, out: Float64Array) => void): void {
    this.frame = frame;
    this.anchors = undefined;
    const { grid } = this.body;
    const reach = { left: Infinity, right: -Infinity, bottom: Infinity, top: -Infinity };
    for (let c = 0; c < 8; c++) {
      const at = [0, 1, 2].map(
        (d) => grid.origin[d]! + ((c >> d) & 1) * grid.size[d]! * grid.spacing - frame.point[d]!,
      );
      const a = at.reduce((sum, v, d) => sum + v * frame.right[d]!, 0);
      const b = at.reduce((sum, v, d) => sum + v * frame.up[d]!, 0);
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
    const finder = restFinder(read);
    const at = new Float64Array(3);
    const above = new Float64Array(3);
    for (let row = 0, n = 0; row < rows; row++) {
      const b = reach.bottom + row * LATTICE;
      for (let column = 0; column < columns; column++, n += 4) {
        const a = reach.left + column * LATTICE;
        const place = [0, 1, 2].map((d) => frame.point[d]! + a * frame.right[d]! + b * frame.up[d]!);
        // the first guess goes on from the neighbour's answer
        if (column === 0 && row === 0) at.set(place);
        else if (column === 0) for (let d = 0; d < 3; d++) at[d] = above[d]! + LATTICE * frame.up[d]!;
        else for (let d = 0; d < 3; d++) at[d] = at[d]! + LATTICE * frame.right[d]!;
        finder.atRest(place[0]!, place[1]!, place[2]!, at);
        if (column === 0) above.set(at);
        data[n] = at[0]!;
        data[n + 1] = at[1]!;
        data[n + 2] = at[2]!;
      }
    }
    restTexture.needsUpdate = true;
    this.mesh.material.uniforms.rest!.value = restTexture;
    (this.mesh.material.uniforms.lattice!.value as Vector2).set(columns, rows);

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
  fill(pressure: Float32Array | undefined): void {
    this.mesh.material.uniforms.pressed!.value = pressure === undefined ? 0 : 1;
    if (pressure === undefined) return;
    const { fill } = this.body;
    for (let n = 0; n < fill.length; n++) {
      const weight = fill[n]! > 0 ? Math.min(1, fill[n]! + 0.05) : 0;
      this.pressureData[2 * n] = weight * pressure[n]!;
      this.pressureData[2 * n + 1] = weight;
    }
    this.pressureTexture.needsUpdate = true;
  }

  /** Whether the page around it is light or dark. */
  setGround(kind: 'light' | 'dark'): void {
    const { ground, mark, tint } = this.mesh.material.uniforms;
    (ground!.value as Color).copy(linear(...GROUNDS[kind].ground));
    (mark!.value as Color).copy(linear(...GROUNDS[kind].mark));
    // light on dark shows more of a colour than dark on light
    tint!.value = kind === 'dark' ? 0.32 : 1;
  }

  /**
   * Where a name's line can end on the cut: the place of the structure that is nearest to the middle of all its places there,
   * as drawn, mm; undefined where the cut hardly meets it.
   */
  anchor(structure: string, side: string | undefined): Vec3 | undefined {
    this.anchors ??= this.findAnchors();
    return this.anchors.get(side === undefined ? structure : `${structure}/${side}`);
  }

  /** All of them in one pass over the cut; they hold until it is laid anew. */
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
      out.set(id, [0, 1, 2].map((d) => frame.point[d]! + a * frame.right[d]! + b * frame.up[d]!) as unknown as Vec3);
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
    return [0, 1, 2].map((d) => {
      const value = (p: number, q: number): number => data[4 * (p + columns * q) + d]!;
      return (
        (value(i, j) * (1 - s) + value(i + 1, j) * s) * (1 - t) +
        (value(i, j + 1) * (1 - s) + value(i + 1, j + 1) * s) * t
      );
    }) as unknown as Vec3;
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
    if (this.mesh.material.uniforms.pressed!.value === 0) return undefined;
    const cell = cellAt(this.body.grid, rest[0], rest[1], rest[2]);
    const weight = cell < 0 ? 0 : this.pressureData[2 * cell + 1]!;
    return weight > 0 ? this.pressureData[2 * cell]! / weight : undefined;
  }

  dispose(): void {
    for (const thing of this.own) thing.dispose();
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

/** Row 0: linear colour and, as alpha, a number per structure; row 1: whether it is bone, whether it is aimed at, what is left of its colour. */
function paletteOf({ table }: LabelVolume): DataTexture {
  const width = 256;
  const data = new Float32Array(2 * 4 * width);
  const names = table.map((row) => row.structure);
  for (const [n, row] of table.entries()) {
    const colour = linear(...row.colour);
    // skin is thinner than a voxel, so that its labels come and go: it is drawn as fat with an outline
    const name = row.structure === 'skin' ? 'subcutaneous_fat' : row.structure;
    const seen = row.structure === 'skin' ? table.find((r) => r.structure === 'subcutaneous_fat') : undefined;
    const shown = seen === undefined ? colour : linear(...seen.colour);
    data.set([shown.r, shown.g, shown.b, Math.max(0, names.indexOf(name))], 4 * n);
    const tint = row.tissue === 'muscle' ? TINT.muscle : TINT.other;
    data.set([row.tissue === 'bone' ? 1 : 0, AIMED.includes(row.structure) ? 1 : 0, tint, 0], 4 * (width + n));
  }
  const texture = new DataTexture(data, width, 2, RGBAFormat, FloatType);
  texture.minFilter = texture.magFilter = NearestFilter;
  texture.needsUpdate = true;
  return texture;
}

const linear = (r: number, g: number, b: number): Color => new Color().setRGB(r / 255, g / 255, b / 255, 'srgb');
