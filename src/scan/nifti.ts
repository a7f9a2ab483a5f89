import { Gunzip } from 'fflate';
import { readHeader } from 'nifti-reader-js';
import { hypot } from '../base/elementary.ts';
import { InputError } from '../base/errors.ts';
import type { Vec3 } from '../base/grid.ts';
import { tell } from '../base/told.ts';
import { SCAN_ERRORS } from '../messages/errors/scan.data.ts';
import { fromXml, namesOf } from './label-table.ts';
import { otherFormat } from './other-format.ts';

/** A 3 × 4 affine, rows x, y, z: LPS millimetres = toLps · (i, j, k, 1) for the centre of voxel (i,j,k). */
export type Affine = readonly [readonly number[], readonly number[], readonly number[]];

export type VoxelArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** One NIfTI volume. Voxel (i,j,k) is data[i + nx·(j + ny·k)]; its value is that number · slope + inter. */
export interface NiftiVolume {
  /** What messages call it. */
  readonly name: string;
  readonly size: Vec3;
  readonly data: VoxelArray;
  readonly slope: number;
  readonly inter: number;
  readonly toLps: Affine;
  /** Names of label values, where the file carries a label table (TotalSegmentator writes one as an XML extension). */
  readonly labelNames: ReadonlyMap<number, string>;
}

/**
 * Most bytes a file may unpack to. 512 × 512 × 2000 voxels of 16 bits, a whole body at half a millimetre, are 1.0 GB;
 * more than twice that is no scan of one trunk, but would fill a laptop's memory.
 */
const MAX_UNPACKED = 2 * 2 ** 30;
/** Bytes after the voxels that are put up with: some programs pad their files. */
const PADDING = 2 ** 20;
/** deflate packs at most 1032 : 1, so this much input never inflates to more than about 17 MB in one go. */
const CHUNK = 2 ** 14;

/** NIfTI datatype codes that hold one real number per voxel (nifti1.h). */
const DATATYPES: Readonly<
  Record<number, { bytes: number; view: (b: ArrayBuffer, at: number, n: number) => VoxelArray }>
> = {
  2: { bytes: 1, view: (b, at, n) => new Uint8Array(b, at, n) },
  4: { bytes: 2, view: (b, at, n) => new Int16Array(b, at, n) },
  8: { bytes: 4, view: (b, at, n) => new Int32Array(b, at, n) },
  16: { bytes: 4, view: (b, at, n) => new Float32Array(b, at, n) },
  64: { bytes: 8, view: (b, at, n) => new Float64Array(b, at, n) },
  256: { bytes: 1, view: (b, at, n) => new Int8Array(b, at, n) },
  512: { bytes: 2, view: (b, at, n) => new Uint16Array(b, at, n) },
  768: { bytes: 4, view: (b, at, n) => new Uint32Array(b, at, n) },
  // 64-bit whole numbers become doubles: exact up to 2⁵³, far beyond any Hounsfield unit or class number
  1024: { bytes: 8, view: (b, at, n) => Float64Array.from(new BigInt64Array(b, at, n), Number) },
  1280: { bytes: 8, view: (b, at, n) => Float64Array.from(new BigUint64Array(b, at, n), Number) },
};

interface Header {
  readonly size: Vec3;
  readonly datatype: number;
  readonly littleEndian: boolean;
  /** Where the voxels start, and how many bytes header and voxels take together. */
  readonly offset: number;
  readonly total: number;
  /** Where header extensions may start. */
  readonly extensions: number;
  readonly slope: number;
  readonly inter: number;
  readonly toLps: Affine;
}

/**
 * Reads a NIfTI-1 or NIfTI-2 single-file volume (.nii or .nii.gz, told apart by content, not by name).
 * Orientation comes from the sform, else from the qform; NIfTI's RAS becomes LPS; lengths become millimetres.
 * @throws InputError for anything that is not one complete, oriented, three-dimensional volume of real numbers.
 */
export function readNifti(bytes: Uint8Array, name: string, maxUnpacked = MAX_UNPACKED): NiftiVolume {
  const gzipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const { header, buffer, start } = gzipped ? unpack(bytes, name, maxUnpacked) : wrap(bytes, name, maxUnpacked);
  const kind = DATATYPES[header.datatype]!;
  const voxels = header.size[0] * header.size[1] * header.size[2];
  if (!header.littleEndian) {
    swapBytes(new Uint8Array(buffer, start + header.offset, voxels * kind.bytes), kind.bytes);
  }
  return {
    name,
    size: header.size,
    data: kind.view(buffer, start + header.offset, voxels),
    slope: header.slope,
    inter: header.inter,
    toLps: header.toLps,
    labelNames: readLabelNames(new Uint8Array(buffer, start, header.offset), header, name),
  };
}

/** The file's bytes in a buffer of their own, placed so that the voxels are aligned for their type. */
interface Unpacked {
  readonly header: Header;
  readonly buffer: ArrayBuffer;
  readonly start: number;
}

const alignment = (header: Header): number => (8 - (header.offset % 8)) % 8;

function wrap(bytes: Uint8Array, name: string, maxUnpacked: number): Unpacked {
  const header = parseHeader(bytes, name, maxUnpacked);
  if (bytes.length < header.total) throw tooShort(name, header, bytes.length);
  const start = alignment(header);
  const buffer = new ArrayBuffer(start + header.total);
  new Uint8Array(buffer, start).set(bytes.subarray(0, header.total));
  return { header, buffer, start };
}

/** Inflates piece by piece and stops as soon as the stream turns out longer than its own header says. */
function unpack(bytes: Uint8Array, name: string, maxUnpacked: number): Unpacked {
  let head: Uint8Array = new Uint8Array(0);
  let file: Unpacked | undefined;
  let received = 0;
  const take = (chunk: Uint8Array): void => {
    if (file === undefined) {
      const joined = new Uint8Array(head.length + chunk.length);
      joined.set(head);
      joined.set(chunk, head.length);
      head = joined;
      if (head.length < 544) return;
      const header = parseHeader(head, name, maxUnpacked);
      const start = alignment(header);
      file = { header, buffer: new ArrayBuffer(start + header.total), start };
      chunk = head;
    }
    const room = file.header.total - received;
    if (room > 0) {
      new Uint8Array(file.buffer, file.start + received).set(chunk.length > room ? chunk.subarray(0, room) : chunk);
    }
    received += chunk.length;
    if (received > file.header.total + PADDING) {
      throw new InputError(tell(SCAN_ERRORS, 'error.nifti.more', { file: name, size: megabytes(file.header.total) }));
    }
  };
  // of the member that is being read; files packed in several (bgzip) have a checksum after each, and the last one is looked at
  let crc = -1;
  let length = 0;
  const stream = new Gunzip((chunk) => {
    crc = crc32(crc, chunk);
    length += chunk.length;
    take(chunk);
  });
  stream.onmember = () => {
    crc = -1;
    length = 0;
  };
  try {
    for (let at = 0; at < bytes.length; at += CHUNK) {
      stream.push(bytes.subarray(at, at + CHUNK), at + CHUNK >= bytes.length);
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    // what follows the last member is put up with, as gzip itself does: copies from tapes and block devices end in zeros
    if (!endsWith(bytes, ~crc, length)) throw damaged(name, received || head.length);
  }
  if (file === undefined) return wrap(head, name, maxUnpacked);
  if (received < file.header.total) throw tooShort(name, file.header, received);
  if (!endsWith(bytes, ~crc, length)) throw damaged(name, received);
  return file;
}

/** Whether a gzip member ends somewhere with this checksum and unpacked length (RFC 1952, 2.3.1), looked for from the end. */
function endsWith(bytes: Uint8Array, crc: number, length: number): boolean {
  if (bytes.length < 8) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = bytes.lastIndexOf(crc & 255, bytes.length - 8); at >= 0; at = bytes.lastIndexOf(crc & 255, at - 1)) {
    if (view.getInt32(at, true) === crc && view.getUint32(at + 4, true) === length % 2 ** 32) return true;
    if (at === 0) break;
  }
  return false;
}

function damaged(name: string, unpacked: number): InputError {
  return new InputError(tell(SCAN_ERRORS, 'error.nifti.damaged', { file: name, bytes: unpacked }));
}

const CRC_TABLE = Int32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** CRC-32 of RFC 1952 carried on over one more piece (start with -1, invert at the end); the inflater does not check it. */
function crc32(crc: number, bytes: Uint8Array): number {
  let c = crc;
  for (let i = 0; i < bytes.length; i++) c = CRC_TABLE[(c ^ bytes[i]!) & 255]! ^ (c >>> 8);
  return c;
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6).toLocaleString('en-GB')} MB`;

function tooShort(name: string, header: Header, length: number): InputError {
  return new InputError(
    tell(SCAN_ERRORS, 'error.nifti.short', {
      file: name,
      voxels: header.size.join(' × '),
      total: header.total,
      bytes: length,
    }),
  );
}

function parseHeader(bytes: Uint8Array, name: string, maxUnpacked: number): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cookies = bytes.length >= 4 ? [view.getInt32(0, true), view.getInt32(0, false)] : [];
  const two = cookies.includes(540);
  const length = two ? 540 : 348;
  if ((!two && !cookies.includes(348)) || bytes.length < length) {
    throw new InputError(otherFormat(bytes, name) ?? tell(SCAN_ERRORS, 'error.nifti.none', { file: name }));
  }
  // the library gets the bare header: it would follow a damaged extension in circles
  const bare = new Uint8Array(length + 4);
  bare.set(bytes.subarray(0, length));
  let raw: ReturnType<typeof readHeader>;
  try {
    raw = readHeader(bare.buffer);
  } catch {
    throw new InputError(tell(SCAN_ERRORS, 'error.nifti.pair', { file: name }));
  }
  const littleEndian = raw.littleEndian;
  const size = readSize(raw.dims, name);
  const kind = DATATYPES[raw.datatypeCode];
  if (kind === undefined) {
    throw new InputError(tell(SCAN_ERRORS, 'error.nifti.datatype', { file: name, code: raw.datatypeCode }));
  }
  const extensions = length + 4;
  const offset = raw.vox_offset === 0 ? extensions : Math.round(raw.vox_offset);
  const total = offset + size[0] * size[1] * size[2] * kind.bytes;
  if (!(offset >= extensions && offset <= maxUnpacked)) {
    throw new InputError(tell(SCAN_ERRORS, 'error.nifti.offset', { file: name, offset: raw.vox_offset }));
  }
  if (total > maxUnpacked) {
    throw new InputError(
      tell(SCAN_ERRORS, 'error.nifti.large', {
        file: name,
        voxels: size.join(' × '),
        size: megabytes(total),
        most: megabytes(maxUnpacked),
      }),
    );
  }
  // NIfTI: slope 0 means that the numbers are not scaled; some writers put NaN for the same
  const scaled = Number.isFinite(raw.scl_slope) && raw.scl_slope !== 0;
  if (scaled && !Number.isFinite(raw.scl_inter)) {
    throw new InputError(tell(SCAN_ERRORS, 'error.nifti.intercept', { file: name }));
  }
  return {
    size,
    datatype: raw.datatypeCode,
    littleEndian,
    offset,
    total,
    extensions,
    slope: scaled ? raw.scl_slope : 1,
    inter: scaled ? raw.scl_inter : 0,
    toLps: readAffine(bare, raw, two, name),
  };
}

function readSize(dims: readonly number[], name: string): Vec3 {
  const rank = dims[0]!;
  const used = dims.slice(1, 1 + rank);
  if (!(rank >= 1 && rank <= 7) || used.some((n) => !Number.isInteger(n) || n < 1 || n > 2 ** 31)) {
    throw new InputError(tell(SCAN_ERRORS, 'error.nifti.dimensions', { file: name, dimensions: dims.join(', ') }));
  }
  if (used.slice(3).some((n) => n > 1)) {
    throw new InputError(tell(SCAN_ERRORS, 'error.nifti.series', { file: name, rank, size: used.join(' × ') }));
  }
  const [nx = 1, ny = 1, nz = 1] = used;
  if (Math.min(nx, ny, nz) < 2) {
    throw new InputError(tell(SCAN_ERRORS, 'error.nifti.slice', { file: name, size: `${nx} × ${ny} × ${nz}` }));
  }
  return [nx, ny, nz];
}

/** Voxel edges outside this range, mm, are no CT of a trunk (detector pixels are 0.3 mm at the least, slices 10 mm). */
const EDGE_MIN = 0.1;
const EDGE_MAX = 20;

function readAffine(bare: Uint8Array, raw: ReturnType<typeof readHeader>, two: boolean, name: string): Affine {
  let ras: number[][];
  if (raw.sform_code > 0) {
    // read here because the library prefers the qform when its code is the larger one
    const view = new DataView(bare.buffer);
    const at = (r: number, c: number): number =>
      two
        ? view.getFloat64(400 + 8 * (4 * r + c), raw.littleEndian)
        : view.getFloat32(280 + 4 * (4 * r + c), raw.littleEndian);
    ras = [0, 1, 2].map((r) => [at(r, 0), at(r, 1), at(r, 2), at(r, 3)]);
  } else if (raw.qform_code > 0) {
    ras = qformAffine(raw);
  } else {
    throw new InputError(tell(SCAN_ERRORS, 'error.nifti.unoriented', { file: name }));
  }
  // xyzt_units: 1 metre, 2 millimetre, 3 micrometre, 0 not said (millimetres by custom)
  const unit = { 1: 1000, 3: 0.001 }[raw.xyzt_units & 7] ?? 1;
  const affine = ras.map((row, r) => row.map((v) => (r < 2 ? -v : v) * unit)) as unknown as Affine;
  if (affine.flat().some((v) => !Number.isFinite(v) || Math.abs(v) > 1e6)) {
    throw new InputError(tell(SCAN_ERRORS, 'error.nifti.affine', { file: name }));
  }
  const edges = [0, 1, 2].map((c) => hypot(affine[0][c]!, affine[1][c]!, affine[2][c]!));
  if (edges.some((e) => e < EDGE_MIN || e > EDGE_MAX)) {
    throw new InputError(
      tell(SCAN_ERRORS, 'error.nifti.edges', {
        file: name,
        edges: edges.map((e) => Number(e.toPrecision(3))).join(' × '),
        least: EDGE_MIN,
        most: EDGE_MAX,
      }),
    );
  }
  // a gantry tilt shears by up to 30°, which leaves 0.87 of the volume; far less means axes that coincide
  if (Math.abs(determinant(affine)) < 0.3 * edges[0]! * edges[1]! * edges[2]!) {
    throw new InputError(tell(SCAN_ERRORS, 'error.nifti.axes', { file: name }));
  }
  return affine;
}

/** The qform's quaternion as a RAS affine (nifti1.h, method 2). */
function qformAffine(raw: ReturnType<typeof readHeader>): number[][] {
  let [b, c, d] = [raw.quatern_b, raw.quatern_c, raw.quatern_d];
  let a = 1 - (b * b + c * c + d * d);
  if (a < 1e-7) {
    // a half turn, possibly rounded to a little more than one
    const length = hypot(b, c, d);
    [b, c, d] = [b / length, c / length, d / length];
    a = 0;
  } else {
    a = Math.sqrt(a);
  }
  const flip = (raw.pixDims[0] ?? 1) < 0 ? -1 : 1;
  const [sx, sy, sz] = [Math.abs(raw.pixDims[1]!), Math.abs(raw.pixDims[2]!), Math.abs(raw.pixDims[3]!) * flip];
  return [
    [(a * a + b * b - c * c - d * d) * sx, 2 * (b * c - a * d) * sy, 2 * (b * d + a * c) * sz, raw.qoffset_x],
    [2 * (b * c + a * d) * sx, (a * a + c * c - b * b - d * d) * sy, 2 * (c * d - a * b) * sz, raw.qoffset_y],
    [2 * (b * d - a * c) * sx, 2 * (c * d + a * b) * sy, (a * a + d * d - b * b - c * c) * sz, raw.qoffset_z],
  ];
}

function determinant([r, s, t]: Affine): number {
  return (
    r[0]! * (s[1]! * t[2]! - s[2]! * t[1]!) -
    r[1]! * (s[0]! * t[2]! - s[2]! * t[0]!) +
    r[2]! * (s[0]! * t[1]! - s[1]! * t[0]!)
  );
}

/** The affine that takes LPS millimetres to fractional voxel indices. */
export function invertAffine(affine: Affine): Affine {
  const [r, s, t] = affine;
  const f = 1 / determinant(affine);
  const m = [
    [s[1]! * t[2]! - s[2]! * t[1]!, r[2]! * t[1]! - r[1]! * t[2]!, r[1]! * s[2]! - r[2]! * s[1]!],
    [s[2]! * t[0]! - s[0]! * t[2]!, r[0]! * t[2]! - r[2]! * t[0]!, r[2]! * s[0]! - r[0]! * s[2]!],
    [s[0]! * t[1]! - s[1]! * t[0]!, r[1]! * t[0]! - r[0]! * t[1]!, r[0]! * s[1]! - r[1]! * s[0]!],
  ];
  return m.map(([x, y, z]) => {
    const row = [x! * f, y! * f, z! * f];
    return [...row, -(row[0]! * r[3]! + row[1]! * s[3]! + row[2]! * t[3]!)];
  }) as unknown as Affine;
}

function swapBytes(bytes: Uint8Array, width: number): void {
  if (width === 1) return;
  for (let at = 0; at < bytes.length; at += width) {
    for (let low = at, high = at + width - 1; low < high; low++, high--) {
      const byte = bytes[low]!;
      bytes[low] = bytes[high]!;
      bytes[high] = byte;
    }
  }
}

/** The label table that TotalSegmentator (and Connectome Workbench) write as an XML header extension; empty if there is none. */
function readLabelNames(head: Uint8Array, header: Header, name: string): ReadonlyMap<number, string> {
  if (header.offset <= header.extensions + 8 || head[header.extensions - 4] === 0) return new Map();
  // a table of 117 classes takes 13 kB; bounded so that a hostile file costs nothing
  const text = new TextDecoder().decode(head.subarray(header.extensions, header.extensions + 2 ** 20));
  return namesOf(fromXml(text), tell(SCAN_ERRORS, 'error.table.in', { file: name }));
}
