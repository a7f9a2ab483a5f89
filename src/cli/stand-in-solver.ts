import { seededRandom } from '../base/random.ts';
import type { Measure } from '../study/record.ts';
import type { SolveCase } from '../study/worker-process.node.ts';

/**
 * Solves nothing: answers after so many milliseconds with numbers made from the case's id. It shows what the study engine itself
 * costs and how it bears being killed; its rows say "stand-in" and no report is made of them as if they were presses.
 */
export function openSolver({ delay_ms }: { readonly delay_ms: number }): SolveCase {
  return async ({ id }) => {
    if (delay_ms > 0) await new Promise((resolve) => setTimeout(resolve, delay_ms));
    const random = seededRandom(Number.parseInt(id.slice(0, 8), 16));
    const measure = (structure: string, quantity: string): Measure => [
      structure,
      'midline',
      quantity,
      'tissue',
      Math.round(1000 * random()) / 100,
      null,
      null,
      'kPa',
      'no-published-level',
    ];
    return {
      id,
      status: 'done',
      converged: true,
      reason: null,
      measures: [measure('psoas_major', 'tissue-pressure'), measure('large_intestine', 'tissue-pressure')],
      backend: 'stand-in',
      cost: { seconds: delay_ms / 1000, attempts: 1 },
    };
  };
}
