import { vertexNormals } from '../voxel/mesh.ts';
import { FIGURE_STEPS, PLACE_STEPS } from '../voxel/steps.ts';
import type { Surface } from '../voxel/surfaces.ts';
import type { Figure } from './figure.ts';

/**
 * A body at rest as it is drawn, and who lies around it, in few bytes: what the page of a first visit shows before anything has been
 * computed. What comes out is bit for bit what went in.
 *
 * Numbers first as text (JSON, its length before it in four bytes), then streams of bytes, each ready to be compressed: places and
 * corners as differences from the ones before, their low bytes before their high ones. Normals are those of the vertices, and written out
 * only where they are others.
 */
export interface KeptScene {
  /** Version of the program that made it. */
  readonly version: string;
  /** Of the surfaces, and of the person. */
  readonly key: string;
  readonly lies: string;
  readonly surfaces: readonly Surface[];
  readonly figure: Figure | undefined;
}

/** Steps per mm that every vertex lies on, per unit of a figure's normals and of its shares between 0 and 1. */
const STEPS = { place: PLACE_STEPS, ...FIGURE_STEPS } as const;

/** Arrays of whole steps, in the order in which they are kept. */
class Writer {
  readonly parts: Uint8Array[] = [];
  bytes(values: Uint8Array): void {
    this.parts.push(values);
  }
  /** Differences from the value `stride` before, as whole steps. @throws Error where a value lies between two steps */
  steps(values: Float32Array | Uint32Array, steps: number, stride: number): void {
    const planes = [0, 1, 2].map(() => new Uint8Array(values.length));
    for (let n = 0; n < values.length; n++) {
      const at = values[n]! * steps;
      const by = Math.round(at) - (n < stride ? 0 : Math.round(values[n - stride]! * steps));
      if (!Number.isInteger(at)) throw new Error(`a place between two steps: ${values[n]}`);
      const folded = by < 0 ? -2 * by - 1 : 2 * by;
      for (const [p, plane] of planes.entries()) plane[n] = (folded >>> (8 * p)) & 255;
    }
    this.parts.push(...planes);
  }
}

class Reader {
  private at: number;
  private readonly from: Uint8Array;
  constructor(from: Uint8Array, at: number) {
    this.from = from;
    this.at = at;
  }
  bytes(count: number): Uint8Array<ArrayBuffer> {
    this.at += count;
    return this.from.slice(this.at - count, this.at);
  }
  steps<A extends Float32Array | Uint32Array>(values: A, steps: number, stride: number): A {
    const count = values.length;
    const { from, at } = this;
    const last = new Int32Array(stride);
    for (let n = 0; n < count; n++) {
      const folded = from[at + n]! | (from[at + count + n]! << 8) | (from[at + 2 * count + n]! << 16);
      last[n % stride]! += folded & 1 ? -((folded + 1) >> 1) : folded >> 1;
      values[n] = last[n % stride]! / steps;
    }
    this.at += 3 * count;
    return values;
  }
}

type KeptSurface = Omit<Surface, 'vertices' | 'normals' | 'occlusion' | 'triangles'> & {
  readonly points: number;
  readonly corners: number;
  /** Vertices whose normals are not those of the triangles around them, flat ends taken for themselves. */
  readonly rims: number;
};
interface Head extends Pick<KeptScene, 'version' | 'key' | 'lies'> {
  readonly surfaces: readonly KeptSurface[];
  readonly figure?: Omit<Figure, 'vertices' | 'normals' | 'triangles' | 'away' | 'give'> & {
    readonly points: number;
    readonly corners: number;
  };
}

/** 1 where a surface ends, which is where the volume cut it flat if it did. */
function endsOf(vertices: Float32Array): Uint8Array {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let n = 2; n < vertices.length; n += 3) {
    low = Math.min(low, vertices[n]!);
    high = Math.max(high, vertices[n]!);
  }
  const ends = new Uint8Array(vertices.length / 3);
  for (let n = 0; n < ends.length; n++) ends[n] = vertices[3 * n + 2] === low || vertices[3 * n + 2] === high ? 1 : 0;
  return ends;
}

/** @throws Error where what is drawn does not lie on the steps that it is kept in */
export function packScene({ version, key, lies, surfaces, figure }: KeptScene): Uint8Array {
  const out = new Writer();
  const kept = surfaces.map(({ vertices, normals, occlusion, triangles, ...named }): KeptSurface => {
    const plain = new Float32Array(normals.length);
    vertexNormals(vertices, triangles, plain, endsOf(vertices));
    const rims = Uint32Array.from(occlusion.keys()).filter((n) =>
      [0, 1, 2].some((d) => plain[3 * n + d] !== normals[3 * n + d]),
    );
    out.steps(vertices, STEPS.place, 3);
    out.steps(triangles, 1, 3);
    out.bytes(occlusion);
    out.steps(rims, 1, 1);
    const others = Float32Array.from([...rims].flatMap((n) => [...normals.subarray(3 * n, 3 * n + 3)]));
    out.bytes(new Uint8Array(others.buffer));
    return { ...named, points: vertices.length, corners: triangles.length, rims: rims.length };
  });
  let person: Head['figure'];
  if (figure !== undefined) {
    const { vertices, normals, triangles, away, give, ...lying } = figure;
    out.steps(vertices, STEPS.place, 3);
    out.steps(normals, STEPS.normal, 3);
    out.steps(triangles, 1, 3);
    out.bytes(Uint8Array.from(away, (v) => Math.round(v * STEPS.share)));
    out.bytes(Uint8Array.from(give, (v) => Math.round(v * STEPS.share)));
    person = { ...lying, points: vertices.length, corners: triangles.length };
  }
  const head: Head = { version, key, lies, surfaces: kept, ...(person !== undefined && { figure: person }) };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, text.length, true);
  return joined([length, text, ...out.parts]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** @param pause is waited for between two surfaces, so that whoever else has something to do can do it */
export async function unpackScene(packed: Uint8Array, pause: () => Promise<void> | undefined): Promise<KeptScene> {
  const view = new DataView(packed.buffer, packed.byteOffset);
  const length = view.getUint32(0, true);
  const head: Head = JSON.parse(new TextDecoder().decode(packed.subarray(4, 4 + length)));
  const from = new Reader(packed, 4 + length);
  const surfaces: Surface[] = [];
  for (const { points, corners, rims, ...named } of head.surfaces) {
    await pause();
    const vertices = from.steps(new Float32Array(points), STEPS.place, 3);
    const triangles = from.steps(new Uint32Array(corners), 1, 3);
    const occlusion = from.bytes(points / 3);
    const normals = new Float32Array(points);
    vertexNormals(vertices, triangles, normals, endsOf(vertices));
    const others = from.steps(new Uint32Array(rims), 1, 1);
    const directions = new Float32Array(from.bytes(12 * rims).buffer);
    for (const [n, rim] of others.entries()) normals.set(directions.subarray(3 * n, 3 * n + 3), 3 * rim);
    surfaces.push({ ...named, vertices, normals, occlusion, triangles });
  }
  await pause();
  const { version, key, lies } = head;
  if (head.figure === undefined) return { version, key, lies, surfaces, figure: undefined };
  const { points, corners, ...lying } = head.figure;
  const shell = {
    vertices: from.steps(new Float32Array(points), STEPS.place, 3),
    normals: from.steps(new Float32Array(points), STEPS.normal, 3),
    triangles: from.steps(new Uint32Array(corners), 1, 3),
  };
  const share = (): Float32Array => Float32Array.from(from.bytes(points / 3), (v) => v / STEPS.share);
  return { version, key, lies, surfaces, figure: { ...lying, ...shell, away: share(), give: share() } };
}
