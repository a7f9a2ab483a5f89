import { smoothCells } from '../mechanics/smooth-cells.ts';
import type { CellFields, Solution } from '../mechanics/solution.ts';
import type { PressProblem } from './mechanical-problem.ts';
import type { PressFields } from './press.ts';
import { type Apart, cellsApart, fieldsApart, nodesApart, slipsOf } from './two-bodies.ts';

/** The fields of a press at one of its states; `contact` is the pressure on the skin there (contact-reading.ts). */
export function readFields(
  solution: Pick<Solution, 'displacement' | 'cells'>,
  contact: Float32Array,
  press: Pick<PressProblem, 'problem' | 'whole' | 'rigid' | 'apart'>,
): PressFields {
  const cells: CellFields = solution.cells();
  const pressure = smoothCells(press.problem.grid, cells.pressure, softShare(press));
  return press.apart === undefined
    ? { ...cells, displacement: new Float32Array(solution.displacement), pressure, contact }
    : fieldsOfBoth(press.apart, solution, pressure, contact);
}

function fieldsOfBoth(
  apart: Apart,
  solution: Pick<Solution, 'displacement' | 'cells'>,
  pressure: Float32Array,
  contact: Float32Array,
): PressFields {
  const cells = fieldsApart(apart, solution);
  const displacement = nodesApart(apart, solution.displacement);
  const smooth = cellsApart(apart, pressure);
  const of = (b: 0 | 1) => ({ ...cells[b], displacement: displacement[b], pressure: smooth[b] });
  const { points, areas, normals, tied } = apart.surface;
  const [container, contents] = apart.inside;
  const share = contents.map((own, c) => (own > 0 ? own / (own + container[c]!) : 0));
  const surface = { points, areas, normals, tied, slip: slipsOf(apart, displacement) };
  return { ...of(0), contact, contents: { ...of(1), share, surface } };
}

/** Soft material of each cell where it is more than half of it, else 0: rigid cells carry no meaningful pressure. */
function softShare({ problem, whole, rigid }: Pick<PressProblem, 'problem' | 'whole' | 'rigid'>): Float64Array {
  return Float64Array.from(problem.fill, (fill, c) => {
    const soft = 1 - rigid[c]! / Math.max(whole[c]!, 1e-6);
    return soft > 0.5 ? fill * soft : 0;
  });
}
