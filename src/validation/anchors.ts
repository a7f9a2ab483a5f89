import { norm } from '../base/elementary.ts';
import { kPaOfMmHg, mmHgOf, newtonsOfKg } from '../base/units.ts';
import { evidence } from '../evidence/evidence.ts';
import { physiologyOf } from '../findings/physiology.ts';
import { areaFromRest, areaRatio, veinFlow } from '../findings/tube-law.ts';
import { tubeOf, VESSELS } from '../findings/vessels.ts';
import { note } from '../messages/note.ts';
import { tissueMaterials } from '../press/materials.ts';
import type { Anchor, Figure } from './anchor.ts';
import { discOnBlock, sphereOnBlock } from './blocks.ts';
import { forceAt, type LabPress, type LabResult, pressInLab, valueOfFinding, whyNoPress } from './lab.ts';
import { PLAN } from './plan.data.ts';
import { tensionAt, tensionStretch } from './sheet.ts';

/** Cells of the presses below, mm: coarse, so that all of them take minutes. */
const CELL = 12;

/** The range that the row of the anchor accepts, as a figure. */
function figure(id: string, name: Figure['name'], value: number, unit?: string): Figure {
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

/** What is only planned so far. */
const PENDING = PLAN.slice(17).map(
  ({ id, kind }): Anchor => ({
    id,
    kind,
    title: { id: `check.a${id.slice(2)}` },
    method: { id: `check.a${id.slice(2)}.method` },
    compute: async () => ({ figures: [], untested: note('check.page.pending') }),
  }),
);

/** The anchor checks of the evidence. */
export const ANCHORS: readonly Anchor[] = [
  {
    id: 'A-01',
    kind: 'code',
    title: note('check.a01'),
    method: note('check.a01.method'),
    compute: async () => ({
      figures: [figure('A-01', 'check.figure.force', await sphereOnBlock())],
      note: note('check.a01.note'),
    }),
  },
  {
    id: 'A-02',
    kind: 'code',
    title: note('check.a02'),
    method: note('check.a02.method'),
    compute: async () => ({
      figures: [figure('A-02', 'check.figure.share', await discOnBlock())],
      note: note('check.a02.note'),
    }),
  },
  {
    id: 'A-03',
    kind: 'code',
    title: note('check.a03'),
    method: note('check.a03.method'),
    compute: async () => {
      const person = { ...physiologyOf('supine'), arteryModulus: 400 };
      // a ring buckles at three times Kp
      const { ring } = tubeOf({ ...VESSELS.abdominal_aorta!, wall: 1.5 / 8 }, person);
      return {
        figures: [figure('A-03', 'check.figure.pressure', 3 * ring)],
        note: note('check.a03.note'),
      };
    },
  },
  {
    id: 'A-04',
    kind: 'soft',
    title: note('check.a04'),
    method: note('check.a04.method'),
    compute: async () => {
      const force = 20e-3 / (1 / 200 + 1 / 470);
      const range = (published: number) => ({ low: 0.8 * published, high: 1.2 * published, unit: 'N/mm' });
      return {
        figures: [
          { name: 'check.figure.across', value: force, ...range(3.4) },
          { name: 'check.figure.up-and-down', value: force, ...range(1.5) },
        ],
        note: note('check.a04.note', { stretch: (100 * (tensionStretch(force) - 1)).toFixed(0) }),
      };
    },
  },
  {
    id: 'A-05',
    kind: 'hard',
    title: note('check.a05'),
    tuned: note('check.a05.tuned'),
    method: note('check.a05.method'),
    compute: async () => {
      const stretch = tensionStretch((kPaOfMmHg(12) * 1e-3) / (1 / 200 + 1 / 470));
      return {
        figures: [
          { name: 'check.figure.growth', value: 100 * (stretch * stretch - 1), low: 10, high: 20, unit: '%' },
          { name: 'check.figure.anisotropy', value: 1, low: 1.3, high: 2.5, unit: '' },
        ],
        note: note('check.a05.note', { force: tensionAt(1.072).toFixed(2) }),
      };
    },
  },
  {
    id: 'A-06',
    kind: 'hard',
    title: note('check.a06'),
    method: note('check.a06.method', { cell: CELL }),
    compute: async () => {
      const { press } = await pressInLab({ ...LEAN_MAN, ...PROBE, force: () => 25 });
      const stiffness = (forceAt(press, 10) - forceAt(press, 5)) / 5;
      return {
        figures: [{ name: 'check.figure.stiffness', value: stiffness, low: 0.335, high: 1.34, unit: 'N/mm' }],
        untested: note('check.a06.untested'),
        note: note('check.a06.note'),
      };
    },
  },
  {
    id: 'A-07',
    kind: 'hard',
    title: note('check.a07'),
    method: note('check.a07.method'),
    compute: async () => {
      const relaxed = await pressInLab({ ...LEAN_MAN, ...PROBE, force: () => 25 });
      const guarded = await pressInLab({ ...LEAN_MAN, ...PROBE, force: () => 40, tone: 'guarded' });
      return {
        figures: [figure('A-07', 'check.figure.ratio', forceAt(guarded.press, 10) / forceAt(relaxed.press, 10), '')],
        note: note('check.a07.note'),
      };
    },
  },
  {
    id: 'A-08',
    kind: 'hard',
    title: note('check.a08'),
    method: note('check.a08.method', { cell: CELL }),
    compute: async (say) => {
      const flow = (lab: LabResult): number => 100 + valueOfFinding(lab, 'abdominal_aorta', 'flow-change');
      const pressure = (lab: LabResult): string =>
        mmHgOf(valueOfFinding(lab, 'abdominal_aorta', 'tissue-pressure')).toFixed(0);
      await say('300 N');
      const light = await pressInLab({ ...LEAN_MAN, ...FIST, force: () => 300 });
      const figures: Figure[] = [
        { name: 'check.figure.flow-light', value: flow(light), low: 20, high: 100, unit: '%' },
      ];
      await say('600 N');
      try {
        const heavy = await pressInLab({ ...LEAN_MAN, ...FIST, force: () => 600 });
        figures.push({ name: 'check.figure.flow-heavy', value: flow(heavy), low: 0, high: 20, unit: '%' });
        return {
          figures,
          note: note('check.a08.note', { light: pressure(light), heavy: pressure(heavy) }),
        };
      } catch (error) {
        return {
          figures,
          untested: note('check.a08.untested', { reason: whyNoPress(error) }),
          note: note('check.a08.note.light', { light: pressure(light) }),
        };
      }
    },
  },
  {
    id: 'A-09',
    kind: 'hard',
    title: note('check.a09'),
    method: note('check.a09.method', { cell: CELL }),
    compute: async () => {
      const lab = await pressInLab({ ...LEAN_MAN, tool: FIST.tool, at: [8, 90], shape: wedge, force: () => 480 });
      return {
        figures: [
          figure('A-09', 'check.figure.flow-leg', 100 + valueOfFinding(lab, 'external_iliac_artery', 'flow-change')),
        ],
        note: note('check.a09.note'),
      };
    },
  },
  {
    id: 'A-10',
    kind: 'hard',
    title: note('check.a10'),
    method: note('check.a10.method'),
    compute: async () => ({
      figures: [],
      untested: note('check.a10.untested'),
      note: note('check.a10.note'),
    }),
  },
  {
    id: 'A-11',
    kind: 'hard',
    title: note('check.a11'),
    method: note('check.a11.method'),
    compute: async () => {
      const person = physiologyOf('supine');
      const inside = person.belly + person.veinAcross;
      const change = (drive: number): number =>
        100 * (veinFlow(drive * person.arterialMean, inside, person.belly + kPaOfMmHg(12)) - 1);
      const femoral = { ...tubeOf(VESSELS.external_iliac_vein!, person) };
      const wider = 100 * (areaRatio(femoral, inside + kPaOfMmHg(12 - 2)) / areaRatio(femoral, inside) - 1);
      return {
        figures: [figure('A-11', 'check.figure.flow-change', change(person.venousDrive), '%')],
        note: note('check.a11.note', { low: change(evidence('V-70').low!).toFixed(0), wider: wider.toFixed(0) }),
      };
    },
  },
  {
    id: 'A-12',
    kind: 'hard',
    title: note('check.a12'),
    method: note('check.a12.method'),
    compute: async () => {
      const tube = tubeOf(VESSELS.external_iliac_vein!, physiologyOf('supine'));
      const shutAt = (left: number): number => {
        let outside = 0;
        while (outside < 60 && areaFromRest(tube, kPaOfMmHg(10), kPaOfMmHg(outside)) > left) outside += 0.1;
        return outside;
      };
      return {
        figures: [figure('A-12', 'check.figure.pressure', shutAt(0.1))],
        note: note('check.a12.note', { most: shutAt(0.05).toFixed(0), nearly: shutAt(0.02).toFixed(0) }),
      };
    },
  },
  {
    id: 'A-13',
    kind: 'hard',
    title: note('check.a13'),
    method: note('check.a13.method'),
    compute: async () => ({
      figures: [],
      untested: note('check.a13.untested'),
      note: note('check.a13.note'),
    }),
  },
  {
    id: 'A-14',
    kind: 'soft',
    title: note('check.a14'),
    method: note('check.a14.method', { cell: CELL }),
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
          { ...figure('A-14', 'check.figure.last-first', last / first, ''), unit: '' },
          { name: 'check.figure.second-first', value: second / first, low: 0, high: 1, unit: '' },
          { name: 'check.figure.last-second', value: last / second, low: 0, high: 1, unit: '' },
        ],
        note: note('check.a14.note', { first: first.toFixed(0), second: second.toFixed(0), last: last.toFixed(0) }),
      };
    },
  },
  {
    id: 'A-15',
    kind: 'soft',
    title: note('check.a15'),
    tuned: note('check.a15.tuned'),
    method: note('check.a15.method'),
    compute: async () => {
      const lab = { body: {}, pose: 'prone', cell: 15, tool: { id: 'two-peak' }, force: () => 180 } as const;
      const sudden = await pressInLab({ ...lab, timing: { rate: 1, hold: 0 } });
      const held = await pressInLab({ ...lab, timing: { rate: 1, hold: 60 } });
      return {
        figures: [figure('A-15', 'check.figure.loss', 100 * (1 - forceAt(held.press, 20) / forceAt(sudden.press, 20)))],
        note: note('check.a15.note'),
      };
    },
  },
  {
    id: 'A-16',
    kind: 'soft',
    title: note('check.a16'),
    method: note('check.a16.method'),
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
        figures: [figure('A-16', 'check.figure.mean-pressure', last.meanSkinPressure)],
        note: note('check.a16.note', { area: (last.contactArea / 100).toFixed(0) }),
      };
    },
  },
  {
    id: 'A-17',
    kind: 'code',
    title: note('check.a17'),
    method: note('check.a17.method'),
    compute: async () => {
      const lost = (95 * kPaOfMmHg(50)) / tissueMaterials('relaxed').gas.bulk;
      return {
        figures: [figure('A-17', 'check.figure.volume-lost', lost)],
        note: note('check.a17.note'),
      };
    },
  },
  ...PENDING,
];

/** A block of 200 × 100 mm with edges rounded to 40 mm, its tip at y = 0, pushed along +y. */
function wedge(x: number, y: number, z: number): number {
  const q = [Math.abs(x) - 60, Math.abs(y + 60) - 20, Math.abs(z) - 10].map((v) => Math.max(v, 0));
  return norm(q) - 40;
}
