import { pow } from '../base/elementary.ts';
import { tissueMaterials } from '../press/materials.ts';

/** Thickness of the relaxed wall that membrane figures are for, mm: that of the rectus; the three lateral muscles together have a little more (T-30). */
const THICKNESS = 15;

/** Force per width of the model's relaxed wall when it is stretched by the same factor in both directions, N/mm. */
export function tensionAt(stretch: number): number {
  const { mu, stiffening } = tissueMaterials().muscle_wall;
  const excess = 2 * stretch ** 2 + pow(stretch, -4) - 3;
  return mu * (1 + stiffening.value * excess) * (stretch - pow(stretch, -5)) * THICKNESS * 1e-3;
}

/** The stretch at which it carries a force per width, by bisection. */
export function tensionStretch(force: number): number {
  let [low, high] = [1, 2];
  for (let i = 0; i < 60; i++) {
    const middle = 0.5 * (low + high);
    if (tensionAt(middle) < force) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}
