import type { Assessment } from './assess.ts';
import { keyOf, shareKey } from './finding.ts';
import { amounts, LENGTH, type Scale, SHARE, scaleOf } from './scale.ts';

/** A number that a press gives, with what ranges need to know of it (ranges.ts). Whatever is to have a range is listed in readingsOf. */
export interface Reading {
  readonly name: string;
  readonly value: number;
  /** On which presses and grids are compared. */
  readonly scale: Scale;
  /** What it is in a press that has it not; absent: nothing is known of it there. */
  readonly otherwise?: number;
}

/** Names of what is read at the end of the path. */
export const DEPTH = 'reached/depth';
export const CONTACT_AREA = 'reached/contact-area';

/** Name of a number of the headline. */
export const headlineKey = (of: (typeof HEADLINE)[number][0]): string => `headline/${of}`;

/** Names of what is read of an organ on the line of the push. */
export const lineKeys = (structure: string) => ({
  thickness: `line/${structure}/thickness`,
  pressure: `line/${structure}/pressure`,
});

/** Areas of contact, cm². */
const AREA = amounts(0.5, 0);
/** A layer of a few millimetres comes and goes with the place of the line. */
const LAYER = amounts(5, 0);
/** Along one line pressures change their sign from layer to layer, kPa. */
const LINE_PRESSURE = amounts(2);

/** The headline's numbers of this press; the one of trained fingertips is another's. */
const HEADLINE = [
  ['psoasFrontPressure', scaleOf('tissue-pressure')],
  ['psoasFrontForce', amounts(1, 0)],
  ['skinPressure', scaleOf('peak-contact-pressure')],
] as const;

/** Every number of a press that gets a range: findings, headline, shares of the work, the end of the path, and what lies on the line of the push. */
export function readingsOf({ findings, shares, headline, reached, line }: Omit<Assessment, 'vessels'>): Reading[] {
  return [
    ...findings.flatMap((f) =>
      f.value === null ? [] : [{ name: keyOf(f), value: f.value, scale: scaleOf(f.quantity) }],
    ),
    ...shares.map((s) => ({ name: shareKey(s), value: s.share, scale: SHARE, otherwise: 0 })),
    ...HEADLINE.flatMap(([of, scale]) => {
      const { value } = headline[of];
      return value === null ? [] : [{ name: headlineKey(of), value, scale }];
    }),
    ...(reached === undefined
      ? []
      : [
          { name: DEPTH, value: reached.depth.value, scale: LENGTH },
          { name: CONTACT_AREA, value: reached.contactArea.value, scale: AREA },
        ]),
    ...line.flatMap(({ structure, thickness, pressure }) => {
      const keys = lineKeys(structure);
      return [
        { name: keys.thickness, value: thickness.value, scale: LAYER, otherwise: 0 },
        { name: keys.pressure, value: pressure.value, scale: LINE_PRESSURE },
      ];
    }),
  ];
}

/** All that one press of an ensemble found, by name. */
export const sampleOf = (assessment: Omit<Assessment, 'vessels'>): Readonly<Record<string, number>> =>
  Object.fromEntries(readingsOf(assessment).map(({ name, value }) => [name, value]));
