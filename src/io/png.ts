import { zlibSync } from 'fflate';
import { concatBytes } from '../base/bytes.ts';
import { InputError } from '../base/errors.ts';
import { tell } from '../base/told.ts';
import { IO_ERRORS } from '../messages/errors/io.data.ts';

/**
 * PNG file of an 8-bit RGBA picture (not premultiplied, rows from the top). Equal pixels give equal bytes: no time stamp,
 * one fixed filter, one fixed compression level. Pictures without transparency are written as RGB, a quarter smaller.
 *
 * @param rgba width × height × 4 bytes
 * @throws InputError when the sizes are not whole positive numbers or do not fit the bytes
 */
export function encodePng(width: number, height: number, rgba: Uint8Array): Uint8Array {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1)
    throw new InputError(tell(IO_ERRORS, 'error.png.size', { width, height }));
  if (rgba.length !== width * height * 4)
    throw new InputError(
      tell(IO_ERRORS, 'error.png.bytes', { width, height, bytes: width * height * 4, got: rgba.length }),
    );

  const opaque = rgba.every((value, n) => n % 4 !== 3 || value === 255);
  const channels = opaque ? 3 : 4;
  const stride = 1 + width * channels;
  const raw = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++) {
    const out = row * stride + 1;

    // filter 2 (up): flat areas and upright edges become zeros, which suits sections
    raw[out - 1] = 2;
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++) {
        const here = rgba[(row * width + x) * 4 + c]!;
        const above = row === 0 ? 0 : rgba[((row - 1) * width + x) * 4 + c]!;
        raw[out + x * channels + c] = here - above;
      }
  }

  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, opaque ? 2 : 6, 0, 0, 0], 8);
  return concatBytes([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('IDAT', zlibSync(raw, { level: 9 })),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** Length, name, data, CRC of name and data (PNG specification, 5.3). */
function chunk(name: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(12 + data.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  for (let n = 0; n < 4; n++) out[4 + n] = name.charCodeAt(n);
  out.set(data, 8);
  view.setUint32(8 + data.length, crc32(out.subarray(4, 8 + data.length)));
  return out;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
