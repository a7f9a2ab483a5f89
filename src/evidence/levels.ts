import { kPaOfMmHg } from '../base/units.ts';

/**
 * Published levels that a result is compared with. A level says at which values an effect was published, in whom, and
 * for how long the load lasted; it never says what happens to the reader. Most exposures lasted longer than a press.
 */
export type StructureGroup = 'artery' | 'vein' | 'nerve' | 'ureter' | 'bowel' | 'muscle' | 'skin' | 'abdominal_wall';

/**
 * What is compared:
 * - `tissue-pressure`: absolute mean pressure in the tissue. For arteries, nerves, bowel and muscle, because arterial
 *   supply does not rise with the pressure in the belly;
 * - `excess-pressure`: tissue pressure minus the resting pressure of the belly. For veins and ureters, whose inside
 *   pressure rises with it;
 * - `peak-contact-pressure`: on the skin, over the most pressed 1 cm²; its mean over the touching area has no level of its own;
 * - `compression`, `stretch`: shortening or lengthening of the tissue, %;
 * - `membrane-tension-longitudinal`, `membrane-tension-transverse`: pull in the plane of the belly wall per width of it, N/mm;
 * - `membrane-force`: force per width in the wall of a vessel, N/mm;
 * - `area-change`: area of a lumen lost from rest, %.
 */
export type Compared =
  | 'tissue-pressure'
  | 'excess-pressure'
  | 'peak-contact-pressure'
  | 'compression'
  | 'stretch'
  | 'membrane-tension-longitudinal'
  | 'membrane-tension-transverse'
  | 'membrane-force'
  | 'area-change';

/** The values from … to at which one effect was published. */
export interface Level {
  /** Stable name, under which the catalogue of sentences tells it in plain words (messages/, level.ID). */
  readonly id: string;
  readonly compare: Compared;
  readonly unit: 'kPa' | '%' | 'N/mm';
  readonly from: number;
  /** The same as `from` where one figure was published. */
  readonly to: number;
  /** How long the load lasted there, shortest and longest, s; absent where the effect came at once or the source gives no time. */
  readonly duration_s?: readonly [number, number];
  /** What was seen after several times: of levels with the same name only the one whose time is nearest to the press's is compared. */
  readonly byTime?: string;
  /** What was published (species, tissue, duration): a noun phrase, usable after 'was published:'. */
  readonly effect: string;
  /** The effect is itself something that people notice: that it may be silent is then not said. */
  readonly noticed?: true;
  readonly evidence: readonly string[];
}

/**
 * Pressure of the belly as a whole from which it counts as raised, kPa: the first grade in the critically ill, where it lasts (H-12). What is
 * pressed less than that is hardly pressed.
 */
export const RAISED_BELLY = kPaOfMmHg(12);

const [MINUTE, HOUR] = [60, 3600];

const MUSCLE: readonly Level[] = [
  // the two plateaus of H-71; nothing shorter than 15 minutes was tried
  {
    id: 'muscle-cells-hours',
    compare: 'tissue-pressure',
    unit: 'kPa',
    from: 9,
    to: 9,
    effect: 'death of muscle cells (rat leg muscle, more than 2 hours)',
    duration_s: [2 * HOUR, Number.POSITIVE_INFINITY],
    byTime: 'muscle-cells',
    evidence: ['H-71'],
  },
  {
    id: 'muscle-cells-minutes',
    compare: 'tissue-pressure',
    unit: 'kPa',
    from: 32,
    to: 32,
    effect: 'death of muscle cells (rat leg muscle, 15 minutes to 1 hour)',
    duration_s: [15 * MINUTE, HOUR],
    byTime: 'muscle-cells',
    evidence: ['H-71'],
  },
  {
    id: 'muscle-squeeze',
    compare: 'compression',
    unit: '%',
    from: 50,
    to: 80,
    effect: 'muscle damage by squeezing alone (rat leg muscle, 10 minutes to 2 hours)',
    duration_s: [10 * MINUTE, 2 * HOUR],
    evidence: ['H-72'],
  },
];

/**
 * Levels by structure group. Those of one group that compare the same thing after the same time are in ascending order and do not
 * overlap, so a value belongs to the last one whose `from` it reaches. Structures of other groups have no published level.
 */
export const LEVELS: Readonly<Record<StructureGroup, readonly Level[]>> = {
  // the pressures on the skin that stop leg flow (V-25) belong to a broad wedge and are not compared with tissue pressure
  artery: [
    {
      id: 'artery-close',
      compare: 'tissue-pressure',
      unit: 'kPa',
      from: kPaOfMmHg(70),
      to: kPaOfMmHg(160),
      effect:
        'closing of an artery, at once (own arithmetic on the blood pressure of adults; no measurement at the aorta)',
      evidence: ['H-04', 'T-59'],
    },
    {
      id: 'artery-narrow',
      compare: 'area-change',
      unit: '%',
      from: 75,
      to: 100,
      effect: 'a lower pressure behind a narrowing (people with lasting narrowings of leg arteries)',
      evidence: ['H-01'],
    },
    // only asked where the artery is widened to an aneurysm (findings/aneurysm.ts)
    {
      id: 'aneurysm-wall',
      compare: 'membrane-force',
      unit: 'N/mm',
      from: 0.3,
      to: 1.5,
      effect: 'yielding of the wall of an aneurysm (strips of the front of five human ones, pulled in the laboratory)',
      evidence: ['H-66', 'T-113'],
    },
  ],
  // 24 % of people without complaints have a left common iliac vein narrowed by half (V-37): narrowing alone is common
  vein: [
    {
      id: 'vein-narrow',
      compare: 'excess-pressure',
      unit: 'kPa',
      from: kPaOfMmHg(5),
      to: kPaOfMmHg(10),
      effect: 'narrowing of veins, at once (own arithmetic on pressures in human veins, lying)',
      evidence: ['H-11', 'H-10', 'V-37'],
    },
    {
      id: 'vein-close',
      compare: 'excess-pressure',
      unit: 'kPa',
      from: kPaOfMmHg(10),
      to: kPaOfMmHg(25),
      effect: 'closing of veins, at once (own arithmetic on cuffs of 20-25 mmHg that shut leg veins of people lying)',
      evidence: ['H-11', 'V-32'],
    },
  ],
  nerve: [
    {
      id: 'nerve-flow',
      compare: 'tissue-pressure',
      unit: 'kPa',
      from: kPaOfMmHg(20),
      to: kPaOfMmHg(30),
      effect: 'disturbed flow in the small veins of a nerve (rabbit leg nerve, at once)',
      evidence: ['H-20'],
    },
    {
      id: 'nerve-tingling',
      compare: 'tissue-pressure',
      unit: 'kPa',
      from: kPaOfMmHg(30),
      to: kPaOfMmHg(60),
      effect: 'tingling and, higher up, numbness (volunteers, nerve at the wrist, 30 to 90 minutes)',
      duration_s: [30 * MINUTE, 90 * MINUTE],
      evidence: ['H-24', 'H-25', 'H-26', 'H-21'],
    },
    {
      id: 'nerve-stop',
      compare: 'tissue-pressure',
      unit: 'kPa',
      from: kPaOfMmHg(60),
      to: kPaOfMmHg(80),
      effect: 'a stop of blood flow inside a nerve (rabbit leg nerves, while pressed)',
      evidence: ['H-22', 'H-25'],
    },
    {
      id: 'nerve-recovery-hours',
      compare: 'tissue-pressure',
      unit: 'kPa',
      from: kPaOfMmHg(80),
      to: kPaOfMmHg(400),
      effect: 'incomplete recovery of a nerve (rabbit leg nerve, 2 hours)',
      duration_s: [2 * HOUR, 2 * HOUR],
      byTime: 'nerve-recovery',
      evidence: ['H-29', 'H-28'],
    },
    {
      id: 'nerve-recovery-minutes',
      compare: 'tissue-pressure',
      unit: 'kPa',
      from: kPaOfMmHg(400),
      to: kPaOfMmHg(400),
      effect: 'incomplete recovery of a nerve (rabbit leg nerve, 15 minutes)',
      duration_s: [15 * MINUTE, 15 * MINUTE],
      byTime: 'nerve-recovery',
      evidence: ['H-29'],
    },
  ],
  ureter: [
    {
      id: 'ureter-rest',
      compare: 'excess-pressure',
      unit: 'kPa',
      from: kPaOfMmHg(4),
      to: kPaOfMmHg(15),
      effect: 'closing of a ureter between two waves of urine, at once (own arithmetic on pressures in human ureters)',
      evidence: ['H-45', 'H-87'],
    },
    {
      id: 'ureter-wave',
      compare: 'excess-pressure',
      unit: 'kPa',
      from: kPaOfMmHg(15),
      to: kPaOfMmHg(60),
      effect: 'closing of a ureter against a wave of urine, at once (own arithmetic on pressures in human ureters)',
      evidence: ['H-45', 'H-40'],
    },
  ],
  // published as pressure inside a stretched loop; we take outside pressure to hold back the flow in the wall likewise
  bowel: [
    {
      id: 'bowel-flow',
      compare: 'tissue-pressure',
      unit: 'kPa',
      from: kPaOfMmHg(30),
      to: kPaOfMmHg(60),
      effect: 'falling blood flow in the bowel wall (dogs and piglets, bowel under pressure from inside, acute)',
      evidence: ['H-50', 'H-52'],
    },
    {
      id: 'bowel-lining',
      compare: 'tissue-pressure',
      unit: 'kPa',
      from: kPaOfMmHg(60),
      to: kPaOfMmHg(90),
      effect: 'loss of blood flow to the lining of the bowel (dogs, bowel under pressure from inside, acute)',
      evidence: ['H-51', 'H-52'],
    },
    {
      id: 'bowel-tear',
      compare: 'stretch',
      unit: '%',
      from: 140,
      to: 180,
      effect: 'tearing of the bowel wall (strips of human bowel)',
      evidence: ['H-55', 'T-40'],
    },
  ],
  muscle: MUSCLE,
  // from the lowest mean (arms of women) to the highest (calves); no figure for the belly was read. A larger contact hurts at less:
  // a cuff around the calf from 26 kPa on (H-80)
  skin: [
    {
      id: 'skin-sitting',
      compare: 'peak-contact-pressure',
      unit: 'kPa',
      from: kPaOfMmHg(60),
      to: 130,
      effect: 'pressure injury of the skin (people sitting for more than 2 hours)',
      duration_s: [2 * HOUR, Number.POSITIVE_INFINITY],
      evidence: ['H-73', 'V-45'],
    },
    {
      id: 'skin-pain',
      compare: 'peak-contact-pressure',
      unit: 'kPa',
      from: 130,
      to: 482,
      effect:
        'the onset of pain (healthy adults, small probe on arm, forehead and calf, seconds; the belly was not measured)',
      noticed: true,
      evidence: ['H-83', 'H-80'],
    },
  ],
  abdominal_wall: [
    ...MUSCLE,
    {
      id: 'wall-fascia-longitudinal',
      compare: 'membrane-tension-longitudinal',
      unit: 'N/mm',
      from: 2,
      to: 3,
      effect: 'tearing of the fascia of the abdominal wall, pulled up and down (human cadaver)',
      evidence: ['H-60'],
    },
    {
      id: 'wall-fascia-transverse',
      compare: 'membrane-tension-transverse',
      unit: 'N/mm',
      from: 6,
      to: 8,
      effect: 'tearing of the fascia of the abdominal wall, pulled across (human cadaver)',
      evidence: ['H-60'],
    },
  ],
};

/**
 * The published level that a value is to be compared with: the last one it reaches, or the lowest one when it reaches none.
 * Below its `from` the value is below what was published, up to `to` it is within, beyond `to` above; both ends belong to it.
 * @param compare a quantity; only those of `Compared` have levels
 * @param value in the unit of the level: kPa, % or N/mm
 * @param seconds how long the load lasts, building up and holding: of an effect that was seen after several times the nearest counts
 * @returns undefined when no level was published
 */
export function levelFor(group: StructureGroup, compare: string, value: number, seconds: number): Level | undefined {
  const all = LEVELS[group].filter((level) => level.compare === compare);
  const levels = all.filter(
    (level) =>
      level.byTime === undefined ||
      level ===
        nearestInTime(
          all.filter(({ byTime }) => byTime === level.byTime),
          seconds,
        ),
  );
  return levels.findLast((level) => value >= level.from) ?? levels[0];
}

const nearestInTime = (levels: readonly Level[], seconds: number): Level =>
  levels.reduce((best, level) => (timesApart(level, seconds) < timesApart(best, seconds) ? level : best));

/** How many times as long, or as short, the load of a level lasted as one of so many seconds; 1 where it lasted as long. */
export function timesApart({ duration_s }: Pick<Level, 'duration_s'>, seconds: number): number {
  const [shortest, longest] = duration_s ?? [0, Number.POSITIVE_INFINITY];
  return Math.max(shortest / seconds, seconds / longest, 1);
}

/** The level of an id; undefined for one that this version does not know. */
export const levelWith = (id: string): Level | undefined =>
  Object.values(LEVELS)
    .flat()
    .find((level) => level.id === id);
