import { describe, expect, it } from 'vitest';
import { type Anatomy, buildAnatomy } from '../anatomy/anatomy.ts';
import type { ShapedStructure } from '../anatomy/shape.ts';
import type { Grid } from '../base/grid.ts';
import { resolveBody } from '../body/body.ts';
import { painterOf } from './paint.ts';

const person = buildAnatomy(resolveBody({ sex: 'female', age: 40 }));

/** A round body of 60 mm radius about (0, 10), with other structures in it. */
function bodyWith(...structures: ShapedStructure[]): Anatomy {
  const round = { centreY: 10, stations: [-100, 0, 100].map((z) => [z, ...Array.from({ length: 13 }, () => 60)]) };
  const outline: ShapedStructure = {
    structure: 'skin',
    side: 'midline',
    outline: true,
    shapes: [{ kind: 'contour-fill', contour: 'skin' }],
  };
  return { ...person, contours: { skin: round, fascia: round, cavity: round }, structures: [outline, ...structures] };
}

const GRID: Grid = { origin: [-80, -70, -40], spacing: 2, size: [80, 80, 40] };

/** Paints and tells what is at a point. */
function paint(anatomy: Anatomy, grid = GRID): (x: number, y: number, z: number) => string {
  const painter = painterOf(anatomy, grid);
  for (let k = 0; k < grid.size[2]; k++) painter.paintSlice(k);
  const { labels, table } = painter.volume;
  return (x, y, z) => {
    const [i, j, k] = [x, y, z].map((c, d) => Math.floor((c - grid.origin[d]!) / grid.spacing)) as [
      number,
      number,
      number,
    ];
    return table[labels[i + grid.size[0] * (j + grid.size[1] * k)]!]!.structure;
  };
}

const ball = (structure: string, x: number, radius: number, more: Partial<ShapedStructure> = {}): ShapedStructure => ({
  structure,
  side: 'midline',
  shapes: [{ kind: 'ellipsoid', centre: [x, 10, 0], halfAxes: [radius, radius, radius] }],
  ...more,
});

describe('painting', () => {
  it('paints structures on the body only, the outline on air', () => {
    const at = paint(bodyWith(ball('liver', 60, 20)));
    expect([at(50, 10, 0), at(70, 10, 0), at(0, 10, 0)]).toEqual(['liver', 'outside', 'skin']);
  });

  it('lets a later structure replace an earlier one', () => {
    const at = paint(bodyWith(ball('liver', 0, 20), ball('spleen', 20, 20)));
    expect([at(-15, 10, 0), at(10, 10, 0)]).toEqual(['liver', 'spleen']);
  });

  it('keeps to the structures that one may be painted over', () => {
    const at = paint(bodyWith(ball('liver', 0, 20), ball('spleen', 20, 20, { onlyIn: ['skin'] })));
    expect([at(10, 10, 0), at(35, 10, 0)]).toEqual(['liver', 'spleen']);
  });

  it('cuts a clipped shape to the inside of its contour', () => {
    const shapes = ball('liver', 40, 30).shapes.map((s) => ({ ...s, clip: { contour: 'cavity', inset: 10 } as const }));
    const at = paint(bodyWith({ ...ball('liver', 40, 30), shapes }));
    expect([at(47, 10, 0), at(53, 10, 0)]).toEqual(['liver', 'skin']);
  });
});

describe('the skin of the belly', () => {
  it('is there in every patch of 10 mm, though it is thinner than a voxel', () => {
    const grid: Grid = { origin: [-50, -70, 0], spacing: 2.5, size: [40, 60, 64] };
    const at = paint(person, grid);
    let [thinnest, thickest] = [99, 0];
    for (let x = -50; x < 50; x += 10) {
      for (let z = 0; z < 160; z += 10) {
        let voxels = 0;
        for (let n = 0; n < 16; n++) {
          // down from the front until something else than air and skin comes
          for (let y = -68.75; ; y += 2.5) {
            const here = at(x + 1.25 + 2.5 * (n & 3), y, z + 1.25 + 2.5 * (n >> 2));
            if (here === 'skin') voxels++;
            else if (here !== 'outside') break;
          }
        }
        thinnest = Math.min(thinnest, (voxels / 16) * 2.5);
        thickest = Math.max(thickest, (voxels / 16) * 2.5);
      }
    }
    // 2 mm across the skin are up to 2.4 mm along y here; a quarter of a voxel, 0.6 mm, is the dither's step.
    // Painted without dither, the thinnest patch has none.
    expect(thinnest).toBeGreaterThan(1.4);
    expect(thickest).toBeLessThan(3);
  });
});
