import { norm } from '../base/elementary.ts';
import { kPaOfMmHg, mmHgOf, newtonsOfKg } from '../base/units.ts';
import { evidence } from '../evidence/evidence.ts';
import { physiologyOf } from '../findings/physiology.ts';
import { areaFromRest, areaRatio, veinFlow } from '../findings/tube-law.ts';
import { tubeOf, VESSELS } from '../findings/vessels.ts';
import { tissueMaterials } from '../press/materials.ts';
import type { Anchor, Figure } from './anchor.ts';
import { discOnBlock, sphereOnBlock } from './blocks.ts';
import { forceAt, type LabPress, type LabResult, pressInLab, valueOfFinding } from './lab.ts';
import { tensionAt, tensionStretch } from './sheet.ts';

/** Cells of the presses below, mm: coarse, so that all of them take minutes. */
const CELL = 12;

/** The range that the row of the anchor accepts, as a figure. */
function figure(id: string, name: string, value: number, unit?: string): Figure {
  const row = evidence(id);
  return { name, value, low: row.low ?? Number.NaN, high: row.high ?? Number.NaN, unit: unit ?? row.unit };
}

const LEAN_MAN: Pick<LabPress, 'body' | 'pose' | 'cell'> = {
  body: { sex: 'male', weight_kg: 68 },
  pose: 'supine',
  cell: CELL,
};
/** A fist: a ball of the breadth of a closed hand, pushed straight back above the navel onto the last aorta. */
const FIST = { tool: { id: 'ball-orb', parameters: { diameter: 100 } }, at: [8, 95] as const };
/** A knob of 38 mm beside the navel. */
const PROBE = { tool: { id: 'cane-knob' }, at: [40, 55] as const };

/** The anchor checks of the evidence, A-01 to A-17. */
export const ANCHORS: readonly Anchor[] = [
  {
    id: 'A-01',
    kind: 'code',
    title: 'Force on a rigid ball that sinks 10 mm into a soft block',
    method:
      'quarter of a block of 160 mm, cells of 5 mm, Young’s modulus 10 kPa, Poisson ratio 0.49, against Hertz’s formula',
    compute: async () => ({
      figures: [figure('A-01', 'force', await sphereOnBlock())],
      note: 'Hertz’s formula holds for depths much smaller than the ball’s radius of 20 mm; at half the radius it is itself an approximation.',
    }),
  },
  {
    id: 'A-02',
    kind: 'code',
    title: 'Share of the pressure of a disc that arrives 60 mm below it',
    method:
      'quarter of a block of 200 mm, cells of 8.3 mm, a rigid flat disc of radius 25 mm pressed in by 1 mm, stress on its axis',
    compute: async () => ({
      figures: [figure('A-02', 'share of the mean pressure', await discOnBlock())],
      note: 'A rigid disc in the place of an even pressure: at this depth theory gives 20 % for the one and 21 % for the other.',
    }),
  },
  {
    id: 'A-03',
    kind: 'code',
    title: 'Pressure at which a ring of vessel wall buckles',
    method: 'the ring stiffness of the tube law for a wall of 0.4 MPa, 1.5 mm thick, radius 8 mm',
    compute: async () => {
      const person = { ...physiologyOf('supine'), arteryModulus: 400 };
      // a ring buckles at three times Kp
      const { ring } = tubeOf({ ...VESSELS.abdominal_aorta!, wall: 1.5 / 8 }, person);
      return {
        figures: [figure('A-03', 'pressure', 3 * ring)],
        note: 'Formula against formula: it shows that the tube law is scaled rightly, and no more.',
      };
    },
  },
  {
    id: 'A-04',
    kind: 'soft',
    title: 'Force in the belly wall at 150 mmHg inside',
    method: 'a patch of 15 mm of the model’s relaxed wall with radii 200 and 470 mm under 20 kPa (Laplace)',
    compute: async () => {
      const force = 20e-3 / (1 / 200 + 1 / 470);
      const range = (published: number) => ({ low: 0.8 * published, high: 1.2 * published, unit: 'N/mm' });
      return {
        figures: [
          { name: 'across', value: force, ...range(3.4) },
          { name: 'up and down', value: force, ...range(1.5) },
        ],
        note: `The model’s wall is the same in all directions, so both forces are equal (at ${(100 * (tensionStretch(force) - 1)).toFixed(0)} % stretch). Real walls carry more than twice as much across.`,
      };
    },
  },
  {
    id: 'A-05',
    kind: 'hard',
    title: 'Growth of the belly wall when 12 mmHg are put inside',
    tuned: 'the stiffening of the belly wall with strain (T-111)',
    method: 'the same patch under 1.6 kPa',
    compute: async () => {
      const stretch = tensionStretch((kPaOfMmHg(12) * 1e-3) / (1 / 200 + 1 / 470));
      return {
        figures: [
          { name: 'growth of the area', value: 100 * (stretch * stretch - 1), low: 10, high: 20, unit: '%' },
          { name: 'stiffness across over up and down', value: 1, low: 1.3, high: 2.5, unit: '' },
        ],
        note: `The stiffening was chosen with this measurement in view (${tensionAt(1.072).toFixed(2)} N/mm at 7.2 % stretch). The wall has no direction, so the ratio cannot come out; the volume is not computed.`,
      };
    },
  },
  {
    id: 'A-06',
    kind: 'hard',
    title: 'Local stiffness of the belly under a small probe',
    method: `man, on the back, relaxed; knob of 38 mm beside the navel, force between 5 and 10 mm depth, cells of ${CELL} mm`,
    compute: async () => {
      const { press } = await pressInLab({ ...LEAN_MAN, ...PROBE, force: () => 25 });
      const stiffness = (forceAt(press, 10) - forceAt(press, 5)) / 5;
      return {
        figures: [{ name: 'stiffness at about 5 mmHg inside', value: stiffness, low: 0.335, high: 1.34, unit: 'N/mm' }],
        untested: 'The model starts without pressure or tension at rest, so the stiffness at 12 mmHg cannot be asked.',
        note: 'Size of the probe and units of the published regression are inferred (V-03).',
      };
    },
  },
  {
    id: 'A-07',
    kind: 'hard',
    title: 'The same with a tensed belly',
    method: 'as A-06, guarded over relaxed, at 10 mm depth',
    compute: async () => {
      const relaxed = await pressInLab({ ...LEAN_MAN, ...PROBE, force: () => 25 });
      const guarded = await pressInLab({ ...LEAN_MAN, ...PROBE, force: () => 40, tone: 'guarded' });
      return {
        figures: [figure('A-07', 'ratio', forceAt(guarded.press, 10) / forceAt(relaxed.press, 10), '')],
        note: 'Only the direction is certain: the published size was not seen.',
      };
    },
  },
  {
    id: 'A-08',
    kind: 'hard',
    title: 'Force of a fist that shuts the aorta',
    method: `lean man, on the back; ball of 100 mm above the navel, 300 and 600 N, cells of ${CELL} mm; flow through the aorta by the tube law`,
    compute: async (say) => {
      const flow = (lab: LabResult): number => 100 + valueOfFinding(lab, 'abdominal_aorta', 'flow-change');
      const pressure = (lab: LabResult): string =>
        mmHgOf(valueOfFinding(lab, 'abdominal_aorta', 'tissue-pressure')).toFixed(0);
      await say('300 N');
      const light = await pressInLab({ ...LEAN_MAN, ...FIST, force: () => 300 });
      const figures: Figure[] = [{ name: 'flow at 300 N', value: flow(light), low: 20, high: 100, unit: '% of rest' }];
      const glued = 'Organs are glued to each other in the model, so what would slide aside carries load.';
      await say('600 N');
      try {
        const heavy = await pressInLab({ ...LEAN_MAN, ...FIST, force: () => 600 });
        figures.push({ name: 'flow at 600 N', value: flow(heavy), low: 0, high: 20, unit: '% of rest' });
        return {
          figures,
          note: `Tissue pressure at the aorta ${pressure(light)} and ${pressure(heavy)} mmHg. ${glued}`,
        };
      } catch (error) {
        return {
          figures,
          untested: `600 N: ${(error as Error).message}.`,
          note: `Tissue pressure at the aorta ${pressure(light)} mmHg at 300 N, far below what shuts an artery. ${glued}`,
        };
      }
    },
  },
  {
    id: 'A-09',
    kind: 'hard',
    title: 'A broad wedge with 180 mmHg',
    method: `lean man, on the back; rounded wedge of 200 × 100 mm at the navel with 480 N (24 kPa on 200 cm²), cells of ${CELL} mm`,
    compute: async () => {
      const lab = await pressInLab({ ...LEAN_MAN, tool: FIST.tool, at: [8, 90], shape: wedge, force: () => 480 });
      return {
        figures: [
          figure(
            'A-09',
            'tissue pressure at the aorta',
            mmHgOf(valueOfFinding(lab, 'abdominal_aorta', 'tissue-pressure')),
          ),
        ],
        note: 'A rigid wedge in the place of an air cushion. The accepted range is inferred from blood pressure; nobody measured it.',
      };
    },
  },
  {
    id: 'A-10',
    kind: 'hard',
    title: 'Leg pulse under a fist in a population',
    method: 'not computed',
    compute: async () => ({
      figures: [],
      untested:
        'It needs a population of women who have just given birth, and the model refuses pregnancy and has no body for it.',
      note: 'A study over many bodies can ask the same of others.',
    }),
  },
  {
    id: 'A-11',
    kind: 'hard',
    title: 'Flow through leg veins when 12 mmHg are put into the belly',
    method: 'the law of pressed veins (V-70), supine',
    compute: async () => {
      const person = physiologyOf('supine');
      const inside = person.belly + person.veinAcross;
      const change = (drive: number): number =>
        100 * (veinFlow(drive * person.arterialMean, inside, person.belly + kPaOfMmHg(12)) - 1);
      const femoral = { ...tubeOf(VESSELS.external_iliac_vein!, person) };
      const wider = 100 * (areaRatio(femoral, inside + kPaOfMmHg(12 - 2)) / areaRatio(femoral, inside) - 1);
      return {
        figures: [figure('A-11', 'change of the flow', change(person.venousDrive), '%')],
        note: `Blood that backs up to the arteries, as behind cuffs on awake people (V-71), loses less; the low end of what backs up (V-70), which every range holds, gives ${change(evidence('V-70').low!).toFixed(0)} %. Under anaesthesia the heart and the vessels that feed the leg act too. The femoral vein outside the belly becomes ${wider.toFixed(0)} % wider in the model and 38 % in people: the sign is right, the open vein is too stiff.`,
      };
    },
  },
  {
    id: 'A-12',
    kind: 'hard',
    title: 'Outside pressure that shuts a vein of somebody lying',
    method: 'the tube law with 10 mmHg inside: outside pressure at which nine tenths of the lumen are gone',
    compute: async () => {
      const tube = tubeOf(VESSELS.external_iliac_vein!, physiologyOf('supine'));
      const shutAt = (left: number): number => {
        let outside = 0;
        while (outside < 60 && areaFromRest(tube, kPaOfMmHg(10), kPaOfMmHg(outside)) > left) outside += 0.1;
        return outside;
      };
      return {
        figures: [figure('A-12', 'pressure', shutAt(0.1))],
        note: `No constant of the law was fitted to it. Nine tenths stand for what ultrasound calls closed; 95 and 98 % are gone at ${shutAt(0.05).toFixed(0)} and ${shutAt(0.02).toFixed(0)} mmHg. The model shuts veins a little too early.`,
      };
    },
  },
  {
    id: 'A-13',
    kind: 'hard',
    title: 'Pressure in the vena cava face down, belly free or pressed',
    method: 'not computed',
    compute: async () => ({
      figures: [],
      untested: 'Resting pressures by pose go in as assumptions (V-59), so their order cannot be tested.',
      note: 'Face down 8.5 mmHg in the belly are assumed, on the back 5.',
    }),
  },
  {
    id: 'A-14',
    kind: 'soft',
    title: 'Pressure at the aorta in fatter bodies at the same force',
    method: `women of 163 cm with 58, 72 and 90 kg, on the back; ball of 100 mm above the navel, 150 N, cells of ${CELL} mm`,
    compute: async (say) => {
      const pressures: number[] = [];
      for (const weight_kg of [58, 72, 90]) {
        await say(`${weight_kg} kg`);
        const lab = await pressInLab({
          ...FIST,
          body: { sex: 'female', weight_kg },
          pose: 'supine',
          cell: CELL,
          at: [7, 85],
          force: () => 150,
        });
        pressures.push(mmHgOf(valueOfFinding(lab, 'abdominal_aorta', 'tissue-pressure')));
      }
      const [first, second, last] = pressures as [number, number, number];
      return {
        figures: [
          { ...figure('A-14', 'last over first', last / first, ''), unit: '' },
          { name: 'second over first', value: second / first, low: 0, high: 1, unit: '' },
          { name: 'last over second', value: last / second, low: 0, high: 1, unit: '' },
        ],
        note: `${pressures.map((p) => p.toFixed(0)).join(', ')} mmHg.`,
      };
    },
  },
  {
    id: 'A-15',
    kind: 'soft',
    title: 'Force that is lost while a press is held for a minute',
    tuned: 'the relaxation of muscle and fat (T-65, T-17)',
    method: `woman, face down, two-peak tool; force at 20 mm depth after 1 s and after 60 s more, cells of 15 mm`,
    compute: async () => {
      const lab = { body: {}, pose: 'prone', cell: 15, tool: { id: 'two-peak' }, force: () => 180 } as const;
      const sudden = await pressInLab({ ...lab, timing: { rate: 1, hold: 0 } });
      const held = await pressInLab({ ...lab, timing: { rate: 1, hold: 60 } });
      return {
        figures: [figure('A-15', 'loss', 100 * (1 - forceAt(held.press, 20) / forceAt(sudden.press, 20)))],
        note: 'Muscle relaxes in the model and skin, bowel and sheets do not, for want of data; the whole loses less than muscle alone (about 50 %).',
      };
    },
  },
  {
    id: 'A-16',
    kind: 'soft',
    title: 'Mean pressure on the skin of somebody lying on one tool',
    method: 'man of 75 kg, face down, 27 % of the weight on a two-peak tool, cells of 6 mm',
    compute: async () => {
      const { press } = await pressInLab({
        body: { sex: 'male', weight_kg: 75 },
        pose: 'prone',
        cell: 6,
        tool: { id: 'two-peak' },
        force: (body) => newtonsOfKg(0.27 * body.weight_kg),
      });
      const last = press.steps.at(-1)!;
      return {
        figures: [figure('A-16', 'mean pressure', last.meanSkinPressure)],
        note: `Contact of ${(last.contactArea / 100).toFixed(0)} cm². It depends on the grid: coarser cells touch less skin.`,
      };
    },
  },
  {
    id: 'A-17',
    kind: 'code',
    title: 'Gas in the bowel under 50 mmHg more',
    method: 'the bulk law of gas cells on 95 mL',
    compute: async () => {
      const lost = (95 * kPaOfMmHg(50)) / tissueMaterials('relaxed').gas.bulk;
      return {
        figures: [figure('A-17', 'volume lost', lost)],
        note: 'The model takes Boyle’s law at its first slope: at 50 mmHg it loses 7 % more than the curve.',
      };
    },
  },
];

/** A block of 200 × 100 mm with edges rounded to 40 mm, its tip at y = 0, pushed along +y. */
function wedge(x: number, y: number, z: number): number {
  const q = [Math.abs(x) - 60, Math.abs(y + 60) - 20, Math.abs(z) - 10].map((v) => Math.max(v, 0));
  return norm(q) - 40;
}
