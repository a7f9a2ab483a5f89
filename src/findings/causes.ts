import type { Finding } from './finding.ts';
import { keyOf } from './finding.ts';
import { GRID } from './importance.ts';
import type { Result } from './result.ts';

type Uncertainty = NonNullable<Result['uncertainty']>;

/**
 * What the ranges hang on, the heaviest first: inputs that values follow more closely than chance alone would make them with so few
 * presses, and the grid, which is not drawn by chance.
 */
export const causesOf = ({ inputs, chance }: Uncertainty): Uncertainty['inputs'] =>
  inputs.filter(({ id, weight }) => (id === GRID ? weight > 0 : weight > chance)).sort((a, b) => b.weight - a.weight);

/** From this share on the grid alone makes more than half of a range's square. */
const HALF = Math.SQRT1_2;

/** Values whose range hangs on the grid more than on everything that was drawn. */
export function heldByGrid({ findings, uncertainty }: Pick<Result, 'findings' | 'uncertainty'>): Finding[] {
  const keys = new Set(
    uncertainty?.tornado.flatMap(({ finding, bars }) =>
      bars.some(({ input, rho }) => input === GRID && rho > HALF) ? [finding] : [],
    ),
  );
  return findings.filter((f) => keys.has(keyOf(f)));
}
