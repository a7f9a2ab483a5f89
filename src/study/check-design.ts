import { InputError } from '../base/errors.ts';
import type { Note } from '../base/note.ts';
import { type Told, tell } from '../base/told.ts';
import { resolveBody } from '../body/body.ts';
import { STUDY_ERRORS } from '../messages/errors/study.data.ts';
import { weightNotes } from '../press/complete-scenario.ts';
import { presetOf } from '../press/place.ts';
import type { Scenario } from '../press/scenario.ts';
import { buildTool } from '../tool/build.ts';
import type { StudyDesign } from './design.ts';

/** So many cases are looked at before a study begins; the others speak for themselves when they are computed. */
const LOOKED_AT = 2000;

/**
 * Looks at the cases of a design before anything is computed, evenly spread over it.
 *
 * @returns how many of those looked at cannot be computed, and why the first of them cannot: such cases become rows with
 * their reason
 * @throws InputError when a value of the plan never works: the whole plan or one level of one factor
 */
export function checkDesign(design: StudyDesign): { looked: number; refused: number; example?: Told } {
  const step = Math.max(1, design.count / LOOKED_AT);
  let refused = 0;
  let looked = 0;
  let example: Told | undefined;
  const seen = new Map<string, { fine: number; bad: number; why: Told | undefined }>();
  for (let n = 0; n < design.count; n += step) {
    const each = design.at(Math.floor(n));
    const why = each.refused ?? refusalOf(each.scenario!);
    looked++;
    if (why !== undefined) {
      refused++;
      example ??= why;
    }
    for (const [c, column] of design.columns.entries()) {
      const key = JSON.stringify([column.path, each.values[c]]);
      const count = seen.get(key) ?? { fine: 0, bad: 0, why: undefined };
      if (why === undefined) count.fine++;
      else {
        count.bad++;
        count.why = why;
      }
      // a drawn number comes up once: only values that come again can be judged
      if (seen.size < 10_000) seen.set(key, count);
    }
  }
  if (refused === looked) throw new InputError(tell(STUDY_ERRORS, 'error.study.none-fits', { why: example! }));
  const levels = new Map(design.columns.map((column) => [column.path, isCrossed(design, column.path)]));
  for (const [key, { fine, why }] of seen) {
    const [path, value] = JSON.parse(key) as [string, string | number];
    if (fine === 0 && why !== undefined && levels.get(path) === true)
      throw new InputError(
        tell(STUDY_ERRORS, 'error.study.level', { path: JSON.stringify(path), value: `${value}`, why }),
      );
  }
  return { looked, refused, ...(example !== undefined && { example }) };
}

/** Of the first case in which a load is a share of nobody's weight, what its press says of that; undefined where there is none. */
export function nobodysWeight(design: StudyDesign): Note | undefined {
  const step = Math.max(1, design.count / LOOKED_AT);
  for (let n = 0; n < design.count; n += step) {
    const { scenario } = design.at(Math.floor(n));
    if (scenario?.scan === undefined || refusalOf(scenario) !== undefined) continue;
    const [told] = weightNotes(scenario, resolveBody(scenario.body));
    if (told !== undefined) return told;
  }
  return undefined;
}

function isCrossed(design: StudyDesign, path: string): boolean {
  const factor = design.plan.vary[path];
  return factor !== undefined && (Array.isArray(factor) || !('distribution' in factor));
}

/** Why a scenario cannot be computed, as far as that is known without computing it. */
function refusalOf(scenario: Scenario): Told | undefined {
  try {
    resolveBody(scenario.body);
    presetOf(buildTool(scenario.tool), scenario.placement);
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error.note;
    throw error;
  }
}
