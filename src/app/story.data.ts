/** The story in pictures: one camera move and one or two sentences each. Letters are those of the pictures it retells. */

export interface StoryStep {
  /** A letter of the nine pictures, or '' for the words before and after them. */
  readonly letter: string;
  readonly title: string;
  readonly text: string;
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
  /** Names written beside the picture: structure or structure/side, the words, and the side where they stand if it matters. */
  readonly names: readonly (readonly [id: string, words: string, side?: 'left' | 'right'])[];
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
    title: 'What do you press on when you press on your psoas?',
    text: 'Tools are sold that go into the belly of somebody lying face down, to reach a muscle beside the spine. Here is what lies on the way, in nine pictures.',
    shown: [],
    camera: [32, 14],
    peel: 0,
    xray: true,
  },
  {
    ...still,
    letter: 'A',
    title: 'Psoas major',
    names: [['psoas_major/left', 'psoas major'], ['vertebra_l3', 'lumbar spine'], ['femur/left', 'thigh bone']],
    text: 'The muscle that is wanted. It runs from the lumbar spine to the thigh bone, behind everything else in the belly.',
    shown: [...SPINE, ...PSOAS],
    camera: [0, 4],
    peel: 1,
  },
  {
    ...still,
    letter: 'B',
    title: 'Iliacus',
    names: [['iliacus/left', 'iliacus'], ['psoas_major/left', 'psoas major'], ['hip_bone/right', 'hip bone']],
    text: 'Its partner fills the bowl of the hip bone and joins it on the way to the leg. Together they bend the hip, in the deepest layer there is.',
    shown: [...SPINE, ...PSOAS, 'iliacus'],
    camera: [28, 16],
    peel: 1,
  },
  {
    ...still,
    letter: 'C',
    title: 'Small and large intestine',
    names: [['small_intestine', 'small intestine'], ['descending_colon', 'large intestine'], ['caecum', 'its beginning']],
    text: 'In front of both lies the bowel. A tool that presses from the front meets it first; a full or sluggish one has less room to slip aside.',
    shown: [...SPINE, ...PSOAS, 'iliacus', ...BOWEL],
    camera: [0, 4],
    peel: 0.75,
  },
  {
    ...still,
    letter: 'D',
    title: 'Aorta and vena cava',
    names: [['abdominal_aorta', 'aorta'], ['inferior_vena_cava', 'vena cava'], ['external_iliac_artery/left', 'to the leg']],
    text: 'One layer deeper, against the inner edge of the psoas, run the main artery and the main vein of the lower body. In the ultrasound scans of slim women the artery lay about 45 mm under the skin at the navel.',
    evidence: ['V-38'],
    shown: [...SPINE, ...PSOAS, ...VESSELS],
    camera: [-30, 14],
    peel: 1,
  },
  {
    ...still,
    letter: 'E',
    title: 'Lateral femoral cutaneous nerve',
    focus: ['lateral_femoral_cutaneous_nerve/left', 'hip_bone/left'],
    margin: 1.15,
    names: [['lateral_femoral_cutaneous_nerve/left', 'the skin nerve', 'right'], ['hip_bone/left', 'hip bone', 'right']],
    text: 'The skin nerve of the outer thigh leaves the belly close to the front hip bone, 30 mm from its tip on average, but anywhere from right beside it to far inward. Pressed, it usually speaks up: sharp, electric.',
    evidence: ['B-26', 'B-27'],
    shown: [...SPINE, ...PSOAS, 'iliacus', 'lateral_femoral_cutaneous_nerve'],
    camera: [38, 10],
    peel: 1,
  },
  {
    ...still,
    letter: 'F',
    title: 'Genitofemoral nerve',
    focus: ['psoas_major'],
    margin: 1.05,
    names: [['genitofemoral_nerve/left', 'genitofemoral nerve'], ['psoas_major/left', 'psoas major']],
    text: 'This one comes out through the psoas itself and runs down its front. To press the muscle there is to press the nerve.',
    evidence: ['B-29'],
    shown: [...SPINE, ...PSOAS, 'genitofemoral_nerve'],
    camera: [6, 6],
    peel: 1,
  },
  {
    ...still,
    letter: 'G',
    title: 'Ureters',
    focus: ['ureter', 'kidney'],
    margin: 1.05,
    names: [['ureter/left', 'ureter'], ['kidney/left', 'kidney'], ['urinary_bladder', 'bladder']],
    text: 'The tubes from kidney to bladder cross the psoas too, 4 to 6 mm thick. They can be squeezed without a sign; the session may be over before anything is noticed.',
    evidence: ['B-25'],
    shown: [...SPINE, ...PSOAS, 'ureter', 'kidney', 'urinary_bladder'],
    camera: [-34, 14],
    peel: 1,
  },
  {
    ...still,
    letter: 'H',
    title: 'A tool with two peaks',
    text: 'You lie face down on it, a peak inside each hip bone. No maker was found that publishes its sizes; this one is drawn from pictures, as an estimate.',
    evidence: ['P-01'],
    names: [['psoas_major/left', 'psoas major', 'right'], ['hip_bone/left', 'hip bone', 'right']],
    shown: [...SPINE, ...PSOAS, 'iliacus'],
    camera: [58, 26],
    margin: 1.25,
    peel: 1,
    tool: 'two-peak',
  },
  {
    ...still,
    letter: 'I',
    title: 'A tool like a hook',
    text: 'You lie on the tip, close to the hip bone, and lever it with the handle. Its own maker warns of vessels and nerves a little lower down.',
    evidence: ['P-03'],
    names: [['psoas_major/right', 'psoas major', 'left'], ['hip_bone/left', 'hip bone', 'right']],
    shown: [...SPINE, ...PSOAS, 'iliacus'],
    camera: [50, 22],
    margin: 1.35,
    peel: 1,
    tool: 'lever-hook',
  },
  {
    ...still,
    letter: '',
    title: 'Now somebody lies down on it',
    text: 'A third of the body’s weight, as people put on a foam roller. The skin, the fat and the belly wall give way first; what is in front of the psoas is pressed against what is behind it.',
    evidence: ['L-04'],
    shown: [],
    camera: [180, -74],
    peel: 0.35,
    names: [['psoas_major/left', 'psoas'], ['iliacus/right', 'iliacus'], ['small_intestine', 'small bowel'], ['sacrum', 'sacrum']],
    tool: 'two-peak',
    load: 1,
    section: true,
  },
];
