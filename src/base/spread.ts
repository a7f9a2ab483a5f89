/**
 * Moves things that stand one below the other apart: sorted wanted middles and sizes give middles that do not overlap, each as
 * near to where it was wanted as the others let it be (least squares), between low and high where there is room.
 */
export function spread(wanted: readonly number[], sizes: readonly number[], low: number, high: number): number[] {
  // places that things would have if all were pushed together from 0 on; what is left to find never falls
  let filled = 0;
  const packed = sizes.map((size) => (filled += size) - size / 2);
  const blocks: { sum: number; count: number }[] = [];
  wanted.forEach((want, n) => {
    blocks.push({ sum: want - packed[n]!, count: 1 });
    while (blocks.length > 1 && mean(blocks.at(-2)!) >= mean(blocks.at(-1)!)) {
      const { sum, count } = blocks.pop()!;
      const before = blocks.at(-1)!;
      before.sum += sum;
      before.count += count;
    }
  });
  const shifts = blocks.flatMap((block) => Array.from({ length: block.count }, () => mean(block)));
  return shifts.map((shift, n) => packed[n]! + Math.max(low, Math.min(shift, high - filled)));
}

const mean = (block: { sum: number; count: number }): number => block.sum / block.count;
