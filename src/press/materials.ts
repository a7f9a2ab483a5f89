import { evidence } from '../evidence/evidence.ts';
import type { Fibres } from '../mechanics/problem.ts';
import type { Tissue } from '../voxel/model.ts';
import type { MaterialUsed } from './press.ts';
import { pronyOf, REFERENCE_TIMING, type Timing, timeFactor } from './relaxation.ts';

/**
 * Tissue → material constants. Shear moduli and their ranges come from evidence rows; where no row gives the modulus
 * itself, the estimate stands here with the rows that bound it. The stiffening a of W = μ/2 (I₁-3 + a/2 (I₁-3)²), volume kept, is
 * fitted to the strain dependence that the named rows print.
 */
export interface TissueMaterial {
  /** Shear modulus at small strain, kPa. */
  readonly mu: number;
  readonly low: number;
  readonly high: number;
  readonly stiffening: Stiffening;
  /** Bulk modulus, kPa. */
  readonly bulk: number;
  /** Held rigidly, with the skeleton. */
  readonly rigid: boolean;
  readonly evidence: readonly string[];
}

/** The stiffening a, dimensionless, with the range that its rows allow. */
export interface Stiffening {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly evidence: readonly string[];
}

/**
 * Numerical bulk modulus of everything but gas, kPa: ten times the highest contact pressures met, so that volume changes
 * stay below a tenth there. At 1000 kPa the default press goes 2 % deeper than at 20,000, at 5000 kPa 0.4 %. The physical value
 * (T-08) is a thousand times larger.
 */
const NEARLY_INCOMPRESSIBLE = 5000;

/** Shear modulus straight from a row. */
const row = (id: string, stiffening: Stiffening, ...more: string[]): TissueMaterial => {
  const e = evidence(id);
  if (e.value === null || e.low === null || e.high === null) throw new Error(`evidence row ${id} has no shear modulus`);
  return {
    mu: e.value,
    low: e.low,
    high: e.high,
    stiffening,
    bulk: NEARLY_INCOMPRESSIBLE,
    rigid: false,
    evidence: [id, ...more],
  };
};

/** An estimate bounded by rows. */
const bounded = (mu: number, low: number, high: number, stiffening: Stiffening, ...ids: string[]): TissueMaterial => ({
  mu,
  low,
  high,
  stiffening,
  bulk: NEARLY_INCOMPRESSIBLE,
  rigid: false,
  evidence: ids,
});

/** The value of a row that has one. */
export function rowValue(id: string): number {
  const { value } = evidence(id);
  if (value === null) throw new Error(`evidence row ${id} has no value`);
  return value;
}

function scaled({ value, low, high, evidence: ids }: Stiffening, factor: number): Stiffening {
  return { value: value * factor, low: low * factor, high: high * factor, evidence: ids };
}

const rigid = (...ids: string[]): TissueMaterial => ({ ...bounded(20, 20, 20, NO_STIFFENING, ...ids), rigid: true });

/** Fat doubles its modulus at 25 % compression and triples at 40 % (T-91): a = 4.4 and 2.9. */
const FAT_STIFFENING: Stiffening = { value: 3, low: 2.9, high: 4.4, evidence: ['T-91', 'T-15'] };
/** Muscle under compression follows C^-0.36 (T-63): +44 % at 40 % compression (I₁-3 = 0.69), +17 % at 20 % (0.14). */
const MUSCLE_STIFFENING: Stiffening = { value: 0.6, low: 0.6, high: 1.2, evidence: ['T-63'] };
/**
 * The wall's sheets hardly give beyond a few per cent (T-111). With μ = 3 kPa and 15 mm of wall, a = 250 carries the 0.25 N/mm of
 * 12 mmHg at the 7 % stretch that was seen (V-12, T-28) and the 1.6 N/mm of cadaver strips at 28 % (15–38 %, an estimate: H-63).
 */
const WALL_STIFFENING: Stiffening = { value: 250, low: 100, high: 600, evidence: ['T-111', 'T-28', 'V-12', 'H-63'] };
/** The same sheets on the modulus of the seam. */
const SEAM_STIFFENING = scaled(WALL_STIFFENING, rowValue('T-92') / 16.7);
/** Ogden exponents 10–20 (T-90) multiply the tangent by 4.3, 10.7 and 26.6 at 20 % equibiaxial stretch (I₁-3 = 0.36). */
const SKIN_STIFFENING: Stiffening = { value: 27, low: 9, high: 71, evidence: ['T-90'] };
/**
 * The bowel pack has given up its contents at about half its thickness (I₁-3 = 1.25); what is left is wall on wall, whose
 * low-strain modulus is 20 (5–100) kPa (T-41) against 3 kPa of the pack (T-42). An estimate: no measurement was found.
 */
const BOWEL_STIFFENING: Stiffening = { value: 4.5, low: 0.5, high: 26, evidence: ['T-41', 'T-42'] };
/** Solid organs: as muscle, for want of a row of their own. */
const ORGAN_STIFFENING = MUSCLE_STIFFENING;
/** What is held rigidly does not deform, so nothing stiffens. */
const NO_STIFFENING: Stiffening = { value: 0, low: 0, high: 0, evidence: [] };

/** Factors on one tissue's constants, for an ensemble over their ranges; absent: 1. */
export interface TissueScale {
  readonly mu?: number;
  readonly stiffening?: number;
}
export type MaterialScale = Partial<Record<Tissue, TissueScale>>;

/** What the mechanics of a press are made for. */
export interface MaterialChoice {
  /** How the load comes on; the reference timing when absent. */
  readonly timing?: Timing;
  /** Factors on the central values; none when absent. */
  readonly scale?: MaterialScale;
  /** Share of their shear modulus that loose contents of the belly keep, 0…1; that of 'between' when absent (keptShear). */
  readonly contents?: number;
  /** The contents of the belly are a body of their own, which slides on what holds it (sliding-contents.ts). */
  readonly slide?: boolean;
  /** Coefficient of friction of the skin on the tool; that of T-114 when absent. */
  readonly friction?: number;
  /** What psoas and iliacus pull with along their fibres, kPa of their section; nothing when absent (pullOf). */
  readonly pull?: number;
  /** What the belly wall pulls with across the body, N/mm; nothing when absent (braceOf). */
  readonly brace?: number;
  /** More fibres in the model's grid, which bear beside its tissues; none when absent. No scenario asks for any (decisions/0016). */
  readonly fibres?: Fibres;
}

/** The table for one timing and set of factors. */
export function materialTable({
  timing = REFERENCE_TIMING,
  scale = {},
}: Pick<MaterialChoice, 'timing' | 'scale'> = {}): MaterialTable {
  const table = tissueMaterials();
  const adapted = Object.entries(table).map(([name, m]) => {
    const tissue = name as Tissue;
    const time = m.rigid ? 1 : timeFactor(tissue, timing);
    const { mu = 1, stiffening = 1 } = scale[tissue] ?? {};
    const ids = time === 1 ? m.evidence : [...new Set([...m.evidence, ...pronyOf(tissue)!.evidence])];
    return [
      tissue,
      {
        ...m,
        mu: m.mu * time * mu,
        low: m.low * time,
        high: m.high * time,
        stiffening: { ...m.stiffening, value: m.stiffening.value * stiffening },
        evidence: ids,
      },
    ];
  });
  return Object.fromEntries(adapted) as MaterialTable;
}

export type MaterialTable = Readonly<Record<Tissue, TissueMaterial>>;

/** The central values, as the evidence rows give them. */
export function tissueMaterials(): MaterialTable {
  return {
    skin: row('T-90', SKIN_STIFFENING),
    fat_subcutaneous: row('T-91', FAT_STIFFENING),
    fat_visceral: row('T-96', FAT_STIFFENING, 'T-44'),
    muscle_wall: row('T-92', WALL_STIFFENING, 'T-28'),
    // E 50 kPa across, 20 along (T-31): μ = E/3 of the larger, range from the smaller to the row's upper end
    aponeurosis: bounded(16.7, 3.3, 33, SEAM_STIFFENING, 'T-31', 'T-94'),
    muscle_psoas: row('T-97', MUSCLE_STIFFENING),
    muscle: row('T-63', MUSCLE_STIFFENING),
    bowel: row('T-95', BOWEL_STIFFENING, 'T-41', 'T-42'),
    // liver, spleen, uterus … have no row of their own: the kidney's range stands in, widened downwards to the bowel's
    organ: bounded(3, 1, 12, ORGAN_STIFFENING, 'T-101', 'T-95'),
    kidney: row('T-101', ORGAN_STIFFENING, 'T-75'),
    // a full bladder is fluid in a thin wall: as the bowel pack
    urinary_bladder: row('T-95', BOWEL_STIFFENING, 'T-80'),
    // an inflated tube keeps its shape with something between its ring stiffness (T-59) and its own pressure (H-04)
    artery: bounded(5, 1, 12, ORGAN_STIFFENING, 'T-59', 'H-04'),
    // a vein flattens almost as soon as it is pressed (T-58): ring stiffness only
    vein: bounded(0.4, 0.05, 0.8, ORGAN_STIFFENING, 'T-58'),
    lung: bounded(0.6, 0.2, 2, ORGAN_STIFFENING, 'T-96'),
    // bowel gas: Boyle's bulk modulus; a token shear modulus so that the cell keeps a shape
    gas: { ...bounded(0.3, 0.1, 1, BOWEL_STIFFENING, 'T-10', 'T-42'), bulk: 101 },
    cartilage: rigid('T-104'),
    disc: rigid('T-104'),
    neural: bounded(13, 3, 50, ORGAN_STIFFENING, 'T-103'),
    // Hounsfield units cannot tell muscle from bowel or organs: between the bowel pack and relaxed muscle
    soft_tissue: bounded(2, 0.6, 6, MUSCLE_STIFFENING, 'T-95', 'T-92', 'T-97'),
    bone: rigid('T-104'),
  };
}

/** The rows of the result's assumptions for the tissues that occur. */
export function materialsUsed(tissues: ReadonlySet<Tissue>, choice: MaterialChoice): MaterialUsed[] {
  const table = materialTable(choice);
  return [...tissues]
    .filter((t) => !table[t].rigid)
    .sort()
    .flatMap((tissue): MaterialUsed[] => {
      const { mu, low, high, evidence: ids, stiffening } = table[tissue];
      return [
        { tissue, property: 'shear-modulus', value: mu, low, high, evidence: ids },
        { tissue, property: 'stiffening', ...stiffening },
      ];
    });
}
