import fc from 'fast-check';
import { unzlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { encodePng } from './png.ts';

/** A small decoder that shares nothing with the encoder: chunks, bitwise CRC, all pixels of filters 0 and 2. */
function decode(file: Uint8Array): { width: number; height: number; rgba: Uint8Array; names: string[] } {
  expect([...file.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const names: string[] = [];
  const data: number[] = [];
  let width = 0;
  let height = 0;
  let channels = 4;
  for (let at = 8; at < file.length; ) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...file.subarray(at + 4, at + 8));
    const body = file.subarray(at + 8, at + 8 + length);
    expect(view.getUint32(at + 8 + length)).toBe(crc(file.subarray(at + 4, at + 8 + length)));
    if (name === 'IHDR') {
      width = view.getUint32(at + 8);
      height = view.getUint32(at + 12);
      expect(body[8]).toBe(8);
      channels = body[9] === 2 ? 3 : 4;
    }
    if (name === 'IDAT') data.push(...body);
    names.push(name);
    at += 12 + length;
  }
  const raw = unzlibSync(Uint8Array.from(data));
  expect(raw.length).toBe(height * (1 + width * channels));
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (1 + width * channels)]!;
    expect([0, 2]).toContain(filter);
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++) {
        const delta = raw[y * (1 + width * channels) + 1 + x * channels + c]!;
        const above = filter === 2 && y > 0 ? rgba[4 * ((y - 1) * width + x) + c]! : 0;
        rgba[4 * (y * width + x) + c] = (delta + above) & 255;
      }
  }
  return { width, height, rgba, names };
}

function crc(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) {
    c ^= byte;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  }
  return ~c >>> 0;
}

describe('encodePng', () => {
  it('gives back every picture, bit for bit', () => {
    const picture = fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.boolean())
      .chain(([width, height, opaque]) =>
        fc.record({
          width: fc.constant(width),
          height: fc.constant(height),
          rgba: fc
            .uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 })
            .map((rgba) => (opaque ? rgba.map((v, n) => (n % 4 === 3 ? 255 : v)) : rgba)),
        }),
      );
    fc.assert(
      fc.property(picture, ({ width, height, rgba }) => {
        const back = decode(encodePng(width, height, rgba));
        expect([back.width, back.height]).toEqual([width, height]);
        expect(back.names).toEqual(['IHDR', 'IDAT', 'IEND']);
        expect(back.rgba).toEqual(rgba);
      }),
    );
  });

  it('gives the same bytes every time', () => {
    const rgba = Uint8Array.from({ length: 64 * 64 * 4 }, (_, n) => (n * 7) & 255);
    expect(encodePng(64, 64, rgba)).toEqual(encodePng(64, 64, rgba.slice()));
  });

  it('says what is wrong with sizes that do not fit', () => {
    expect(() => encodePng(2, 2, new Uint8Array(12))).toThrow('2 × 2 pixels need 16 bytes of RGBA; got 12');
    expect(() => encodePng(0, 2, new Uint8Array(0))).toThrow('at least 1 × 1 whole pixels');
  });
});
