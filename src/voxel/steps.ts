/**
 * Steps per mm to which places are rounded where surfaces have to be sent to a phone, so that few bytes say where they are: a thirtieth of
 * a millimetre is less than anybody sees, and a tenth of what leaving vertices out moves a surface.
 */
export const PLACE_STEPS = 32;

/** The same of the person around a trunk: per unit of a normal, and of a share between 0 and 1. */
export const FIGURE_STEPS = { normal: 512, share: 255 } as const;

/** Rounds numbers to whole steps, in place. */
export function roundTo(steps: number, values: Float32Array): void {
  // no zero with a sign: it would be lost on the way
  for (let n = 0; n < values.length; n++) values[n] = (Math.round(values[n]! * steps) + 0) / steps;
}
