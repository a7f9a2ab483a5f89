/** From 0 (and below) to 1 (and above), slow at both ends. */
export function smoothstep(t: number): number {
  const s = Math.min(Math.max(t, 0), 1);
  return s * s * (3 - 2 * s);
}

/** 1 at 0, 0 from 1 away on, with no corner anywhere. */
export const hump = (t: number): number => smoothstep(1 - Math.abs(t));
