/** Six significant digits: far more than a model of a body knows, few enough that files stay small and browsers and Node agree. Minus zero becomes zero. */
export const sixDigits = (value: number): number => Number(value.toPrecision(6)) + 0;

/** Three decimals. */
export const threeDecimals = (value: number): number => Number(value.toFixed(3)) + 0;

/** One decimal. */
export const tenth = (value: number): number => Math.round(10 * value) / 10;
