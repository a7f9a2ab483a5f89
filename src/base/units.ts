/**
 * Units inside: mm, N, kPa, s. People also get mmHg, kg and cm at the surface; these are the only conversions.
 * 1 kPa·mm² = 10⁻³ N.
 */
const KPA_PER_MMHG = 0.133322;
const GRAVITY = 9.80665;

export const mmHgOf = (kPa: number): number => kPa / KPA_PER_MMHG;
export const kPaOfMmHg = (mmHg: number): number => mmHg * KPA_PER_MMHG;
export const newtonsOfKg = (kg: number): number => kg * GRAVITY;
export const kgOfNewtons = (newtons: number): number => newtons / GRAVITY;
