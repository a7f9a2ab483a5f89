export interface AskFirstGroup {
  readonly id: string;
  readonly title: string;
  readonly items: readonly { readonly id: string; readonly text: string }[];
}
const group = (id: string, title: string, texts: readonly string[]): AskFirstGroup => ({
  id,
  title,
  items: texts.map((text, n) => ({ id: `${id}-${n}`, text })),
});
export const NONE_OF_THESE = 'None of these – go on';
export const ASK_FIRST: readonly AskFirstGroup[] = [
  group('pregnancy', 'Pregnancy', ['you are pregnant, or might be']),
  group('vessels', 'Blood vessels and blood', [
    'a widened main artery of the belly (aneurysm), known or possible: in the family, or past 65 and a smoker now or once',
    'disease or a stent in the arteries of the belly, pelvis or kidneys',
    'a blood clot in a deep vein, now or in the past, or a filter in the main vein',
    'medicines that thin the blood or hinder clotting, or a bleeding disorder',
  ]),
  group('bowel', 'Belly and bowel', [
    'a hernia of the belly or groin, or a mesh that holds one',
    'an operation on belly, pelvis or spine within the last three months',
    'inflamed bowel or bowel pouches, appendicitis, a blocked bowel, a stoma',
    'cancer in belly or pelvis, or radiation there not long ago',
    'fever, belly pain that nobody has explained, or a lump that pulses',
  ]),
  group('kidneys', 'Kidneys, bladder, ovaries, womb', [
    'a kidney stone, a stent in the kidney tube, a dammed-up, transplanted or horseshoe kidney',
    'endometriosis in a bad phase, or a growth on an ovary',
  ]),
  group('bones', 'Bones and nerves', [
    'a fracture, or bones that break easily',
    'numbness or a nerve disease in a leg',
  ]),
];
