import type { Grid, Vec3 } from '../base/grid.ts';
import { addDirection } from './fibre-levels.ts';
import type { FibreFamily, Fibres } from './problem.ts';
import { cellBeside } from './setup.ts';

/**
 * Collects fibres from as many places as their shape needs, and makes of them one quadrature point for each cell and family, at their mean place. A cell of
 * trilinear displacements has no more than one stretch along a family to give without being bound: with several points in a cell, fibres askew to the grid would hold
 * even what does not stretch them.
 */
export class SheetPoints {
  private readonly grid: Grid;
  private readonly isSoft: (cell: number) => boolean;
  private readonly families: FibreFamily[] = [];
  /** Number of the point of each cell and family. */
  private readonly numbers = new Map<number, number>();
  private readonly places: number[] = [];
  private readonly directions: number[] = [];
  private readonly volumes: number[] = [];
  private readonly family: number[] = [];

  /** @param isSoft whether a cell can hold fibres, by its number in the grid */
  constructor(grid: Grid, isSoft: (cell: number) => boolean) {
    this.grid = grid;
    this.isSoft = isSoft;
  }

  /** A family, for the fibres that are added next. @returns its number */
  begin(family: FibreFamily): number {
    return this.families.push(family) - 1;
  }

  /**
   * Adds fibres of the last family.
   * @param at place in the grid, mm
   * @param volume of fibres there, mm³
   * @param along unit vector
   * @returns whether there is a soft cell to hang them on: the one that holds the place, or one beside it
   */
  add(at: Vec3, volume: number, along: Vec3): boolean {
    const { grid, numbers, families } = this;
    const cell = cellBeside(grid, this.isSoft, at);
    if (cell === undefined) return false;
    const [nx, ny, nz] = grid.size;
    const key = cell[0]! + nx * (cell[1]! + ny * (cell[2]! + nz * (families.length - 1)));
    let n = numbers.get(key);
    if (n === undefined) {
      n = this.volumes.length;
      numbers.set(key, n);
      this.places.push(0, 0, 0);
      this.directions.push(0, 0, 0);
      this.volumes.push(0);
      this.family.push(families.length - 1);
    }
    this.volumes[n] = this.volumes[n]! + volume;
    for (let d = 0; d < 3; d++) this.places[3 * n + d] = this.places[3 * n + d]! + volume * at[d]!;
    addDirection(this.directions, 3 * n, volume, along, 0);
    return true;
  }

  /** All of them. */
  fibres(): Fibres {
    const { volumes } = this;
    const points = Float64Array.from(this.places, (sum, i) => sum / volumes[Math.floor(i / 3)]!);
    const directions = Float64Array.from(this.directions);
    for (let n = 0; n < volumes.length; n++) {
      const [x, y, z] = [directions[3 * n]!, directions[3 * n + 1]!, directions[3 * n + 2]!];
      const length = Math.sqrt(x * x + y * y + z * z);
      for (let d = 0; d < 3; d++) directions[3 * n + d] = directions[3 * n + d]! / length;
    }
    return {
      points,
      directions,
      volumes: Float64Array.from(volumes),
      family: Int32Array.from(this.family),
      families: this.families,
    };
  }
}
