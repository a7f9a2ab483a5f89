import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../base/errors.ts';
import type { Vec3 } from '../base/grid.ts';
import { seededRandom } from '../base/random.ts';
import { evidence } from '../evidence/evidence.ts';
import { allowedRange, buildTool, toolFamily } from './build.ts';
import { TOOL_FAMILIES } from './catalogue.ts';
import { SHAPES } from './shapes.ts';
import type { Tool, ToolFamily } from './tool.ts';

const nominal = (id: string): Tool => buildTool({ id, parameters: {} });

/** All sizes at one end of their ranges. */
const atEnd = (family: ToolFamily, end: 'value' | 'low' | 'high'): Tool =>
  buildTool({
    id: family.id,
    parameters: Object.fromEntries(Object.entries(family.parameters).map(([name, p]) => [name, p[end]])),
  });

/** Sizes anywhere between low and high, whole numbers for counts. */
const sizesOf = (family: ToolFamily) =>
  fc.record(
    Object.fromEntries(
      Object.entries(family.parameters).map(([name, { low, high, unit }]) => [
        name,
        unit === '' ? fc.integer({ min: low, max: high }) : fc.double({ min: low, max: high, noNaN: true }),
      ]),
    ),
  );

/** z of the surface seen from straight above (x, y), by sphere tracing; -Infinity where the ray misses. */
function topAt(tool: Tool, x: number, y: number): number {
  let z = tool.bounds.max[2] + 10;
  while (z > tool.bounds.min[2] - 1) {
    const d = tool.distance(x, y, z);
    if (d < 1e-5) return z;
    z -= d;
  }
  return -Infinity;
}

/** Highest point of the surface: a raster over the box, then a search around the best column. */
function findTop(tool: Tool, raster = 3): Vec3 {
  let best: Vec3 = [0, 0, -Infinity];
  const look = (x: number, y: number) => {
    const z = topAt(tool, x, y);
    if (z > best[2]) best = [x, y, z];
  };
  const { min, max } = tool.bounds;
  for (let x = min[0]; x <= max[0]; x += raster) for (let y = min[1]; y <= max[1]; y += raster) look(x, y);
  for (let h = raster; h > 1e-3; h /= 2) {
    const [x, y] = best;
    for (const dx of [-h, 0, h]) for (const dy of [-h, 0, h]) look(x + dx, y + dy);
  }
  return best;
}

const FAMILIES = TOOL_FAMILIES.map((f) => [f.id, f] as const);

describe('catalogue', () => {
  it('has the families, each with a shape, in plain words', () => {
    expect(TOOL_FAMILIES.map((f) => f.id)).toEqual([
      'two-peak',
      'two-peak-mini',
      'lever-hook',
      'ramp',
      'blade-rocker',
      'ball-lacrosse',
      'ball-tennis',
      'ball-orb',
      'roller-smooth',
      'roller-grid',
      'cane-knob',
      'gun-ball',
      'kettlebell-handle',
      'broomstick-end',
      'fingertips',
    ]);
    expect(Object.keys(SHAPES).sort()).toEqual(TOOL_FAMILIES.map((f) => f.id).sort());
    for (const f of TOOL_FAMILIES) {
      expect(f.description, f.id).toMatch(/\.$/);
      expect(f.evidence, f.id).not.toHaveLength(0);
      for (const id of [...f.evidence, ...Object.values(f.presets).flatMap((p) => p.evidence)]) evidence(id);
      expect(f.description + f.label, f.id).not.toMatch(/\bsafe/i);
    }
  });

  it.each(FAMILIES)('%s: sizes lie in their ranges and are independent of each other', (_, family) => {
    for (const [name, { value, low, high }] of Object.entries(family.parameters)) {
      expect(low, name).toBeLessThanOrEqual(value);
      expect(value, name).toBeLessThanOrEqual(high);
    }
    const load = Object.values(family.defaultLoad)[0]!;
    expect(family.loadRange[0]).toBeLessThanOrEqual(load);
    expect(family.loadRange[1]).toBeGreaterThanOrEqual(load);
    // what lies on the floor is loaded by lying on it, what a hand holds by a force
    expect('bodyWeightShare' in family.defaultLoad).toBe(family.onFloor);
  });

  it.each(FAMILIES)('%s: placements are on the belly, with unit directions and sizes that exist', (_, family) => {
    expect(family.presets).toHaveProperty('as-sold');
    expect(family.presets).toHaveProperty('low');
    for (const [name, preset] of Object.entries(family.presets)) {
      // between the hip bones (ASIS at 115 mm), from the groin fold to the navel
      expect(Math.abs(preset.x_mm), name).toBeLessThanOrEqual(115);
      expect(preset.y_mm, name).toBeGreaterThanOrEqual(-50);
      expect(preset.y_mm, name).toBeLessThanOrEqual(65);
      if (preset.direction) {
        expect(Math.hypot(...preset.direction)).toBeCloseTo(1, 12);
        expect(preset.direction[2]).toBeGreaterThan(0.5);
      }
      expect(() => buildTool({ id: family.id, parameters: { ...preset.parameters } })).not.toThrow();
      expect(preset.seen.length * preset.assumed.length, name).toBeGreaterThan(0);
    }
    const [usual, low] = [family.presets['as-sold']!, family.presets.low!];
    expect(low.y_mm).toBeLessThanOrEqual(usual.y_mm - 20);
    const right = family.presets['as-sold-right'];
    if (right) {
      expect([right.x_mm, right.y_mm]).toEqual([-usual.x_mm, usual.y_mm]);
      // a slanted push goes toward the mid-line on both sides
      if (usual.direction) expect(right.direction).toEqual([-usual.direction[0], ...usual.direction.slice(1)]);
      expect(right.label).toContain('right');
    }
  });
});

describe.each(FAMILIES)('%s as a shape', (id, family) => {
  it('builds at its low, nominal and high sizes, its height is the top of its surface, and all of it is in the box', () => {
    const random = seededRandom(21);
    for (const end of ['low', 'value', 'high'] as const) {
      const tool = atEnd(family, end);
      // bisection to 10⁻⁵ and a search down to a thousandth of a millimetre sideways
      expect(findTop(tool)[2], end).toBeCloseTo(tool.height, 2);
      expect(tool.bounds.max[2]).toBeCloseTo(tool.height, 9);
      const { min, max } = tool.bounds;
      expect(min[2]).toBeGreaterThanOrEqual(0);
      if (family.onFloor) expect(min[2]).toBe(0);
      for (let n = 0; n < 4000; n++) {
        const p = [0, 1, 2].map((i) => min[i]! - 15 + (max[i]! - min[i]! + 30) * random()) as unknown as Vec3;
        if (tool.distance(...p) < 0)
          for (const i of [0, 1, 2]) {
            expect(p[i]).toBeGreaterThanOrEqual(min[i]!);
            expect(p[i]).toBeLessThanOrEqual(max[i]!);
          }
      }
    }
  });

  it('builds or says in one sentence what does not fit, anywhere in its ranges', () => {
    let built = 0;
    fc.assert(
      fc.property(sizesOf(family), (parameters) => {
        try {
          const tool = buildTool({ id, parameters });
          built++;
          expect(Number.isFinite(tool.height) && Number.isFinite(tool.distance(3, 4, tool.height))).toBe(true);
          expect(findTop(tool, 12)[2]).toBeLessThanOrEqual(tool.height + 1e-4);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect((error as Error).message).toMatch(/must be .*got /);
        }
      }),
      { numRuns: 25 },
    );
    expect(built).toBeGreaterThan(15);
  });

  it('never changes faster than the point moves', () => {
    const tool = nominal(id);
    const near = fc.tuple(
      fc.double({ min: tool.bounds.min[0] - 60, max: tool.bounds.max[0] + 60, noNaN: true }),
      fc.double({ min: tool.bounds.min[1] - 60, max: tool.bounds.max[1] + 60, noNaN: true }),
      fc.double({ min: -60, max: tool.height + 60, noNaN: true }),
    );
    fc.assert(
      fc.property(near, near, fc.double({ min: 0.001, max: 1, noNaN: true }), (p, far, t) => {
        const q = [0, 1, 2].map((i) => p[i]! + t * t * (far[i]! - p[i]!)) as unknown as Vec3;
        const moved = Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
        expect(Math.abs(tool.distance(...p) - tool.distance(...q))).toBeLessThanOrEqual(moved * (1 + 1e-6) + 1e-9);
      }),
      { numRuns: 500 },
    );
  });

  it('says the true distance around its apex: 30 mm outside to 8 mm inside', () => {
    const tool = nominal(id);
    const [ax, ay] = findTop(tool);
    const random = seededRandom(31);
    const errors: number[] = [];
    while (errors.length < 300) {
      // above and beside the top 12 mm of the tool: where it meets the skin first
      const p: Vec3 = [ax + 60 * (random() - 0.5), ay + 60 * (random() - 0.5), tool.height - 12 + 42 * random()];
      const d = tool.distance(...p);
      if (d > 30 || d < -8) continue;
      const e = 1e-4;
      const g = [0, 1, 2].map((i) => {
        const [a, b] = [[...p], [...p]] as [number[], number[]];
        a[i]! += e;
        b[i]! -= e;
        return (tool.distance(a[0]!, a[1]!, a[2]!) - tool.distance(b[0]!, b[1]!, b[2]!)) / (2 * e);
      });
      // Lipschitz 1 makes |d| a lower bound of the true distance, what is left after a step of d an error of it
      const left = Math.abs(tool.distance(p[0] - d * g[0]!, p[1] - d * g[1]!, p[2] - d * g[2]!));
      errors.push(left / Math.max(Math.abs(d), 5));
    }
    errors.sort((a, b) => a - b);
    expect(errors[150]).toBeLessThan(0.02);
    // nine in ten; between four fingers there are creases wherever one looks
    expect(errors[270]).toBeLessThan(id === 'fingertips' ? 0.25 : 0.03);
  });
});

describe('two-peak', () => {
  const tool = nominal('two-peak');

  it('is its own mirror image', () => {
    const random = seededRandom(41);
    for (let n = 0; n < 500; n++) {
      const [x, y, z] = [300 * (random() - 0.5), 200 * (random() - 0.5), 200 * random()];
      expect(tool.distance(-x, y, z)).toBe(tool.distance(x, y, z));
    }
  });

  it('has its two apexes where spacing says, and a saddle where peakHeight says', () => {
    const [x, y, z] = findTop(tool, 2);
    expect([Math.abs(x), y, z]).toEqual([expect.closeTo(70, 0), expect.closeTo(0, 0), expect.closeTo(170, 2)]);
    expect(tool.distance(70, 0, 170)).toBeCloseTo(0, 9);
    // fillets may lift the saddle a little
    const saddle = topAt(tool, 0, 0);
    expect(saddle).toBeGreaterThanOrEqual(85 - 1e-3);
    expect(saddle).toBeLessThan(90);
    const wide = buildTool({ id: 'two-peak', parameters: { spacing: 160, height: 180 } });
    expect(wide.distance(80, 0, 180)).toBeCloseTo(0, 9);
  });

  it('has tips as curved as their semi-axes say', () => {
    // 3 mm sideways an ellipsoid has dropped by rz·(1 - √(1 - (3/r)²)); 0.28 and 0.14 mm, and the fillet below adds 0.001
    const drop = (r: number) => 20 * (1 - Math.sqrt(1 - (3 / r) ** 2));
    expect(170 - topAt(tool, 73, 0)).toBeCloseTo(drop(18), 2);
    expect(170 - topAt(tool, 70, 3)).toBeCloseTo(drop(25), 2);
  });

  it('has one peak over the aim when only one touches', () => {
    const one = buildTool({ id: 'two-peak', parameters: { peaks: 1 } });
    expect(one.height).toBe(170);
    expect(one.distance(0, 0, 170)).toBeCloseTo(0, 9);
    expect(one.distance(70, 0, 150)).toBeGreaterThan(30);
    // the peak itself is the same
    for (const [x, y] of [
      [5, 0],
      [-9, 4],
      [0, 12],
    ] as const)
      expect(topAt(one, x, y)).toBeCloseTo(topAt(tool, 70 + x, y), 3);
  });
});

describe('other shapes', () => {
  it.each(['lever-hook', 'ramp', 'cane-knob', 'gun-ball', 'broomstick-end', 'kettlebell-handle', 'ball-orb'])(
    '%s has its apex over the aim',
    (id) => {
      const tool = nominal(id);
      expect(topAt(tool, 0, 0)).toBeCloseTo(tool.height, 3);
    },
  );

  it('the hook’s tip is a sphere that leans outward, more so when pivoted', () => {
    const [straight, pivoted] = [nominal('lever-hook'), buildTool({ id: 'lever-hook', parameters: { pivot: 20 } })];
    for (const tool of [straight, pivoted]) {
      for (const a of [-0.6, 0, 0.8])
        expect(tool.distance(16 * Math.sin(a), 0, tool.height - 16 + 16 * Math.cos(a))).toBeCloseTo(0, 6);
    }
    // 40 mm below the top the stem of the leaning tip stands 40·tan(lean) or more to the inside
    const inner = (tool: Tool): number => {
      let x = -80;
      while (tool.distance(x, 0, tool.height - 40) > 0.01) x += 0.05;
      return x;
    };
    expect(inner(straight)).toBeLessThan(-16 - 5);
    expect(inner(pivoted)).toBeLessThan(inner(straight) - 8);
    // the plate lies on the floor, and stands on its outer edge when pivoted
    expect(straight.distance(-60, 40, 1)).toBeLessThan(0);
    expect(pivoted.distance(-60, 40, 1)).toBeGreaterThan(20);
  });

  it('the ramp rises at its slope toward the outside', () => {
    const ramp = nominal('ramp');
    const rise = (topAt(ramp, -40, 0) - topAt(ramp, -80, 0)) / 40;
    expect(Math.atan(rise) / (Math.PI / 180)).toBeCloseTo(35, 2);
    expect(topAt(ramp, 26, 0)).toBe(-Infinity);
  });

  it('a book lifts a ball by its thickness', () => {
    const [floor, book] = [nominal('ball-lacrosse'), buildTool({ id: 'ball-lacrosse', parameters: { riser: 50 } })];
    expect(floor.height).toBeCloseTo(63.7, 9);
    expect(book.height).toBeCloseTo(113.7, 9);
    expect(book.distance(10, 5, 100)).toBeCloseTo(floor.distance(10, 5, 50), 9);
    expect(book.distance(90, 0, 25)).toBeLessThan(0);
  });

  it('the rocker tips down to the side that its sign says', () => {
    const rocker = buildTool({ id: 'blade-rocker', parameters: { tilt: 8 } });
    expect(findTop(rocker)[0]).toBeLessThan(-40);
    expect(rocker.height).toBeGreaterThan(110);
  });

  it('the four pads are level, in a row along the body, and cover 8 to 12 cm²', () => {
    const hand = nominal('fingertips');
    for (const y of [-27, -9, 9, 27]) expect(topAt(hand, 0, y)).toBeCloseTo(200, 3);
    // pads seen from above, down to half of their thickness, on the side of the finger's end
    let area = 0;
    for (let x = -12; x < 0; x += 0.25)
      for (let y = -40; y < 40; y += 0.25) if (topAt(hand, x, y) > 194) area += 0.0625;
    expect((2 * area) / 100).toBeGreaterThan(8);
    expect((2 * area) / 100).toBeLessThan(12);
    // the hand is on the outside, below
    expect(hand.distance(85, 0, 82)).toBeLessThan(0);
  });
});

describe('buildTool', () => {
  it.each([
    ['lacrosse-ball', 'ball-lacrosse'],
    ['tennis-ball', 'ball-tennis'],
    ['foam-roller', 'roller-smooth'],
    ['massage-gun', 'gun-ball'],
    ['cane', 'cane-knob'],
  ])('knows %s as %s', (name, id) => {
    expect(buildTool({ id: name, parameters: {} }).family.id).toBe(id);
  });

  it('takes the catalogue’s sizes where none is given', () => {
    expect(buildTool({ id: 'two-peak', parameters: { spacing: 130 } }).parameters).toMatchObject({
      spacing: 130,
      height: 170,
      peaks: 2,
    });
  });

  it.each(['', 'psoas-rite', 'constructor', '__proto__'])('answers the unknown tool "%s" with the list', (id) => {
    expect(() => buildTool({ id, parameters: {} })).toThrow(InputError);
    expect(() => buildTool({ id, parameters: {} })).toThrow(/two-peak, .*fingertips/);
  });

  it('answers an unknown size with the sizes there are', () => {
    expect(() => buildTool({ id: 'ramp', parameters: { spcing: 3 } })).toThrow(/spcing.*width, .*riser/);
    expect(() => buildTool({ id: 'ramp', parameters: { constructor: 3 } })).toThrow(InputError);
  });

  it('takes half the low end to twice the high end, and says the range otherwise', () => {
    expect(allowedRange(toolFamily('two-peak').parameters.spacing!)).toEqual([52.5, 350]);
    expect(buildTool({ id: 'ball-orb', parameters: { diameter: 50 } }).height).toBe(50);
    expect(buildTool({ id: 'ball-orb', parameters: { diameter: 254 } }).height).toBe(254);
    for (const diameter of [49.9, 254.1, Number.NaN, Number.POSITIVE_INFINITY, -60])
      expect(() => buildTool({ id: 'ball-orb', parameters: { diameter } })).toThrow(
        /diameter of ball-orb must be between 50 and 254 mm, not/,
      );
    expect(buildTool({ id: 'two-peak', parameters: { lean: -9 } }).parameters.lean).toBe(-9);
    expect(() => buildTool({ id: 'two-peak', parameters: { lean: -11 } })).toThrow(/between -10 and 30 deg/);
  });

  it('takes one or two peaks and nothing between', () => {
    for (const peaks of [0, 1.5, 3])
      expect(() => buildTool({ id: 'two-peak', parameters: { peaks } })).toThrow(/a whole number between 1 and 2/);
  });

  it('says which sizes do not fit together', () => {
    expect(() => buildTool({ id: 'two-peak', parameters: { height: 80, peakHeight: 115 } })).toThrow(/peakHeight must/);
    expect(() => buildTool({ id: 'lever-hook', parameters: { height: 60, tipLength: 70 } })).toThrow(
      /height must be at least \d+ mm/,
    );
    // the height that it names does fit
    const message = (() => {
      try {
        buildTool({ id: 'lever-hook', parameters: { height: 60, tipLength: 70 } });
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    })();
    const height = Number(/at least (\d+) mm/.exec(message)![1]);
    expect(buildTool({ id: 'lever-hook', parameters: { height, tipLength: 70 } }).height).toBe(height);
  });
});
