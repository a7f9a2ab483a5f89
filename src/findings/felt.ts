import { FELT_ROWS, type FeltRow } from './felt.data.ts';
import type { Finding, Quantity } from './finding.ts';

/** Whether people notice, and the evidence rows that this rests on. */
export interface Felt {
  readonly felt: Finding['felt'];
  readonly evidence: readonly string[];
}

const NAMES: Readonly<Record<FeltRow['felt'], Finding['felt']>> = {
  'felt-by-most': 'felt',
  'may-be-silent': 'silent',
  'no-data': 'unknown',
};

/** The pressures that a structure is felt by; its other quantities are felt as its pressure is. */
const PRESSURES: readonly Quantity[] = ['peak-contact-pressure', 'tissue-pressure', 'excess-pressure'];

/**
 * Whether people notice a structure at a value of a quantity.
 * @param value in the unit of the finding; a negative change of area or flow is a loss; null: not computed
 * @returns 'felt': by most, 'silent': it may be, 'unknown': no data, or nothing is known of this quantity by itself
 */
export function feltOf(structure: string, quantity: Quantity, value: number | null): Felt {
  const row = rowAt(structure, quantity, value);
  return row === undefined ? { felt: 'unknown', evidence: [] } : { felt: NAMES[row.felt], evidence: row.evidence };
}

/** Whether people notice a structure that is pressed with so much, whichever of the three pressures is told of it; kPa. */
export function feltUnder(structure: string, pressure: number): Felt {
  const quantity = PRESSURES.find((each) => rowAt(structure, each, pressure) !== undefined);
  return quantity === undefined ? { felt: 'unknown', evidence: [] } : feltOf(structure, quantity, pressure);
}

/**
 * Findings with what people notice of them: each by its own quantity where that is known, else by the pressure on the same structure
 * and side. What was not computed stays unknown.
 * @param untold findings of which nothing is known, whatever the value
 */
export function tellFelt(findings: readonly Finding[], untold: (f: Finding) => boolean = () => false): Finding[] {
  const pressed = new Map(
    findings.filter((f) => PRESSURES.includes(f.quantity)).map((f) => [`${f.structure}/${f.side}`, f]),
  );
  return findings.map((f) => {
    if (f.value === null || untold(f)) return f;
    const own = rowAt(f.structure, f.quantity, f.value) !== undefined;
    const by = own ? f : pressed.get(`${f.structure}/${f.side}`);
    if (by === undefined) return f;
    const { felt, evidence } = feltOf(f.structure, by.quantity, by.value);
    return { ...f, felt, evidence: [...new Set([...f.evidence, ...evidence])] };
  });
}

/** A pressure below that of the rest of the belly is felt as none. */
function rowAt(structure: string, quantity: Quantity, value: number | null): FeltRow | undefined {
  if (value === null) return undefined;
  const amount = quantity === 'area-change' || quantity === 'flow-change' ? -value : Math.max(0, value);
  return FELT_ROWS.findLast(
    (row) => row.quantity === quantity && amount >= row.from && row.structures.includes(structure),
  );
}
