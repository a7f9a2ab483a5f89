/**
 * Elementary functions of +, -, ×, ÷ and √ alone, which IEEE 754 fixes to the last bit. Those of `Math` are each engine's own: V8 changed
 * its power between Node 22 and 24, and other browsers differ again. Whatever a result depends on uses these (a test forbids the others), so that the same input
 * gives the same bits everywhere.
 *
 * Each is a reduction to a small interval and a Taylor series there, whose leading terms are carried as a sum of two numbers (Dekker 1971,
 * doi 10.1007/BF01397083). The error is below 0.6 ulp (`hypot`: 1.5, `asin`: 2); elementary.test.ts holds them to references of 60 digits.
 */

/** What the last of the functions below rounded off: their exact result is what they return, plus this. */
let rest = 0;

/** a + b. */
function sum(a: number, b: number): number {
  const s = a + b;
  const t = s - a;
  rest = a - (s - t) + (b - t);
  return s;
}

/** a b, for magnitudes below 2^970. */
function product(a: number, b: number): number {
  const p = a * b;
  const as = a * 134217729;
  const ah = as - (as - a);
  const al = a - ah;
  const bs = b * 134217729;
  const bh = bs - (bs - b);
  const bl = b - bh;
  rest = ah * bh - p + ah * bl + al * bh + al * bl;
  return p;
}

/** (a + al) / (b + bl). */
function quotient(a: number, al: number, b: number, bl: number): number {
  const q = a / b;
  const p = product(q, b);
  const left = (a - p - rest + al - q * bl) / b;
  return fast(q, left);
}

/** a + b where |a| ≥ |b|. */
function fast(a: number, b: number): number {
  const s = a + b;
  rest = b - (s - a);
  return s;
}

const NUMBER = new Float64Array(1);
const WORDS = new Uint32Array(NUMBER.buffer);
/** Where a number's sign and exponent lie: 1 on little-endian machines. */
const UPPER = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** The power of two of a normal number's leading bit. */
function exponentOf(x: number): number {
  NUMBER[0] = x;
  return ((WORDS[UPPER]! >>> 20) & 0x7ff) - 1023;
}

/** 2^k for k from -1022 to 1023. */
function twoTo(k: number): number {
  WORDS[UPPER] = (k + 1023) << 20;
  WORDS[1 - UPPER] = 0;
  return NUMBER[0]!;
}

/** x 2^k. */
function scaled(x: number, k: number): number {
  if (k > 1023) return x * twoTo(1023) * twoTo(k - 1023);
  if (k < -1022) return x * twoTo(k + 969) * twoTo(-969);
  return x * twoTo(k);
}

/** c[0] + c[1] x + … */
function series(c: readonly number[], x: number): number {
  let y = c[c.length - 1]!;
  for (let n = c.length - 2; n >= 0; n--) y = y * x + c[n]!;
  return y;
}

/** The natural logarithm of 2 in parts of 33, 33 and 53 bits: a whole number of up to 20 bits times either of the first two is exact. */
const LN2 = [0.6931471804855391, 7.440617109802979e-11, 2.0941744292700725e-21] as const;
/** π/2 likewise, in 33, 33, 33 and 53 bits. */
const HALF_PI = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21, 8.4784276603689e-32] as const;
const PI = [Math.PI, 1.2246467991473532e-16] as const;

/** 1/7, 1/9, … of the series of the inverse hyperbolic tangent. */
const ODD = Array.from({ length: 12 }, (_, n) => 1 / (2 * n + 7));

/** ln x of a positive finite number; `rest` is what is rounded off, good to 2^-64 of the whole. */
function logParts(x: number): number {
  let k = 0;
  let m = x;
  if (m < 2.2250738585072014e-308) {
    m *= 18014398509481984;
    k = -54;
  }
  const e = exponentOf(m);
  m = scaled(m, -e);
  k += e;
  if (m > Math.SQRT2) {
    m *= 0.5;
    k++;
  }
  // ln m = 2 artanh s with s = (m-1)/(m+1), |s| < 0.172
  const d = sum(m, 1);
  const s = quotient(m - 1, 0, d, rest);
  const sl = rest;
  const z = product(s, s);
  const zl = rest + 2 * s * sl;
  // 1/3 + z (1/5 + z (1/7 + …))
  const b = fast(0.2, z * series(ODD, z));
  const bl = rest - 1.1102230246251566e-17;
  const zb = product(z, b);
  const zbl = rest + z * bl + zl * b;
  const c = fast(1 / 3, zb);
  const cl = rest + 1.850371707708594e-17 + zbl;
  const zc = product(z, c);
  const zcl = rest + z * cl + zl * c;
  const g = product(s, zc);
  const gl = rest + s * zcl + sl * zc;
  const h = fast(s, g);
  const hl = rest + sl + gl;
  const top = sum(k * LN2[0], 2 * h);
  const tail = rest + 2 * hl;
  const next = sum(top, k * LN2[1]);
  return fast(next, rest + tail + k * LN2[2]);
}

/** Natural logarithm. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  return x === Number.POSITIVE_INFINITY ? x : logParts(x);
}

/** 1/3!, 1/4!, … */
const FACTORIAL = Array.from({ length: 17 }, (_, n) => {
  let f = 1;
  for (let i = 2; i <= n + 3; i++) f *= i;
  return 1 / f;
});

/** The power of two that the last exponential is still to be multiplied by. */
let twos = 0;

/** e^(x + xl) / 2^twos, for |x| < 800; `rest` is what is rounded off, good to 2^-60. */
function expParts(x: number, xl: number): number {
  twos = Math.round(x / LN2[0]);
  const r = sum(x - twos * LN2[0], -twos * LN2[1]);
  const rl = rest - twos * LN2[2] + xl;
  const z = product(r, r);
  const zl = rest;
  const cubic = r * z * series(FACTORIAL, r);
  const a = fast(1, r);
  const al = rest;
  const b = fast(a, 0.5 * z);
  const bl = rest;
  return fast(b, al + bl + 0.5 * zl + cubic + rl * (b + cubic));
}

/** e^x. */
export function exp(x: number): number {
  if (!(x < 710)) return x >= 710 ? Number.POSITIVE_INFINITY : x;
  return x < -746 ? 0 : scaled(expParts(x, 0), twos);
}

/** e^x - 1. */
export function expm1(x: number): number {
  if (x === 0) return x;
  if (!(Math.abs(x) < 700)) return exp(x) - 1;
  if (Math.abs(x) < 0.3) {
    const z = product(x, x);
    const a = fast(x, 0.5 * z);
    return a + (rest + x * z * series(FACTORIAL, x));
  }
  const y = scaled(expParts(x, 0), twos);
  const yl = scaled(rest, twos);
  return y > 1 ? fast(y, -1) + (rest + yl) : fast(-1, y) + (rest + yl);
}

/** x^y, with the special values of `Math.pow`. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(y) || Number.isNaN(x)) return Number.NaN;
  const whole = Number.isInteger(y);
  const odd = whole && Math.abs(y) < 2 ** 53 && y % 2 !== 0;
  const sign = odd && (x < 0 || Object.is(x, -0)) ? -1 : 1;
  const base = Math.abs(x);
  if (base === 1) return Number.isFinite(y) ? (x < 0 && !whole ? Number.NaN : sign) : Number.NaN;
  if (!Number.isFinite(y)) return base > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0;
  if (base === 0 || base === Number.POSITIVE_INFINITY)
    return sign * ((base === 0) === y > 0 ? 0 : Number.POSITIVE_INFINITY);
  if (x < 0 && !whole) return Number.NaN;
  const l = logParts(base);
  const ll = rest;
  const estimate = y * l;
  if (!(Math.abs(estimate) < 746)) return sign * (estimate > 0 ? Number.POSITIVE_INFINITY : 0);
  const t = product(y, l);
  return sign * scaled(expParts(t, rest + y * ll), twos);
}

/** Cube root. */
export function cbrt(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  // the exponent in threes, so that no cube can overflow
  const k = Math.round(Math.max(exponentOf(x), -1022) / 3);
  const m = scaled(Math.abs(x), -3 * k);
  const t = pow(m, 1 / 3);
  const z = product(t, t);
  const zl = rest;
  const c = product(z, t);
  const root = t - (c - m + (rest + zl * t)) / (3 * z);
  return (x < 0 ? -1 : 1) * scaled(root, k);
}

/** Largest angle that sine, cosine and tangent take, rad. */
const LARGEST = 1e6;

/** x less the multiple of π/2 that it is nearest to; `quarter` is that multiple. */
let quarter = 0;
function reduced(x: number): number {
  if (!(Math.abs(x) <= LARGEST)) throw new RangeError(`an angle must be at most ${LARGEST} rad, not ${x}`);
  quarter = Math.round(x / HALF_PI[0]);
  const a = sum(x - quarter * HALF_PI[0], -quarter * HALF_PI[1]);
  const al = rest;
  const b = sum(a, -quarter * HALF_PI[2]);
  return fast(b, rest + al - quarter * HALF_PI[3]);
}

/** 1/5!, -1/7!, … and 1/4!, -1/6!, … */
const SINE = Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? 1 : -1) * FACTORIAL[2 * n + 2]!);
const COSINE = Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? 1 : -1) * FACTORIAL[2 * n + 1]!);

/** sin (r + rl), |r| < 0.79. */
function sineOf(r: number, rl: number): number {
  const z = product(r, r);
  const zl = rest;
  // 1/6 is 0.16666666666666666 and 9.25e-18
  const c = product(z, -1 / 6);
  const cl = rest - z * 9.251858538542971e-18 - zl / 6;
  const q = product(r, c);
  const ql = rest + r * cl;
  const s = fast(r, q);
  return fast(s, rest + ql + r * z * z * series(SINE, z) + rl * (1 - 0.5 * z));
}

/** cos (r + rl), |r| < 0.79. */
function cosineOf(r: number, rl: number): number {
  const z = product(r, r);
  const zl = rest;
  const a = fast(1, -0.5 * z);
  return fast(a, rest - 0.5 * zl + z * z * series(COSINE, z) - r * rl);
}

/** Sine of an angle in rad. @throws RangeError beyond 10⁶ */
export function sin(x: number): number {
  if (x === 0) return x;
  const r = reduced(x);
  const rl = rest;
  const y = (quarter & 1) === 0 ? sineOf(r, rl) : cosineOf(r, rl);
  return (quarter & 2) === 0 ? y : -y;
}

/** Cosine of an angle in rad. @throws RangeError beyond 10⁶ */
export function cos(x: number): number {
  const r = reduced(x);
  const rl = rest;
  const y = (quarter & 1) === 0 ? cosineOf(r, rl) : sineOf(r, rl);
  return ((quarter + 1) & 2) === 0 ? y : -y;
}

/** Tangent of an angle in rad. @throws RangeError beyond 10⁶ */
export function tan(x: number): number {
  if (x === 0) return x;
  const r = reduced(x);
  const rl = rest;
  const s = sineOf(r, rl);
  const sl = rest;
  const c = cosineOf(r, rl);
  return (quarter & 1) === 0 ? quotient(s, sl, c, rest) : -quotient(c, rest, s, sl);
}

/** arctan i/16 and what that rounds off. */
const ARCTANGENT = [
  [0, 0],
  [0.06241880999595735, -1.5490756308295046e-18],
  [0.12435499454676144, -3.1253241424539383e-18],
  [0.18534794999569476, 4.180692268843079e-18],
  [0.24497866312686414, 1.0698755618734451e-17],
  [0.3028848683749714, -1.1010827903001369e-17],
  [0.35877067027057225, -2.4623815582638635e-17],
  [0.4124104415973873, -1.587652227770689e-17],
  [0.4636476090008061, 2.2698777452961687e-17],
  [0.5123894603107377, -2.5462781472855804e-17],
  [0.5585993153435624, -5.4556305485916264e-18],
  [0.6022873461349642, 2.950430737228402e-17],
  [0.6435011087932844, 1.5834785051444286e-17],
  [0.6823165548747481, 6.943223671560008e-18],
  [0.7188299996216245, -2.1478388444456983e-17],
  [0.7531512809621944, -2.4256934659182068e-17],
  [0.7853981633974483, 3.061616997868383e-17],
] as const;

/** arctan y/x for 0 ≤ y ≤ x, x > 0 and finite. */
function arctangent(y: number, x: number): number {
  const t = y / x;
  if (t < 1e-9) {
    rest = 0;
    return t;
  }
  const k = -exponentOf(x);
  const [a, b] = [scaled(y, k), scaled(x, k)];
  const i = Math.round(16 * t);
  // arctan t = arctan i/16 + arctan u
  const c = i / 16;
  const cb = product(c, b);
  const cbl = rest;
  const n = sum(a, -cb);
  const nl = rest - cbl;
  const ca = product(c, a);
  const cal = rest;
  const d = sum(b, ca);
  const u = quotient(n, nl, d, rest + cal);
  const ul = rest;
  const z = u * u;
  const [hi, lo] = ARCTANGENT[i]!;
  const tail = u * z * series([-1 / 3, 1 / 5, -1 / 7, 1 / 9, -1 / 11], z) + ul + lo;
  if (i === 0) return fast(u, tail);
  const s = fast(hi, u);
  return fast(s, rest + tail);
}

/** Angle of the point x, y from the x axis, rad, from -π to π; the special values of `Math.atan2`. */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const back = x < 0 || Object.is(x, -0);
  let [ay, ax] = [Math.abs(y), Math.abs(x)];
  if (ay === Number.POSITIVE_INFINITY || ax === Number.POSITIVE_INFINITY)
    [ay, ax] = [ay === Number.POSITIVE_INFINITY ? 1 : 0, ax === Number.POSITIVE_INFINITY ? 1 : 0];
  if (ay === 0 && ax === 0) ax = 1;
  let angle = ay <= ax ? arctangent(ay, ax) : -arctangent(ax, ay);
  let low = ay <= ax ? rest : -rest;
  if (ay > ax) {
    angle = fast(PI[0] / 2, angle);
    low += rest + PI[1] / 2;
  }
  if (back) {
    angle = fast(PI[0], -angle);
    low = rest + PI[1] - low;
  }
  const result = angle + low;
  return y < 0 || Object.is(y, -0) ? -result : result;
}

/** Arc sine, rad; NaN beyond -1…1. */
export const asin = (x: number): number => atan2(x, Math.sqrt((1 - x) * (1 + x)));

/** Length of a vector. Lengths in mm are far from the ends of the range: nothing guards against overflow. */
export const hypot = (x: number, y: number, z = 0): number => Math.sqrt(x * x + y * y + z * z);

/** The same in any number of dimensions. */
export function norm(v: ArrayLike<number>): number {
  let sum = 0;
  for (let d = 0; d < v.length; d++) sum += v[d]! * v[d]!;
  return Math.sqrt(sum);
}
