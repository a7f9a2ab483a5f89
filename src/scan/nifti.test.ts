import fc from 'fast-check';
import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { InputError } from '../base/errors.ts';
import { invertAffine, readNifti } from './nifti.ts';
import { STORAGES, storeBlock, writeNifti } from './write-nifti.test-data.ts';

const RAMP = (i: number, j: number, k: number): number => i + 10 * j + 100 * k;
const SMALL = { size: [4, 3, 2], value: RAMP };
const values = (bytes: Uint8Array): number[] => {
  const v = readNifti(bytes, 'a.nii');
  return Array.from(v.data, (d) => d * v.slope + v.inter);
};
const RAMP_VALUES = Array.from({ length: 24 }, (_, n) => RAMP(n % 4, Math.floor(n / 4) % 3, Math.floor(n / 12)));

const letters = (text: string): number[] => [...text].map((c) => c.charCodeAt(0));
const at = (offset: number, text: string): number[] => [...Array(offset).fill(0), ...letters(text)];

describe('readNifti', () => {
  it.each([2, 4, 8, 16, 64, 256, 512, 768, 1024, 1280] as const)(
    'reads datatype %i in both byte orders and both versions',
    (datatype) => {
      const small = { ...SMALL, value: (i: number, j: number, k: number) => i + 4 * j + 12 * k };
      const wanted = Array.from({ length: 24 }, (_, n) => n);
      for (const version of [1, 2] as const) {
        for (const bigEndian of [false, true]) {
          expect(values(writeNifti({ ...small, datatype, version, bigEndian }))).toEqual(wanted);
        }
      }
    },
  );

  it('reads negative Hounsfield units, gzip, and a view into a larger buffer', () => {
    const bytes = writeNifti({ ...SMALL, value: (i) => -1000 - i });
    const padded = new Uint8Array(bytes.length + 7);
    padded.set(bytes, 3);
    expect(values(padded.subarray(3, 3 + bytes.length))[3]).toBe(-1003);
    expect(values(gzipSync(bytes))[3]).toBe(-1003);
  });

  it('applies scl_slope and scl_inter; slope 0 means unscaled', () => {
    expect(values(writeNifti({ ...SMALL, slope: 2, inter: -1024 }))).toEqual(RAMP_VALUES.map((v) => 2 * v - 1024));
    expect(values(writeNifti({ ...SMALL, slope: 0, inter: 5 }))).toEqual(RAMP_VALUES);
  });

  it('puts a marker at the same LPS place however the block is stored', () => {
    const block = { n: [5, 7, 9] as const, origin: [-31, 12, 250.5] as const, spacing: [1.5, 0.75, 4] as const };
    const marker = [-31 + 3 * 1.5, 12 + 0.75, 250.5 + 7 * 4];
    const value = (x: number, y: number, z: number): number =>
      Math.hypot(x - marker[0]!, y - marker[1]!, z - marker[2]!) < 0.1 ? 1 : 0;
    expect(STORAGES).toHaveLength(48);
    for (const storage of STORAGES) {
      const v = readNifti(storeBlock({ ...block, value }, storage), 'a.nii');
      const at = v.data.indexOf(1);
      const [nx, ny] = v.size;
      const ijk = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny)), 1];
      const lps = v.toLps.map((row) => row.reduce((sum, a, c) => sum + a * ijk[c]!, 0));
      for (const axis of [0, 1, 2]) expect(lps[axis]).toBeCloseTo(marker[axis]!, 4);
      const back = invertAffine(v.toLps).map(
        (row) => row[0]! * lps[0]! + row[1]! * lps[1]! + row[2]! * lps[2]! + row[3]!,
      );
      for (const axis of [0, 1, 2]) expect(back[axis]).toBeCloseTo(ijk[axis]!, 4);
    }
  });

  it('gives the same affine from a qform as from the sform that says the same', () => {
    const quarter = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(quarter, quarter, quarter, quarter), fc.constantFrom(1, -1), ([a0, b0, c0, d0], qfac) => {
        const length = Math.hypot(a0, b0, c0, d0);
        fc.pre(length > 0.1);
        const [a, b, c, d] = [Math.abs(a0), b0, c0, d0].map((q) => q / length) as [number, number, number, number];
        // rotation of a unit quaternion, column by column, from rotating the unit vectors
        const turn = (v: number[]): number[] => {
          const [x, y, z] = v as [number, number, number];
          const t = [2 * (c * z - d * y), 2 * (d * x - b * z), 2 * (b * y - c * x)] as [number, number, number];
          return [
            x + a * t[0] + c * t[2] - d * t[1],
            y + a * t[1] + d * t[0] - b * t[2],
            z + a * t[2] + b * t[1] - c * t[0],
          ];
        };
        const columns = [turn([0.7, 0, 0]), turn([0, 1.5, 0]), turn([0, 0, 5 * qfac])];
        const sform = [0, 1, 2].map((r) => [columns[0]![r]!, columns[1]![r]!, columns[2]![r]!, [7, -8, 9][r]!]);
        const spacing = [0.7, 1.5, 5] as const;
        const viaS = readNifti(writeNifti({ ...SMALL, sform, spacing }), 's').toLps.flat();
        const viaQ = readNifti(
          writeNifti({ ...SMALL, sform: null, spacing, qform: { b, c, d, offset: [7, -8, 9], qfac } }),
          'q',
        ).toLps.flat();
        // quaternions are stored as 32-bit floats; near a half turn that leaves 1e-3 of the rotation
        for (const [n, v] of viaS.entries()) expect(Math.abs(v - viaQ[n]!)).toBeLessThan(2e-2);
      }),
      { numRuns: 200 },
    );
  });

  it('prefers the sform whatever the codes say, and follows the unit of length', () => {
    const spec = {
      ...SMALL,
      sform: [
        [2, 0, 0, 1],
        [0, 2, 0, 2],
        [0, 0, 2, 3],
      ],
    };
    const bytes = writeNifti({ ...spec, qform: { b: 0, c: 0, d: 0, offset: [50, 50, 50] } });
    new DataView(bytes.buffer).setInt16(252, 4, true);
    expect(readNifti(bytes, 'a').toLps).toEqual([
      [-2, -0, -0, -1],
      [-0, -2, -0, -2],
      [0, 0, 2, 3],
    ]);
    const metres = writeNifti({ ...SMALL, units: 1, sform: spec.sform.map((row) => row.map((v) => v / 1000)) });
    expect(readNifti(metres, 'a').toLps[2][3]).toBeCloseTo(3, 5);
  });

  it('takes a fourth dimension of 1 and refuses a larger one', () => {
    expect(readNifti(writeNifti({ size: [4, 3, 2, 1] }), 'a').size).toEqual([4, 3, 2]);
    expect(() => readNifti(writeNifti({ size: [4, 3, 2, 2] }), 'a.nii')).toThrow(
      /a\.nii has 4 dimensions \(4 × 3 × 2 × 2\)/,
    );
  });

  it('reads the names in a label table', () => {
    const extension =
      '<CaretExtension><LabelTable><Label Key="1" Red="1"><![CDATA[spleen]]></Label>\n<Label Key="20"><![CDATA[colon]]></Label></LabelTable></CaretExtension>';
    for (const version of [1, 2] as const) {
      const volume = readNifti(writeNifti({ ...SMALL, extension, version }), 'a');
      expect([...volume.labelNames]).toEqual([
        [1, 'spleen'],
        [20, 'colon'],
      ]);
      expect(volume.data[5]).toBe(RAMP_VALUES[5]);
    }
  });

  it.each([
    ['text', new TextEncoder().encode('not a scan at all, whatever the name says'.repeat(20)), /is not a NIfTI file/],
    ['nothing', new Uint8Array(0), /is not a NIfTI file/],
    ['gzipped text', gzipSync(new TextEncoder().encode('x'.repeat(5000))), /is not a NIfTI file/],
    ['no orientation', writeNifti({ ...SMALL, sform: null }), /has no orientation/],
    ['one slice', writeNifti({ size: [4, 3] }), /single slice/],
    [
      'NaN affine',
      writeNifti({
        ...SMALL,
        sform: [
          [Number.NaN, 0, 0, 0],
          [0, 1, 0, 0],
          [0, 0, 1, 0],
        ],
      }),
      /damaged orientation/,
    ],
    [
      'flat affine',
      writeNifti({
        ...SMALL,
        sform: [
          [1, 1, 0, 0],
          [0, 0, 0, 0],
          [0, 0, 1, 0],
        ],
      }),
      /two of its axes/,
    ],
    [
      'zero affine',
      writeNifti({
        ...SMALL,
        sform: [
          [0, 0, 0, 0],
          [0, 0, 0, 0],
          [0, 0, 0, 0],
        ],
      }),
      /voxels of 0 × 0 × 0 mm/,
    ],
    [
      'huge voxels',
      writeNifti({
        ...SMALL,
        sform: [
          [300, 0, 0, 0],
          [0, 300, 0, 0],
          [0, 0, 300, 0],
        ],
      }),
      /300 × 300 × 300 mm/,
    ],
  ])('refuses %s in one sentence', (_what, bytes, message) => {
    expect(() => readNifti(bytes, 'scan.nii')).toThrow(InputError);
    expect(() => readNifti(bytes, 'scan.nii')).toThrow(message);
    expect(() => readNifti(bytes, 'scan.nii')).toThrow(/^scan\.nii .*\.$/);
  });

  it('refuses colour and complex voxels', () => {
    const bytes = writeNifti(SMALL);
    for (const datatype of [0, 1, 32, 128, 1536, 1792, 2048, 2304]) {
      new DataView(bytes.buffer).setInt16(70, datatype, true);
      expect(() => readNifti(bytes, 'a')).toThrow(/datatype/);
    }
  });

  it('refuses dimensions that are absurd, before asking for the memory', () => {
    const bytes = writeNifti(SMALL);
    const view = new DataView(bytes.buffer);
    for (const n of [42, 44, 46]) view.setInt16(n, 32767, true);
    expect(() => readNifti(bytes, 'a')).toThrow(/at most 2,148 MB/);
    view.setInt16(42, -4, true);
    expect(() => readNifti(bytes, 'a')).toThrow(/dimensions read/);
  });

  it('says so at every length that cuts the file short', () => {
    const plain = writeNifti({ size: [8, 8, 8], value: RAMP });
    for (let n = 0; n < plain.length; n += 7) expect(() => readNifti(plain.subarray(0, n), 'a')).toThrow(InputError);
    const packed = gzipSync(plain);
    for (let n = 0; n < packed.length; n++) expect(() => readNifti(packed.subarray(0, n), 'a')).toThrow(InputError);
  });

  it('stops at a bomb: more zeros than the header announces, or than the limit', () => {
    const bytes = new Uint8Array(60e6);
    bytes.set(writeNifti({ size: [4, 3, 2] }));
    const bomb = gzipSync(bytes);
    expect(bomb.length).toBeLessThan(100_000);
    expect(() => readNifti(bomb, 'a')).toThrow(/unpacks to more than the 1 MB/);
    const honest = gzipSync(writeNifti({ size: [100, 100, 100] }));
    expect(() => readNifti(honest, 'a', 1e6)).toThrow(/3 MB unpacked; at most 1 MB|2 MB unpacked; at most 1 MB/);
  });

  it('notices a flipped bit in a gzip stream, and reads one of several members', () => {
    const plain = writeNifti({ size: [16, 16, 8], value: (i, j, k) => (i * 7919 + j * 104729 + k * 1299709) % 2000 });
    const packed = gzipSync(plain);
    for (let at = 10; at < packed.length; at += 37) {
      const flipped = packed.slice();
      flipped[at]! ^= 4;
      expect(() => readNifti(flipped, 'a')).toThrow(InputError);
    }
    const [one, two] = [gzipSync(plain.subarray(0, 1000)), gzipSync(plain.subarray(1000))];
    const members = new Uint8Array(one.length + two.length);
    members.set(one);
    members.set(two, one.length);
    expect(readNifti(members, 'a').data).toEqual(readNifti(plain, 'a').data);
  });

  it('reads a gzip file that something follows, as gzip does, and still notices damage before it', () => {
    const plain = writeNifti({ size: [16, 16, 8], value: (i, j, k) => (i * 7919 + j * 104729 + k * 1299709) % 2000 });
    const packed = gzipSync(plain);
    const followed = (first: Uint8Array, rest: readonly number[]): Uint8Array => new Uint8Array([...first, ...rest]);
    const tails = [[0], Array(3).fill(0), Array(512).fill(0), Array(40_000).fill(0), [1, 2, 3], Array(900).fill(31)];
    for (const tail of tails) {
      expect(readNifti(followed(packed, tail), 'a').data).toEqual(readNifti(plain, 'a').data);
      const flipped = packed.slice();
      flipped[packed.length - 6]! ^= 1;
      expect(() => readNifti(followed(flipped, tail), 'a')).toThrow(/damaged or cut short/);
      expect(() => readNifti(followed(packed.subarray(0, packed.length - 9), tail), 'a')).toThrow(InputError);
    }
    // the last of several members is checked too
    const two = gzipSync(plain.subarray(1000));
    two[two.length - 6]! ^= 1;
    expect(() => readNifti(followed(gzipSync(plain.subarray(0, 1000)), [...two]), 'a')).toThrow(/damaged or cut short/);
  });

  it.each([
    ['a DICOM file', at(128, 'DICM'), /^x is a DICOM file; convert its whole series to NIfTI first, .*dcm2niix\.$/],
    ['one without its preamble', [8, 0, 5, 0, ...letters('CS')], /^x looks like a DICOM file; .*dcm2niix/],
    ['one of implicit types', [8, 0, 0, 0, 4, 0, 0, 0, 0x90, 1], /^x looks like a DICOM file/],
    ['NRRD', letters('NRRD0005\n'), /^x is an NRRD file; save it as NIfTI/],
    ['MetaImage', letters('ObjectType = Image\nNDims = 3\n'), /^x is a MetaImage file/],
    ['a ZIP archive', letters('PK\x03\x04'), /^x is a ZIP archive; unpack it/],
    ['MINC', letters('\x89HDF\r\n'), /^x is an HDF5 or MINC file/],
    ['NumPy', letters('\x93NUMPY'), /^x is a NumPy array/],
    ['a picture', letters('\x89PNG'), /^x is a picture, not a volume/],
  ])('knows %s, packed or not, whatever it is called', (_what, start, sentence) => {
    const bytes = new Uint8Array([...start, ...Array(1000).fill(7)]);
    for (const file of [bytes, gzipSync(bytes)]) expect(() => readNifti(file, 'x')).toThrow(sentence);
    expect(() => readNifti(bytes.subarray(0, start.length), 'x')).toThrow(InputError);
  });

  it('never throws anything but InputError on damaged headers, and never hangs', () => {
    const extension = '<LabelTable><Label Key="1"><![CDATA[spleen]]></Label></LabelTable>';
    const files = [1, 2].map((version) => writeNifti({ ...SMALL, version: version as 1 | 2, extension }));
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(fc.tuple(fc.nat({ max: 700 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 12 }),
        fc.boolean(),
        (file, damage, pack) => {
          const bytes = file.slice();
          for (const [at, value] of damage) if (at < bytes.length) bytes[at] = value;
          try {
            const v = readNifti(pack ? gzipSync(bytes) : bytes, 'a', 2 ** 24);
            expect(v.toLps.flat().every(Number.isFinite)).toBe(true);
            expect(v.data.length).toBe(v.size[0] * v.size[1] * v.size[2]);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });
});
