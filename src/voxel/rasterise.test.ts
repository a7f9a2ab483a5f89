import { describe, expect, it } from 'vitest';
import { mirrorShape, type Shape } from '../anatomy/shape.ts';
import { pow } from '../base/elementary.ts';
import { inSuperellipse, rasterOf } from './rasterise.ts';
import { Slice } from './slice.ts';

/** A round trunk about (0, 10), radius 60 mm at z = 0 and a twentieth more per mm upwards, so that no two slices fall alike. */
const ROUND = [-100, 0, 100].map((z) => [z, ...Array.from({ length: 13 }, () => 60 + z / 20)]);
const contour = { centreY: 10, stations: ROUND };
const CONTOURS = { skin: contour, fascia: contour, cavity: contour };
const HALF = 80;

/** Samples set by a shape, and their volume in mm³, on a grid with the given spacing. */
function draw(shape: Shape, h = 1, dither = 0, shift = 0): { volume: number; set: Set<string> } {
  const count = (2 * HALF) / h;
  const at = Float64Array.from({ length: count }, (_, i) => -HALF + (i + 0.5) * h + shift);
  const slice = new Slice(at, at, [h, h, h], CONTOURS);
  const raster = rasterOf(shape, dither);
  const set = new Set<string>();
  for (let k = 0; k < count; k++) {
    slice.moveTo(k, at[k]!);
    raster(slice);
    for (let n = 0; n < slice.mask.length; n++)
      if (slice.mask[n] === 1) set.add(`${n % count} ${Math.floor(n / count)} ${k}`);
    slice.clear();
    expect(slice.mask.includes(1)).toBe(false);
  }
  return { volume: set.size * h ** 3, set };
}

/** Volume per 4ab of a superellipse with exponent n: Γ(1 + 1/n)² / Γ(1 + 2/n). */
const superShare = (n: number): number => gamma(1 + 1 / n) ** 2 / gamma(1 + 2 / n);

/** Stirling's series, pushed up by the recursion; ten digits. */
function gamma(x: number): number {
  if (x < 12) return gamma(x + 1) / x;
  return (
    Math.sqrt((2 * Math.PI) / x) * (x / Math.E) ** x * (1 + 1 / (12 * x) + 1 / (288 * x * x) - 139 / (51840 * x ** 3))
  );
}

// 1 mm samples of slanting solids some 40 mm wide: the border has a few thousand samples whose errors cancel
const near = (got: number, wanted: number, share = 0.005): void =>
  expect(Math.abs(got / wanted - 1)).toBeLessThan(share);

describe('volumes in closed form', () => {
  it('ellipsoid, turned', () => {
    const shape: Shape = {
      kind: 'ellipsoid',
      centre: [3.2, -4.1, 1.7],
      halfAxes: [20, 12, 30],
      rotation: [20, -35, 50],
    };
    near(draw(shape).volume, (4 / 3) * Math.PI * 20 * 12 * 30);
  });

  it('tube: a straight cone with round ends', () => {
    const shape: Shape = {
      kind: 'tube',
      points: [
        [-12, -9, -20, 10],
        [12, 9, 20, 10],
      ],
    };
    near(draw(shape).volume, Math.PI * 100 * 50 + (4 / 3) * Math.PI * 1000);
  });

  it('tube: thinner along one axis', () => {
    const shape: Shape = {
      kind: 'tube',
      points: [
        [0.3, -24, -32, 10],
        [0.3, 24, 32, 10],
      ],
      flatten: { axis: [2, 0, 0], ratio: 0.6 },
    };
    near(draw(shape).volume, 0.6 * (Math.PI * 100 * 80 + (4 / 3) * Math.PI * 1000));
  });

  it('tube: a ring as long as its spline (Pappus)', () => {
    const points = Array.from({ length: 25 }, (_, i) => {
      const turn = (i * Math.PI) / 12;
      return [40 * Math.cos(turn), 32 * Math.sin(turn), 24 * Math.sin(turn), 8];
    });
    near(draw({ kind: 'tube', points }).volume, 2 * Math.PI * 40 * Math.PI * 64);
  });

  it.each([2, 2.4, 4])('swept superellipse with exponent %f, turned', (exponent) => {
    const stations = [
      [-30, -3.3, 2, 25, 15, 30],
      [0, 1.1, 0, 25, 15, 30],
      [30, 5.5, -2, 25, 15, 30],
    ];
    near(draw({ kind: 'swept-ellipse', exponent, stations }).volume, 60 * 4 * 25 * 15 * superShare(exponent));
  });

  it.each([1, 2, 2.1, 2.4, 2.5, 3, 4])('the same samples as by the power itself, exponent %f', (exponent) => {
    const byPower = (u: number, v: number): boolean => pow(u, exponent) + pow(v, exponent) <= 1;
    const differ: [number, number][] = [];
    const tried = { inside: 0, outside: 0 };
    const both = (u: number, v: number): void => {
      tried[byPower(u, v) ? 'inside' : 'outside']++;
      if (inSuperellipse(u, v, exponent) !== byPower(u, v)) differ.push([u, v]);
    };
    for (let i = 0; i <= 200; i++) {
      const u = i / 200;
      for (let j = 0; j <= 200; j++) both(u, j / 200);
      // on the border, and around it as close as numbers get
      const border = pow(1 - pow(u, exponent), 1 / exponent);
      for (const off of [0, 1e-16, 2e-16, 1e-15, 1e-12, 1e-9, 1e-6, 1e-3]) {
        both(u, border * (1 - off));
        both(u, Math.min(1, border * (1 + off)));
      }
    }
    // a border moved in past the middle turns the sign of what is measured in it
    for (const [u, v] of [
      [-0.5, 0.5],
      [0.5, -0.5],
      [-0.2, -0.3],
      [Number.NaN, 0.5],
      [-1e9, 0.5],
    ] as const)
      both(u, v);
    expect(differ).toEqual([]);
    expect(Math.min(tried.inside, tried.outside)).toBeGreaterThan(3000);
  });

  it('elliptic cylinder without waist, cut behind', () => {
    const shape: Shape = {
      kind: 'elliptic-cylinder',
      centre: [0, 0, 0],
      halfWidth: 25,
      halfDepth: 20,
      halfHeight: 14,
      tilt: 30,
      waist: 0,
      exponent: 2,
      flatBack: 0,
    };
    near(draw(shape).volume, (Math.PI * 25 * 20 * 28) / 2, 0.01); // the flat cut goes through samples: half a layer in 20
  });

  it('elliptic cylinder with a waist', () => {
    // narrowing s = 1 - w (1 - t²); mean of s² over t
    const w = 0.12;
    const mean = 1 - (4 / 3) * w + (8 / 15) * w * w;
    const shape: Shape = {
      kind: 'elliptic-cylinder',
      centre: [0.3, 0.2, 0.4],
      halfWidth: 25,
      halfDepth: 20,
      halfHeight: 14.1,
      tilt: 12,
      waist: w,
      exponent: 2.3,
      flatBack: 1,
    };
    near(draw(shape).volume, 4 * 25 * 20 * superShare(2.3) * 28.2 * mean);
  });

  it('spherical shell without its cone', () => {
    const shape: Shape = {
      kind: 'sphere-shell',
      centre: [0.2, 0.3, 0.1],
      inner: 20,
      outer: 30,
      openTo: [3, -1, 2],
      openHalfAngle: 60,
    };
    near(draw(shape).volume, ((4 / 3) * Math.PI * (30 ** 3 - 20 ** 3) * (1 + Math.cos(Math.PI / 3))) / 2);
  });

  it('polygon loft: a prism whose right half mirrors the left', () => {
    // left half: a trapezium between x = 0 and its corners
    const half = [0, -20, 25, -20, 15, 20, 0, 20];
    near(
      draw({
        kind: 'polygon-loft',
        mirrorHalf: true,
        stations: [
          [-20, ...half],
          [20, ...half],
        ],
      }).volume,
      40 * 2 * 40 * 20,
      0.02,
    );
  });

  it('net sheet: a flat plate with rounded rim', () => {
    const net = [-30, 0, 30].map((x) => [-20, 20].map((y) => [x * 0.8, y, x * 0.6, 12]));
    const rim = (2 * (60 + 40) * Math.PI * 36) / 2 + (4 / 3) * Math.PI * 216;
    near(draw({ kind: 'net-sheet', net }).volume, 60 * 40 * 12 + rim, 0.01); // balls every 2 mm leave dents of 0.1 mm
  });

  it('contour fill and strip of a round trunk', () => {
    near(draw({ kind: 'contour-fill', contour: 'skin' }, 2).volume, Math.PI * (3600 * 160 + (2 * 80 ** 3) / 3 / 400));
    const strip: Shape = {
      kind: 'contour-strip',
      contour: 'skin',
      side: 'left',
      stations: [
        [-50, 30, 120, 5, 15],
        [50, 30, 120, 5, 15],
      ],
    };
    near(draw(strip).volume, ((Math.PI * (55 ** 2 - 45 ** 2)) / 4) * 100, 0.01);
    const middle: Shape = {
      kind: 'contour-strip',
      contour: 'skin',
      stations: [
        [-50, -1, 90, 0, 20, 0, 10],
        [50, -1, 90, 0, 20, 0, 10],
      ],
    };
    const under = (r: number): number => 10 * Math.sqrt(r * r - 100) + r * r * Math.asin(10 / r);
    near(draw(middle).volume, (under(60) - under(40)) * 100, 0.01);
  });
});

describe('rules of drawing', () => {
  const shapes: Shape[] = [
    { kind: 'ellipsoid', centre: [20, 5, 0], halfAxes: [10, 20, 15], rotation: [10, 20, 30] },
    {
      kind: 'tube',
      points: [
        [10, 0, -30, 5],
        [20, 9, 0, 9],
        [30, -5, 30, 6],
      ],
      flatten: { axis: [1, 2, 1], ratio: 0.7 },
    },
    {
      kind: 'swept-ellipse',
      exponent: 2.4,
      stations: [
        [-20, 20, 0, 8, 14, 25],
        [20, 30, 5, 12, 9, 60],
      ],
    },
    {
      kind: 'net-sheet',
      net: [
        [
          [5, -9, -9, 4],
          [9, 9, -9, 7],
        ],
        [
          [20, -9, 20, 5],
          [33, 9, 16, 9],
        ],
      ],
    },
    { kind: 'sphere-shell', centre: [25, 0, 0], inner: 8, outer: 14, openTo: [1, 0.3, 0.4], openHalfAngle: 70 },
    {
      kind: 'contour-strip',
      contour: 'skin',
      side: 'left',
      stations: [
        [-20, 20, 100, 1, 9],
        [20, 20, 100, 1, 9],
      ],
    },
  ];
  it.each(shapes.map((s) => [s.kind, s] as const))(
    'a mirrored %s is the mirror image, sample by sample',
    (_kind, shape) => {
      const count = HALF; // 2 mm samples
      const mirrored = new Set(
        [...draw(mirrorShape(shape), 2).set].map((key) => key.replace(/^\d+/, (i) => String(count - 1 - Number(i)))),
      );
      expect(mirrored.size).toBeGreaterThan(200);
      expect(mirrored).toEqual(draw(shape, 2).set);
    },
  );

  it('dithering gives a thin layer its volume wherever the samples lie', () => {
    // 2 mm under a trunk's surface with 2.5 mm samples: the rest of the trunk is drawn, as in painting
    const inner: Shape = {
      kind: 'contour-strip',
      contour: 'skin',
      stations: [
        [-80, -1, 181, 2, 999],
        [80, -1, 181, 2, 999],
      ],
    };
    for (const shift of [0, 0.4, 0.8, 1.2]) {
      const layer =
        draw({ kind: 'contour-fill', contour: 'skin' }, 2.5, 0, shift).volume - draw(inner, 2.5, 2.5, shift).volume;
      near(layer, Math.PI * (3600 - 58 ** 2) * 160, 0.02); // 7600 samples, each surface uncertain by half the root of that
    }
  });

  it('dithering keeps a patch of flat skin right to a quarter of a sample', () => {
    // the front of a very wide ellipse, seen through 8 × 8 columns of samples: without dithering all or none of them have skin
    const flat = (depth: number): Shape => ({
      kind: 'swept-ellipse',
      stations: [
        [-80, 0, 0, 4000, 30.2 - depth, 0],
        [80, 0, 0, 4000, 30.2 - depth, 0],
      ],
    });
    const patch = (shape: Shape, dither: number): number =>
      [...draw(shape, 2.5, dither).set].filter((key) => {
        const [i, , k] = key.split(' ').map(Number) as [number, number, number];
        return i >= 24 && i < 32 && k >= 24 && k < 32;
      }).length / 64;
    const outer = patch(flat(0), 0);
    const skin = (outer - patch(flat(2), 2.5)) * 2.5;
    // two surfaces (front and back) of 2 mm
    expect(Math.abs(skin - 4)).toBeLessThanOrEqual(2 * (2.5 / 8) + 1e-9);
  });
});
