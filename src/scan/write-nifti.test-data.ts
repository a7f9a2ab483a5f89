/** A writer of small NIfTI files for the tests of this room. */
import type { Vec3 } from '../base/grid.ts';

export interface NiftiSpec {
  readonly size: readonly number[];
  /** Stored number of a voxel. */
  readonly value?: (i: number, j: number, k: number) => number;
  readonly datatype?: 2 | 4 | 8 | 16 | 64 | 256 | 512 | 768 | 1024 | 1280;
  readonly bigEndian?: boolean;
  readonly version?: 1 | 2;
  /** RAS affine, rows x, y, z; null leaves sform_code at 0. */
  readonly sform?: readonly (readonly number[])[] | null;
  readonly qform?: {
    readonly b: number;
    readonly c: number;
    readonly d: number;
    readonly offset: Vec3;
    readonly qfac?: number;
  };
  readonly spacing?: Vec3;
  readonly slope?: number;
  readonly inter?: number;
  readonly units?: number;
  /** Text of an XML extension. */
  readonly extension?: string;
}

const WIDTH = { 2: 1, 4: 2, 8: 4, 16: 4, 64: 8, 256: 1, 512: 2, 768: 4, 1024: 8, 1280: 8 } as const;

export function writeNifti(spec: NiftiSpec): Uint8Array {
  const { size, datatype = 4, version = 1, spacing = [1, 1, 1], qform } = spec;
  const little = !spec.bigEndian;
  const text = new TextEncoder().encode(spec.extension ?? '');
  const extension = text.length === 0 ? 0 : 16 * Math.ceil((text.length + 8) / 16);
  const head = version === 2 ? 544 : 352;
  const offset = head + extension;
  const [nx = 1, ny = 1, nz = 1] = size;
  const count = size.reduce((a, b) => a * b, 1);
  const out = new Uint8Array(offset + count * WIDTH[datatype]);
  const view = new DataView(out.buffer);
  const sform =
    spec.sform === undefined
      ? [
          [1, 0, 0, 0],
          [0, 1, 0, 0],
          [0, 0, 1, 0],
        ]
      : spec.sform;
  const i16 = (at: number, v: number): void => view.setInt16(at, v, little);
  const f32 = (at: number, v: number): void => view.setFloat32(at, v, little);
  const f64 = (at: number, v: number): void => view.setFloat64(at, v, little);
  const i64 = (at: number, v: number): void => view.setBigInt64(at, BigInt(v), little);
  const dims = [size.length, ...size, 1, 1, 1, 1, 1, 1, 1].slice(0, 8);
  const pixdim = [qform?.qfac ?? 1, ...spacing, 1, 1, 1, 1];
  const quaternion = qform ? [qform.b, qform.c, qform.d, ...qform.offset] : [0, 0, 0, 0, 0, 0];
  if (version === 1) {
    view.setInt32(0, 348, little);
    dims.forEach((d, n) => {
      i16(40 + 2 * n, d);
    });
    i16(70, datatype);
    i16(72, 8 * WIDTH[datatype]);
    pixdim.forEach((p, n) => {
      f32(76 + 4 * n, p);
    });
    f32(108, offset);
    f32(112, spec.slope ?? 1);
    f32(116, spec.inter ?? 0);
    out[123] = spec.units ?? 2;
    i16(252, qform ? 1 : 0);
    i16(254, sform ? 1 : 0);
    quaternion.forEach((q, n) => {
      f32(256 + 4 * n, q);
    });
    sform?.flat().forEach((v, n) => {
      f32(280 + 4 * n, v);
    });
    out.set([0x6e, 0x2b, 0x31, 0], 344);
  } else {
    view.setInt32(0, 540, little);
    out.set([0x6e, 0x2b, 0x32, 0, 0x0d, 0x0a, 0x1a, 0x0a], 4);
    i16(12, datatype);
    i16(14, 8 * WIDTH[datatype]);
    dims.forEach((d, n) => {
      i64(16 + 8 * n, d);
    });
    pixdim.forEach((p, n) => {
      f64(104 + 8 * n, p);
    });
    i64(168, offset);
    f64(176, spec.slope ?? 1);
    f64(184, spec.inter ?? 0);
    view.setInt32(344, qform ? 1 : 0, little);
    view.setInt32(348, sform ? 1 : 0, little);
    quaternion.forEach((q, n) => {
      f64(352 + 8 * n, q);
    });
    sform?.flat().forEach((v, n) => {
      f64(400 + 8 * n, v);
    });
    view.setInt32(500, spec.units ?? 2, little);
  }
  if (extension > 0) {
    out[head - 4] = 1;
    view.setInt32(head, extension, little);
    out.set(text, head + 8);
  }
  const write: Record<number, (at: number, v: number) => void> = {
    2: (at, v) => view.setUint8(at, v),
    256: (at, v) => view.setInt8(at, v),
    4: i16,
    512: (at, v) => view.setUint16(at, v, little),
    8: (at, v) => view.setInt32(at, v, little),
    768: (at, v) => view.setUint32(at, v, little),
    16: f32,
    64: f64,
    1024: i64,
    1280: i64,
  };
  for (let n = 0; n < count; n++) {
    const v = spec.value?.(n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny)) % nz) ?? 0;
    write[datatype]!(offset + n * WIDTH[datatype], v);
  }
  return out;
}

/** One of the 48 ways to store the same block of voxels: which world axis each index runs along, and which way. */
export interface Storage {
  readonly axis: readonly [number, number, number];
  readonly flip: readonly [boolean, boolean, boolean];
}

export const STORAGES: readonly Storage[] = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
].flatMap((axis) =>
  Array.from({ length: 8 }, (_, f) => ({
    axis: axis as unknown as Storage['axis'],
    flip: [(f & 1) > 0, (f & 2) > 0, (f & 4) > 0] as Storage['flip'],
  })),
);

/**
 * The same block of the world, stored in one of the 48 ways. The block has n voxels of the given spacing along x, y, z of LPS,
 * the first centre at origin; value is asked in LPS millimetres.
 */
export function storeBlock(
  block: { n: Vec3; origin: Vec3; spacing: Vec3; value: (x: number, y: number, z: number) => number },
  { axis, flip }: Storage,
  more: Omit<NiftiSpec, 'size' | 'value' | 'sform'> = {},
): Uint8Array {
  const size = axis.map((a) => block.n[a]!);
  const start = [0, 1, 2].map(
    (a) => block.origin[a]! + (flip[axis.indexOf(a)] ? (block.n[a]! - 1) * block.spacing[a]! : 0),
  );
  const lps = [0, 1, 2].map((a) => [
    ...axis.map((b, c) => (b === a ? (flip[c] ? -1 : 1) * block.spacing[a]! : 0)),
    start[a]!,
  ]);
  const sform = lps.map((row, r) => (r < 2 ? row.map((v) => -v) : row));
  const world = (r: number, at: readonly number[]): number =>
    lps[r]![3]! + at.reduce((sum, v, c) => sum + v * lps[r]![c]!, 0);
  const value = (...at: [number, number, number]): number => block.value(world(0, at), world(1, at), world(2, at));
  return writeNifti({ ...more, size, sform, value });
}
