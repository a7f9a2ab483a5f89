import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Rooms whose numbers enter results. What draws, words and writes files may use what the engine has. */
const ROOMS = [
  ...['base', 'evidence', 'body', 'anatomy', 'voxel', 'scan', 'tool', 'mechanics', 'press', 'findings', 'study'],
  ...['validation', 'run.ts'],
];

/** Functions of Math whose last bits are each engine's own. */
const OWN_BITS =
  'pow|exp|expm1|log|log2|log10|log1p|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot';

/** Files that only count ticks for people. */
const FOR_PEOPLE = ['study/axis.ts'];

/** Lines of a source that would give other bits in another engine. `x ** 2` is x·x in all of them, and powers of 2 are exact. */
function offenders(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/'[^'\n]*'|\/\/.*$/gm, '');
  return code.split('\n').filter((line) => {
    if (new RegExp(`Math\\.(${OWN_BITS})\\b|Math\\[|= Math\\b[^.]`).test(line)) return true;
    const powers = [...line.matchAll(/([\w.)\]]+)\s*\*\*=?\s*(-?[\w.(]+)/g)];
    return powers.some(([, base, exponent]) => exponent !== '2' && !(base === '2' && /^-?[\d(A-Z]/.test(exponent!)));
  });
}

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.ts$/.test(path) && !/\.(test|test-data|data)\.ts$/.test(path))
  .filter((path) => ROOMS.includes(path.split(/[\\/]/)[0]!) && !FOR_PEOPLE.includes(path.replaceAll('\\', '/')));

describe('the same bits in every engine', () => {
  it('rooms whose numbers enter results use base/elementary.ts instead of Math', () => {
    expect(sources.length).toBeGreaterThan(150);
    const found = sources.flatMap((path) =>
      offenders(readFileSync(join(import.meta.dirname, path), 'utf8')).map((line) => `${path}: ${line.trim()}`),
    );
    expect(found).toEqual([]);
  });

  it('would see an offender', () => {
    const planted = [
      ...[
        'const y = Math.pow(x, 0.7);',
        'const y = x ** 0.7;',
        'const y = x ** 3;',
        'y **= 0.5;',
        'const y = (a + b) ** n;',
      ],
      ...['const { sin } = Math;', 'Math.hypot(a, b)', "Math['exp'](x)", 'xs.map(Math.log)', 'const y = 10 ** n;'],
    ];
    for (const line of planted) expect(offenders(line), line).toHaveLength(1);
    const fine = [
      'x ** 2',
      '2 ** 32',
      '1 - 2 ** -33',
      'r / 2 ** BITS',
      'Math.sqrt(x)',
      "'a ** b'",
      '// x ** 0.7',
      '/** W ** */',
    ];
    expect(offenders(fine.join('\n'))).toEqual([]);
  });
});
