/** A decimal number as every door of the program reads it; undefined for what merely looks like one to JavaScript ('', ' 5', 0x10, 1_0, Infinity). */
export function decimalOf(text: string): number | undefined {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}
