import {
  Color,
  Data3DTexture,
  DataTexture,
  DoubleSide,
  FloatType,
  GLSL3,
  NearestFilter,
  RedIntegerFormat,
  RGBAFormat,
  RGFormat,
  ShaderMaterial,
  UnsignedByteType,
  Vector2,
  Vector3,
} from 'three';
import { isPsoas, structureOf } from '../anatomy/structures.ts';
import type { Grid } from '../base/grid.ts';
import type { LabelVolume } from '../voxel/model.ts';
import { PRESSURE_COLOURS, PRESSURE_LEVELS } from '../words/pressure-scale.ts';

/** What the lowest pressures are drawn on, and the outline of the muscle that is aimed at; sRGB. */
const GROUNDS: Readonly<
  Record<'light' | 'dark', Readonly<Record<'ground' | 'mark', readonly [number, number, number]>>>
> = {
  light: { ground: [252, 249, 242], mark: [152, 57, 31] },
  dark: { ground: [38, 41, 47], mark: [222, 72, 42] },
};

/** How much of a part's own colour is left where hardly anything presses on it; fat is paler by itself. */
const TINT = { muscle: 0.2, other: 0.3 } as const;

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

/** What fills a cut: labels and pressure of the body at rest, read through a texture that says which point at rest is now where. */
export class SectionMaterial {
  readonly material: ShaderMaterial;
  private readonly pressureData: Float32Array<ArrayBuffer>;
  private readonly pressureTexture: Data3DTexture;
  private readonly textures: readonly { dispose(): void }[];

  /** @param grid cells that pressures are given for @param fine labels of the body at rest */
  constructor(grid: Grid, fine: LabelVolume) {
    const labels = new Data3DTexture(new Uint8Array(fine.labels), ...fine.grid.size);
    labels.format = RedIntegerFormat;
    labels.type = UnsignedByteType;
    labels.internalFormat = 'R8UI';
    labels.unpackAlignment = 1;
    const palette = paletteOf(fine);
    this.pressureData = new Float32Array(2 * grid.size[0] * grid.size[1] * grid.size[2]);
    this.pressureTexture = new Data3DTexture(this.pressureData, ...grid.size);
    this.pressureTexture.format = RGFormat;
    this.pressureTexture.type = FloatType;
    for (const texture of [labels, this.pressureTexture]) {
      texture.minFilter = texture.magFilter = NearestFilter;
      texture.needsUpdate = true;
    }
    this.material = new ShaderMaterial({
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
    this.textures = [labels, palette, this.pressureTexture];
  }

  /** @param texture points at rest (mm) on a lattice over the cut */
  setRest(texture: DataTexture): void {
    const { rest, lattice } = this.material.uniforms;
    const { width, height } = texture.image as { width: number; height: number };
    rest!.value = texture;
    (lattice!.value as Vector2).set(width, height);
  }

  /**
   * Shows tissue pressure (kPa per cell, interpolated beforehand), or the structures where it is undefined.
   * @param fill share of each cell that is tissue
   */
  setPressure(pressure: Float32Array | undefined, fill: Float32Array): void {
    this.material.uniforms.pressed!.value = pressure === undefined ? 0 : 1;
    if (pressure === undefined) return;
    for (let n = 0; n < fill.length; n++) {
      const weight = fill[n]! > 0 ? Math.min(1, fill[n]! + 0.05) : 0;
      this.pressureData[2 * n] = weight * pressure[n]!;
      this.pressureData[2 * n + 1] = weight;
    }
    this.pressureTexture.needsUpdate = true;
  }

  /** Tissue pressure that is shown in a cell, kPa; undefined where there is none, or structures are shown. */
  pressureIn(cell: number): number | undefined {
    if (this.material.uniforms.pressed!.value === 0) return undefined;
    const weight = this.pressureData[2 * cell + 1] ?? 0;
    return weight > 0 ? this.pressureData[2 * cell]! / weight : undefined;
  }

  /** Whether the page around it is light or dark. */
  setGround(kind: 'light' | 'dark'): void {
    const { ground, mark, tint } = this.material.uniforms;
    (ground!.value as Color).copy(linear(...GROUNDS[kind].ground));
    (mark!.value as Color).copy(linear(...GROUNDS[kind].mark));
    // light on dark shows more of a colour than dark on light
    tint!.value = kind === 'dark' ? 0.32 : 1;
  }

  dispose(): void {
    for (const texture of this.textures) texture.dispose();
    this.material.dispose();
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
    data.set([row.tissue === 'bone' ? 1 : 0, isPsoas(row.structure) ? 1 : 0, tint, 0], 4 * (width + n));
  }
  const texture = new DataTexture(data, width, 2, RGBAFormat, FloatType);
  texture.minFilter = texture.magFilter = NearestFilter;
  texture.needsUpdate = true;
  return texture;
}

const linear = (r: number, g: number, b: number): Color => new Color().setRGB(r / 255, g / 255, b / 255, 'srgb');
