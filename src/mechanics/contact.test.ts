import { describe, expect, it } from 'vitest';
import { Contact, type ContactPoints } from './contact.ts';

/** One point of 2 mm² under a plane z = -depth that moves along (3, 0, -4)/5, friction 0.5. */
function point(t = 10): { contact: Contact; at: ContactPoints; force: (x: number, depth: number) => number[] } {
  const at: ContactPoints = {
    count: 1,
    points: Float64Array.of(0, 0, 0),
    areas: Float64Array.of(2),
    contactMultiplier: Float64Array.of(0),
    group: Int32Array.of(0),
    groups: 1,
  };
  const plane = { name: 'plane', distance: (_x: number, _y: number, z: number, depth: number) => -0.8 * depth - z };
  const contact = new Contact(at, [plane], [0.6, 0, -0.8], 100, 0.5);
  const place = [0, 0, 0];
  const move = (_: Int32Array, count: number, out: Float64Array): void => {
    if (count > 0) out.set(place);
  };
  const force = (x: number, depth: number): number[] => {
    place[0] = x;
    place[2] = -0.8 * depth;
    contact.updateCandidates(move, depth);
    const energy = contact.evaluate(move, depth);
    return [energy, contact.forces[0]!, contact.forces[1]!, contact.forces[2]!];
  };
  // pressed by 10 kPa at depth 0, where friction takes hold of it
  place[2] = t / 100;
  contact.updateCandidates(move, 0);
  contact.evaluate(move, 0);
  contact.updateMultipliers();
  return { contact, at, force };
}

describe('friction of a point', () => {
  it('grows with the path at 20 kPa/mm and stays at the share 0.5 of the pressure beyond a quarter of a millimetre', () => {
    const { force } = point();
    // a gradient: against the path, times the area of 2 mm²
    expect(force(0.1, 0)[1]).toBeCloseTo(2 * 20 * 0.1, 9);
    expect(force(-0.1, 0)[1]).toBeCloseTo(-2 * 20 * 0.1, 9);
    expect(force(0.25, 0)[1]).toBeCloseTo(2 * 5, 9);
    expect(force(3, 0)[1]).toBeCloseTo(2 * 5, 9);
  });

  it('counts the path against the tool: a point that goes along with it feels nothing', () => {
    const { force } = point();
    expect(force(0.6 * 0.3, 0.3)[1]).toBeCloseTo(0, 9);
    expect(force(0, 1)[1]).toBeCloseTo(-10, 9);
  });

  it('has an energy whose slope is its force, on both sides of the threshold', () => {
    const { force } = point();
    for (const x of [0.07, 0.24, 0.26, 2]) {
      const slope = (force(x + 1e-5, 0)[0]! - force(x - 1e-5, 0)[0]!) / 2e-5;
      expect(slope).toBeCloseTo(force(x, 0)[1]!, 6);
    }
  });

  it('drags its anchor along: after a slide it unloads elastically, and slides the other way after half a millimetre', () => {
    const { contact, force } = point();
    force(3, 0);
    contact.commitFriction();
    expect(force(3, 0)[1]).toBeCloseTo(10, 9);
    expect(force(2.75, 0)[1]).toBeCloseTo(0, 9);
    expect(force(2.6, 0)[1]).toBeCloseTo(-2 * 20 * 0.15, 9);
    expect(force(2, 0)[1]).toBeCloseTo(-10, 9);
  });

  it('turns with the skin: on a ball friction acts along the surface where the point has come to, not where it began', () => {
    const R = 10;
    const at: ContactPoints = {
      count: 1,
      points: Float64Array.of(0, 0, -R),
      areas: Float64Array.of(2),
      contactMultiplier: Float64Array.of(0),
      group: Int32Array.of(0),
      groups: 1,
    };
    const ball = { name: 'ball', distance: (x: number, y: number, z: number) => Math.hypot(x, y, z) - R };
    const contact = new Contact(at, [ball], [0, 0, -1], 100, 0.5);
    const place = [0, 0, 0];
    const move = (_: Int32Array, count: number, out: Float64Array): void => {
      if (count > 0) out.set(place);
    };
    /** Force on the point at an angle from the ball's lowest point: along the normal, and along the way. */
    const force = (angle: number): [number, number] => {
      const [s, c] = [Math.sin(angle), Math.cos(angle)];
      place[0] = R * s;
      place[2] = R - R * c;
      contact.updateCandidates(move, 0);
      contact.evaluate(move, 0);
      const [x, , z] = contact.forces;
      return [x! * s - z! * c, x! * c + z! * s];
    };
    force(0);
    at.contactMultiplier[0] = 10;
    force(0);
    contact.updateMultipliers();
    for (let angle = 0.05; angle < 1.001; angle += 0.05) {
      force(angle);
      contact.commitFriction();
    }
    // area 2 mm², multiplier 10 kPa, friction 0.5: 20 along the normal, 10 against the way, as on a plane
    const [normal, along] = force(1);
    expect(Math.abs(normal)).toBeCloseTo(20, 6);
    // within the cosine of a step's turn
    expect(along).toBeCloseTo(10, 1);
    // a little back along the ball it unloads by 20 kPa/mm, and presses no harder or softer
    const [after, less] = force(1 - 0.1 / R);
    expect(Math.abs(after) / 20).toBeCloseTo(1, 2);
    expect(less).toBeCloseTo(10 - 2 * 20 * 0.1, 1);
  });

  it('goes back to what it remembered', () => {
    const { contact, force } = point();
    const before = contact.remember();
    force(3, 0);
    contact.commitFriction();
    contact.recall(before);
    expect(force(0.1, 0)[1]).toBeCloseTo(4, 9);
  });

  it('goes on from anchors that move along with the tool, and begins anew under another one', () => {
    const plane = { name: 'plane', distance: (_x: number, _y: number, z: number, depth: number) => -0.8 * depth - z };
    const { contact, force } = point();
    contact.replaceBodies([plane], [0.6, 0, -0.8], [0.1, 0, 0]);
    expect(force(0.2, 0)[1]).toBeCloseTo(2 * 20 * 0.1, 9);
    contact.replaceBodies([plane], [0.6, 0, -0.8]);
    expect(force(0.2, 0)[1]).toBeCloseTo(0, 9);
  });

  it('lets go of a point that no longer presses', () => {
    const { contact, at, force } = point();
    at.contactMultiplier[0] = 0;
    force(0, 0);
    contact.commitFriction();
    at.contactMultiplier[0] = 10;
    expect(force(1, 0)[1]).toBeCloseTo(0, 9);
  });
});

describe('points that share a multiplier', () => {
  it('settle where no update changes it any more, with the one that presses still inside the tool', () => {
    const at: ContactPoints = {
      count: 2,
      points: Float64Array.of(0, 0, 0, 0, 0, -20),
      areas: Float64Array.of(1, 1),
      contactMultiplier: Float64Array.of(0, 0),
      group: Int32Array.of(0, 0),
      groups: 1,
    };
    // 0.3 mm inside, and 19.7 mm outside, of a body that ends at z = -0.3
    const contact = new Contact(at, [{ name: 'body', distance: (_x, _y, z) => -0.3 - z }], [0, 0, -1], 100);
    const still = (_: Int32Array, count: number, out: Float64Array): void => {
      out.fill(0, 0, 3 * count);
    };
    contact.updateCandidates(still, 0);
    const left: number[] = [];
    for (let round = 0; round < 12; round++) {
      contact.evaluate(still, 0);
      left.push(contact.penetration());
      contact.updateMultipliers();
    }
    // half of 0.3 mm at first, then half of what is left each time
    expect(left[0]).toBeCloseTo(0.15, 9);
    expect(left[1]).toBeCloseTo(0.075, 9);
    expect(left[11]).toBeLessThan(1e-4);
    expect(at.contactMultiplier[0]).toBeCloseTo(30, 1);
    // λ - ε g with the point still 0.3 mm inside
    expect(contact.pressure[0]).toBeCloseTo(60, 1);
  });
});

describe('a point that has sunk in beside one that does not touch', () => {
  const pressed = (
    deep: number,
    stiffens: boolean,
  ): { energy: number; force: number; sunk: number; stiffness: number } => {
    const at: ContactPoints = {
      count: 2,
      points: Float64Array.of(0, 0, 0, 0, 0, -20),
      areas: Float64Array.of(2, 1),
      contactMultiplier: Float64Array.of(7, 7),
      group: Int32Array.of(0, 0),
      groups: 1,
    };
    const contact = new Contact(at, [{ name: 'body', distance: (_x, _y, z) => -z }], [0, 0, -1], 100);
    contact.stiffens = stiffens;
    const move = (points: Int32Array, count: number, out: Float64Array): void => {
      out.fill(0, 0, 3 * count);
      for (let k = 0; k < count; k++) if (points[k] === 0) out[3 * k + 2] = deep;
    };
    contact.updateCandidates(move, 0);
    const energy = contact.evaluate(move, 0);
    return { energy, force: contact.force(0), sunk: contact.sunk, stiffness: contact.linearise().stiffness[2]! };
  };

  it('is pressed back by the penalty alone for half a millimetre, and ever harder from there on', () => {
    expect(pressed(0.4, true).force).toBeCloseTo(2 * (7 + 40), 6);
    // 1 mm beyond: (1 mm)² / 0.05 mm more
    expect(pressed(1.5, true).force).toBeCloseTo(2 * (7 + 150 + 100 / 0.05), 6);
    expect(pressed(1.5, true).sunk).toBeCloseTo(1.5, 12);
  });

  it('has an energy whose slope is its force and whose curvature the preconditioner knows', () => {
    for (const deep of [0.3, 0.7, 3]) {
      const [before, after] = [pressed(deep - 1e-4, true), pressed(deep + 1e-4, true)];
      const { force, stiffness } = pressed(deep, true);
      expect((after.energy - before.energy) / 2e-4 / force).toBeCloseTo(1, 6);
      expect((after.force - before.force) / 2e-4 / stiffness).toBeCloseTo(1, 6);
    }
  });

  it('keeps its penalty under a tip that the cells resolve', () => {
    expect(pressed(1.5, false).force).toBeCloseTo(2 * (7 + 150), 6);
  });
});

describe('a point in the crease between two bodies', () => {
  /** Under a roof with slopes of 45°, whose ridge is at x = 0, z = 3, and a point that it presses with a multiplier of 2 kPa. */
  const force = (x: number, z: number, fillet: number): { energy: number; force: number[]; shares: number[] } => {
    const at: ContactPoints = {
      count: 1,
      points: Float64Array.of(0, 0, 0),
      areas: Float64Array.of(1),
      contactMultiplier: Float64Array.of(2),
      group: Int32Array.of(0),
      groups: 1,
    };
    const slope = (side: number) => ({
      name: `${side}`,
      distance: (px: number, _py: number, pz: number) => (3 - pz + side * px) * Math.SQRT1_2,
    });
    const contact = new Contact(at, [slope(-1), slope(1)], [0, 0, -1], 100, 0, fillet);
    const move = (_: Int32Array, count: number, out: Float64Array): void => {
      if (count > 0) out.set([x, 0, z]);
    };
    contact.updateCandidates(move, 0);
    const energy = contact.evaluate(move, 0);
    const bodies = [contact.force(0), contact.force(1)];
    return {
      energy,
      force: Array.from(contact.forces.subarray(0, 3)),
      shares: [0, 1].map((b) => contact.shareOf(0, b)).concat(bodies),
    };
  };

  it('is pressed from both sides alike, and less and less by the farther one: no jump that a search could hang on', () => {
    const jump = (fillet: number): number => force(1e-3, 2.99, fillet).force[0]! - force(-1e-3, 2.99, fillet).force[0]!;
    // 1.3 kPa at 45°, and the same from the other side; with a fillet the turn takes 4 mm between the surfaces
    expect(Math.abs(jump(0))).toBeGreaterThan(1.5);
    expect(Math.abs(jump(4))).toBeLessThan(0.1);
    const middle = force(0, 2.99, 4);
    expect(middle.shares[0]).toBeCloseTo(0.5, 9);
    expect(middle.shares[2]).toBeCloseTo(middle.shares[3]!, 9);
    for (const x of [-2, -0.5, 0.3, 1, 2.9]) {
      const { shares, force: f } = force(x, 3, 4);
      expect(shares[0]! + shares[1]!).toBeCloseTo(1, 12);
      expect(shares[2]! + shares[3]!).toBeCloseTo(f[2]!, 9);
    }
    expect(force(2.9, 3, 4).shares[0]).toBe(1);
  });

  it('has an energy whose slope is its force, in the fillet and beyond it', () => {
    for (const x of [-3.5, -1.2, 0.2, 1.9, 4]) {
      const slope = (force(x + 1e-4, 3, 4).energy - force(x - 1e-4, 3, 4).energy) / 2e-4;
      expect(slope).toBeCloseTo(force(x, 3, 4).force[0]!, 3);
    }
  });
});

describe('a point that was far away when it was last looked at', () => {
  /** A plate 60 mm over a resting point, `speed` mm nearer for each mm of depth; `laid` brings it nearer by itself. */
  const over = (speed: number) => {
    const at: ContactPoints = {
      count: 1,
      points: Float64Array.of(0, 0, 0),
      areas: Float64Array.of(1),
      contactMultiplier: Float64Array.of(0),
      group: Int32Array.of(0),
      groups: 1,
    };
    const plate = (laid: number) => ({
      name: 'plate',
      speed,
      distance: (_x: number, _y: number, z: number, depth: number) => 60 - laid - speed * depth - z,
    });
    const contact = new Contact(at, [plate(0)], [0, 0, -1], 10);
    const rest = (_: Int32Array, count: number, out: Float64Array): void => void out.fill(0, 0, 3 * count);
    return { contact, plate, rest };
  };

  // ε g²/2 with g = 1 mm
  const PRESSED = 5;

  it.each([1, 5])('is found by a body that has come meanwhile, %d mm a mm of depth', (speed) => {
    const { contact, rest } = over(speed);
    for (const [gone, energy] of [
      [0, 0],
      [61, PRESSED],
    ] as const) {
      contact.updateCandidates(rest, gone / speed);
      expect(contact.evaluate(rest, gone / speed)).toBeCloseTo(energy, 9);
    }
  });

  it.each([[[0, 0, -59] as const], [undefined]])('is found by a body that was laid nearer, by %j', (moved) => {
    const { contact, plate, rest } = over(1);
    contact.updateCandidates(rest, 0);
    contact.replaceBodies([plate(59)], [0, 0, -1], moved);
    contact.updateCandidates(rest, 2);
    expect(contact.evaluate(rest, 2)).toBeCloseTo(PRESSED, 9);
  });
});
