import { type Told, tell } from '../base/told.ts';
import { SCAN_ERRORS } from '../messages/errors/scan.data.ts';

/** Formats that people have their scans in, told by their first bytes (or where the standard puts them), and what to do with each. */
const KINDS: readonly (readonly [is: (bytes: Uint8Array) => boolean, said: (file: string) => Told])[] = [
  // DICOM PS3.10: 128 bytes of preamble, then "DICM"
  [(b) => text(b, 128, 4) === 'DICM', (file) => tell(SCAN_ERRORS, 'error.other.dicom', { file, sure: 'yes' })],
  // without that preamble: the first element is of group 0002 or 0008, little endian (PS3.5, 7.1)
  [
    (b) => b.length > 8 && (b[0] === 2 || b[0] === 8) && b[1] === 0 && b[3] === 0 && plainLength(b),
    (file) => tell(SCAN_ERRORS, 'error.other.dicom', { file, sure: 'no' }),
  ],
  [(b) => text(b, 0, 4) === 'NRRD', (file) => tell(SCAN_ERRORS, 'error.other.nrrd', { file })],
  [
    (b) => /^(ObjectType|NDims|Comment)\s*=/.test(text(b, 0, 20)),
    (file) => tell(SCAN_ERRORS, 'error.other.meta-image', { file }),
  ],
  [(b) => text(b, 0, 4) === 'PK\x03\x04', (file) => tell(SCAN_ERRORS, 'error.other.zip', { file })],
  [(b) => text(b, 1, 3) === 'HDF', (file) => tell(SCAN_ERRORS, 'error.other.hdf', { file })],
  [(b) => text(b, 1, 5) === 'NUMPY', (file) => tell(SCAN_ERRORS, 'error.other.numpy', { file })],
  [
    (b) => text(b, 1, 3) === 'PNG' || (b[0] === 0xff && b[1] === 0xd8),
    (file) => tell(SCAN_ERRORS, 'error.other.picture', { file }),
  ],
];

/** What is said of a file that is no NIfTI; undefined where it is not known what it is. */
export function otherFormat(bytes: Uint8Array, file: string): Told | undefined {
  return KINDS.find(([is]) => is(bytes))?.[1](file);
}

/** Whether a file is one slice of a DICOM series. */
export const isDicom = (bytes: Uint8Array): boolean => otherFormat(bytes, '')?.id === 'error.other.dicom';

function text(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length));
}

/** Whether the first DICOM element has a value representation of two capitals, or a length that fits into the file. */
function plainLength(b: Uint8Array): boolean {
  const length = b[4]! + 256 * (b[5]! + 256 * (b[6]! + 256 * b[7]!));
  return /^[A-Z]{2}$/.test(text(b, 4, 2)) || (length < 128 && length % 2 === 0 && length > 0);
}
