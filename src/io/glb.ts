import { Document, type Material, type Node, WebIO } from '@gltf-transform/core';
import { structureOf } from '../anatomy/structures.ts';
import type { Grid } from '../base/grid.ts';
import { inEnglish, type Speaker } from '../messages/say.ts';
import { moverOf } from '../press/displacement.ts';
import type { ToolSurface } from '../press/tool-surface.ts';
import { vertexNormals } from '../voxel/mesh.ts';
import { type Surface, surfaceId } from '../voxel/surfaces.ts';

/** What a .glb shows. */
export interface GlbScene {
  /** What the file says of itself is said by it; English when absent. */
  readonly speaker?: Speaker | undefined;
  readonly surfaces: readonly Surface[];
  readonly tool?: ToolSurface | undefined;
  /** The press to morph into: displacement (nodes×3, mm) on its grid, and the tool's travel, mm. */
  readonly press?: {
    readonly grid: Grid;
    readonly fill: Float32Array;
    readonly displacement: Float32Array;
    /** That of contents of the belly which slide. */
    readonly contents?: Float32Array | undefined;
    readonly depth: number;
  };
}

/** Surfaces that move less than this keep no morph target, mm. */
const STILL = 0.05;

/** The press as an animation: seconds from rest to the full load. */
const SECONDS = 3;

/**
 * A scene as binary glTF 2.0: one named node per structure and side with its colour, identifiers and, where the press moves it,
 * a morph target 'pressed' (weight 0 rest, 1 full load) that the animation 'press' plays together with the tool's travel.
 * As glTF wants it, lengths are metres and y is up: x to the person's left, y to the head, z to the front; the origin is that of
 * the model. Skin, fat and the spreads of nerves are translucent.
 */
export async function glb({ surfaces, tool, press, speaker = inEnglish }: GlbScene): Promise<Uint8Array> {
  const document = new Document();
  const root = document.getRoot();
  root.getAsset().generator = 'psoascope';
  const buffer = document.createBuffer();
  const scene = document
    .createScene('psoascope')
    .setExtras({ notice: speaker.say('notice'), lengths: 'metres; x left, y head, z front' });
  root.setDefaultScene(scene);
  const move = press && moverOf(press, press.displacement, press.contents);
  const materials = new Map<string, Material>();
  const play = press ? player(document) : undefined;

  for (const surface of surfaces) {
    const name = surface.kind === 'spread' ? `${surfaceId(surface)} spread` : surfaceId(surface);
    const primitive = document
      .createPrimitive()
      .setMaterial(materialOf(document, materials, surface))
      .setAttribute('POSITION', vectors(upright(surface.vertices, 1e-3)))
      .setAttribute('NORMAL', vectors(upright(surface.normals, 1)))
      .setIndices(scalars(surface.triangles));
    const mesh = document.createMesh(name).addPrimitive(primitive);
    const { latin, ta98, fma, uberon, snomed } = structureOf(surface.structure);
    const codes = Object.fromEntries(Object.entries({ latin, ta98, fma, uberon, snomed }).filter(([, code]) => code));
    const { structure, side, label, kind } = surface;
    const node = document
      .createNode(name)
      .setMesh(mesh)
      .setExtras({ structure, side, label, kind, ...codes });
    scene.addChild(node);
    if (move === undefined) continue;
    const moved = move(surface);
    if (!moved.some((u) => Math.abs(u) > STILL)) continue;
    const target = document
      .createPrimitiveTarget('pressed')
      .setAttribute('POSITION', vectors(upright(moved, 1e-3)))
      .setAttribute('NORMAL', vectors(upright(turned(surface, moved), 1)));
    primitive.addTarget(target);
    mesh.setExtras({ targetNames: ['pressed'] }).setWeights([0]);
    play?.(node, 'weights', Float32Array.of(0, 1));
  }

  if (tool) {
    const material = document.createMaterial('tool').setBaseColorFactor([...linear([92, 102, 114]), 1]);
    const primitive = document
      .createPrimitive()
      .setMaterial(material.setRoughnessFactor(0.5).setMetallicFactor(0))
      .setAttribute('POSITION', vectors(upright(tool.vertices, 1e-3)))
      .setAttribute('NORMAL', vectors(upright(tool.normals, 1)))
      .setIndices(scalars(tool.triangles));
    const node = document.createNode('tool').setMesh(document.createMesh('tool').addPrimitive(primitive));
    scene.addChild(node.setExtras({ pose: 'at first touch' }));
    const travel = upright(Float32Array.from(tool.direction), 1e-3 * (press?.depth ?? 0));
    play?.(node, 'translation', Float32Array.of(0, 0, 0, ...travel));
  }
  return new WebIO().writeBinary(document);

  function vectors(array: Float32Array) {
    return document.createAccessor().setType('VEC3').setArray(fresh(array)).setBuffer(buffer);
  }
  function scalars(array: Uint32Array) {
    return document.createAccessor().setType('SCALAR').setArray(new Uint32Array(array)).setBuffer(buffer);
  }
}

/** Adds channels to one animation that runs once from rest to the full load. */
function player(document: Document): (node: Node, path: 'weights' | 'translation', values: Float32Array) => void {
  const buffer = document.getRoot().listBuffers()[0]!;
  const animation = document.createAnimation('press');
  const times = document.createAccessor().setArray(Float32Array.of(0, SECONDS)).setBuffer(buffer);
  return (node, path, values) => {
    const output = document
      .createAccessor()
      .setType(path === 'weights' ? 'SCALAR' : 'VEC3')
      .setArray(fresh(values))
      .setBuffer(buffer);
    const sampler = document.createAnimationSampler().setInput(times).setOutput(output).setInterpolation('LINEAR');
    const channel = document.createAnimationChannel().setTargetNode(node).setTargetPath(path).setSampler(sampler);
    animation.addSampler(sampler).addChannel(channel);
  };
}

/** One material per structure and kind. */
function materialOf(document: Document, known: Map<string, Material>, { structure, kind, colour }: Surface): Material {
  const name = kind === 'spread' ? `${structure} spread` : structure;
  let material = known.get(name);
  if (material === undefined) {
    const alpha =
      kind === 'spread'
        ? 0.2
        : structure === 'skin'
          ? 0.3
          : kind === 'envelope' && structure !== 'other_muscle'
            ? 0.15
            : 1;
    material = document
      .createMaterial(name)
      .setBaseColorFactor([...linear(colour), alpha])
      .setRoughnessFactor(0.6)
      .setMetallicFactor(0)
      .setAlphaMode(alpha < 1 ? 'BLEND' : 'OPAQUE');
    known.set(name, material);
  }
  return material;
}

/** How the normals turn when the vertices move, n×3. */
function turned({ vertices, normals, triangles }: Surface, moved: Float32Array): Float32Array {
  const out = new Float32Array(vertices.length);
  vertexNormals(
    vertices.map((v, n) => v + moved[n]!),
    triangles,
    out,
  );
  for (let n = 0; n < out.length; n++) out[n]! -= normals[n]!;
  return out;
}

/** LPS to glTF's axes (left, head, front), scaled. */
function upright(v: Float32Array, scale: number): Float32Array {
  const out = new Float32Array(v.length);
  for (let n = 0; n < v.length; n += 3) {
    out[n] = scale * v[n]!;
    out[n + 1] = scale * v[n + 2]!;
    out[n + 2] = -scale * v[n + 1]!;
  }
  return out;
}

/** sRGB 0…255 to linear 0…1. */
const linear = (rgb: readonly [number, number, number]): [number, number, number] =>
  rgb.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4)) as [
    number,
    number,
    number,
  ];

/** The writer wants arrays of their own memory. */
const fresh = (array: Float32Array): Float32Array<ArrayBuffer> => new Float32Array(array);
