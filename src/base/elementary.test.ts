import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asin, atan2, cbrt, cos, exp, expm1, hypot, log, norm, pow, sin, tan } from './elementary.ts';
import { ELEMENTARY_REFERENCE } from './elementary-reference.test-data.ts';
import { hashOf } from './hash.ts';

const OWN = { log, exp, expm1, pow, cbrt, sin, cos, tan, atan2, asin };
type Name = keyof typeof OWN;
const NAMES = Object.keys(OWN) as Name[];
const call = (name: Name, args: readonly number[]): number => (OWN[name] as (...x: number[]) => number)(...args);

/** Distance of a number to the next one farther from 0. */
function ulp(x: number): number {
  const number = new Float64Array([Math.abs(x)]);
  const bits = new BigInt64Array(number.buffer);
  bits[0] = bits[0]! + 1n;
  return number[0]! - Math.abs(x);
}

describe('elementary functions of + - × ÷ √ alone', () => {
  it.each(NAMES)('%s is right to less than one unit in the last place', (name) => {
    // arc sine takes a rounded square root on the way
    const limit = name === 'asin' ? 2 : 0.6;
    for (const row of ELEMENTARY_REFERENCE[name]!) {
      const [args, high, low] = [row.slice(0, -2), row.at(-2)!, row.at(-1)!];
      const error = Math.abs(call(name, args) - high - low) / ulp(high);
      expect(error, `${name}(${args.join(', ')})`).toBeLessThan(limit);
    }
  });

  it('agree with those of Math, which are good to about one unit, wherever both are asked', () => {
    const angle = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const any = fc.double();
    const near = (name: Name, ...args: number[]): void => {
      const [own, math] = [call(name, args), (Math[name] as (...x: number[]) => number)(...args)];
      if (Number.isNaN(math) || !Number.isFinite(math) || math === 0) expect(own, name).toBe(math);
      // close to 0 a sine of Math and of ours differ by what both round off
      else expect(Math.abs(own - math), `${name}(${args.join(', ')})`).toBeLessThanOrEqual(4 * ulp(math));
    };
    fc.assert(
      fc.property(any, any, angle, (x, y, a) => {
        near('log', x);
        near('exp', x);
        near('expm1', x);
        near('cbrt', x);
        near('atan2', x, y);
        near('sin', a);
        near('cos', a);
        near('tan', a);
        near('asin', a / 1e6);
      }),
      { numRuns: 3000 },
    );
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50 }), fc.double({ min: -200, max: 200 }), (x, y) => near('pow', x, y)),
      { numRuns: 3000 },
    );
  });

  it('have the special values of Math', () => {
    const odd = [0, -0, 1, -1, 2, -2, 0.5, -0.5, 3, -3, Infinity, -Infinity, Number.NaN, 1e300, -1e300, 5e-324];
    for (const x of odd) {
      for (const y of odd) {
        const math = x ** y;
        // Math.pow itself is one unit off at 2^-0.5
        if (Number.isFinite(math) && math !== 0) expect(pow(x, y) / math, `pow(${x}, ${y})`).toBeCloseTo(1, 14);
        else expect(pow(x, y), `pow(${x}, ${y})`).toBe(math);
        expect(Math.abs(atan2(x, y) - Math.atan2(x, y)) || 0, `atan2(${x}, ${y})`).toBeLessThan(1e-15);
        if (!Number.isNaN(Math.atan2(x, y)))
          expect(Object.is(atan2(x, y), -0), `${x}, ${y}`).toBe(Object.is(Math.atan2(x, y), -0));
      }
      if (Number.isNaN(x)) expect(exp(x)).toBeNaN();
      expect(cbrt(x) - Math.cbrt(x) || 0).toBe(0);
    }
    expect([exp(710), exp(-750), exp(Number.NEGATIVE_INFINITY)]).toEqual([Number.POSITIVE_INFINITY, 0, 0]);
    expect([log(0), log(-1), log(1)]).toEqual([Number.NEGATIVE_INFINITY, NaN, 0]);
    expect(() => sin(1e7)).toThrow('at most 1000000 rad');
    expect(() => cos(Number.NaN)).toThrow(RangeError);
  });

  it('lengths are roots of sums of squares', () => {
    expect(hypot(3, 4)).toBe(5);
    expect(hypot(2, 3, 6)).toBe(7);
    expect(norm([1, 1, 1, 1])).toBe(2);
  });

  it('give the same bits in every engine', () => {
    // the hash of a sweep: taken on V8 of Node 20, 22 and 24, and it must be this one elsewhere too
    const values = new Float64Array(NAMES.length * 2000);
    for (const [n, name] of NAMES.entries())
      for (let i = 0; i < 2000; i++) {
        const x = name === 'asin' ? i / 2000 : 0.0137 * (i + 1);
        values[2000 * n + i] = call(name, [x, 0.37 * x - 3]);
      }
    expect(hashOf(new Uint8Array(values.buffer))).toMatchInlineSnapshot(
      `"7b407d0f29ae290cd6d48585a4cca9647da191447165b96f3010b0d32d527718"`,
    );
  });
});
