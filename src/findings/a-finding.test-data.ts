import type { Finding } from './finding.ts';

/** A finding of which a test says only what matters to it: pressure in the tissue of the middle, 1 kPa, compared with nothing. */
export const aFinding = (rest: Partial<Finding>): Finding => ({
  structure: 'skin',
  side: 'midline',
  quantity: 'tissue-pressure',
  where: 'tissue',
  value: 1,
  low: null,
  high: null,
  unit: 'kPa',
  band: 'no-published-level',
  felt: 'unknown',
  evidence: [],
  ...rest,
});
