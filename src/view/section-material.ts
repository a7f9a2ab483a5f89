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
import type { Grid, Vec3 } from '../base/grid.ts';
import type { LabelVolume } from '../voxel/model.ts';
import { PRESSURE_COLOURS, PRESSURE_COLOURS_ON_DARK, PRESSURE_LEVELS } from '../words/pressure-scale.ts';

/** What the lowest pressures are drawn on, and the outline of the muscle that is aimed at; sRGB. */
const GROUNDS: Readonly<
  Record<'light' | 'dark', Readonly<Record<'ground' | 'mark', readonly [number, number, number]>>>
> = {
  light: { ground: [252, 249, 242], mark: [152, 57, 31] },
  dark: { ground: [38, 41, 47], mark: [222, 72, 42] },
};

/** What a cut shows: pressure as filled bands, the parts in their colours, or both: the parts with the bands as lines and a wash over them. */
export type SectionShows = 'pressure' | 'structures' | 'both';

/**
 * How much of a band's colour lies over the parts. The parts are of middle lightness on a light and on a dark page alike, so that their
 * wash is the same in both: bands of the light scale, which the highest of all darkens most.
 */
const WASH = [0, 0.12, 0.18, 0.27, 0.38, 0.52, 0.68, 0.8, 0.9] as const;

/** What glows on a cut; sRGB. */
const GLOW = [255, 226, 122] as const;

/** The lines between bands, and what sets them off from the parts; sRGB. */
const LINE = { ink: [18, 30, 74], halo: [255, 253, 246] } as const;

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
uniform float torn;
uniform usampler3D labels;
uniform vec3 labelOrigin;
uniform float labelSpacing;
uniform sampler2D palette;
uniform sampler3D pressure;
uniform vec3 cellOrigin;
uniform float cellSpacing;
uniform float pressed;
uniform float over;
uniform float wash[${WASH.length}];
uniform vec3 ink;
uniform vec3 halo;
uniform float letter;
uniform float glowing;
uniform vec3 glow;
uniform vec3 skin;
uniform vec3 ground;
uniform float tint;
uniform vec3 mark;
uniform vec3 bands[${PRESSURE_COLOURS.length}];

vec3 restAt(vec2 uv) {
  vec2 at = uv * (lattice - 1.0);
  ivec2 i = ivec2(clamp(floor(at), vec2(0.0), lattice - 2.0));
  vec2 t = at - vec2(i);
  vec3 p = texelFetch(rest, i, 0).xyz;
  vec3 q = texelFetch(rest, i + ivec2(1, 0), 0).xyz;
  vec3 r = texelFetch(rest, i + ivec2(0, 1), 0).xyz;
  vec3 s = texelFetch(rest, i + ivec2(1, 1), 0).xyz;
  // where bodies slide on each other there is nothing between their places at rest
  if (torn > 0.0 && max(max(distance(p, q), distance(r, s)), max(distance(p, r), distance(q, s))) > torn)
    return t.x < 0.5 ? (t.y < 0.5 ? p : r) : (t.y < 0.5 ? q : s);
  return mix(mix(p, q, t.x), mix(r, s, t.x), t.y);
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

// colour of one place; group: number of its structure, -1 outside; aimed: whether it is the muscle that is aimed at; height: levels passed by
// the pressure, as a number between them too, -9 where none is told
vec3 colourAt(vec2 uv, out float group, out bool aimed, out float height) {
  vec3 place = restAt(uv);
  vec2 here = labelAt(place);
  group = -1.0;
  aimed = false;
  height = -9.0;
  if (here.x < 0.5) return vec3(0.0);
  vec4 row = rowOf(here.x);
  group = row.a;
  // the outermost two millimetres or so are skin
  vec3 own = here.y < 0.5 + min(0.4, 1.1 / labelSpacing) ? skin : row.rgb;
  if (pressed < 0.5) return own;
  vec4 kind = texelFetch(palette, ivec2(int(here.x + 0.5), 1), 0);
  aimed = kind.g > 0.5;
  // below the first band, and in bone, the parts show through as on a pale plate
  if (kind.r > 0.5) return over > 0.5 ? own : mix(ground, vec3(0.52, 0.51, 0.49), 0.42);
  float p = pressureAt(place).x;
  height = log2(max(p, 0.01) / ${PRESSURE_LEVELS[0]}.0);
  int band = 0;
  float level = ${PRESSURE_LEVELS[0]}.0;
  for (int n = 0; n < ${PRESSURE_LEVELS.length}; n++) {
    if (p >= level) band = n + 1;
    level *= 2.0;
  }
  if (over > 0.5) {
    // mixed as eyes see, not as light adds up, which would be paler than either
    vec3 root = mix(sqrt(own), sqrt(bands[band]), wash[band]);
    return root * root;
  }
  return band == 0 ? mix(ground, row.rgb, tint * kind.b) : bands[band];
}

// whether what is there glows: 1 pointed at, 2 picked
float glowAt(vec2 uv) {
  float label = labelAt(restAt(uv)).x;
  return label < 0.5 ? 0.0 : texelFetch(palette, ivec2(int(label + 0.5), 1), 0).a;
}

void main() {
  // four places per drawn pixel: smooth borders, and a line where they belong to different structures
  vec2 dx = dFdx(vUv);
  vec2 dy = dFdy(vUv);
  vec3 sum = vec3(0.0);
  vec4 groups;
  vec4 heights;
  float inside = 0.0;
  int hits = 0;
  for (int n = 0; n < 4; n++) {
    vec2 at = n == 0 ? vec2(0.375, 0.125) : n == 1 ? vec2(-0.125, 0.375) : n == 2 ? vec2(-0.375, -0.125) : vec2(0.125, -0.375);
    float group;
    bool aimed;
    vec3 colour = colourAt(vUv + at.x * dx * 2.0 + at.y * dy * 2.0, group, aimed, heights[n]);
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
    colour = pressed > 0.5 && over < 0.5 ? mix(colour, light > 0.18 ? vec3(0.04) : vec3(0.75), light > 0.18 ? 0.38 : 0.24) : colour * 0.5;
  }
  if (over > 0.5 && all(greaterThan(heights, vec4(-8.0)))) {
    // a line where the pressure passes a level: as far from it as the pressure's slope over the four places says, in drawn pixels
    vec2 slope = vec2(dot(heights, vec4(0.75, -0.25, -0.75, 0.25)), dot(heights, vec4(0.25, 0.75, -0.25, -0.75))) / 1.25;
    float height = dot(heights, vec4(0.25));
    float level = clamp(floor(height + 0.5), 0.0, ${PRESSURE_LEVELS.length - 1}.0);
    float away = abs(height - level) / max(length(slope), 1e-5);
    // higher levels have broader lines
    float wide = letter * (0.028 + 0.008 * level);
    // where levels follow each other too closely for lines, their colours say it
    float room = smoothstep(0.15, 0.5, 1.0 / (max(length(slope), 1e-5) * letter));
    colour = mix(colour, halo, 0.34 * room * (1.0 - smoothstep(wide, wide + 0.09 * letter, away)));
    colour = mix(colour, ink, room * (0.66 + 0.04 * level) * (1.0 - smoothstep(max(wide - 0.5, 0.0), wide + 0.5, away)));
  }
  if (glowing > 0.5) {
    // a bright line just inside what glows and light that falls off around it
    float here = glowAt(vUv);
    float near = 0.0;
    float far = 0.0;
    for (int n = 0; n < 8; n++) {
      float angle = 0.7854 * float(n);
      vec2 way = (cos(angle) * dx + sin(angle) * dy) * letter;
      near += glowAt(vUv + 0.13 * way) > 0.5 ? 0.125 : 0.0;
      far += glowAt(vUv + 0.42 * way) > 0.5 ? 0.125 : 0.0;
    }
    if (here > 0.5) colour = mix(colour * 1.08, glow, near < 0.99 ? 0.92 : 0.55 * (1.0 - far));
    else {
      if (glowing > 1.5) colour = mix(colour, mix(vec3(dot(colour, vec3(0.3, 0.59, 0.11))), ground, 0.35), 0.5);
      colour = mix(colour, near > 0.01 ? vec3(0.1, 0.05, 0.0) : glow, near > 0.01 ? 0.75 : 0.5 * far);
    }
  }
  shown = linearToOutputTexel(vec4(colour, 1.0));
}`;

/** What fills a cut: labels and pressure of the body at rest, read through a texture that says which point at rest is now where. */
export class SectionMaterial {
  readonly material: ShaderMaterial;
  private readonly grid: Grid;
  private readonly palette: DataTexture;
  private readonly table: LabelVolume['table'];
  private page: 'light' | 'dark' = 'light';
  private readonly pressureData: Float32Array<ArrayBuffer>;
  private readonly pressureTexture: Data3DTexture;
  private readonly textures: readonly { dispose(): void }[];

  /** @param grid cells that pressures are given for @param fine labels of the body at rest */
  constructor(grid: Grid, fine: LabelVolume) {
    this.grid = grid;
    const labels = new Data3DTexture(new Uint8Array(fine.labels), ...fine.grid.size);
    labels.format = RedIntegerFormat;
    labels.type = UnsignedByteType;
    labels.internalFormat = 'R8UI';
    labels.unpackAlignment = 1;
    const palette = paletteOf(fine);
    this.palette = palette;
    this.table = fine.table;
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
        torn: { value: 0 },
        lattice: { value: new Vector2(2, 2) },
        labels: { value: labels },
        labelOrigin: { value: new Vector3(...fine.grid.origin) },
        labelSpacing: { value: fine.grid.spacing },
        palette: { value: palette },
        pressure: { value: this.pressureTexture },
        cellOrigin: { value: new Vector3(...grid.origin) },
        cellSpacing: { value: grid.spacing },
        pressed: { value: 0 },
        over: { value: 0 },
        wash: { value: [...WASH] },
        ink: { value: linear(...LINE.ink) },
        halo: { value: linear(...LINE.halo) },
        letter: { value: 16 },
        glowing: { value: 0 },
        glow: { value: linear(...GLOW) },
        skin: { value: linear(...structureOf('skin').colour) },
        ground: { value: linear(...GROUNDS.light.ground) },
        mark: { value: linear(...GROUNDS.light.mark) },
        tint: { value: 1 },
        bands: { value: PRESSURE_COLOURS.map(([r, g, b]) => linear(r, g, b)) },
      },
    });
    this.textures = [labels, palette, this.pressureTexture];
  }

  /**
   * @param texture points at rest (mm) on a lattice over the cut
   * @param torn how far apart neighbours' points lie where bodies slide on each other, mm: nothing is read between those; 0 where none slide
   */
  setRest(texture: DataTexture, torn: number): void {
    this.material.uniforms.torn!.value = torn;
    const { rest, lattice } = this.material.uniforms;
    const { width, height } = texture.image as { width: number; height: number };
    rest!.value = texture;
    (lattice!.value as Vector2).set(width, height);
  }

  /**
   * Shows tissue pressure (kPa per cell, interpolated beforehand), or the structures where it is undefined.
   * @param fill share of each cell that is tissue
   * @param over whether the structures keep their colours under it
   */
  setPressure(pressure: Float32Array | undefined, fill: Float32Array, over: boolean): void {
    this.material.uniforms.pressed!.value = pressure === undefined ? 0 : 1;
    this.material.uniforms.over!.value = over ? 1 : 0;
    this.colourBands();
    if (pressure === undefined) return;
    for (let n = 0; n < fill.length; n++) {
      const weight = fill[n]! > 0 ? Math.min(1, fill[n]! + 0.05) : 0;
      this.pressureData[2 * n] = weight * pressure[n]!;
      this.pressureData[2 * n + 1] = weight;
    }
    this.pressureTexture.needsUpdate = true;
  }

  /**
   * Tissue pressure that is shown at a point of the body at rest, kPa, between the cells' centres as the picture has it; undefined where there
   * is none, or structures are shown.
   */
  pressureAt([x, y, z]: Vec3): number | undefined {
    if (this.material.uniforms.pressed!.value === 0) return undefined;
    const { origin, spacing, size } = this.grid;
    const f = [(x - origin[0]) / spacing - 0.5, (y - origin[1]) / spacing - 0.5, (z - origin[2]) / spacing - 0.5];
    const cell = f.map(Math.floor);
    let [sum, weights] = [0, 0];
    for (let c = 0; c < 8; c++) {
      let [weight, n, stride] = [1, 0, 1];
      for (let d = 0; d < 3; d++) {
        const more = (c >> d) & 1;
        const t = f[d]! - cell[d]!;
        weight *= more === 1 ? t : 1 - t;
        n += stride * Math.min(Math.max(cell[d]! + more, 0), size[d]! - 1);
        stride *= size[d]!;
      }
      sum += weight * this.pressureData[2 * n]!;
      weights += weight * this.pressureData[2 * n + 1]!;
    }
    return weights > 1e-4 ? sum / weights : undefined;
  }

  /** Whether the page around it is light or dark. */
  setGround(kind: 'light' | 'dark'): void {
    const { ground, mark, tint } = this.material.uniforms;
    (ground!.value as Color).copy(linear(...GROUNDS[kind].ground));
    (mark!.value as Color).copy(linear(...GROUNDS[kind].mark));
    this.page = kind;
    this.colourBands();
    // light on dark shows more of a colour than dark on light
    tint!.value = kind === 'dark' ? 0.32 : 1;
  }

  /** Lets structures (structure, or structure/side) glow. @param picked of them, those that the rest steps back behind */
  highlight(ids: ReadonlySet<string>, picked: ReadonlySet<string>): void {
    const data = this.palette.image.data as Float32Array;
    let most = 0;
    for (const [n, { structure, side }] of this.table.entries()) {
      const among = (set: ReadonlySet<string>): boolean =>
        n > 0 && (set.has(structure) || set.has(`${structure}/${side}`));
      const glows = among(picked) ? 2 : among(ids) ? 1 : 0;
      data[4 * (WIDTH + n) + 3] = glows;
      most = Math.max(most, glows);
    }
    this.palette.needsUpdate = true;
    this.material.uniforms.glowing!.value = most;
  }

  /** Size of the page's letters, drawn pixels: lines between bands are as broad beside them as on paper. */
  setLetter(pixels: number): void {
    this.material.uniforms.letter!.value = pixels;
  }

  /** Bands that fill the cut are those of the page's ground; over parts they are the light ones. */
  private colourBands(): void {
    const { bands, over } = this.material.uniforms;
    const scale = this.page === 'dark' && over!.value === 0 ? PRESSURE_COLOURS_ON_DARK : PRESSURE_COLOURS;
    for (const [n, [r, g, b]] of scale.entries()) (bands!.value as Color[])[n]!.copy(linear(r, g, b));
  }

  dispose(): void {
    for (const texture of this.textures) texture.dispose();
    this.material.dispose();
  }
}

/** Labels that a palette has room for. */
const WIDTH = 256;

/**
 * Row 0: linear colour and, as alpha, a number per structure; row 1: whether it is bone, whether it is aimed at, what is left of its colour, and
 * whether it glows.
 */
function paletteOf({ table }: LabelVolume): DataTexture {
  const data = new Float32Array(2 * 4 * WIDTH);
  const names = table.map((row) => row.structure);
  for (const [n, row] of table.entries()) {
    const colour = linear(...row.colour);
    // skin is thinner than a voxel, so that its labels come and go: it is drawn as fat with an outline
    const name = row.structure === 'skin' ? 'subcutaneous_fat' : row.structure;
    const seen = row.structure === 'skin' ? table.find((r) => r.structure === 'subcutaneous_fat') : undefined;
    const shown = seen === undefined ? colour : linear(...seen.colour);
    data.set([shown.r, shown.g, shown.b, Math.max(0, names.indexOf(name))], 4 * n);
    const tint = row.tissue === 'muscle' ? TINT.muscle : TINT.other;
    data.set([row.tissue === 'bone' ? 1 : 0, isPsoas(row.structure) ? 1 : 0, tint, 0], 4 * (WIDTH + n));
  }
  const texture = new DataTexture(data, WIDTH, 2, RGBAFormat, FloatType);
  texture.minFilter = texture.magFilter = NearestFilter;
  texture.needsUpdate = true;
  return texture;
}

const linear = (r: number, g: number, b: number): Color => new Color().setRGB(r / 255, g / 255, b / 255, 'srgb');
