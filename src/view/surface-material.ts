import { Color, DoubleSide, FrontSide, type IUniform, ShaderMaterial, Vector2, Vector3, Vector4 } from 'three';

/** Uniforms that every surface of one viewer shares. */
export interface SharedLook {
  readonly [name: string]: IUniform;
  /** xyz normal and distance of the cutting plane; what lies on its positive side is not drawn. */
  readonly cut: IUniform<Vector4>;
  readonly cutting: IUniform<number>;
  /** Colour that far things fade into and ghosts are drawn with. */
  readonly paper: IUniform<Color>;
  /** Heights at which the trunk ends where a figure goes on from there: its skin is not closed then, mm. */
  readonly ends: IUniform<Vector2>;
}

export const sharedLook = (): SharedLook => ({
  cut: { value: new Vector4(0, 0, 1, 0) },
  cutting: { value: 0 },
  paper: { value: new Color(1, 1, 1) },
  ends: { value: new Vector2(-1e6, 1e6) },
});

/** How one surface looks. */
export interface SurfaceLook {
  readonly colour: readonly [number, number, number];
  /** Direction of fibres, or undefined for a smooth surface. */
  readonly fibre?: { readonly direction: readonly [number, number, number]; readonly mirrored: boolean } | undefined;
  /** Unevenness of fat, 0…1. */
  readonly lobes?: number;
  /** Strength of the gloss, 0…1. */
  readonly gloss: number;
  /** Whether the cutting plane cuts it. */
  readonly cuttable: boolean;
  /** Whether it wraps the trunk and goes on into the limbs of a figure. */
  readonly wrapping?: boolean;
}

const VERTEX = /* glsl */ `
attribute float shade;
attribute vec3 rest;
varying vec3 vNormal;
varying vec3 vView;
varying vec3 vWorld;
varying vec3 vRest;
varying float vShade;
void main() {
  vec4 world = modelMatrix * vec4(position, 1.0);
  vec4 view = viewMatrix * world;
  vNormal = normalize(normalMatrix * normal);
  vView = view.xyz;
  vWorld = world.xyz;
  vRest = rest;
  vShade = shade;
  gl_Position = projectionMatrix * view;
}`;

/** Key light from the upper left, a cool one from the right, a rim from behind; all move with the eye, as in a plate. */
export const PLATE_LIGHT = /* glsl */ `
vec3 plateLight(vec3 base, vec3 N, vec3 V, float open, float gloss, vec3 paper) {
  const vec3 KEY = vec3(-0.46, 0.60, 0.66);
  const vec3 FILL = vec3(0.74, 0.10, 0.66);
  float edge = 1.0 - clamp(dot(N, V), 0.0, 1.0);
  float key = clamp((dot(N, KEY) + 0.25) / 1.25, 0.0, 1.0);
  float fill = clamp(dot(N, FILL), 0.0, 1.0);
  float sky = 0.5 + 0.5 * N.y;
  vec3 ambient = mix(vec3(0.21, 0.18, 0.17), vec3(0.36, 0.37, 0.40), sky) * open;
  vec3 light = ambient + vec3(0.63, 0.61, 0.57) * key * mix(0.6, 1.0, open) + vec3(0.09, 0.10, 0.13) * fill * open;

  // shadows stay warm: a little of the colour comes through
  vec3 lit = base * light + base * base * 0.10 * (1.0 - key);
  float shine = pow(clamp(dot(N, normalize(KEY + V)), 0.0, 1.0), 38.0);
  lit += vec3(1.0, 0.98, 0.94) * shine * gloss * open;

  // a thin ink line where the surface turns away, and a breath of light just inside it
  lit *= 1.0 - 0.55 * smoothstep(0.62, 1.0, edge);
  lit += paper * 0.04 * smoothstep(0.35, 0.7, edge) * smoothstep(0.95, 0.7, edge);
  return lit;
}`;

const FRAGMENT = /* glsl */ `
uniform vec3 colour;
uniform float opacity;
uniform float ghost;
uniform float glow;
uniform float gloss;
uniform vec3 fibre;
uniform float fibres;
uniform float mirrored;
uniform float lobes;
uniform vec4 cut;
uniform float cutting;
uniform float cuttable;
uniform float wrapping;
uniform vec2 ends;
uniform vec3 paper;
varying vec3 vNormal;
varying vec3 vView;
varying vec3 vWorld;
varying vec3 vRest;
varying float vShade;
${PLATE_LIGHT}

float hash(vec2 p) { return fract(sin(dot(p, vec2(127.1, 311.7))) * 43758.5453); }
float noise(vec2 p) {
  vec2 i = floor(p);
  vec2 f = fract(p);
  f = f * f * (3.0 - 2.0 * f);
  return mix(mix(hash(i), hash(i + vec2(1.0, 0.0)), f.x), mix(hash(i + vec2(0.0, 1.0)), hash(i + vec2(1.0)), f.x), f.y);
}

void main() {
  if (cutting * cuttable > 0.5 && dot(vWorld, cut.xyz) > cut.w) discard;
  if (wrapping > 0.5 && (vRest.z < ends.x + 0.6 || vRest.z > ends.y - 0.6)) discard;
  vec3 N = normalize(vNormal);
  vec3 V = normalize(-vView);
  if (!gl_FrontFacing) {
    // through the open ends of glass one would see its other side
    if (wrapping > 0.5 && opacity < 0.999 && cutting < 0.5) discard;
    // the inside of something that has been cut open
    gl_FragColor = vec4(mix(colour, paper, 0.25) * 0.55, 1.0);
    #include <colorspace_fragment>
    return;
  }
  float facing = clamp(dot(N, V), 0.0, 1.0);
  float edge = 1.0 - facing;
  float open = 1.0 - 0.9 * pow(vShade, 1.5);

  vec3 base = colour;
  if (fibres > 0.0) {
    // threads along the fibre, uneven from one to the next, from two sides so that no side is smeared
    vec3 way = mirrored > 0.5 && vRest.x < 0.0 ? fibre * vec3(-1.0, 1.0, 1.0) : fibre;
    vec3 a = normalize(cross(way, abs(way.z) < 0.8 ? vec3(0.0, 0.0, 1.0) : vec3(0.0, 1.0, 0.0)));
    vec3 b = cross(way, a);
    float along = dot(vRest, way) * 0.035;
    float t = noise(vec2(dot(vRest, a) * 0.55 + 0.8 * noise(vec2(along * 2.0, 3.0)), along)) * 0.5
            + noise(vec2(dot(vRest, b) * 0.55 + 7.0, along)) * 0.5
            + 0.35 * (noise(vec2(dot(vRest, a + b) * 1.3, along * 1.7)) - 0.5);
    float near = smoothstep(2200.0, 700.0, -vView.z);
    base *= 1.0 + fibres * (0.3 + 0.7 * near) * (t - 0.5);
  }

  if (lobes > 0.0) {
    // fat lies in lobules
    vec3 q = mat3(0.36, 0.48, -0.8, -0.8, 0.6, 0.0, 0.48, 0.64, 0.6) * vRest * 0.16;
    float t = noise(q.xy + 1.7 * noise(q.zx)) + noise(q.yz * 1.1 + 9.0) + noise(q.zx * 0.9 + 4.0);
    base *= 1.0 + lobes * (smoothstep(0.7, 2.2, t) - 0.5);
  }

  float key = clamp((dot(N, vec3(-0.46, 0.60, 0.66)) + 0.25) / 1.25, 0.0, 1.0);
  vec3 lit = plateLight(base, N, V, open, gloss, paper);
  lit += glow * (vec3(0.16, 0.13, 0.05) + vec3(0.75, 0.62, 0.25) * pow(edge, 2.0));

  float alpha = opacity;
  if (opacity < 0.999) {
    // glassy: clear where one looks straight through, denser toward the rim
    float rim = pow(edge, 2.5);
    alpha = clamp(opacity * (0.55 + 0.9 * edge) + rim * (0.10 + 0.55 * opacity), 0.0, 1.0);
    lit = mix(lit, mix(paper, base, 0.55) * (0.6 + 0.4 * key), ghost);
  }
  gl_FragColor = vec4(lit, alpha);
  #include <colorspace_fragment>
}`;

/** The material of one surface; change `uniforms.opacity`, `.glow` and `.ghost`. */
export function surfaceMaterial(look: SurfaceLook, shared: SharedLook): ShaderMaterial {
  const [r, g, b] = look.colour;
  return new ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    uniforms: {
      ...shared,
      colour: { value: new Color().setRGB(r / 255, g / 255, b / 255, 'srgb') },
      opacity: { value: 1 },
      ghost: { value: 0 },
      glow: { value: 0 },
      gloss: { value: look.gloss },
      fibre: { value: new Vector3(...(look.fibre?.direction ?? [0, 0, 1])).normalize() },
      mirrored: { value: look.fibre?.mirrored ? 1 : 0 },
      fibres: { value: look.fibre === undefined ? 0 : 0.34 },
      lobes: { value: look.lobes ?? 0 },
      cuttable: { value: look.cuttable ? 1 : 0 },
      wrapping: { value: look.wrapping ? 1 : 0 },
    },
    side: look.cuttable ? DoubleSide : FrontSide,
  });
}
