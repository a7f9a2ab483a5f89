import { cross, minus, pointAt, unit } from '../base/vec.ts';

/**
 * Triangles as binary STL: millimetres, LPS (x to the left, y to the back, z to the head), normals by the corners' order.
 * @param vertices n×3 @param triangles m×3, counter-clockwise from outside
 * @param name written into the 80-byte header
 */
export function stl(vertices: ArrayLike<number>, triangles: Uint32Array, name: string): Uint8Array {
  const count = triangles.length / 3;
  const bytes = new Uint8Array(84 + 50 * count);
  const view = new DataView(bytes.buffer);
  // a header that begins with "solid" would be taken for the text kind
  const header = `psoascope ${name}; mm, LPS`.slice(0, 79);
  for (let n = 0; n < header.length; n++) bytes[n] = header.charCodeAt(n) & 0x7f;
  view.setUint32(80, count, true);
  for (let t = 0; t < count; t++) {
    const [a, b, c] = [3 * triangles[3 * t]!, 3 * triangles[3 * t + 1]!, 3 * triangles[3 * t + 2]!];
    const corner0 = pointAt(vertices, a);
    const normal = unit(cross(minus(pointAt(vertices, b), corner0), minus(pointAt(vertices, c), corner0)));
    let at = 84 + 50 * t;
    for (const v of normal) {
      view.setFloat32(at, v, true);
      at += 4;
    }
    for (const corner of [a, b, c])
      for (let d = 0; d < 3; d++) {
        view.setFloat32(at, vertices[corner + d]!, true);
        at += 4;
      }
  }
  return bytes;
}
