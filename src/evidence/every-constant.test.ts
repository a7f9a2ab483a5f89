import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { physiologyInputs } from '../findings/physiology.ts';
import { SUBJECTS } from '../findings/subjects.data.ts';
import { VESSELS } from '../findings/vessels.ts';
import { tissueMaterials } from '../press/materials.ts';
import { pronyOf } from '../press/relaxation.ts';
import { TOOL_FAMILIES } from '../tool/catalogue.ts';
import { ANCHORS } from '../validation/anchors.ts';
import { TISSUES } from '../voxel/model.ts';
import { ALL_EVIDENCE, evidence } from './evidence.ts';
import { LEVELS } from './levels.ts';

const SRC = resolve(import.meta.dirname, '..');
const ID = /\b[TVHEAPLB]-\d{2,3}[a-d]?\b/g;

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|rows\.data\.ts$|test-data/.test(path))
  .map((path) => ({ path, text: readFileSync(join(SRC, path), 'utf8') }));

/** Rooms and files whose numbers mean something in a body, on a tool or in a comparison. */
const PHYSICAL = /^(press|findings|tool)\//;

/**
 * Named numbers of those files that are choices of method and not properties of anything: how finely something is sampled, when an
 * iteration stops, how wide a window is. Whoever adds one says so here.
 */
const METHOD: Readonly<Record<string, readonly string[]>> = {
  'press/contact-reading.ts': ['TOUCHED'],
  'press/materials.ts': ['NEARLY_INCOMPRESSIBLE'],
  'press/mechanical-problem.ts': ['LEAST_FILL', 'SLIVER_BULK', 'RIGID_MU', 'FILLET'],
  'press/place.ts': ['SIDE_ANGLE_DEG', 'PRESET_PELVIS', 'FLOOR_FIRST'],
  'press/what-holds.ts': ['REACH', 'BONE_LEAST', 'SHALLOW', 'FOOTPRINT'],
  'press/scenario.ts': ['SCHEMA_VERSION'],
  'press/tool-surface.ts': ['COARSE', 'FINE'],
  'findings/baseline.ts': ['FAR_FROM_TOOL', 'MIN_VOLUME'],
  'findings/bowel.ts': ['BONE_BEHIND'],
  'findings/corridor-peak.ts': ['CORRIDOR_LENGTH', 'STEP', 'STRETCH_LENGTH', 'RINGS', 'ON_RING'],
  'findings/ensemble.ts': ['ENSEMBLE_CELL'],
  'findings/membrane-force.ts': ['FACING'],
  'findings/ranges.ts': ['FEWEST', 'MOST_BARS'],
  'findings/shares.ts': ['PARTS'],
  'findings/tube-law.ts': ['INSTANTS'],
  'findings/vessels.ts': ['WINDOW'],
  'findings/window-peak.ts': ['WINDOW_RADIUS', 'MIN_VOLUME', 'MIN_CELLS', 'SUBSAMPLES'],
  'tool/shapes.ts': ['CREASE'],
};
/** All of these steer an iteration. */
const ITERATION = new Set(['press/solve-press.ts', 'press/load-path.ts', 'press/follow-load.ts', 'press/preview.ts']);

/**
 * Every other number that stands in the code of press and findings without a row named in its declaration or the comment above it:
 * sizes of loops and arrays, tolerances, samples, layout of tables, unit conversions, limits of what may be asked for. A number that
 * is not listed here (0, 1, 2, 3 and a half need not be) fails the test: give it a row, or list it with the reason that it has none.
 */
const BARE: Readonly<Record<string, readonly number[]>> = {
  'findings/aneurysm.ts': [1e-3],
  'findings/assess.ts': [6, 100, 100],
  'findings/baseline.ts': [60, 50000],
  'findings/bowel.ts': [40],
  'findings/corridor-peak.ts': [1e-9, 1e-6, 0.05, 0.95, 4, 5, 5, 6, 8, 8, 10, 100],
  'findings/ensemble.ts': [
    1e-6, 1e-6, 0.007784695709041462, 0.007784894002430293, 0.02425, 0.02425, 0.3223964580411365, 0.3224671290700398,
    2.400758277161838, 2.445134137142996, 2.506628277459239, 2.549732539343734, 2.938163982698783, 3.754408661907416,
    4.374664141464968, 13.28068155288572, 15, 30.66479806614716, 39.69683028665376, 54.47609879822406,
    66.80131188771972, 138.357751867269, 155.6989798598866, 161.5858368580409, 220.9460984245205, 275.9285104469687,
  ],
  'findings/make-result.ts': [6, 100],
  'findings/membrane-force.ts': [1e-3, 80],
  'findings/ranges.ts': [
    1e-6, 0.005, 0.02, 0.02, 0.02, 0.05, 0.05, 0.1, 0.1, 0.1, 0.95, 0.95, 1.96, 5, 6, 8, 100, 100, 100, 100, 100, 100,
  ],
  'findings/shares.ts': [1000000],
  'findings/tube-law.ts': [1e-12, 24, 60],
  'findings/vessels.ts': [1e-12, 1e-9, 0.1, 0.1, 0.2, 0.97, 9, 20, 50],
  'findings/window-peak.ts': [0.9, 6, 8, 12, 300],
  'press/contact-reading.ts': [0.1, 8, 8, 8, 8, 8, 8, 60, 100, 900],
  'press/displacement.ts': [8],
  'press/fields.ts': [1e-12, 1e-6, 1e-3, 1.5, 4, 4, 4, 4, 4, 5, 5, 5, 6, 6, 8, 8, 8, 9, 9, 9, 12],
  'press/materials.ts': [20, 20, 20],
  'press/mechanical-problem.ts': [1e-9, 1e-9, 0.1, 0.1, 4, 4, 8, 20, 50, 500],
  'press/place.ts': [0.01, 45, 114.66, 180, 200, 400, 9.5, 0.05, 1.5, 1.5],
  'press/relaxation.ts': [1e-6],
  'press/scenario.ts': [200, 2000],
  'press/tool-surface.ts': [0.05, 0.2, 0.87, 0.87, 3.5, 8, 60],
  'press/complete-scenario.ts': [40, 100],
  'press/what-holds.ts': [75, 300, 30, 10, 1000],
};
const COUNTING = new Set([0, 1, 2, 3, 0.5]);

/** Declarations of a file with the comments above them: what follows a blank line at the left margin begins a new one. */
function declarations(text: string): { line: number; text: string }[] {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, n) => (n === 0 || (lines[n - 1] === '' && /^[^\s})\]]/.test(line)) ? [n] : []));
  return starts.map((start, k) => ({ line: start + 1, text: lines.slice(start, starts[k + 1]).join('\n') }));
}

/** Numbers written in declarations that name no row, each with its line; not those in strings, comments and patterns. */
function bareNumbers(text: string): { value: number; line: number }[] {
  const blank = (part: string): string => part.replace(/[^\n]/g, ' ');
  return declarations(text).flatMap(({ line, text: whole }) => {
    if (whole.match(ID) !== null) return [];
    const code = whole
      .replace(/\/\*[\s\S]*?\*\//g, blank)
      .replace(/\/\/.*$/gm, blank)
      .replace(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, blank)
      .replace(/\/(?![\s/])(?:[^/\n\\]|\\.)+\/[gimsuy]*(?=[.,)\]])/g, blank);
    return [...code.matchAll(/(?<![\w.$])\d[\d_]*\.?\d*(?:e[+-]?\d+)?(?!\w)/g)]
      .map((m) => ({
        value: Number(m[0].replaceAll('_', '')),
        line: line + code.slice(0, m.index).split('\n').length - 1,
      }))
      .filter(({ value }) => !COUNTING.has(value));
  });
}

/** Bare numbers beyond those listed for the file. */
function unlisted(path: string, text: string): string[] {
  if (!/^(press|findings)\//.test(path) || ITERATION.has(path)) return [];
  const left = [...(BARE[path] ?? [])];
  return bareNumbers(text).flatMap(({ value, line }) => {
    const at = left.indexOf(value);
    if (at === -1) return [`${path}:${line}: ${value}`];
    left.splice(at, 1);
    return [];
  });
}

/** Named numbers at the top level of a file whose comment (the lines right above) names no row. */
function unsourced(path: string, text: string): string[] {
  if (!PHYSICAL.test(path) || ITERATION.has(path)) return [];
  const lines = text.split('\n');
  return lines.flatMap((line, n) => {
    const name = /^(?:export )?const ([A-Z][A-Z0-9_]+)(?:: [\w<>[\] ]+)? = -?[\d.]/.exec(line)?.[1];
    if (name === undefined || METHOD[path]?.includes(name)) return [];
    let from = n;
    while (from > 0 && /^(?:\s*\*|\/\*\*|\/\/|(?:export )?const [A-Z])/.test(lines[from - 1]!)) from--;
    return lines
      .slice(from, n + 1)
      .join('\n')
      .match(ID) !== null
      ? []
      : [`${path}: ${name}`];
  });
}

describe('every constant with a meaning in the body has a row', () => {
  it('named numbers of press, findings and tool name one, or are a choice of method', () => {
    expect(sources.flatMap(({ path, text }) => unsourced(path, text))).toEqual([]);
  });

  it('a planted number without a row is named', () => {
    expect(unsourced('findings/planted.ts', '/** How soft it is, kPa. */\nexport const SOFT = 4;')).toEqual([
      'findings/planted.ts: SOFT',
    ]);
    expect(unsourced('findings/planted.ts', '/** How soft it is (T-97), kPa. */\nexport const SOFT = 4;')).toEqual([]);
  });

  it('no other number stands bare in press and findings, named or not', () => {
    expect(sources.flatMap(({ path, text }) => unlisted(path, text))).toEqual([]);
  });

  it('a number planted in a function, a table or a default is found, with its line; one with a row is not', () => {
    const plant = (code: string): string[] => unlisted('findings/planted.ts', code);
    expect(plant('/** Softens. */\nfunction soften(x: number): number {\n  return 0.37 * x;\n}')).toEqual([
      'findings/planted.ts:3: 0.37',
    ]);
    expect(plant('const table = { vein: { diameter: 13 } };')).toEqual(['findings/planted.ts:1: 13']);
    expect(plant("const text = '13 mm'; // 13 mm")).toEqual([]);
    expect(plant('/** Softens (T-97). */\nfunction soften(x: number): number {\n  return 0.37 * x;\n}')).toEqual([]);
    // the row of one declaration does not speak for the next
    expect(plant('/** T-97. */\nconst a = 7;\n\nexport const b = 8;')).toEqual(['findings/planted.ts:4: 8']);
  });

  it('tissues, relaxation, vessels, resting pressures, tools and their places, levels', () => {
    const named: [string, readonly string[]][] = [
      ...(['relaxed', 'guarded'] as const).flatMap((tone) =>
        Object.entries(tissueMaterials(tone)).flatMap(([tissue, m]): [string, readonly string[]][] =>
          m.stiffening.value === 0
            ? [[tissue, m.evidence]]
            : [
                [tissue, m.evidence],
                [`stiffening of ${tissue}`, m.stiffening.evidence],
              ],
        ),
      ),
      ...TISSUES.flatMap((tissue): [string, readonly string[]][] => {
        const prony = pronyOf(tissue, 'relaxed');
        return prony === undefined ? [] : [[`relaxation of ${tissue}`, prony.evidence]];
      }),
      ...Object.entries(VESSELS).map(([id, v]): [string, readonly string[]] => [id, v.evidence]),
      ...Object.values(physiologyInputs('prone')).map((p): [string, readonly string[]] => [p.id, p.evidence]),
      ...TOOL_FAMILIES.flatMap((family): [string, readonly string[]][] => [
        [family.id, family.evidence],
        ...Object.entries(family.presets).map(([name, p]): [string, readonly string[]] => [
          `${family.id} at ${name}`,
          p.evidence,
        ]),
      ]),
      ...Object.values(LEVELS).flatMap((levels) => levels.map((l): [string, readonly string[]] => [l.id, l.evidence])),
      ...ANCHORS.map((a): [string, readonly string[]] => [a.title, [a.id]]),
    ];
    expect(named.length).toBeGreaterThan(100);
    for (const [name, ids] of named) {
      expect(ids.length, name).toBeGreaterThan(0);
      for (const id of ids) expect(evidence(id).id, name).toBe(id);
    }
  });

  it('every id that the sources name can be looked up', () => {
    const known = new Set(ALL_EVIDENCE.map((row) => row.id));
    // an id in a string or a comment; TypeScript itself has none of this shape
    const lost = sources.flatMap(({ path, text }) =>
      [...text.matchAll(ID)].filter(([id]) => !known.has(id)).map(([id]) => `${path}: ${id}`),
    );
    expect(lost).toEqual([]);
  });

  it('every structure that is spoken of is compared with levels that exist', () => {
    for (const { group } of SUBJECTS) if (group !== undefined) expect(LEVELS[group].length).toBeGreaterThan(0);
  });
});
