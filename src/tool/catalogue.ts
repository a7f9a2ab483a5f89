import { cos, sin } from '../base/elementary.ts';
import { tenth } from '../base/rounded.ts';
import type { ToolFamily, ToolParameter, ToolPreset } from './tool.ts';

/**
 * Tools for the psoas as families with sizes, not copies of brands: no maker was found that publishes a height, a tip
 * radius or a spacing, so most sizes are estimates with a range, to be replaced by measurements (confidence, measuredBy).
 *
 * Where to put them: what the sellers say is in `seen`, what it took to make millimetres of it in `assumed`. The hip
 * bone's front tip (ASIS) lies 115 mm from the mid-line at y = 0 in the reference adults, the navel at y = 54 to 65.
 */

const mm = (value: number, low: number, high: number, label: string): ToolParameter => ({
  value,
  low,
  high,
  unit: 'mm',
  label,
});
const deg = (value: number, low: number, high: number, label: string): ToolParameter => ({
  value,
  low,
  high,
  unit: 'deg',
  label,
});

// a book of 1 to 3 inches under the tool is a seller's own advice (backmusclesolutions.com, psoas release)
const RISER = mm(0, 0, 76, 'thickness of a book or block under the tool');

const NOBODY = 'no published sizes; estimated from photos and descriptions';

type Spot = Omit<ToolPreset, 'x_mm' | 'y_mm' | 'evidence'>;
type Place = readonly [x_mm: number, y_mm: number];

const at = ([x_mm, y_mm]: Place, evidence: readonly string[], spot: Spot): ToolPreset => ({
  ...spot,
  x_mm,
  y_mm,
  evidence,
});

const other = (p: ToolPreset, label: string): ToolPreset => ({
  ...p,
  x_mm: -p.x_mm,
  ...(p.direction === undefined ? {} : { direction: [-p.direction[0], p.direction[1], p.direction[2]] as const }),
  label,
});

const CREASE =
  'A maker warns that at the fold between hip and leg its own tool presses on blood vessels and nerves (alethahealth.com).';

const DRIFT =
  'People report that a tool can slide inward as they relax; no measurement of how far was found. The midline is the furthest it could go.';

/** Presets of a tool used on one side at a time: the seller's spot left and right, 2 cm below it, and slid to the mid-line. */
function oneSided(evidence: readonly string[], place: Place, spot: Spot): Record<string, ToolPreset> {
  const [x, y] = place;
  const { direction: _, ...straight } = spot;
  const left = at(place, evidence, spot);
  return {
    'as-sold': left,
    'as-sold-right': other(left, spot.label.replace('left', 'right')),
    low: at([x, y - 20], evidence, {
      ...spot,
      label: '2 cm too low, toward the left hip crease',
      seen: CREASE,
      assumed: '20 mm toward the feet from the usual spot; the warning gives no distance.',
    }),
    midline: at([0, y], evidence, {
      ...straight,
      label: 'slipped to the midline',
      seen: DRIFT,
      assumed: 'Same height on the body as the usual spot, pushed straight in.',
    }),
  };
}

/** Presets of a tool that presses both sides at once; those on one peak need a tool that can be tipped onto it. */
function twoSided(evidence: readonly string[], tips: boolean): Record<string, ToolPreset> {
  const both = {
    'as-sold': at([0, 0], evidence, {
      label: 'both peaks just inside the hip bones',
      seen: 'Lie face down with one or both peaks just to the inner side of the hip bone (instructions for this class of tool).',
      assumed: 'Centred on the midline, level with the front tips of the hip bones.',
    }),
    low: at([0, -20], evidence, {
      label: '2 cm too low, toward the hip creases',
      seen: CREASE,
      assumed: '20 mm toward the feet from the usual spot; the warning gives no distance.',
    }),
  };
  if (!tips) return both;
  const left = at([70, 0], evidence, {
    label: 'tipped onto one peak, inside the left hip bone',
    parameters: { peaks: 1 },
    seen: 'The same tool is also used one side at a time.',
    assumed: 'The loaded peak stands 45 mm inward from the tip of the hip bone; the other one no longer touches.',
  });
  return {
    ...both,
    'one-peak': left,
    'one-peak-right': other(left, 'tipped onto one peak, inside the right hip bone'),
    midline: at([0, 30], evidence, {
      label: 'tipped onto one peak, on the midline below the navel',
      parameters: { peaks: 1 },
      seen: DRIFT,
      assumed: 'One peak on the midline, 3 cm above the line between the hip bones, carrying all of the load.',
    }),
  };
}

const LYING_EVIDENCE = ['L-03', 'L-04', 'L-05'] as const;
// prone on a rigid tool: 32–34 % of body weight on average, individuals up to 55 % (Baumgart 2019, foam rolling, by analogy);
// the low end is the person who carries most of it on elbows and knees (estimate)
const LYING = {
  defaultPose: 'prone',
  defaultLoad: { bodyWeightShare: 0.33 },
  loadRange: [0.1, 0.55],
} as const;
// pressed by hand (L-02): 20–80 N (estimate; no measurement was found)
const BY_HAND = { defaultPose: 'supine', defaultLoad: { force_N: 50 }, loadRange: [20, 80] } as const;

const AIM = [0, 0] as const;

const TWO_PEAK_SIZES: Readonly<Record<string, ToolParameter>> = {
  height: mm(170, 140, 200, 'height over all'),
  width: mm(230, 190, 290, 'width of the foot, left–right'),
  depth: mm(100, 70, 130, 'depth of the foot, head–foot'),
  spacing: mm(140, 105, 175, 'distance between the two peaks'),
  peakHeight: mm(85, 60, 115, 'free height of the peaks above the saddle'),
  tipAcross: mm(18, 12, 26, 'half width of a tip, left–right'),
  tipAlong: mm(25, 16, 36, 'half width of a tip, head–foot'),
  tipRise: mm(20, 15, 25, 'half height of the tip’s ellipsoid'),
  lean: deg(5, -5, 15, 'how far the peaks lean outward'),
  peaks: { value: 2, low: 1, high: 2, unit: '', label: 'peaks that touch: 2, or 1 when tipped onto one side' },
};

// the small one is 0.6 to 0.7 times as large (estimate)
const MINI_SIZES: Readonly<Record<string, ToolParameter>> = Object.fromEntries(
  Object.entries(TWO_PEAK_SIZES).map(([name, size]) => [
    name,
    size.unit === 'mm'
      ? mm(tenth(0.65 * size.value), tenth(0.6 * size.value), tenth(0.7 * size.value), size.label)
      : size,
  ]),
);

const HAND_SPOT: Spot = {
  label: 'between navel and left hip bone',
  seen: 'Home instructions put a small tool on the lower belly between the navel and the hip bone (redefiningstrength.com), or two inches inward from the hip bone (bulaball.com).',
  assumed: 'Half-way between the navel and the hip bone, two inches inward from the bone, pushed straight in.',
};

const ball = (
  id: string,
  label: string,
  evidence: string,
  confidence: ToolFamily['confidence'],
  measuredBy: string,
  diameter: ToolParameter,
  description: string,
): ToolFamily => ({
  id,
  label,
  description,
  parameters: { diameter, riser: RISER },
  evidence: [evidence, ...LYING_EVIDENCE],
  confidence,
  measuredBy,
  onFloor: true,
  handed: false,
  aim: AIM,
  ...LYING,
  presets: oneSided([evidence], [64, 30], HAND_SPOT),
});

const roller = (
  id: string,
  label: string,
  evidence: string,
  confidence: ToolFamily['confidence'],
  description: string,
  parameters: Readonly<Record<string, ToolParameter>>,
): ToolFamily => ({
  id,
  label,
  description,
  parameters,
  evidence: [evidence, ...LYING_EVIDENCE],
  confidence,
  measuredBy: 'sellers’ listings, in whole inches; treated as rigid and smooth',
  onFloor: true,
  handed: false,
  aim: AIM,
  ...LYING,
  presets: {
    'as-sold': at([0, 10], [evidence], {
      label: 'across the lower belly',
      seen: 'Lie face down with the roller across the hip flexors.',
      assumed: 'Across the body, 1 cm above the line between the hip bones.',
    }),
    low: at([0, -20], [evidence], {
      label: 'across both hip creases',
      seen: CREASE,
      assumed: 'Across the body, 2 cm below the line between the hip bones.',
    }),
  },
});

export const TOOL_FAMILIES: readonly ToolFamily[] = [
  {
    id: 'two-peak',
    label: 'two-peak tool',
    description:
      'A hard plastic U with two rounded peaks; you lie face down on it with the peaks inside your hip bones.',
    parameters: TWO_PEAK_SIZES,
    evidence: ['P-01', ...LYING_EVIDENCE],
    confidence: 'estimate',
    measuredBy: NOBODY,
    onFloor: true,
    handed: false,
    aim: AIM,
    ...LYING,
    presets: twoSided(['P-01'], true),
  },
  {
    id: 'two-peak-mini',
    label: 'small two-peak tool',
    description: 'The two-peak tool at about two thirds of the size.',
    parameters: MINI_SIZES,
    evidence: ['P-02', ...LYING_EVIDENCE],
    confidence: 'estimate',
    measuredBy: NOBODY,
    onFloor: true,
    handed: false,
    aim: AIM,
    ...LYING,
    presets: twoSided(['P-02'], true),
  },
  {
    id: 'lever-hook',
    label: 'lever hook',
    description:
      'A flat plate with a curved tip and a long handle; you lie on the tip inside the hip bone and pivot it with the handle.',
    parameters: {
      height: mm(115, 90, 140, 'height of the tip above the floor'),
      tipRadius: mm(16, 12, 22, 'radius of the tip'),
      tipLength: mm(45, 35, 55, 'length of the straight end of the tip'),
      lean: deg(25, 10, 40, 'lean of the tip toward the handle and the hip bone'),
      handle: mm(330, 250, 420, 'length of the handle from the tip’s axis'),
      pivot: deg(0, 0, 30, 'how far the plate is tipped toward the hip bone with the handle'),
    },
    evidence: ['P-03', ...LYING_EVIDENCE],
    confidence: 'estimate',
    measuredBy: NOBODY,
    onFloor: true,
    handed: true,
    aim: AIM,
    ...LYING,
    presets: {
      ...oneSided(['P-03'], [92, 8], {
        label: 'tip just inside the left hip bone',
        seen: 'From lying on the side, bring the tip to the soft spot on the inner side of the front hip bone, as near to the bone as it goes, then roll onto it (alethahealth.com).',
        assumed:
          '23 mm inward from the tip of the bone, a finger’s breadth and half a tip; the handle points away to the outside.',
      }),
      'hip-crease': at([62, -45], ['P-03'], {
        label: 'on the left hip crease',
        seen: CREASE,
        assumed: 'Just above the middle of the groin fold, where the great vessels leave the trunk.',
      }),
    },
  },
  {
    id: 'ramp',
    label: 'ramp',
    description:
      'The wide end of a rigid claw: a wedge with a rounded crest; you lie face down with the crest beside the navel.',
    parameters: {
      width: mm(110, 80, 140, 'length of the crest, head–foot'),
      length: mm(150, 120, 180, 'length of the wedge, left–right'),
      height: mm(90, 70, 110, 'height of the crest'),
      crest: mm(25, 15, 35, 'radius of the crest'),
      slope: deg(35, 25, 45, 'slope of the wedge'),
      riser: RISER,
    },
    evidence: ['P-04', ...LYING_EVIDENCE],
    confidence: 'mixed',
    measuredBy: `${NOBODY}; the book under it is in the seller’s instructions`,
    onFloor: true,
    handed: true,
    aim: AIM,
    ...LYING,
    presets: oneSided(['P-04'], [60, 50], {
      label: 'at the waistline, between navel and left hip bone',
      seen: 'It lies on the waistline; lie on it with the belly and lean toward the ramp’s side. The target is between the navel and the front hip bone (backmusclesolutions.com).',
      assumed: 'Half-way from the midline to the hip bone, a centimetre below the navel; the wedge rises outward.',
    }),
  },
  {
    id: 'blade-rocker',
    label: 'rocker with two blades',
    description: 'Two upright blades on a board that rocks from side to side; you lie face down on the blades.',
    parameters: {
      height: mm(110, 100, 120, 'height of the blades above the floor'),
      spacing: mm(120, 105, 135, 'distance between the blades'),
      width: mm(60, 50, 70, 'length of a blade’s crest, head–foot'),
      crest: mm(10, 6, 15, 'radius of a blade’s crest'),
      tilt: deg(0, -12, 12, 'tilt of the board, down toward the person’s left'),
    },
    evidence: ['P-05', ...LYING_EVIDENCE],
    confidence: 'estimate',
    measuredBy: NOBODY,
    onFloor: true,
    handed: false,
    aim: AIM,
    ...LYING,
    presets: twoSided(['P-05'], false),
  },
  ball(
    'ball-lacrosse',
    'lacrosse ball',
    'P-06',
    'seen',
    'the rules of the sport',
    mm(63.7, 62.7, 64.7, 'diameter'),
    'A hard rubber ball; you lie face down on it, on the floor or on a book.',
  ),
  ball(
    'ball-tennis',
    'tennis ball',
    'P-07',
    'mixed',
    'the rules of the sport; treated as rigid',
    mm(67, 65.4, 68.6, 'diameter'),
    'A hollow, felt-covered ball, treated as rigid: a real one gives by about 1 mm per 12 N and presses over a wider patch.',
  ),
  ball(
    'ball-orb',
    'massage orb',
    'P-08',
    'estimate',
    NOBODY,
    mm(113, 100, 127, 'diameter'),
    'A large hard ball; you lie face down on it.',
  ),
  roller(
    'roller-smooth',
    'smooth foam roller',
    'P-10',
    'seen',
    'A firm round roller that lies across the body; you lie face down on it.',
    { diameter: mm(152, 127, 152, 'diameter'), length: mm(457, 305, 914, 'length') },
  ),
  roller(
    'roller-grid',
    'grid roller',
    'P-11',
    'mixed',
    'A hollow roller with a patterned cover, here without its 3 to 5 mm of pattern; you lie face down on it.',
    { diameter: mm(140, 127, 140, 'diameter'), length: mm(330, 330, 330, 'length') },
  ),
  {
    id: 'cane-knob',
    label: 'massage cane',
    description: 'A knob on the end of a hooked rod that both hands pull into the body.',
    parameters: { knob: mm(38, 30, 45, 'diameter of the knob'), rod: mm(19, 16, 22, 'diameter of the rod') },
    evidence: ['P-12', 'L-02'],
    confidence: 'estimate',
    measuredBy: NOBODY,
    onFloor: false,
    handed: false,
    aim: AIM,
    ...BY_HAND,
    presets: oneSided(['P-12'], [64, 30], HAND_SPOT),
  },
  {
    id: 'gun-ball',
    label: 'massage gun with ball head',
    description: 'The ball head of a massage gun, held still: a steady push, not a model of its vibration.',
    parameters: { head: mm(50, 40, 64, 'diameter of the head'), rod: mm(16, 12, 20, 'diameter of its rod') },
    evidence: ['P-13', 'L-02'],
    confidence: 'estimate',
    measuredBy: `${NOBODY}; stroke and stall force are advertised and not used`,
    onFloor: false,
    handed: false,
    aim: AIM,
    ...BY_HAND,
    presets: oneSided(['P-13'], [85, 0], {
      label: 'on the edge of the belly, inside the left hip bone',
      seen: 'Held by hand on the hip flexors and the edge of the abdomen.',
      assumed: '3 cm inward from the tip of the hip bone, pushed straight in.',
    }),
  },
  {
    id: 'kettlebell-handle',
    label: 'kettlebell handle',
    description: 'You lie on your back and stand a kettlebell upside down on the belly, so that its handle sinks in.',
    parameters: {
      bar: mm(35, 33, 38, 'diameter of the grip'),
      length: mm(120, 110, 130, 'length of the grip'),
      window: mm(55, 50, 60, 'clear height between grip and bell'),
      bell: mm(190, 170, 220, 'diameter of the bell'),
    },
    evidence: ['P-16'],
    confidence: 'estimate',
    measuredBy: NOBODY,
    onFloor: false,
    handed: false,
    aim: AIM,
    defaultPose: 'supine',
    // the weight of 16 kg, and of 12 to 24 kg
    defaultLoad: { force_N: 157 },
    loadRange: [118, 235],
    presets: oneSided(['P-16'], [64, 30], {
      label: 'along the muscle, between navel and left hip bone',
      seen: 'Home-made versions use a kettlebell or dumbbell handle (paperblog.com).',
      assumed: 'Half-way between the navel and the hip bone, with the grip lying head to foot.',
    }),
  },
  {
    id: 'broomstick-end',
    label: 'end of a broomstick',
    description: 'The blunt end of a stick that the hands lean into the body.',
    parameters: {
      diameter: mm(24, 22, 28, 'diameter of the stick'),
      edge: mm(6, 3, 12, 'rounding of its edge'),
    },
    evidence: ['P-17', 'L-02'],
    confidence: 'estimate',
    measuredBy: NOBODY,
    onFloor: false,
    handed: false,
    aim: AIM,
    ...BY_HAND,
    presets: oneSided(['P-17'], [64, 30], HAND_SPOT),
  },
  {
    id: 'fingertips',
    label: 'trained fingertips',
    description:
      'Four finger pads of a therapist, sinking in slowly from the side while you lie on your back, knees bent.',
    parameters: {
      padAlong: mm(16, 14, 18, 'width of a pad, head–foot'),
      padAcross: mm(20, 17, 23, 'length of a pad, left–right'),
      padThick: mm(12, 10, 14, 'thickness of a pad'),
      pitch: mm(18, 16, 20, 'distance from finger to finger'),
      angle: deg(35, 15, 60, 'slant of the fingers from upright, toward the outside'),
    },
    evidence: ['P-18', 'L-01'],
    confidence: 'estimate',
    measuredBy: NOBODY,
    onFloor: false,
    handed: true,
    aim: AIM,
    defaultPose: 'supine',
    // 10–40 N for a trained hand that feels for the muscle (estimate; no whole-hand measurement was found)
    defaultLoad: { force_N: 25 },
    loadRange: [10, 40],
    presets: oneSided(['P-18'], [62, 28], {
      label: 'beside the left rectus abdominis, half-way between navel and hip bone',
      // 20 degrees toward the spine
      direction: [-sin(Math.PI / 9), 0, cos(Math.PI / 9)],
      seen: 'Client on the back over a bolster; start half-way between navel and front hip bone and sink backward and toward the midline (Muscolino 2019, Massage & Bodywork, January).',
      assumed:
        'At the outer edge of the rectus abdominis of the reference woman (55 mm at this height), 20 degrees toward the midline.',
    }),
  },
];
