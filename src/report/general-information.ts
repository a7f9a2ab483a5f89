import { evidenceLinks } from './sources.ts';

/**
 * Text that is the same in every report, whatever was computed: whom to ask first, when to stop, what else there is, and what
 * no model of this kind can know. The two lists still want a clinician's review (evidence E-34, E-36), and say so.
 */

/** Sources that the fixed text rests on. */
export const GENERAL_EVIDENCE = [
  'E-18',
  'E-34',
  'E-36',
  'E-40',
  'E-41',
  'E-42',
  'E-45',
  'E-46',
  'E-47',
  'V-49',
  'L-04',
] as const;

const ASK_FIRST: readonly (readonly [string, readonly string[]])[] = [
  ['Pregnancy', ['you are pregnant, or might be']],
  [
    'Blood vessels and blood',
    [
      'a widened main artery of the belly (aneurysm), known or possible: in the family, or past 65 and a smoker now or once',
      'disease or a stent in the arteries of the belly, pelvis or kidneys',
      'a blood clot in a deep vein, now or in the past, or a filter in the main vein',
      'medicines that thin the blood or hinder clotting, or a bleeding disorder',
    ],
  ],
  [
    'Belly and bowel',
    [
      'a hernia of the belly or groin, or a mesh that holds one',
      'an operation on belly, pelvis or spine within the last three months',
      'inflamed bowel or bowel pouches, appendicitis, a blocked bowel, a stoma',
      'cancer in belly or pelvis, or radiation there not long ago',
      'fever, belly pain that nobody has explained, or a lump that pulses',
    ],
  ],
  [
    'Kidneys, bladder, ovaries, womb',
    [
      'a kidney stone, a stent in the kidney tube, a dammed-up, transplanted or horseshoe kidney',
      'endometriosis in a bad phase, or a growth on an ovary',
    ],
  ],
  ['Bones and nerves', ['a fracture, or bones that break easily', 'numbness or a nerve disease in a leg']],
];

const STOP_SIGNS = [
  'you feel a pulse under the tool',
  'a leg tingles, goes numb, turns pale or cold',
  'you feel sick or dizzy',
  'a pain is sharp, electric or runs somewhere else',
  'afterwards: pain that lasts longer than a day, or blood in urine or stool',
];

const list = (items: readonly string[]): string => `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;

/** Who should ask a clinician before anything presses here, and when to stop. General information, not an answer to a person. */
export function askFirst(): string {
  const groups = ASK_FIRST.map(([title, items]) => `<div><h3>${title}</h3>${list(items)}</div>`);
  return (
    `<p>This list is general information, the same for everybody. The program asks nothing about your health and has drawn ` +
    `nothing from it. If a line fits you, or you do not know whether it does, ask somebody who can examine you before ` +
    `anything presses deep into your belly ${cite('E-34')}.</p><div class="columns">${groups.join('')}</div>` +
    `<div class="note"><h3>Signs to stop at once</h3>${list(STOP_SIGNS)}` +
    `<p>If such a sign does not pass soon, or comes back, get medical help ${cite('E-36')}.</p></div><p>Both lists were put together from ` +
    `case reports and published contraindications and still await review by a clinician.</p>`
  );
}

/** What else can be done for a tight hip. */
export function otherThings(): string {
  return list([
    `<strong>Stretching.</strong> People with tight hip flexors who stretched at home, actively or passively, could extend ` +
      `the hip further after three to six weeks; there was no group that did nothing ${cite('E-40')}. Holding a hip-flexor ` +
      `stretch for up to two minutes cost no strength or speed ${cite('E-41')}. In range of motion right afterwards, rolling ` +
      `and stretching came out alike ${cite('E-42')}.`,
    `<strong>Strengthening.</strong> Six weeks with an elastic band, ten minutes three times a week, made healthy hip ` +
      `flexors about a sixth stronger ${cite('E-45')}.`,
    `<strong>A licensed professional</strong> who is trained to work in this region can first find out whether the psoas is ` +
      `the trouble at all. The trials of such treatment are few and small ${cite('E-46')}.`,
    `No trial was found in which pressing deep on the psoas did more for the hip than stretching it ${cite('E-47')}.`,
  ]);
}

/** What the model cannot know. */
export function cannotKnow(source: 'reference' | 'scan', rangesComputed: boolean): string {
  return list([
    source === 'scan'
      ? 'Nerves and kidney tubes do not show on the scan; they are drawn where most people have them.'
      : 'The body is put together from measurements of many people. Where your bowel, vessels, nerves and kidney tubes run, it does not know.',
    'Whether anything in there is ill, swollen, scarred, pregnant or freshly operated on.',
    `How hard people really lie on such a tool at the belly: nobody has measured it in print. The load is an assumption ${cite('V-49')}.`,
    'How tense the belly is from one breath to the next, how full the bowel is, how it slips aside, and what happens over minutes of holding.',
    'How it feels. Some structures can be squeezed without pain, and pain can come from where nothing is harmed.',
    `How often such a press does harm. No case report about a psoas tool was found, which may only mean that nobody wrote one ${cite('E-18')}.`,
    rangesComputed
      ? 'The ranges hold for the constants that were varied; they do not cover what the model leaves out.'
      : 'How far its own figures are off: ranges were not computed for every value here. Tissue constants alone are known to no better than a factor of about two.',
  ]);
}

const cite = (id: string): string => `<span class="cite">[${evidenceLinks([id])}]</span>`;
