import { courseEvidence } from '../anatomy/corridors.ts';
import { placeOf, STRUCTURES, structureOf } from '../anatomy/structures.ts';
import { type Standing, standingOf } from '../evidence/evidence.ts';
import { LEVELS } from '../evidence/levels.ts';
import { tissueMaterials } from '../press/materials.ts';
import { organOf } from './organ-of.ts';
import { SHAPE_EVIDENCE } from './provenance.data.ts';
import { SUBJECTS } from './subjects.data.ts';

/**
 * What the shape of a structure was made of:
 * - `scan`: a person's scan; - `scan-only`: no built body holds it, and no scan is open; - `insert`: a usual size, where it was asked for;
 * - `course`: a curve along published courses; - `grown`: outlines grown to measures of the person; - `sized`: drawn after published sizes;
 * - `drawn`: drawn after pictures alone; - `mixed`: an organ of several parts, some of them sized and the others drawn.
 */
export type ShapeFrom = 'scan' | 'scan-only' | 'insert' | 'course' | 'grown' | 'sized' | 'drawn' | 'mixed';

/** What its stiffness is: that of nothing, of what is held rigid, or a figure that stands as well as the weakest row behind it. */
export type StiffnessFrom = 'line' | 'rigid' | Standing;

/** What its figures stand beside: published levels, nothing that was published, or it has none. */
export type FiguresFrom = 'levels' | 'alone' | 'none';

/** Where one structure comes from; evidence ids exist. */
export interface Provenance {
  readonly structure: string;
  readonly shape: { readonly from: ShapeFrom; readonly evidence: readonly string[] };
  readonly stiffness: { readonly from: StiffnessFrom; readonly evidence: readonly string[] };
  readonly figures: { readonly from: FiguresFrom; readonly evidence: readonly string[] };
  /** As they are written in their lists: 'TA98 A04.7.02.004', 'FMA:18060', 'UBERON:0001298', 'SNOMED CT 68455001'. */
  readonly codes: readonly string[];
  /** It is a part that anatomists name; the others are wholes and leftovers of the model. */
  readonly named: boolean;
}

/** Whatever results speak of by name and this answers: structures of the table, and organs that findings count several of them as. */
export const ASKABLE: readonly string[] = [
  ...new Set([...STRUCTURES.map(({ id }) => id), ...SUBJECTS.map(({ structure }) => structure)]),
];

const SHAPES: Readonly<Record<string, readonly string[]>> = SHAPE_EVIDENCE;
/** The one shape that is grown until it meets what is known of the person. */
const GROWN = 'skin';

/**
 * @param structure of the table, or an organ of the findings that a built body holds in several parts (`group` of a structure)
 * @param scanned whether the body comes from a scan: what shows on one is the person's own, nerves and ureters are drawn all the same
 */
export function provenanceOf(structure: string, scanned: boolean): Provenance {
  const { ta98, fma, uberon, snomed, latin } = structureOf(structure);
  const codes = [ta98 && `TA98 ${ta98}`, fma, uberon, snomed && `SNOMED CT ${snomed}`];
  return {
    structure,
    shape: shapeOf(structure, scanned),
    stiffness: stiffnessOf(structure),
    figures: figuresOf(structure),
    codes: codes.filter((code) => code !== undefined),
    named: latin !== '',
  };
}

/** What a built body holds of it: the parts of an organ that findings count as one, anything else itself. */
export function partsOf(structure: string): readonly string[] {
  const parts = STRUCTURES.filter(
    ({ id, group, source }) => group === structure && id !== structure && source !== 'scan',
  );
  return parts.length === 0 ? [structure] : parts.map(({ id }) => id);
}

function shapeOf(structure: string, scanned: boolean): Provenance['shape'] {
  const parts = partsOf(structure);
  if (scanned || parts.length === 1) return partShape(structure, scanned);
  const shapes = parts.map((id) => partShape(id, scanned));
  const kinds = new Set(shapes.map(({ from }) => from));
  const evidence = [...new Set(shapes.flatMap((shape) => shape.evidence))];
  return { from: kinds.size === 1 ? shapes[0]!.from : 'mixed', evidence };
}

function partShape(structure: string, scanned: boolean): Provenance['shape'] {
  const course = courseEvidence(structure);
  if (course !== undefined) return { from: 'course', evidence: course };
  const { source } = structureOf(structure);
  if (source === 'insert') return { from: 'insert', evidence: [] };
  if (scanned) return { from: 'scan', evidence: [] };
  if (source === 'scan') return { from: 'scan-only', evidence: [] };
  const evidence = SHAPES[structure]!;
  if (structure === GROWN) return { from: 'grown', evidence };
  return { from: evidence.length === 0 ? 'drawn' : 'sized', evidence };
}

function stiffnessOf(structure: string): Provenance['stiffness'] {
  if (courseEvidence(structure) !== undefined) return { from: 'line', evidence: [] };
  const materials = tissueMaterials();
  const all = partsOf(structure).map((id) => materials[structureOf(id).tissue]);
  const evidence = [...new Set(all.flatMap((material) => material.evidence))];
  return { from: all.every(({ rigid }) => rigid) ? 'rigid' : standingOf(evidence), evidence };
}

function figuresOf(structure: string): Provenance['figures'] {
  const subject = SUBJECTS.find((s) => s.structure === organOf(placeOf(structure)));
  if (subject === undefined) return { from: 'none', evidence: [] };
  if (subject.group === undefined) return { from: 'alone', evidence: [] };
  return { from: 'levels', evidence: [...new Set(LEVELS[subject.group].flatMap((level) => level.evidence))] };
}
