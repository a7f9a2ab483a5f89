import { evidence } from '../evidence/evidence.ts';
import type { Figure } from './anchor.ts';

/** A figure with the range that the row of its check accepts. */
export function figure(id: string, name: Figure['name'], value: number, unit?: string): Figure {
  const row = evidence(id);
  return { name, value, low: row.low ?? Number.NaN, high: row.high ?? Number.NaN, unit: unit ?? row.unit };
}
