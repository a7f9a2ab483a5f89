/**
 * Presses that ranges come from where nobody says otherwise: half a minute of two cores. With 64 instead, or another seed, the ends of
 * ranges move by 10 to 20 %.
 */
export const RANGE_PRESSES = 16;
