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
  'press/bracing.ts': ['AROUND'],
  'press/contraction.ts': ['PENALTY'],
  'press/materials.ts': ['NEARLY_INCOMPRESSIBLE'],
  'press/mechanical-problem.ts': ['FILLET', 'TIP', 'LATTICE'],
  'press/mix.ts': ['LEAST_FILL', 'SLIVER_BULK', 'RIGID_MU'],
  'press/muscle-flow.ts': ['BRIDGE', 'ROOTED', 'NEAR', 'LEAK', 'GOOD'],
  'press/place.ts': ['SIDE_ANGLE_DEG', 'FLOOR_FIRST', 'CUT_SHARE'],
  'press/range-presses.ts': ['RANGE_PRESSES'],
  'press/scenario.ts': ['SCHEMA_VERSION'],
  'press/sliding-contents.ts': ['CONTAINER', 'CONTENTS', 'PENALTY', 'TIED_PENALTY', 'RAYS'],
  'press/ties.ts': ['AROUND', 'ROOT'],
  'press/tool-surface.ts': ['COARSE', 'FINE'],
  'press/twin.ts': ['NOTHING', 'HELD', 'SOLID', 'PURE', 'FACET', 'BULGE'],
  'press/two-bodies.ts': ['BEYOND'],
  'press/what-holds.ts': ['REACH', 'BONE_LEAST', 'SHALLOW', 'FOOTPRINT'],
  'findings/baseline.ts': ['FAR_FROM_TOOL', 'MIN_VOLUME'],
  'findings/clearance.ts': ['TOLD', 'STEP', 'THINNEST'],
  'findings/core-sample.ts': ['STEP', 'THINNEST'],
  'findings/corridor-peak.ts': ['CORRIDOR_LENGTH', 'STEP', 'STUCK_LENGTH', 'RINGS', 'ON_RING'],
  'findings/deformed-body.ts': ['MAX_STEPS', 'NEAR_ENOUGH'],
  'findings/ensemble.ts': ['ENSEMBLE_CELL', 'COARSEST'],
  'findings/headline.ts': ['FRONT_WINDOW', 'LEAST_REST', 'LEAST_ON_THE_WAY'],
  'findings/membrane-tension.ts': ['FACING'],
  'findings/importance.ts': ['MOST_BARS'],
  'findings/ranges.ts': ['SMALL_DRIVER'],
  'findings/slide.ts': ['BEHIND', 'STEP', 'LEAST', 'NEARLY_ALL'],
  'findings/spread.ts': ['FEWEST'],
  'findings/scale.ts': ['SMALL_ODDS', 'NEARLY_ALL'],
  'findings/shares.ts': ['PARTS'],
  'findings/circulation.ts': ['HALVINGS'],
  'findings/vessels.ts': ['WINDOW'],
  'findings/window-peak.ts': ['WINDOW_RADIUS', 'MIN_VOLUME', 'MIN_CELLS', 'SUBSAMPLES'],
  'tool/shapes.ts': ['CREASE'],
};
/** All numbers of these steer an iteration. */
const ITERATION = new Set(['press/solve-press.ts', 'press/preview.ts']);

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

  it('what is excused is there', () => {
    const text = new Map(sources.map((source) => [source.path, source.text]));
    for (const [path, names] of Object.entries(METHOD))
      for (const name of names) expect(text.get(path), `${path}: ${name}`).toMatch(new RegExp(`const ${name}\\b.* = `));
    for (const path of ITERATION) expect([...text.keys()]).toContain(path);
  });

  it('a planted number without a row is named', () => {
    expect(unsourced('findings/planted.ts', '/** How soft it is, kPa. */\nexport const SOFT = 4;')).toEqual([
      'findings/planted.ts: SOFT',
    ]);
    expect(unsourced('findings/planted.ts', '/** How soft it is (T-97), kPa. */\nexport const SOFT = 4;')).toEqual([]);
  });

  it('tissues, relaxation, vessels, resting pressures, tools and their places, levels', () => {
    const named: [string, readonly string[]][] = [
      ...Object.entries(tissueMaterials()).flatMap(([tissue, m]): [string, readonly string[]][] =>
        m.stiffening.value === 0
          ? [[tissue, m.evidence]]
          : [
              [tissue, m.evidence],
              [`stiffening of ${tissue}`, m.stiffening.evidence],
            ],
      ),
      ...TISSUES.flatMap((tissue): [string, readonly string[]][] => {
        const prony = pronyOf(tissue);
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
      ...ANCHORS.map((a): [string, readonly string[]] => [a.title.id, [a.id]]),
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
