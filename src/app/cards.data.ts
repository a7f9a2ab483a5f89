/** What a structure is and why pressing it matters: two plain sentences and their sources. What the model says is added when it is known. */
export interface Card {
  readonly is: string;
  readonly matters: string;
  readonly evidence: readonly string[];
}

const VERTEBRA: Card = {
  is: 'One of the bones of the spine.',
  matters: 'It does not give way: whatever lies in front of it is pressed between it and the tool.',
  evidence: ['B-06'],
};
const COLON = (where: string): Card => ({
  is: `A part of the large bowel, ${where}.`,
  matters: 'It holds gas and stool and is fixed to the back of the belly in places, so it cannot slip aside as freely as the small bowel. It can be squeezed without being felt.',
  evidence: ['B-35', 'E-01'],
});

export const CARDS: Readonly<Record<string, Card>> = {
  psoas_major: {
    is: 'The muscle that the tools are sold for. It runs from the lumbar spine to the thigh bone and bends the hip.',
    matters: 'It is the last thing a push from the front reaches. Nerves run through it and over it.',
    evidence: ['B-01', 'B-12', 'V-42'],
  },
  iliacus: {
    is: 'The muscle that fills the bowl of the hip bone and joins the psoas on its way to the leg.',
    matters: 'It lies against bone, so a push close to the hip bone can pin it, and the nerve on it, against a hard wall.',
    evidence: ['B-05', 'B-11'],
  },
  skin: {
    is: 'The outermost layer, and the one that carries the full force of the tool.',
    matters: 'The smaller the tip, the higher the pressure: the same weight on a quarter of the area is four times the pressure.',
    evidence: ['V-51', 'H-75'],
  },
  subcutaneous_fat: {
    is: 'The fat between the skin and the belly muscles.',
    matters: 'It is soft and spreads the push out, and it adds to the distance to everything below.',
    evidence: ['B-31', 'V-40'],
  },
  abdominal_wall: {
    is: 'The sheet of muscles and tendons that holds the belly in.',
    matters: 'When it tenses, it carries the push itself. Weak places in it are where hernias come out.',
    evidence: ['V-01', 'V-05'],
  },
  small_intestine: {
    is: 'Six metres or so of soft, moving tube, hung on a fold with its own vessels.',
    matters: 'It slips aside when it can. Between a tool and the spine it cannot, and it may be squeezed without being felt.',
    evidence: ['E-01', 'V-30'],
  },
  large_intestine: COLON('framing the small one'),
  caecum: COLON('its beginning, low on the right, just where a tool inside the right hip bone goes in'),
  ascending_colon: COLON('going up on the right'),
  transverse_colon: COLON('going across'),
  descending_colon: COLON('going down on the left'),
  sigmoid_colon: COLON('S-shaped, low on the left, just where a tool inside the left hip bone goes in'),
  abdominal_aorta: {
    is: 'The main artery of the lower body, in front of the spine, a little to the left.',
    matters: 'Its own pressure holds it open, and it takes much to close it. A widened or diseased one is another matter: pieces can come loose.',
    evidence: ['V-23', 'H-04', 'E-03'],
  },
  inferior_vena_cava: {
    is: 'The main vein of the lower body, in front of the spine, a little to the right.',
    matters: 'Little pressure holds it open, so little narrows it; one feels nothing of that.',
    evidence: ['H-10', 'H-11'],
  },
  common_iliac_artery: {
    is: 'One of the two branches of the aorta, running down along the inner edge of the psoas.',
    matters: 'It lies on the way of a push toward the psoas below the navel.',
    evidence: ['B-19', 'H-04'],
  },
  external_iliac_artery: {
    is: 'The artery of the leg on its way out of the pelvis, along the inner edge of the psoas.',
    matters: 'Near the groin it lies close under the skin; one maker warns of just this spot.',
    evidence: ['P-03', 'H-04'],
  },
  common_iliac_vein: {
    is: 'One of the two veins that join to the main vein.',
    matters: 'In about a quarter of healthy people the left one is already narrowed to less than half by the artery on it.',
    evidence: ['V-37', 'H-10'],
  },
  external_iliac_vein: {
    is: 'The vein of the leg on its way into the pelvis.',
    matters: 'Blood in it flows at low pressure; what presses on it from outside slows it.',
    evidence: ['B-22', 'H-10'],
  },
  lateral_femoral_cutaneous_nerve: {
    is: 'A nerve that feels for the skin of the outer thigh. Its course differs much from person to person; what you see is where most people have it.',
    matters: 'It passes close to the hip bone. After hours of lying face down on pads there, some people have a numb thigh for weeks.',
    evidence: ['B-26', 'B-28', 'H-33'],
  },
  genitofemoral_nerve: {
    is: 'A nerve that comes out through the psoas and runs down its front to the groin.',
    matters: 'Whoever reaches the front of the psoas reaches it as well.',
    evidence: ['B-29', 'H-20'],
  },
  femoral_nerve: {
    is: 'The main nerve of the front of the thigh. It runs in the groove between psoas and iliacus.',
    matters: 'It moves the knee. Bleeding into this muscle can press on it.',
    evidence: ['B-30', 'E-15'],
  },
  ureter: {
    is: 'The tube from the kidney to the bladder, 4 to 6 mm thick, over the front of the psoas.',
    matters: 'Waves of pressure carry urine down it. It can be squeezed without being felt.',
    evidence: ['B-25', 'H-40'],
  },
  kidney: {
    is: 'It filters the blood; it lies high at the back, in fat.',
    matters: 'A push at the waistline can reach its lower end.',
    evidence: ['E-04'],
  },
  urinary_bladder: {
    is: 'It holds the urine, behind the pubic bone; when full, it rises above it.',
    matters: 'A full one is in the way of a push that goes too low.',
    evidence: [],
  },
  hip_bone: {
    is: 'The bone with the rim that you feel at the side. Its front tip is the point from which places on the belly are measured.',
    matters: 'It does not give way.',
    evidence: ['B-13'],
  },
  sacrum: VERTEBRA,
  visceral_fat: {
    is: 'The fat between the organs.',
    matters: 'It lets them slide, and it passes pressure on.',
    evidence: ['B-32'],
  },
  greater_omentum: {
    is: 'An apron of fat that hangs in front of the bowel.',
    matters: 'It is the first thing behind the belly wall in many people.',
    evidence: ['B-32'],
  },
};

/** The card of a structure; a vertebra's for any vertebra. */
export const cardOf = (structure: string): Card | undefined =>
  CARDS[structure] ?? (structure.startsWith('vertebra') ? VERTEBRA : undefined);
