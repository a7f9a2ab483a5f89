/** Pictures that a movement shows at least, however slowly they are drawn. */
const PICTURES = 16;

/**
 * How far a movement is at each picture, 0 to 1: by the clock where drawing keeps up, and otherwise by small steps, so that it is seen and
 * not skipped.
 * @param seconds what it takes where drawing keeps up
 * @returns a function of the picture's time, ms
 */
export function pace(seconds: number): (now: number) => number {
  let [last, done] = [Number.NaN, 0];
  return (now) => {
    if (!Number.isNaN(last))
      done = Math.min(1, done + Math.min(Math.max(0, now - last) / (1000 * seconds), 1 / PICTURES));
    last = now;
    return done;
  };
}
