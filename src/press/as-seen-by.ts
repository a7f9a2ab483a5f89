import { layerOf } from '../anatomy/structures.ts';
import type { Tissue } from '../anatomy/tissue.ts';
import { cellCorners, nodeCount } from '../base/grid.ts';
import type { Press, PressFields } from './press.ts';

/** Whether a structure hangs in the belly: where contents slide it goes with them. */
export const isContents = ({ structure, tissue }: { readonly structure: string; readonly tissue: Tissue }): boolean =>
  layerOf(structure, tissue) === 'contents';

/**
 * The press as a structure undergoes it: with the fields of the contents for what hangs in the belly, where these slide. In a cell in which both bodies
 * are, each has its own stress and displacement.
 * @param parts of the structure
 */
export function asSeenBy(press: Press, parts: readonly Parameters<typeof isContents>[0][]): Press {
  const { contents } = press.fields;
  if (contents === undefined || !parts.some(isContents)) return press;
  const known = seen.get(press);
  if (known !== undefined) return known;
  const { share: _, surface: __, ...own } = contents;
  const inside = { ...press, fields: { ...own, contact: press.fields.contact } };
  seen.set(press, inside);
  return inside;
}

const seen = new WeakMap<Press, Press>();

/** Pressure of the body that has more of each cell, kPa: what a picture shows there. */
export const drawnPressure = (fields: Pick<PressFields, 'pressure' | 'contents'>): Float32Array =>
  fields.contents === undefined
    ? fields.pressure
    : ofLarger(fields.pressure, fields.contents.pressure, fields.contents.share);

/** Values of cells from the body that has more of each. */
const ofLarger = (container: Float32Array, contents: Float32Array, share: Float32Array): Float32Array =>
  container.map((value, c) => (share[c]! >= 0.5 ? contents[c]! : value));

/**
 * The fields of a press as one body, for files that hold one: those of the body that has more of each cell, and of the cells around each node. Along the
 * peritoneum, where contents slide, cells are sheared by the slip in them.
 */
export function asOneBody(press: Press): Omit<PressFields, 'contents'> {
  const { contents, ...fields } = press.fields;
  if (contents === undefined) return fields;
  const { grid } = press.model;
  const { share } = contents;
  const sum = new Float64Array(nodeCount(grid));
  for (let c = 0; c < share.length; c++)
    if (press.model.fill[c]! > 0)
      for (const node of cellCorners(grid, c)) sum[node] = sum[node]! + (share[c]! >= 0.5 ? 1 : -1);
  const of = (key: 'pressure' | 'shear' | 'stretchMin' | 'stretchMax'): Float32Array =>
    ofLarger(fields[key], contents[key], share);
  return {
    ...fields,
    displacement: fields.displacement.map((u, n) => (sum[Math.floor(n / 3)]! > 0 ? contents.displacement[n]! : u)),
    pressure: of('pressure'),
    shear: of('shear'),
    stretchMin: of('stretchMin'),
    stretchMax: of('stretchMax'),
  };
}
