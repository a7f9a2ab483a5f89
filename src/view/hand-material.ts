import { Color, DoubleSide, ShaderMaterial } from 'three';
import { PLATE_LIGHT, type SharedLook } from './surface-material.ts';

/** Of a hand on light and on dark ground, sRGB: warmer than who lies there, and no colour of anything in the body. */
export const HAND = { light: '#b98f74', dark: '#a98570' } as const;

const VERTEX = /* glsl */ `
attribute float faded;
varying vec3 vNormal;
varying vec3 vView;
varying vec3 vWorld;
varying float vFaded;
void main() {
  vec4 world = modelMatrix * vec4(position, 1.0);
  vec4 view = viewMatrix * world;
  vNormal = normalize(normalMatrix * normal);
  vView = view.xyz;
  vWorld = world.xyz;
  vFaded = faded;
  gl_Position = projectionMatrix * view;
}`;

const FRAGMENT = /* glsl */ `
uniform vec3 colour;
uniform vec4 cut;
uniform float cutting;
uniform vec3 paper;
varying vec3 vNormal;
varying vec3 vView;
varying vec3 vWorld;
varying float vFaded;
${PLATE_LIGHT}
void main() {
  if (cutting > 0.5 && dot(vWorld, cut.xyz) > cut.w) discard;
  vec3 N = normalize(gl_FrontFacing ? vNormal : -vNormal);
  vec3 V = normalize(-vView);
  vec3 lit = gl_FrontFacing ? plateLight(colour, N, V, 1.0, 0.1, paper) : colour * 0.72;
  gl_FragColor = vec4(lit, 1.0 - smoothstep(0.0, 1.0, vFaded));
  #include <colorspace_fragment>
}`;

/** The material of a hand whose forearm fades out. */
export const handMaterial = (shared: SharedLook): ShaderMaterial =>
  new ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    uniforms: { ...shared, colour: { value: new Color(HAND.light) } },
    transparent: true,
    side: DoubleSide,
  });
