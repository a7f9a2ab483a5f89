import { TOOL_FAMILIES } from '../tool/catalogue.ts';
import { everydayName } from '../words/everyday-name.ts';
import type { StudyDesign } from './design.ts';

/** A factor or a measure in words: a name that can stand over a column, and its unit. */
export interface Wording {
  readonly name: string;
  readonly unit: string;
}

export const withUnit = ({ name, unit }: Wording): string => (unit === '' ? name : `${name}, ${unit}`);

const PLACES: Readonly<Record<string, Wording>> = {
  'load.force_N': { name: 'load', unit: 'N' },
  'load.mass_kg': { name: 'load', unit: 'kg' },
  'load.bodyWeightShare': { name: 'load as a share of the body weight', unit: '' },
  load: { name: 'load', unit: '' },
  body: { name: 'body', unit: '' },
  'body.sex': { name: 'sex', unit: '' },
  'body.height_cm': { name: 'height', unit: 'cm' },
  'body.weight_kg': { name: 'weight', unit: 'kg' },
  'body.waist_cm': { name: 'waist', unit: 'cm' },
  'body.age': { name: 'age', unit: 'years' },
  'body.tissue.subcutaneousFat': { name: 'fat under the skin', unit: '× average' },
  'body.tissue.visceralFat': { name: 'fat in the belly', unit: '× average' },
  'body.tissue.muscularity': { name: 'muscle', unit: '× average' },
  tool: { name: 'tool', unit: '' },
  'tool.id': { name: 'tool', unit: '' },
  'placement.x_mm': { name: 'place to the left', unit: 'mm' },
  'placement.y_mm': { name: 'place to the head', unit: 'mm' },
  'placement.preset': { name: 'place', unit: '' },
  cell_mm: { name: 'cell', unit: 'mm' },
  rate_s: { name: 'time to the load', unit: 's' },
  hold_s: { name: 'time held', unit: 's' },
};

/** A factor of a design in words. */
export function factorWords(path: string, design: StudyDesign): Wording {
  const known = PLACES[path];
  if (known !== undefined) return known;
  const size = /^tool\.parameters\.(\w+)$/.exec(path)?.[1];
  const id = (design.plan.base.tool as { id?: string } | undefined)?.id ?? 'two-peak';
  const parameter = TOOL_FAMILIES.find((family) => family.id === id)?.parameters[size ?? ''];
  if (parameter !== undefined) return { name: parameter.label, unit: parameter.unit };
  return { name: path, unit: '' };
}

/** A level's name for people: a tool by its everyday name. */
export function levelWords(path: string, name: string | number): string {
  if (path === 'tool.id' || path === 'tool')
    return TOOL_FAMILIES.find((family) => family.id === name)?.label ?? String(name);
  return String(name);
}

const QUANTITIES: Readonly<Record<string, string>> = {
  'peak-contact-pressure': 'pressure on it, most pressed cm²',
  'mean-contact-pressure': 'pressure on it, average',
  'tissue-pressure': 'pressure in the tissue',
  'excess-pressure': 'pressure above the rest of the belly',
  compression: 'squeezed to less thickness',
  stretch: 'stretched',
  displacement: 'moved',
  'area-change': 'change of the opening',
  'flow-change': 'change of the flow',
  'share-of-work': 'share of the push',
  'contact-area': 'touched area',
};

/** 'psoas muscle: pressure in the tissue'. */
export function measureWords(structure: string, quantity: string): string {
  const what = QUANTITIES[quantity] ?? quantity.replaceAll('-', ' ');
  return `${nameOfStructure(structure)}: ${what}`;
}

/** 'pressure in the psoas muscle', for the middle of a sentence. */
export function shortWords(structure: string, quantity: string): string {
  const name = nameOfStructure(structure);
  if (quantity === 'tissue-pressure' || quantity === 'excess-pressure') return `pressure in the ${name}`;
  return `${name}, ${QUANTITIES[quantity] ?? quantity.replaceAll('-', ' ')}`;
}

export const nameOfStructure = (structure: string): string => (structure === 'tool' ? 'tool' : everydayName(structure));

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
