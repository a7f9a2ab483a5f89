import { placeOf } from '../anatomy/structures.ts';
import { quantiles, rankCorrelation, varianceShare } from '../base/statistics.ts';
import type { WholeSpeaker } from '../messages/say.ts';
import { largest, type StudyData } from './study-data.ts';
import { factorWords, levelWords, measureWords, nameOfStructure, shortWords, type Wording } from './study-words.ts';

/** A number of every run that the pictures are about: the larger of both sides, or of several structures. */
export interface View {
  readonly title: string;
  /** For the middle of a sentence: 'pressure in the psoas muscle'. */
  readonly short: string;
  readonly unit: string;
  /** By run; NaN where there is none or the run did not converge. */
  readonly values: Float64Array;
}

/** A factor as the pictures use it. */
export interface FactorView {
  readonly path: string;
  readonly words: Wording;
  /** Whether its values have an order. */
  readonly numeric: boolean;
  /** Its levels when it was crossed, in the plan's order; empty when it was sampled. */
  readonly levels: readonly (string | number)[];
  readonly values: readonly (string | number)[];
}

const BOWEL = ['small_intestine', 'large_intestine'];
const VEINS = ['inferior_vena_cava', 'common_iliac_vein', 'external_iliac_vein'];

interface Measure {
  readonly structure: string;
  readonly quantity: string;
}

/** What the push is meant to reach when the plan does not say; the second where a journal of before does not know the first. */
const AIMS: readonly Measure[] = [
  { structure: 'psoas_major', quantity: 'front-pressure' },
  { structure: 'psoas_major', quantity: 'tissue-pressure' },
];

/** Measures of the pictures beside it when the plan names none. */
const USUAL: readonly Measure[] = [
  { structure: 'large_intestine', quantity: 'tissue-pressure' },
  { structure: 'small_intestine', quantity: 'tissue-pressure' },
  { structure: 'external_iliac_vein', quantity: 'excess-pressure' },
  { structure: 'femoral_nerve', quantity: 'tissue-pressure' },
  { structure: 'abdominal_wall', quantity: 'stretch' },
];

/** What the push is meant to reach: the front of the psoas, unless the plan says otherwise. */
export function aimView(speaker: WholeSpeaker, data: StudyData): View | undefined {
  const { aim } = data.design.plan.report;
  return firstOf(speaker, data, aim === undefined ? AIMS : [aim]);
}

function firstOf(speaker: WholeSpeaker, data: StudyData, measures: readonly Measure[]): View | undefined {
  for (const { structure, quantity } of measures) {
    const view = viewOf(speaker, data, [structure], quantity);
    if (view !== undefined) return view;
  }
  return undefined;
}

/** What a push presses besides: the bowel and the great veins. */
export function costViews(speaker: WholeSpeaker, data: StudyData): View[] {
  return [
    viewOf(speaker, data, BOWEL, 'tissue-pressure', speaker.say('study.bowel')),
    viewOf(speaker, data, VEINS, 'excess-pressure', speaker.say('study.veins')),
  ].filter((view) => view !== undefined);
}

/** The measures of the small pictures. */
export function measureViews(speaker: WholeSpeaker, data: StudyData): View[] {
  const { measures } = data.design.plan.report;
  const alone = ({ structure, quantity }: Measure) => viewOf(speaker, data, [structure], quantity);
  const views = measures?.map(alone) ?? [firstOf(speaker, data, AIMS), ...USUAL.map(alone)];
  return views.filter((view) => view !== undefined);
}

/** @param together what several structures are called together */
function viewOf(
  speaker: WholeSpeaker,
  data: StudyData,
  wanted: readonly string[],
  asked: string,
  together?: string,
): View | undefined {
  const structures = wanted.map((structure) => inPlace(data, structure));
  const name = together ?? nameOfStructure(speaker, structures[0]!);
  // plans of before say only that a pressure is on the skin: its peak was meant
  const quantity = asked === 'contact-pressure' ? 'peak-contact-pressure' : asked;
  const values = largest(data, structures, quantity);
  if (values === undefined || values.every((value) => Number.isNaN(value))) return undefined;
  const unit = [...data.measures.values()].find(
    (m) => structures.includes(m.structure) && m.quantity === quantity,
  )!.unit;
  return { title: measureWords(speaker, name, quantity), short: shortWords(speaker, name, quantity), unit, values };
}

/** The structure itself, or what stands in its place on scans that hold it only as a part of something. */
function inPlace(data: StudyData, structure: string): string {
  const known = new Set([...data.measures.values()].map((m) => m.structure));
  return known.has(structure) ? structure : ([...known].find((each) => placeOf(each) === structure) ?? structure);
}

/** Every factor that takes more than one value, crossed ones in the plan's order after the sampled ones. */
export function factorViews(speaker: WholeSpeaker, data: StudyData): FactorView[] {
  const { design, factors } = data;
  return design.columns
    .map(({ path, kind }, c): FactorView => {
      const spec = design.plan.vary[path];
      const crossed = spec !== undefined && (Array.isArray(spec) || !('distribution' in spec));
      // a failed or open run has its values too where it has ended; holes are passed over
      const values = factors[c]!;
      const levels = crossed ? [...new Set(values.filter((value) => value !== undefined))] : [];
      return { path, words: factorWords(speaker, path, design), numeric: kind === 'number', levels, values };
    })
    .filter((factor) => new Set(factor.values).size > 1);
}

/** How much a factor moves a measure. */
export interface Influence {
  readonly factor: FactorView;
  /** Spearman's rank correlation for numbers; for the rest the correlation ratio of ranks, 0 … 1, without a direction. */
  readonly strength: number;
  readonly directed: boolean;
}

/** The factors of a measure, the strongest first; over the given runs. */
export function influences(factors: readonly FactorView[], view: View, within?: (run: number) => boolean): Influence[] {
  const y = within === undefined ? view.values : view.values.map((value, run) => (within(run) ? value : Number.NaN));
  return factors
    .map((factor): Influence => {
      if (factor.numeric) return { factor, strength: rankCorrelation(factor.values as number[], y), directed: true };
      return { factor, strength: Math.sqrt(varianceShare(factor.values.map(String), y)), directed: false };
    })
    .filter((each) => Number.isFinite(each.strength))
    .sort((a, b) => Math.abs(b.strength) - Math.abs(a.strength));
}

/** The run's factors in words, for titles of points: 'tip 18 mm, load 150 N'. */
export function runWords(speaker: WholeSpeaker, factors: readonly FactorView[], run: number): string {
  return factors
    .map(({ path, words, numeric, values }) =>
      numeric
        ? `${words.name} ${values[run]}${words.unit === '' ? '' : ` ${words.unit}`}`
        : levelWords(speaker, path, values[run]!),
    )
    .join(', ');
}

/** Median, quartiles and the 5–95 % range. */
export function spread(values: Float64Array): { p5: number; p25: number; p50: number; p75: number; p95: number } {
  const [p5, p25, p50, p75, p95] = quantiles(values, [0.05, 0.25, 0.5, 0.75, 0.95]);
  return { p5: p5!, p25: p25!, p50: p50!, p75: p75!, p95: p95! };
}

/** Every n-th run, so that a picture of a huge study stays one that a browser can show. */
export function drawnRuns(count: number, most = 1500): number[] {
  const step = Math.max(1, count / most);
  return Array.from({ length: Math.ceil(count / step) }, (_, n) => Math.floor(n * step));
}
