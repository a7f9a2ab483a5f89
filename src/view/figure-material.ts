import { Color, type DataTexture, DoubleSide, FrontSide, ShaderMaterial, Vector2, Vector3 } from 'three';
import { PLATE_LIGHT, type SharedLook } from './surface-material.ts';

/** Of the silhouette and of what it lies on, on light and on dark ground, sRGB. */
export const QUIET = { light: '#ddd3c3', dark: '#4b4e54' } as const;
export const MAT = { light: '#ece4d5', dark: '#1d2025' } as const;
export const SHADOW = { light: '#8d7f6b', dark: '#050608' } as const;

const VERTEX = /* glsl */ `
attribute float away;
attribute float give;
uniform vec3 shift;
varying vec3 vNormal;
varying vec3 vView;
varying vec3 vWorld;
varying float vAway;
varying float vHeight;
void main() {
  vec4 world = modelMatrix * vec4(position + give * shift, 1.0);
  vec4 view = viewMatrix * world;
  vNormal = normalize(normalMatrix * normal);
  vView = view.xyz;
  vWorld = world.xyz;
  vAway = away;
  vHeight = position.z;
  gl_Position = projectionMatrix * view;
}`;

const FRAGMENT = /* glsl */ `
uniform vec3 quiet;
uniform vec3 skin;
uniform float skinOpacity;
uniform float opacity;
uniform float night;
uniform vec4 cut;
uniform float cutting;
uniform vec3 paper;
uniform vec2 ends;
varying vec3 vNormal;
varying vec3 vView;
varying vec3 vWorld;
varying float vAway;
varying float vHeight;
${PLATE_LIGHT}
void main() {
  if (cutting > 0.5 && dot(vWorld, cut.xyz) > cut.w) discard;
  bool glass = opacity < 0.999;
  // what covers the trunk's rim would be seen twice through glass
  if (glass && vAway < 0.01 && vHeight > ends.x && vHeight < ends.y) discard;
  if (!gl_FrontFacing) {
    if (glass) discard;
    // what has been cut open is one even shade: there is nothing in it
    gl_FragColor = vec4(quiet * mix(0.88, 0.8, night), 1.0);
    #include <colorspace_fragment>
    return;
  }
  vec3 N = normalize(vNormal);
  vec3 V = normalize(-vView);
  float edge = 1.0 - clamp(dot(N, V), 0.0, 1.0);
  float key = clamp((dot(N, vec3(-0.46, 0.60, 0.66)) + 0.25) / 1.25, 0.0, 1.0);
  // a silhouette: hardly any light and shade, and a line where it turns away
  vec3 still = quiet * (0.8 + 0.2 * key) * (1.0 - 0.34 * (1.0 - 0.6 * night) * smoothstep(0.55, 1.0, edge));
  still += night * quiet * 0.5 * smoothstep(0.5, 1.0, edge);
  vec3 lit = mix(plateLight(skin, N, V, 1.0, 0.08, paper), still, mix(1.0, vAway, skinOpacity));
  float alpha = opacity;
  if (glass) {
    // as the trunk's own skin is then
    alpha = clamp(opacity * (0.55 + 0.9 * edge) + pow(edge, 2.5) * (0.10 + 0.55 * opacity), 0.0, 1.0);
    lit = mix(paper, mix(skin, quiet, vAway), 0.55) * (0.6 + 0.4 * key);
  }
  gl_FragColor = vec4(lit, alpha);
  #include <colorspace_fragment>
}`;

const MAT_VERTEX = /* glsl */ `
attribute vec2 place;
varying vec2 vPlace;
varying vec3 vWorld;
void main() {
  vec4 world = modelMatrix * vec4(position, 1.0);
  vPlace = place;
  vWorld = world.xyz;
  gl_Position = projectionMatrix * viewMatrix * world;
}`;

const MAT_FRAGMENT = /* glsl */ `
uniform vec3 colour;
uniform vec3 dark;
uniform sampler2D shadow;
uniform vec2 half_;
uniform vec4 cut;
uniform float cutting;
varying vec2 vPlace;
varying vec3 vWorld;
void main() {
  if (cutting > 0.5 && dot(vWorld, cut.xyz) > cut.w) discard;
  const float ROUND = 60.0;
  vec2 q = abs(vPlace) - half_ + ROUND;
  float out_ = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - ROUND;
  if (out_ > 0.0) discard;
  float s = texture2D(shadow, vPlace / (2.0 * half_) + 0.5).r;
  vec3 lit = mix(colour, dark, 0.75 * s);
  lit = mix(lit, dark, 0.16 * smoothstep(-11.0, -7.0, out_));
  gl_FragColor = vec4(lit, smoothstep(0.0, -1.5, out_));
  #include <colorspace_fragment>
}`;

/** The material of a silhouette. @param skin colour of the trunk that it leaves, sRGB 0…255 */
export const figureMaterial = (skin: readonly [number, number, number], shared: SharedLook): ShaderMaterial =>
  new ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    uniforms: {
      ...shared,
      quiet: { value: new Color(QUIET.light) },
      skin: { value: new Color().setRGB(skin[0] / 255, skin[1] / 255, skin[2] / 255, 'srgb') },
      skinOpacity: { value: 1 },
      opacity: { value: 1 },
      night: { value: 0 },
      shift: { value: new Vector3() },
    },
    side: DoubleSide,
  });

/** The material of a mat, with a shadow on it. @param half @param across half its length and width, mm */
export const matMaterial = (shadow: DataTexture, half: number, across: number, shared: SharedLook): ShaderMaterial =>
  new ShaderMaterial({
    vertexShader: MAT_VERTEX,
    fragmentShader: MAT_FRAGMENT,
    uniforms: {
      ...shared,
      colour: { value: new Color(MAT.light) },
      dark: { value: new Color(SHADOW.light) },
      shadow: { value: shadow },
      half_: { value: new Vector2(half, across) },
    },
    transparent: true,
    depthWrite: false,
    side: FrontSide,
  });
