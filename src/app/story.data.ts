import type { MessageKey } from '../messages/say.ts';

/** The story in pictures: one camera move and one or two sentences each. Letters are those of the pictures it retells. */

type StoryId = MessageKey extends infer K ? (K extends `app.story.${infer Id}.text` ? Id : never) : never;

/** A name beside the picture, as the catalogue (messages/en-app.data.ts) knows it. */
export type LabelId = MessageKey extends infer K ? (K extends `app.label.${infer Id}` ? Id : never) : never;

export interface StoryStep {
  /** A letter of the nine pictures, or '' for the words before and after them. */
  readonly letter: string;
  /** Its title and text stand in the catalogue (messages/en-story.data.ts) under this name. */
  readonly id: StoryId;
  /** Evidence behind a figure in the text. */
  readonly evidence: readonly string[];
  /** What is shown plainly; everything else is a pale ghost. Empty: everything as peeled. */
  readonly shown: readonly string[];
  /** Where the eye stands, degrees: from the front toward the person's left, and up. */
  readonly camera: readonly [azimuth: number, elevation: number];
  /** 0 skin … 1 psoas. */
  readonly peel: number;
  /** Tool that lies there, 'none', or pressed in. */
  readonly tool: 'none' | 'two-peak' | 'lever-hook';
  readonly load: number;
  readonly section: boolean;
  /** Names written beside the picture: structure or structure/side, what it is called, and the side where they stand if it matters. */
  readonly names: readonly (readonly [id: string, label: LabelId, side?: 'left' | 'right'])[];
  /** What fills the picture; empty: the whole trunk. */
  readonly focus: readonly string[];
  /** Room around it, 1 = tight. */
  readonly margin: number;
  /** Looks through everything. */
  readonly xray: boolean;
}

const still = { tool: 'none', load: 0, section: false, evidence: [], names: [], focus: [], margin: 1.1, xray: false } as const;

const SPINE = ['vertebra_t12', 'vertebra_l1', 'vertebra_l2', 'vertebra_l3', 'vertebra_l4', 'vertebra_l5', 'intervertebral_disc', 'sacrum', 'hip_bone', 'femur'];
const PSOAS = ['psoas_major'];
const BOWEL = ['small_intestine', 'duodenum', 'caecum', 'ascending_colon', 'transverse_colon', 'descending_colon', 'sigmoid_colon', 'rectum'];
const VESSELS = ['abdominal_aorta', 'common_iliac_artery', 'external_iliac_artery', 'inferior_vena_cava', 'common_iliac_vein', 'external_iliac_vein', 'femoral_artery', 'femoral_vein'];

export const STORY: readonly StoryStep[] = [
  {
    ...still,
    letter: '',
    id: 'start',
    shown: [],
    camera: [32, 14],
    peel: 0,
    xray: true,
  },
  {
    ...still,
    letter: 'A',
    id: 'psoas',
    names: [['psoas_major/left', 'psoas-major'], ['vertebra_l3', 'lumbar-spine'], ['femur/left', 'thigh-bone']],
    shown: [...SPINE, ...PSOAS],
    camera: [0, 4],
    peel: 1,
  },
  {
    ...still,
    letter: 'B',
    id: 'iliacus',
    names: [['iliacus/left', 'iliacus'], ['psoas_major/left', 'psoas-major'], ['hip_bone/right', 'hip-bone']],
    shown: [...SPINE, ...PSOAS, 'iliacus'],
    camera: [28, 16],
    peel: 1,
  },
  {
    ...still,
    letter: 'C',
    id: 'bowel',
    names: [['small_intestine', 'small-intestine'], ['descending_colon', 'large-intestine'], ['caecum', 'its-beginning']],
    shown: [...SPINE, ...PSOAS, 'iliacus', ...BOWEL],
    camera: [0, 4],
    peel: 0.75,
  },
  {
    ...still,
    letter: 'D',
    id: 'vessels',
    names: [['abdominal_aorta', 'aorta'], ['inferior_vena_cava', 'vena-cava'], ['external_iliac_artery/left', 'to-the-leg']],
    evidence: ['V-38'],
    shown: [...SPINE, ...PSOAS, ...VESSELS],
    camera: [-30, 14],
    peel: 1,
  },
  {
    ...still,
    letter: 'E',
    id: 'skin-nerve',
    focus: ['lateral_femoral_cutaneous_nerve/left', 'hip_bone/left'],
    margin: 1.15,
    names: [['lateral_femoral_cutaneous_nerve/left', 'skin-nerve', 'right'], ['hip_bone/left', 'hip-bone', 'right']],
    evidence: ['B-26', 'B-27'],
    shown: [...SPINE, ...PSOAS, 'iliacus', 'lateral_femoral_cutaneous_nerve'],
    camera: [38, 10],
    peel: 1,
  },
  {
    ...still,
    letter: 'F',
    id: 'psoas-nerve',
    focus: ['psoas_major'],
    margin: 1.05,
    names: [['genitofemoral_nerve/left', 'genitofemoral-nerve'], ['psoas_major/left', 'psoas-major']],
    evidence: ['B-29'],
    shown: [...SPINE, ...PSOAS, 'genitofemoral_nerve'],
    camera: [6, 6],
    peel: 1,
  },
  {
    ...still,
    letter: 'G',
    id: 'ureters',
    focus: ['ureter', 'kidney'],
    margin: 1.05,
    names: [['ureter/left', 'ureter'], ['kidney/left', 'kidney'], ['urinary_bladder', 'bladder']],
    evidence: ['B-25'],
    shown: [...SPINE, ...PSOAS, 'ureter', 'kidney', 'urinary_bladder'],
    camera: [-34, 14],
    peel: 1,
  },
  {
    ...still,
    letter: 'H',
    id: 'two-peak',
    evidence: ['P-01'],
    names: [['psoas_major/left', 'psoas-major', 'right'], ['hip_bone/left', 'hip-bone', 'right']],
    shown: [...SPINE, ...PSOAS, 'iliacus'],
    camera: [58, 26],
    margin: 1.25,
    peel: 1,
    tool: 'two-peak',
  },
  {
    ...still,
    letter: 'I',
    id: 'hook',
    evidence: ['P-03'],
    names: [['psoas_major/right', 'psoas-major', 'left'], ['hip_bone/left', 'hip-bone', 'right']],
    shown: [...SPINE, ...PSOAS, 'iliacus'],
    camera: [50, 22],
    margin: 1.35,
    peel: 1,
    tool: 'lever-hook',
  },
  {
    ...still,
    letter: '',
    id: 'lying',
    evidence: ['L-04'],
    shown: [],
    camera: [180, -74],
    peel: 0.35,
    names: [['psoas_major/left', 'psoas'], ['iliacus/right', 'iliacus'], ['small_intestine', 'small-bowel'], ['sacrum', 'sacrum']],
    tool: 'two-peak',
    load: 1,
    section: true,
  },
];

/** The picture that a step of the story shows; after the last one its words go on. */
export const stepOf = (step: number): StoryStep => STORY[Math.min(step, STORY.length - 1)]!;
