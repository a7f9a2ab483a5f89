import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../base/grid.ts';
import type { ToolSurface } from '../press/tool-surface.ts';
import { bearingOf, type CameraPose } from '../view/camera.ts';
import { facingCut, lyingView } from './cameras.ts';

const body = (up: Vec3, at: Vec3, direction: Vec3) => ({
  up,
  bodyOrigin: [0, 0, 0] as const,
  tool: { at, apex: at, direction } as ToolSurface,
});
const PRONE = body([0, 1, 0], [0, -40, 10], [0, 1, 0]);
const SUPINE = body([0, -1, 0], [60, -50, 30], [-0.34, 0.94, 0]);
const SUPINE_RIGHT = body([0, -1, 0], [-60, -50, 30], [0.34, 0.94, 0]);
const ROLLED = body([-Math.SQRT1_2, Math.SQRT1_2, 0], [90, -30, 10], [-Math.SQRT1_2, Math.SQRT1_2, 0]);

/** Where the eye is from what it looks at, as a share of the distance. */
const way = ({ target, position }: CameraPose): number[] => {
  const d = position.map((c, n) => c - target[n]!);
  return d.map((c) => c / Math.hypot(...d));
};

describe('where the eye stands', () => {
  it.each([PRONE, SUPINE, ROLLED])(
    'for who lies there: beside them and a little above, with up away from the floor',
    (one) => {
      const pose = lyingView(one);
      expect(pose.up).toEqual(one.up);
      const { azimuth, elevation } = bearingOf(pose);
      expect(Math.abs(azimuth)).toBeGreaterThan(60);
      expect(elevation).toBeGreaterThan(5);
      expect(elevation).toBeLessThan(25);
    },
  );

  it('on the side where the hand is, and where somebody on their side looks', () => {
    expect(way(lyingView(SUPINE))[0]).toBeGreaterThan(0.8);
    expect(way(lyingView(SUPINE_RIGHT))[0]).toBeLessThan(-0.8);
    expect(way(lyingView(ROLLED))[1]).toBeLessThan(-0.4);
  });

  it.each([PRONE, SUPINE, SUPINE_RIGHT, ROLLED])('for a cut: in front of it', (one) => {
    // from the feet, on the cut across; the normal is that of the cut
    expect(way(facingCut('axial', one))[2]).toBeLessThan(-0.95);
    expect(Math.abs(way(facingCut('sagittal', one))[0]!)).toBeGreaterThan(0.99);
    const across = way(facingCut('along-push', one));
    expect(Math.abs(across[0]! * one.tool.direction[0] + across[1]! * one.tool.direction[1])).toBeLessThan(1e-6);
    expect(Math.abs(across[2]!)).toBeLessThan(1e-6);
  });

  it('takes the smaller half away', () => {
    expect(way(facingCut('sagittal', SUPINE))[0]).toBeGreaterThan(0.99);
    expect(way(facingCut('sagittal', SUPINE_RIGHT))[0]).toBeLessThan(-0.99);
  });
});
