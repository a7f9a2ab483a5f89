import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../base/grid.ts';
import { bearingOf, type CameraPose, poseAt, poseBetween, poseLying } from './camera.ts';

const near = (a: Vec3, b: Vec3): void => {
  for (const [d, v] of b.entries()) expect(a[d]).toBeCloseTo(v, 9);
};

describe('bearings', () => {
  it('of somebody who stands: from the front, toward their left, and up', () => {
    near(poseAt([1, 2, 3], { azimuth: 0, elevation: 0, distance: 100 }).position, [1, -98, 3]);
    near(poseAt([0, 0, 0], { azimuth: 90, elevation: 0, distance: 100 }).position, [100, 0, 0]);
    near(poseAt([0, 0, 0], { azimuth: 0, elevation: 60, distance: 100 }).position, [0, -50, 50 * Math.sqrt(3)]);
  });

  it('of somebody who lies face down: from the feet, toward their right, and above their back', () => {
    const up: Vec3 = [0, 1, 0];
    near(poseAt([0, 0, 0], { azimuth: 0, elevation: 0, distance: 100 }, up).position, [0, 0, -100]);
    near(poseAt([0, 0, 0], { azimuth: 90, elevation: 0, distance: 100 }, up).position, [-100, 0, 0]);
    near(poseAt([0, 0, 0], { azimuth: 0, elevation: 30, distance: 100 }, up).position, [0, 50, -50 * Math.sqrt(3)]);
  });

  it('are read back from the pose that they give, whatever is up', () => {
    for (const up of [undefined, [0, 1, 0], [0, -1, 0], [1, 0, 0], [-Math.SQRT1_2, Math.SQRT1_2, 0]] as const) {
      const pose = poseAt([5, -7, 30], { azimuth: 37, elevation: -21, distance: 800 }, up);
      const { azimuth, elevation, distance } = bearingOf(pose);
      expect([azimuth, elevation, distance].map((v) => Math.round(1e6 * v) / 1e6)).toEqual([37, -21, 800]);
      expect(pose.up).toEqual(up);
    }
  });

  it('between two poses of one up go round and not through, and keep it', () => {
    const up: Vec3 = [0, -1, 0];
    const at = (azimuth: number): CameraPose => poseAt([0, 0, 0], { azimuth, elevation: 0, distance: 500 }, up);
    const middle = poseBetween(at(-60), at(60), 0.5);
    near(middle.position, at(0).position);
    expect(middle.up).toEqual(up);
  });

  it('of somebody who lies otherwise show them so that their own floor is below', () => {
    const [prone, supine]: Vec3[] = [
      [0, 1, 0],
      [0, -1, 0],
    ];
    const lie = (up: Vec3, y: number) => ({ up, middle: [0, y, 0] as const });
    const pose = poseAt([10, 20, 30], { azimuth: 72, elevation: 13, distance: 900 }, prone);
    const other = poseLying(pose, lie(prone!, 60), lie(supine!, 80));
    near(other.up!, supine!);
    expect(bearingOf(other).azimuth).toBeCloseTo(72, 9);
    expect(bearingOf(other).elevation).toBeCloseTo(13, 9);
    // as far above the floor, and as far toward the head
    near(other.target, [-10, 120, 30]);
    // who stands is seen from where the other one is
    const upright = poseAt([0, 0, 0], { azimuth: 10, elevation: 5, distance: 900 });
    expect(poseLying(upright, lie(prone!, 60), lie(supine!, 80))).toEqual(upright);
  });
});
