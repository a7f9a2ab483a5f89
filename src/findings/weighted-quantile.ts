/**
 * The value that a share of the weight is at or below; 0 of nothing.
 * @param share 0…1
 */
export function weightedQuantile(
  samples: readonly { readonly value: number; readonly weight: number }[],
  share: number,
): number {
  const sorted = [...samples].sort((a, b) => a.value - b.value);
  const wanted = share * sorted.reduce((sum, { weight }) => sum + weight, 0);
  let run = 0;
  for (const { value, weight } of sorted) {
    run += weight;
    if (run >= wanted) return value;
  }
  return 0;
}
