import { InputError } from '../base/errors.ts';
import type { Note } from '../base/note.ts';
import type { Body } from '../body/body.ts';
import type { BodySpec } from '../body/spec.ts';
import type { Finding } from '../findings/finding.ts';
import { pressOnce } from '../findings/press-once.ts';
import { note } from '../messages/note.ts';
import { firstTouch } from '../press/place.ts';
import { KeptModels, type Prepared, prepare } from '../press/prepare.ts';
import type { PlacedTool, Press } from '../press/press.ts';
import { REFERENCE_TIMING, type Timing } from '../press/relaxation.ts';
import { type Contents, type Scenario, scenarioSchema } from '../press/scenario.ts';
import type { VoxelModel } from '../voxel/model.ts';

/** How freely contents give way in every check: as where nobody says. The page says so. */
export const LAB_CONTENTS: Contents = 'between';

/** A press of the laboratory: everything that an anchor fixes. */
export interface LabPress {
  readonly body: Partial<BodySpec>;
  readonly pose: 'prone' | 'supine';
  readonly cell: number;
  readonly tool: { readonly id: string; readonly parameters?: Readonly<Record<string, number>> };
  /** mm to the left and to the head of the midpoint of the ASIS; the tool's usual place when absent. */
  readonly at?: readonly [number, number];
  readonly force: (body: Body) => number;
  readonly tone?: 'relaxed' | 'guarded';
  readonly timing?: Timing;
  /** Another rigid shape in the place of the tool: signed distance, mm, to it at first touch, by offset from the aimed point. */
  readonly shape?: (x: number, y: number, z: number) => number;
}

export interface LabResult {
  readonly press: Press;
  readonly findings: readonly Finding[];
}

/** A press that did not reach its force. */
class EndedEarly extends Error {
  readonly reason: Note | undefined;
  constructor(reason: Note | undefined) {
    super(reason?.id);
    this.reason = reason;
  }
}

/** Why a press of the laboratory has no result. */
export const whyNoPress = (error: unknown): Note | string =>
  error instanceof EndedEarly
    ? note('check.page.ended-early', { reason: error.reason ?? '' })
    : error instanceof InputError
      ? error.note
      : (error as Error).message;

/** Two presses of an anchor often share a body; more than that is not worth its memory. */
const models = new KeptModels(1);

/** A body of the laboratory with the tool, or the shape in its place, laid on it. There is no floor. */
export async function laidInLab(lab: Omit<LabPress, 'force' | 'timing'>): Promise<Prepared<Scenario>> {
  const { body, pose, cell: cell_mm, tool, tone } = lab;
  const placement = lab.at === undefined ? { preset: 'as-sold' } : { x_mm: lab.at[0], y_mm: lab.at[1] };
  const scenario = scenarioSchema.parse({ body, pose, cell_mm, tool, placement, tone, contents: LAB_CONTENTS });
  const prepared = await prepare(scenario, { model: await models.of(scenario) });
  const { floor: _floor, ...free } = prepared.placed;
  const { shape } = lab;
  const placed: PlacedTool = shape === undefined ? free : { ...free, ...inPlace(free, shape, prepared.model) };
  return { ...prepared, placed };
}

/** Computes a press of the laboratory. @throws EndedEarly when it does not reach its force: a check then says so */
export async function pressInLab(lab: LabPress): Promise<LabResult> {
  const laid = await laidInLab(lab);
  const timing = lab.timing ?? REFERENCE_TIMING;
  const { press, findings } = await pressOnce(laid, { force: lab.force(laid.body), timing });
  if (!press.converged) throw new EndedEarly(press.reason);
  return { press, findings };
}

/** A shape pushed along +y from where it just touches the skin. */
function inPlace(at: PlacedTool, shape: (x: number, y: number, z: number) => number, model: VoxelModel) {
  const [ax, ay, az] = at.at;
  const distance = (x: number, y: number, z: number, depth: number): number => shape(x - ax, y - ay - depth, z - az);
  const start = firstTouch(model.skin, distance);
  return {
    direction: [0, 1, 0] as const,
    distance: (x: number, y: number, z: number, depth: number): number => distance(x, y, z, depth + start),
  };
}

/** Force at a depth, N, straight between the steps of a path that starts at nothing. */
export function forceAt({ steps }: Press, depth: number): number {
  let [d0, f0] = [0, 0];
  for (const step of steps) {
    if (step.depth >= depth) return f0 + ((step.force - f0) * (depth - d0)) / (step.depth - d0);
    [d0, f0] = [step.depth, step.force];
  }
  return f0;
}

/** Value of one finding; of the first side where none is asked for. */
export function valueOfFinding(
  { findings }: LabResult,
  structure: string,
  quantity: Finding['quantity'],
  side?: string,
): number {
  const found = findings.find(
    (f) => f.structure === structure && f.quantity === quantity && (side === undefined || f.side === side),
  );
  return found?.value ?? Number.NaN;
}
