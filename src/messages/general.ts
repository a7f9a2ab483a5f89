import { EN_GENERAL } from './en-general.data.ts';
import type { MessageKey, Speaker } from './say.ts';

/**
 * The stop-and-ask list, the signs to stop, the ladder of other things to do and the two sides of the debate: general
 * information, the same for everybody. Nothing here takes an answer: there is nothing to store, to send or to count up.
 */

/** One line of a list, with the evidence rows behind it. */
export interface Line {
  readonly id: string;
  readonly text: string;
  readonly evidence: readonly string[];
}

export interface Group {
  readonly id: string;
  readonly title: string;
  readonly items: readonly Line[];
}

type Plain = Readonly<Record<string, readonly string[]>>;

/** Keys of the lines of each group, with their evidence; E-34 puts together what the rows before it name singly. */
const ASK: Readonly<Record<string, Plain>> = {
  pregnancy: { pregnant: ['E-34', 'E-31'] },
  blood: {
    aneurysm: ['E-34', 'H-06'],
    arteries: ['E-34', 'E-05'],
    clot: ['E-34', 'E-09', 'E-30'],
    thinners: ['E-34', 'E-06', 'E-15', 'E-21'],
  },
  belly: {
    hernia: ['E-34'],
    operation: ['E-34', 'E-32'],
    bowel: ['E-34', 'E-32'],
    cancer: ['E-34', 'E-01', 'E-33'],
    unexplained: ['E-34', 'E-33'],
  },
  kidneys: { stone: ['E-34', 'E-11'], ovary: ['E-34'], coil: ['E-35'] },
  bones: { fracture: ['E-34', 'E-30'], wound: ['E-30', 'E-31'], nerve: ['E-34', 'E-31'] },
};

const STOP: Plain = { pulse: ['E-36', 'H-05'], leg: ['E-36', 'H-34'], sick: ['E-36'], pain: ['E-36'], after: ['E-36'] };

const LADDER: Plain = {
  stretch: ['E-40', 'E-41'],
  roll: ['E-42', 'E-43', 'E-30'],
  strengthen: ['E-45', 'E-51'],
  professional: ['E-46', 'E-52'],
  leave: ['E-53'],
};

const DEBATE: Readonly<Record<string, Plain>> = {
  for: { mri: ['E-49'], compression: ['E-50'], trials: ['E-19'] },
  against: { under: ['E-20'], find: ['V-43'], cases: ['E-01', 'E-02', 'E-18'] },
};

/** Text under a key that is put together; the catalogue's tests see that each of them exists. */
function text(speaker: Speaker, key: string): string {
  if (!(key in EN_GENERAL)) throw new Error(`no sentence is called ${key}`);
  return speaker.say(key as MessageKey & 'ask.title');
}

const lines = (speaker: Speaker, start: string, plain: Plain, end = ''): Line[] =>
  Object.entries(plain).map(([id, evidence]) => ({
    id: `${start}.${id}`,
    text: text(speaker, `${start}.${id}${end}`),
    evidence,
  }));

const groups = (speaker: Speaker, start: string, all: Readonly<Record<string, Plain>>): Group[] =>
  Object.entries(all).map(([id, plain]) => ({
    id: `${start}.${id}`,
    title: text(speaker, `${start}.${id}`),
    items: lines(speaker, `${start}.${id}`, plain),
  }));

/** Who should ask a clinician before anything presses here. The explicit 'none of these' is say('ask.none'). */
export const askFirst = (speaker: Speaker): Group[] => groups(speaker, 'ask', ASK);

/** Signs to stop at once. */
export const stopSigns = (speaker: Speaker): Line[] => lines(speaker, 'stop', STOP);

/** What else there is, each with a title and what was published. */
export const ladder = (speaker: Speaker): (Line & { readonly title: string })[] =>
  lines(speaker, 'ladder', LADDER, '.text').map((line) => ({ ...line, title: text(speaker, line.id) }));

/** For and against, in that order, with equal room. */
export const debate = (speaker: Speaker): Group[] => groups(speaker, 'debate', DEBATE);

/** What a model of this kind cannot know. */
export const limits = (speaker: Speaker, source: 'reference' | 'scan', rangesComputed: boolean): Line[] => [
  { id: 'limits.body', text: speaker.say('limits.body', { source }), evidence: [] },
  ...lines(speaker, 'limits', { ill: [], load: ['V-49'], breath: [], feel: [], harm: ['E-18'] }),
  {
    id: 'limits.ranges',
    text: speaker.say('limits.ranges', { computed: rangesComputed ? 'yes' : 'no' }),
    evidence: [],
  },
];

/** Every evidence row that the fixed text rests on. */
export const generalEvidence = (speaker: Speaker): string[] => [
  ...new Set([
    ...[...askFirst(speaker), ...debate(speaker)].flatMap((group) => group.items.flatMap((item) => item.evidence)),
    ...[...stopSigns(speaker), ...ladder(speaker), ...limits(speaker, 'reference', false)].flatMap(
      (line) => line.evidence,
    ),
    'E-47',
    'L-01',
  ]),
];
