import type { Result } from '../findings/result.ts';
import type { Speaker } from '../messages/say.ts';
import { listInWords, pressureText, rangeText, twoDigits } from './amounts.ts';
import { everydayName } from './everyday-name.ts';

type Headline = NonNullable<Result['headline']>;

/** Bones are told together where people know them as one, and by themselves otherwise. */
const SPINE = 'spine';
const boneGroup = (bone: string): string =>
  bone.startsWith('vertebra') || bone === 'intervertebral_disc' ? SPINE : bone;

/** A bone that holds less than this share of the push is not told. */
const LEAST_HELD = 0.02;

/** Ratios closer to one than this are told as 'about as much'. */
const AS_MUCH = 0.08;

/**
 * What a press does to the psoas, in sentences: how hard its front is pressed, beside the skin and beside trained fingertips; what is pressed
 * more before it is reached; where the push ends.
 */
export interface HeadlineLines {
  readonly pressure: string;
  /** Absent where trained fingertips were not pressed, or are what presses. */
  readonly fingers?: string;
  /** Where the psoas contracts: that part of it is its own. */
  readonly own?: string;
  readonly before: string;
  readonly supports: string;
}

/** @returns undefined for a result that has no headline, no step, or no psoas */
export function headlineLines(
  speaker: Speaker,
  { headline, path, shares, body, scenario }: Result,
): HeadlineLines | undefined {
  const [pressure, force] = [headline?.psoasFrontPressure_kPa, headline?.psoasFrontForce_N];
  const last = path.at(-1);
  if (headline === undefined || last === undefined || pressure?.value == null || force?.value == null) return undefined;
  const skin = headline.skinPressure_kPa.value ?? 0;
  const muscle =
    body.source === 'scan' && shares.some(({ structure }) => structure === 'iliopsoas') ? 'iliopsoas' : 'psoas';
  const small = pressure.value < 0.005 * skin;
  return {
    pressure: speaker.say('headline.pressure', {
      muscle,
      amount: pressureText(speaker, pressure.value),
      range: rangeOf(speaker, pressure),
      percent: small
        ? speaker.say('amount.less', { amount: speaker.say('amount.percent', { percent: 1 }) })
        : speaker.say('amount.percent', { percent: twoDigits(speaker, (100 * pressure.value) / Math.max(skin, 1e-6)) }),
      skin: pressureText(speaker, skin),
    }),
    ...fingersLine(speaker, headline),
    ...(scenario.contract !== undefined && { own: speaker.say('headline.own', { muscle }) }),
    before: beforeLine(speaker, headline, muscle),
    supports: speaker.say('headline.supports', {
      force: newtons(speaker, last.supportForce_N),
      list: listInWords(speaker, held(speaker, headline, last.supportForce_N)),
      through: newtons(speaker, force.value),
      range: force.low === null || force.high === null ? 'none' : rangeText(speaker, force.low, force.high, 'N'),
      muscle,
    }),
  };
}

function fingersLine(speaker: Speaker, { psoasFrontPressure_kPa: psoas, fingersPressure_kPa: fingers }: Headline) {
  if (fingers.value === null || psoas.value === null || !(fingers.value > 0)) return {};
  const ratio = psoas.value / fingers.value;
  const way = Math.abs(ratio - 1) < AS_MUCH ? 'same' : ratio > 1 ? 'more' : 'less';
  return {
    fingers: speaker.say('headline.fingers', {
      way,
      times: twoDigits(speaker, way === 'less' ? 100 * ratio : ratio),
      amount: pressureText(speaker, fingers.value),
    }),
  };
}

function beforeLine(speaker: Speaker, { before }: Headline, muscle: string): string {
  if (before.length === 0) return speaker.say('headline.before.none', { muscle });
  const names = new Map<string, number>();
  // what is on both sides and in the middle is one thing to a layman
  for (const { structure, pressure_kPa } of before)
    names.set(structure, Math.max(names.get(structure) ?? 0, pressure_kPa));
  const list = [...names].map(([structure, kPa]) =>
    speaker.say('headline.before.part', {
      name: everydayName(speaker, structure),
      amount: speaker.say('amount.kPa', { kPa: twoDigits(speaker, kPa) }),
    }),
  );
  return speaker.say('headline.before', { muscle, list: listInWords(speaker, list) });
}

/** 'the hip bones (155 N)', largest first. */
function held(speaker: Speaker, { supports }: Headline, total: number): string[] {
  const sums = new Map<string, number>();
  for (const { bone, force_N } of supports) sums.set(boneGroup(bone), (sums.get(boneGroup(bone)) ?? 0) + force_N);
  return [...sums]
    .filter(([, force]) => force >= LEAST_HELD * total)
    .sort((a, b) => b[1] - a[1])
    .map(([bone, force]) =>
      speaker.say('headline.held', { bone: boneName(speaker, bone), force: newtons(speaker, force) }),
    );
}

/** A bone, or both of a pair, with its article. */
function boneName(speaker: Speaker, bone: string): string {
  const kind =
    bone === SPINE || bone === 'hip_bone' || bone === 'femur' || bone === 'rib' || bone === 'rest_of_body'
      ? bone
      : 'other';
  return speaker.say('headline.bone', { bone: kind, name: kind === 'other' ? everydayName(speaker, bone) : '' });
}

const rangeOf = (speaker: Speaker, { low, high }: Headline['skinPressure_kPa']): string =>
  low === null || high === null ? 'none' : rangeText(speaker, low, high, 'kPa');

const newtons = (speaker: Speaker, force: number): string => speaker.number(force.toFixed(force < 10 ? 1 : 0));
