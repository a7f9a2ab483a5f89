/** A share as it is told: whole per cent. */
export const percentOf = (share: number): string => (share > 0 && share < 0.01 ? '<1' : `${Math.round(100 * share)}`);
