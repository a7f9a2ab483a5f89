/** Bytes as base64 without Node: btoa wants one character per byte and a call has only so many arguments, so in slices. */
export function toBase64(bytes: Uint8Array): string {
  // a multiple of three, so that no padding falls in between
  const slice = 3 * 4096;
  const parts: string[] = [];
  for (let n = 0; n < bytes.length; n += slice) parts.push(btoa(String.fromCharCode(...bytes.subarray(n, n + slice))));
  return parts.join('');
}
