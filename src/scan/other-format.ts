/** Formats that people have their scans in, told by their first bytes (or where the standard puts them), and what to do with each. */
const KINDS: readonly (readonly [is: (bytes: Uint8Array) => boolean, sentence: string])[] = [
  // DICOM PS3.10: 128 bytes of preamble, then "DICM"
  [
    (b) => text(b, 128, 4) === 'DICM',
    'is a DICOM file; convert its whole series to NIfTI first, for example with dcm2niix.',
  ],
  // without that preamble: the first element is of group 0002 or 0008, little endian (PS3.5, 7.1)
  [
    (b) => b.length > 8 && (b[0] === 2 || b[0] === 8) && b[1] === 0 && b[3] === 0 && plainLength(b),
    'looks like a DICOM file; convert its whole series to NIfTI first, for example with dcm2niix.',
  ],
  [(b) => text(b, 0, 4) === 'NRRD', 'is an NRRD file; save it as NIfTI (.nii or .nii.gz), for example from 3D Slicer.'],
  [
    (b) => /^(ObjectType|NDims|Comment)\s*=/.test(text(b, 0, 20)),
    'is a MetaImage file (.mha or .mhd); save it as NIfTI (.nii or .nii.gz), for example from 3D Slicer.',
  ],
  [(b) => text(b, 0, 4) === 'PK\x03\x04', 'is a ZIP archive; unpack it and give the .nii or .nii.gz volume in it.'],
  [(b) => text(b, 1, 3) === 'HDF', 'is an HDF5 or MINC file; convert it to NIfTI (.nii or .nii.gz) first.'],
  [
    (b) => text(b, 1, 5) === 'NUMPY',
    'is a NumPy array, which has no places in millimetres; save it as NIfTI with its affine.',
  ],
  [
    (b) => text(b, 1, 3) === 'PNG' || (b[0] === 0xff && b[1] === 0xd8),
    'is a picture, not a volume; give the CT itself as NIfTI (.nii or .nii.gz).',
  ],
];

/** What a file that is no NIfTI is, as the rest of a sentence that begins with its name; undefined where it is not known. */
export function otherFormat(bytes: Uint8Array): string | undefined {
  return KINDS.find(([is]) => is(bytes))?.[1];
}

function text(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length));
}

/** Whether the first DICOM element has a value representation of two capitals, or a length that fits into the file. */
function plainLength(b: Uint8Array): boolean {
  const length = b[4]! + 256 * (b[5]! + 256 * (b[6]! + 256 * b[7]!));
  return /^[A-Z]{2}$/.test(text(b, 4, 2)) || (length < 128 && length % 2 === 0 && length > 0);
}
