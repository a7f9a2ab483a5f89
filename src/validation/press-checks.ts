import { norm } from '../base/elementary.ts';
import { kPaOfMmHg, mmHgOf, newtonsOfKg } from '../base/units.ts';
import { note } from '../messages/note.ts';
import type { Compute, Figure } from './anchor.ts';
import { figure } from './figure.ts';
import { volumeGained } from './fluid.ts';
import { forceAt, type LabPress, type LabResult, laidInLab, pressInLab, valueOfFinding, whyNoPress } from './lab.ts';

const LEAN_MAN: Pick<LabPress, 'body' | 'pose'> = { body: { sex: 'male', weight_kg: 68 }, pose: 'supine' };
/** A fist: a ball of the breadth of a closed hand, pushed straight back above the navel onto the last aorta. */
export const FIST = { tool: { id: 'ball-orb', parameters: { diameter: 100 } }, at: [8, 95] as const };
/** A knob of 38 mm beside the navel. */
const PROBE = { tool: { id: 'cane-knob' }, at: [40, 55] as const };
/** Somebody who lies on a tool with a part of the weight. */
const ON_TOOL: Omit<LabPress, 'cell'> = {
  body: { sex: 'male', weight_kg: 75 },
  pose: 'prone',
  tool: { id: 'two-peak' },
  force: (body) => newtonsOfKg(0.27 * body.weight_kg),
};

const leftAtAorta = (lab: LabResult): number => 100 + valueOfFinding(lab, 'abdominal_aorta', 'flow-change');
const pressureAtAorta = (lab: LabResult): number => mmHgOf(valueOfFinding(lab, 'abdominal_aorta', 'tissue-pressure'));

/** Checks that press on a body, or fill it. */
export const PRESS_CHECKS: Readonly<Record<string, Compute>> = {
  'A-06': async ({ cell }) => {
    const { press } = await pressInLab({ ...LEAN_MAN, ...PROBE, cell, force: () => 25 });
    const stiffness = (forceAt(press, 10) - forceAt(press, 5)) / 5;
    return {
      figures: [{ name: 'check.figure.stiffness', value: stiffness, low: 0.335, high: 1.34, unit: 'N/mm' }],
      untested: note('check.a06.untested'),
      note: note('check.a06.note'),
    };
  },

  'A-07': async ({ cell }) => {
    const relaxed = await pressInLab({ ...LEAN_MAN, ...PROBE, cell, force: () => 25 });
    const guarded = await pressInLab({ ...LEAN_MAN, ...PROBE, cell, force: () => 40, tone: 'guarded' });
    return {
      figures: [figure('A-07', 'check.figure.ratio', forceAt(guarded.press, 10) / forceAt(relaxed.press, 10), '')],
      note: note('check.a07.note'),
    };
  },

  'A-08': async ({ cell, say }) => {
    await say('300 N');
    const light = await pressInLab({ ...LEAN_MAN, ...FIST, cell, force: () => 300 });
    const figures: Figure[] = [
      { name: 'check.figure.flow-light', value: leftAtAorta(light), low: 20, high: 100, unit: '%' },
    ];
    await say('600 N');
    const pressed = pressureAtAorta(light).toFixed(0);
    try {
      const heavy = await pressInLab({ ...LEAN_MAN, ...FIST, cell, force: () => 600 });
      figures.push({ name: 'check.figure.flow-heavy', value: leftAtAorta(heavy), low: 0, high: 20, unit: '%' });
      return { figures, note: note('check.a08.note', { light: pressed, heavy: pressureAtAorta(heavy).toFixed(0) }) };
    } catch (error) {
      const untested = note('check.a08.untested', { reason: whyNoPress(error) });
      return { figures, untested, note: note('check.a08.note.light', { light: pressed }) };
    }
  },

  'A-09': async ({ cell }) => {
    const lab = await pressInLab({
      ...LEAN_MAN,
      cell,
      tool: FIST.tool,
      at: [8, 90],
      shape: blunt([200, 100], 40),
      force: () => 480,
    });
    const left = 100 + valueOfFinding(lab, 'external_iliac_artery', 'flow-change');
    return {
      figures: [figure('A-09', 'check.figure.flow-leg', left)],
      note: note('check.a09.note', { pressure: pressureAtAorta(lab).toFixed(0) }),
    };
  },

  'A-14': async ({ cell, say }) => {
    const pressures: number[] = [];
    for (const weight_kg of [58, 72, 90]) {
      await say(`${weight_kg} kg`);
      const body = { sex: 'female', weight_kg } as const;
      const lab = await pressInLab({ ...FIST, body, pose: 'supine', cell, at: [7, 85], force: () => 150 });
      pressures.push(pressureAtAorta(lab));
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

  'A-15': async ({ cell }) => {
    const lab = { body: {}, pose: 'prone', cell, tool: { id: 'two-peak' }, force: () => 180 } as const;
    const sudden = await pressInLab({ ...lab, timing: { rate: 1, hold: 0 } });
    const held = await pressInLab({ ...lab, timing: { rate: 1, hold: 60 } });
    return {
      figures: [figure('A-15', 'check.figure.loss', 100 * (1 - forceAt(held.press, 20) / forceAt(sudden.press, 20)))],
      note: note('check.a15.note'),
    };
  },

  'A-16': async ({ cell }) => {
    const { press } = await pressInLab({ ...ON_TOOL, cell });
    const last = press.steps.at(-1)!;
    return {
      figures: [figure('A-16', 'check.figure.mean-pressure', last.meanSkinPressure)],
      note: note('check.a16.note', { area: (last.contactArea / 100).toFixed(0) }),
    };
  },

  'A-23': async ({ cell }) => {
    const lab = await pressInLab({
      ...LEAN_MAN,
      cell,
      tool: FIST.tool,
      at: [0, 150],
      shape: blunt([150, 100], 20),
      force: () => 91,
    });
    return {
      figures: [figure('A-23', 'check.figure.flow-change', valueOfFinding(lab, 'inferior_vena_cava', 'flow-change'))],
      note: note('check.a23.note', {
        pressure: mmHgOf(valueOfFinding(lab, 'inferior_vena_cava', 'excess-pressure')).toFixed(0),
      }),
    };
  },

  'A-33': async ({ cell }) => {
    const laid = await laidInLab({ ...LEAN_MAN, ...PROBE, cell });
    return {
      figures: [figure('A-33', 'check.figure.volume', await volumeGained(laid, kPaOfMmHg(12)))],
      note: note('check.a33.note'),
    };
  },

  'A-40': async ({ cell }) => {
    const lab = await pressInLab({ ...ON_TOOL, cell });
    const pressure = (side: string): number => valueOfFinding(lab, 'external_iliac_artery', 'tissue-pressure', side);
    const side = pressure('left') >= pressure('right') ? 'left' : 'right';
    const loss = (vessel: string): number => -valueOfFinding(lab, vessel, 'area-change', side);
    return {
      figures: [
        { name: 'check.figure.vein-loses', value: loss('external_iliac_vein'), low: 30, high: 100, unit: '%' },
        { name: 'check.figure.artery-loses', value: loss('external_iliac_artery'), low: 0, high: 20, unit: '%' },
      ],
      note: note('check.a40.note', { pressure: mmHgOf(pressure(side)).toFixed(0) }),
    };
  },

  'A-41': async ({ cell }) => {
    const { press } = await pressInLab({ ...LEAN_MAN, ...PROBE, cell, force: () => 25 });
    return {
      figures: [figure('A-41', 'check.figure.stiffening', forceAt(press, 15) / (3 * forceAt(press, 5)))],
      note: note('check.a41.note'),
    };
  },
};

/** A block of a width and height with rounded edges, its tip at y = 0, pushed along +y: signed distance, mm. */
function blunt([width, height]: readonly [number, number], round: number) {
  return (x: number, y: number, z: number): number => {
    const half = [width / 2 - round, 20, height / 2 - round];
    const q = [Math.abs(x), Math.abs(y + 20 + round), Math.abs(z)].map((v, d) => Math.max(v - half[d]!, 0));
    return norm(q) - round;
  };
}
