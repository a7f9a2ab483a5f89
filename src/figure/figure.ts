import type { Vec3 } from '../base/grid.ts';
import { canonicalJson } from '../base/hash.ts';
import { smoothstep } from '../base/smoothstep.ts';
import { along, cross, dot, minus, unit } from '../base/vec.ts';
import type { Body } from '../body/body.ts';
import type { Scenario } from '../press/scenario.ts';
import type { ToolSurface } from '../press/tool-surface.ts';
import { blend, roundCone, roundedBox, type Solid, sphere, union } from '../tool/sdf.ts';
import type { VoxelModel } from '../voxel/model.ts';
import { FIGURE_STEPS, PLACE_STEPS, roundTo } from '../voxel/steps.ts';
import { COVER, type CutEnds, cutEnds } from './cut-ends.ts';
import { joined, meshSolid, type Shell } from './mesh-solid.ts';
import { type FigureSizes, figureSizes } from './sizes.ts';
import { ellipse, ellipsoid, fromNear, line, mixed, type Section, tube } from './tube.ts';

/** Head, arms and legs around a computed trunk, and what the person lies on. For the eye only: nothing is computed from it. */
export interface Figure extends Shell {
  /** 0 where a limb leaves the trunk … 1 where it is a silhouette only; one value per vertex. */
  readonly away: Float32Array;
  /** How much a vertex follows the floor when the body sinks toward it, 0…1, per vertex. */
  readonly give: Float32Array;
  /** Unit vector up from the floor, LPS. */
  readonly up: Vec3;
  /** Heights at which the trunk ends, mm. */
  readonly ends: readonly [bottom: number, top: number];
  /** How far the tool had gone in from first touch where the limbs lie on the floor, mm. */
  readonly drawnAt: number;
  /** A point of the floor under the body at that depth. */
  readonly floor: Vec3;
  /** Whether there is a floor to draw: none under somebody who lies on a hand. */
  readonly floorShown: boolean;
  /** Whether the floor moves with the tool. */
  readonly floorMoves: boolean;
}

/** Depth that limbs are laid for, mm: about where tools end that people lie on. */
const LAID_AT = 40;

/** Lattices, mm: limbs, and hands with their fingers. */
const LIMBS = 14;
const HANDS = 8;

/** How far into the trunk limbs go on, mm, so that they are not closed where they end. */
const OVERLAP = 3 * LIMBS;

/** Along which a limb turns from the trunk's own colour to a silhouette, mm. */
const FADE = 130;

/** What a body lies on and how high it is above that. */
interface Ground {
  readonly up: Vec3;
  /** The floor's place along `up`. */
  readonly level: number;
}

/**
 * The person around a trunk, lying as the scenario says: on the tool that lies on the floor, or on a mat under somebody's hands.
 * @returns undefined where no sizes are known to draw it from (a scan)
 */
export function lyingFigure(
  model: Pick<VoxelModel, 'skin' | 'landmarks' | 'source'>,
  body: Pick<Body, 'sex' | 'height_cm' | 'weight_kg'>,
  pose: Scenario['pose'],
  tool: Pick<ToolSurface, 'floor' | 'direction' | 'at'>,
): Figure | undefined {
  const hips = [model.landmarks.hip_centre_left, model.landmarks.hip_centre_right];
  if (model.source === 'scan' || hips[0] === undefined || hips[1] === undefined) return undefined;
  const hipZ = (hips[0][2] + hips[1][2]) / 2;
  const sizes = figureSizes(body);
  const ends = cutEnds(model.skin);
  const ground = groundOf(model.skin.vertices, pose, tool);
  const { limbs, hands } = partsOf({ sizes, ends, ground, hipZ, pose, onTool: tool.floor !== undefined });
  const shell = joined([
    ...limbs.map((limb) => cutOff(meshSolid(limb, LIMBS), ends)),
    ...hands.map((hand) => meshSolid(hand, HANDS)),
  ]);
  const middle: Vec3 = [0, (ends.chest.at[1] + ends.thighs[0].at[1]) / 2, (ends.top + ends.bottom) / 2];
  const count = shell.vertices.length / 3;
  const away = new Float32Array(count);
  const give = new Float32Array(count);
  for (let n = 0; n < count; n++) {
    const [x, y, z] = [shell.vertices[3 * n]!, shell.vertices[3 * n + 1]!, shell.vertices[3 * n + 2]!];
    const far = Math.max(z - ends.top, ends.bottom - z, 0);
    // an arm may lie beside the trunk's end and is no part of it
    const outside = ({ at, radii }: Section): number => Math.hypot(x - at[0], y - at[1]) - Math.max(...radii);
    const beside = smoothstep(
      (z > middle[2] ? outside(ends.chest) : Math.min(...ends.thighs.map(outside)) - 0.3 * far) / 40,
    );
    away[n] = Math.max(smoothstep(far / FADE), beside);
    give[n] = tool.floor === undefined ? 0 : Math.max(smoothstep(far / 280), beside);
  }
  roundTo(PLACE_STEPS, shell.vertices);
  roundTo(FIGURE_STEPS.normal, shell.normals);
  for (const share of [away, give]) roundTo(FIGURE_STEPS.share, share);
  return {
    ...shell,
    away,
    give,
    up: ground.up,
    ends: [ends.bottom, ends.top],
    drawnAt: tool.floor === undefined ? 0 : LAID_AT,
    floor: along(middle, ground.level - dot(middle, ground.up), ground.up),
    floorShown: tool.floor !== undefined || pose !== 'prone',
    floorMoves: tool.floor !== undefined,
  };
}

/** How much of the body sinks into a mat, mm. */
const SINK = 6;

/** Unit vector away from what somebody lies on: the floor under a tool, or a mat. */
export function upOf(pose: Scenario['pose'], { floor, at }: Pick<ToolSurface, 'floor' | 'at'>): Vec3 {
  if (floor !== undefined) return floor.normal;
  if (pose === 'side') return [at[0] < 0 ? -1 : 1, 0, 0];
  return pose === 'supine' ? [0, -1, 0] : [0, 1, 0];
}

/** Floors whose height differs by less than this, mm, have one figure on them: it bends nobody's limbs. */
const FLOOR_STEP = 12;

/** Names a figure: who lies there, how, and how high. @param who the body, or what names a scan */
export const liesAs = (
  who: Scenario['body'] | string,
  pose: Scenario['pose'],
  tool: Pick<ToolSurface, 'floor' | 'at'>,
): string => {
  const up = upOf(pose, tool);
  return canonicalJson([
    who,
    pose,
    up.map((c) => Math.round(100 * c)),
    tool.floor === undefined ? 'mat' : Math.round(dot(tool.floor.point, up) / FLOOR_STEP),
  ]);
};

/** The up and the floor of a pose. */
function groundOf(
  skin: ArrayLike<number>,
  pose: Scenario['pose'],
  tool: Pick<ToolSurface, 'floor' | 'direction' | 'at'>,
): Ground {
  const up = upOf(pose, tool);
  if (tool.floor !== undefined) return { up, level: dot(tool.floor.point, up) + LAID_AT * dot(tool.direction, up) };
  let level = Number.POSITIVE_INFINITY;
  for (let n = 0; n < skin.length; n += 3)
    level = Math.min(level, skin[n]! * up[0] + skin[n + 1]! * up[1] + skin[n + 2]! * up[2]);
  return { up, level: level + SINK };
}

interface Making {
  readonly sizes: FigureSizes;
  readonly ends: CutEnds;
  readonly ground: Ground;
  readonly hipZ: number;
  readonly pose: Scenario['pose'];
  readonly onTool: boolean;
}

/** Where joints are, mm, LPS. Arms and legs: the person's left, then right. */
interface Joints {
  readonly neck: Vec3;
  readonly head: Vec3;
  /** Toward the crown, and where the face looks. */
  readonly crown: Vec3;
  readonly face: Vec3;
  readonly arms: readonly Arm[];
  readonly legs: readonly Leg[];
}
interface Arm {
  readonly shoulder: Vec3;
  readonly elbow: Vec3;
  readonly wrist: Vec3;
  readonly fingers: Vec3;
  /** Direction of the palm. */
  readonly palm: Vec3;
}
interface Leg {
  readonly knee: Vec3;
  readonly ankle: Vec3;
  readonly toes: Vec3;
  /** Direction of the sole. */
  readonly sole: Vec3;
}

function partsOf(making: Making): { limbs: Solid[]; hands: Solid[] } {
  const { sizes, ends } = making;
  const joints = jointsOf(making);
  const near = (solid: Solid): Solid => fromNear(solid, 40);
  const legs = joints.legs.map((leg, n) => legOf(leg, ends.thighs[n]!, sizes));
  const arms = joints.arms.map((arm) => near(armOf(arm, sizes)));
  const shoulders = joints.arms.map((arm) => near(shoulderOf(arm, joints, sizes)));
  const trunk = blend(42, near(chestOf(making, joints)), ...shoulders);
  const upper = blend(22, blend(30, trunk, near(headOf(joints, sizes))), ...arms);
  return {
    limbs: [...legs, upper],
    hands: joints.arms.map((arm) => handOf(arm, sizes)),
  };
}

/** The joints of a pose. */
function jointsOf({ sizes: s, ends, ground, hipZ, pose, onTool }: Making): Joints {
  const { up, level } = ground;
  const front: Vec3 = [0, -1, 0];
  /** A point by its distance to the person's left, its height above the floor and its place along the body. */
  const height = (p: Vec3): number => dot(p, up) - level;
  const raise = (p: Vec3, to: number): Vec3 => along(p, to - height(p), up);
  const [cx, cy] = [ends.chest.at[0], ends.chest.at[1]];
  const shoulderZ = hipZ + s.shoulderUp;
  const size = s.height / 1630;
  /** Keeps a bone's length: from a joint toward a point. */
  const toward = (from: Vec3, to: Vec3, length: number): Vec3 => along(from, length, unit(minus(to, from)));

  /** A direction along the floor. */
  const flat = (v: Vec3): Vec3 => unit(along(v, -dot(v, up), up));
  // the half of the floor toward which the front of the body looks
  const ahead: Vec3 = pose === 'side' ? unit(along(front, -dot(front, up), up)) : front;
  const neck: Vec3 = [cx, cy + 16 * size, shoulderZ + 48 * size];
  const shoulder = (side: number): Vec3 => [cx + side * s.shoulderAside, cy + 4, shoulderZ - 6 * size];
  const thigh = s.thigh - (hipZ - ends.bottom);

  const legs = ends.thighs.map(({ at }, n): Leg => {
    const side = n === 0 ? 1 : -1;
    const reach = (drop: number, length: number): number =>
      Math.sqrt(Math.max(length ** 2 - drop ** 2, 0.2 * length ** 2));
    if (pose === 'supine') {
      const kneeHeight = Math.min(height(at) + 0.56 * thigh, 300 * size);
      const knee = raise([at[0] + 6 * side, at[1], at[2] - reach(kneeHeight - height(at), thigh)], kneeHeight);
      const heel = 0.13 * s.foot + 0.86 * s.ankle + 2;
      const ankle = raise([knee[0] + 8 * side, 0, knee[2] - reach(kneeHeight - heel, s.shank)], heel);
      return { knee, ankle, toes: unit([0.22 * side, -0.93, -0.3]), sole: [0, 0.3, -0.95] };
    }
    if (pose === 'side') {
      const lower = height(at) < height(ends.thighs[1 - n]!.at);
      const stacked = !onTool && !lower;
      const kneeHeight = s.knee + (stacked ? 2 * s.knee + 14 : 4);
      const forward = lower ? 0.25 : 0.62;
      const flat = reach(kneeHeight - height(at), thigh);
      const knee = raise(
        along([at[0], at[1], at[2] - flat * Math.sqrt(1 - forward ** 2)], forward * flat, ahead),
        kneeHeight,
      );
      const low = s.ankle + (stacked ? s.ankle + 40 * size : 6);
      const back = lower ? 0.3 : 0.12;
      const far = reach(kneeHeight - low, s.shank);
      const ankle = raise(along([knee[0], knee[1], knee[2] - far * Math.sqrt(1 - back ** 2)], -back * far, ahead), low);
      return {
        knee,
        ankle,
        toes: unit(along([0, 0, -0.75], 0.65, ahead)),
        sole: unit(along([0, 0, -0.65], -0.75, ahead)),
      };
    }
    const kneeHeight = s.knee + 9;
    const knee = raise([at[0] + 12 * side, at[1], at[2] - reach(height(at) - kneeHeight, thigh)], kneeHeight);
    const instep = s.ankle + 24 * size;
    const ankle = raise([knee[0] + 6 * side, 0, knee[2] - reach(instep - kneeHeight, s.shank)], instep);
    // the back of the foot lies on the floor
    return { knee, ankle, toes: unit(along([0.1 * side, 0, -1], -0.46, up)), sole: unit(along([0, 0, -0.46], 1, up)) };
  });

  if (pose === 'supine') {
    const head = raise([cx, 0, hipZ + s.crownUp - 92 * size], 0.5 * s.head.length + 34 * size);
    const arms = [1, -1].map((side): Arm => {
      const from = shoulder(side);
      const elbow = toward(
        from,
        raise([from[0] + side * 120 * size, 0, from[2] - 270 * size], s.elbow + 2),
        s.upperArm,
      );
      const wrist = toward(
        elbow,
        raise([elbow[0] + side * 22 * size, 0, elbow[2] - 240 * size], s.wrist + 6),
        s.forearm,
      );
      return { shoulder: from, elbow, wrist, fingers: unit([0.05 * side, 0, -1]), palm: [0, 1, 0] };
    });
    return { neck, head, crown: unit(along(minus(head, neck), 0, up)), face: front, arms, legs };
  }
  if (pose === 'side') {
    const lowerSide = height(shoulder(1)) < height(shoulder(-1)) ? 1 : -1;
    const headHeight = s.head.breadth * 0.5 + 62 * size;
    const head = raise([cx, cy, hipZ + s.crownUp - 96 * size], Math.min(headHeight, height(neck)));
    const arms = [1, -1].map((side): Arm => {
      const from = side === lowerSide ? along(shoulder(side), 16 * size, ahead) : shoulder(side);
      if (side === lowerSide) {
        const elbow = toward(
          from,
          raise(along([from[0], from[1], from[2] + 190 * size], 190 * size, ahead), s.elbow + 2),
          s.upperArm,
        );
        const wrist = toward(
          elbow,
          raise(along([elbow[0], elbow[1], elbow[2] + 130 * size], -190 * size, ahead), s.wrist + 10),
          s.forearm,
        );
        return { shoulder: from, elbow, wrist, fingers: flat(minus(wrist, elbow)), palm: along([0, 0, 0], -1, up) };
      }
      const elbow = toward(
        from,
        raise(along([from[0], from[1], from[2] - 120 * size], 230 * size, ahead), s.elbow + 30),
        s.upperArm,
      );
      const wrist = toward(
        elbow,
        raise(along([elbow[0], elbow[1], elbow[2] + 190 * size], 90 * size, ahead), s.wrist + 8),
        s.forearm,
      );
      return { shoulder: from, elbow, wrist, fingers: flat(minus(wrist, elbow)), palm: along([0, 0, 0], -1, up) };
    });
    return { neck, head, crown: unit(minus(head, neck)), face: unit(along(ahead, -0.1, up)), arms, legs };
  }
  // face down: the brow on the hands
  const headHeight = Math.min(0.5 * s.head.length + 62 * size, height(neck));
  const head = raise([cx, 0, hipZ + s.crownUp - 104 * size], headHeight);
  const arms = [1, -1].map((side): Arm => {
    const from = shoulder(side);
    const elbow = toward(from, raise([from[0] + side * 150 * size, 0, from[2] + 150 * size], s.elbow + 2), s.upperArm);
    const onFloor = raise(elbow, Math.max(s.elbow, height(elbow)));
    const wrist = toward(
      onFloor,
      raise([side * 58 * size, 0, head[2] + (side > 0 ? 34 : 12) * size], s.wrist + (side > 0 ? 26 : 4) * size),
      s.forearm,
    );
    return {
      shoulder: from,
      elbow: onFloor,
      wrist,
      fingers: flat(minus(wrist, onFloor)),
      palm: along([0, 0, 0], -1, up),
    };
  });
  return { neck, head, crown: unit(along(minus(head, neck), 0.1 * s.neck, up)), face: unit([0, -1, 0.12]), arms, legs };
}

/** From the trunk's upper end to the neck: its own outline first, then a chest that narrows to the neck. */
function chestOf({ sizes: s, ends, hipZ }: Making, { neck }: Joints): Solid {
  const { at, radii } = ends.chest;
  const shoulderZ = hipZ + s.shoulderUp;
  const [half, deep] = s.chest;
  const rows: Section[] = [];
  // the chest's own depth or the belly's end, whichever is more, so that nobody has a waist above the waist
  const wide = (radii[0]! + radii[24]!) / 2;
  const thick = (radii[12]! + radii[36]!) / 2;
  const chest = ellipse(Math.max(half, 0.96 * wide), Math.max(deep, 0.94 * thick) * 0.98);
  const upper = ellipse(0.8 * Math.max(half, 0.9 * wide), 0.74 * Math.max(deep, 0.85 * thick));
  const collar = ellipse(1.25 * s.neck, 1.12 * s.neck);
  for (let z = ends.top - OVERLAP; z < ends.top; z += 12) rows.push({ at: [at[0], at[1], z], radii });
  const span = shoulderZ + 30 - ends.top;
  for (let k = 0; k <= 20; k++) {
    const t = k / 20;
    const y = at[1] + t * t * (neck[1] - at[1]);
    const here =
      t < 0.5
        ? mixed(radii, chest, smoothstep(t / 0.5))
        : t < 0.84
          ? mixed(chest, upper, smoothstep((t - 0.5) / 0.34))
          : mixed(upper, collar, smoothstep((t - 0.84) / 0.16));
    rows.push({ at: [at[0], y, ends.top + t * span], radii: here });
  }
  return tube(rows, [1, 0, 0]);
}

/** Shoulder: from the collar to the joint's round cap. */
function shoulderOf({ shoulder }: Arm, { neck }: Joints, s: FigureSizes): Solid {
  return blend(
    20,
    roundCone(along(neck, 12, [0, 0, 1]), along(shoulder, 4, [0, 0, 1]), 0.8 * s.neck, 0.9 * s.biceps),
    sphere(shoulder, 1.12 * s.biceps),
  );
}

function armOf({ shoulder, elbow, wrist }: Arm, s: FigureSizes): Solid {
  const middle = along(shoulder, 0.55, minus(elbow, shoulder));
  const swell = along(elbow, 0.24, minus(wrist, elbow));
  return blend(
    10,
    union(
      roundCone(shoulder, middle, 1.05 * s.biceps, 0.97 * s.biceps),
      roundCone(middle, elbow, 0.97 * s.biceps, 0.86 * s.elbow),
    ),
    union(
      roundCone(elbow, swell, 0.86 * s.elbow, 0.94 * s.elbow),
      roundCone(swell, along(elbow, 0.6, minus(wrist, elbow)), 0.94 * s.elbow, 0.78 * s.elbow),
      roundCone(along(elbow, 0.6, minus(wrist, elbow)), wrist, 0.78 * s.elbow, 0.94 * s.wrist),
    ),
  );
}

/** From the thigh's cut end to the ankle, and the foot. */
function legOf(leg: Leg, cut: Section, s: FigureSizes): Solid {
  const { knee, ankle } = leg;
  const [x, y, z] = cut.at;
  const round = (r: number): Float64Array => ellipse(r, r);
  const stub = along(cut.at, -OVERLAP, [0, 0, -1]);
  const each = 18;
  const long = Math.hypot(...minus(knee, cut.at));
  const bend = unit(along(unit(minus(knee, cut.at)), 0.9, unit(minus(ankle, knee))));
  const bones = [
    ...line(cut.at, [0, 0, -0.9 * long], knee, along([0, 0, 0], 0.8 * long, bend), each),
    ...line(knee, along([0, 0, 0], 0.5 * s.shank, bend), ankle, minus(ankle, knee), each).slice(1),
  ];
  const rows: Section[] = [];
  for (let up = stub[2]; up > z + 6; up -= 12) rows.push({ at: [x, y, up], radii: cut.radii });
  const [lower, middle] = [round(s.lowerThigh), round(s.knee)];
  for (const [n, at] of bones.entries()) {
    if (n <= each) {
      // the thigh tapers evenly; over the knee it is that of its lower end
      const t = n / each;
      const radii =
        t < 0.8
          ? mixed(cut.radii, lower, 0.4 * smoothstep(t / 0.8) + 0.6 * (t / 0.8) ** 2)
          : mixed(lower, middle, smoothstep((t - 0.8) / 0.2));
      rows.push({ at, radii });
    } else {
      const t = (n - each) / each;
      const r =
        t < 0.34
          ? s.knee + (s.calf - s.knee) * smoothstep(t / 0.34)
          : s.calf + (s.ankle - s.calf) * smoothstep((t - 0.34) / 0.6);
      rows.push({ at, radii: round(r) });
    }
  }
  return blend(16, tube(rows, [1, 0, 0]), footOf(leg, s));
}

/** A solid given in directions of its own: x across, y along, z through. */
function placed(solid: Solid, at: Vec3, x: Vec3, y: Vec3, z: Vec3): Solid {
  const corners = Array.from({ length: 8 }, (_, c): Vec3 => {
    const q = [0, 1, 2].map((d) => ((c >> d) & 1 ? solid.max : solid.min)[d]!);
    return along(along(along(at, q[0]!, x), q[1]!, y), q[2]!, z);
  });
  return {
    distance(px, py, pz) {
      const [dx, dy, dz] = [px - at[0], py - at[1], pz - at[2]];
      return solid.distance(
        dx * x[0] + dy * x[1] + dz * x[2],
        dx * y[0] + dy * y[1] + dz * y[2],
        dx * z[0] + dy * z[1] + dz * z[2],
      );
    },
    min: [0, 1, 2].map((d) => Math.min(...corners.map((c) => c[d]!))) as unknown as Vec3,
    max: [0, 1, 2].map((d) => Math.max(...corners.map((c) => c[d]!))) as unknown as Vec3,
  };
}

/** Heel, instep and forefoot: y to the toes, z to the sole. */
function footOf({ ankle, toes, sole }: Leg, s: FigureSizes): Solid {
  const [long, half, r] = [s.foot, s.footBreadth / 2, s.ankle];
  const low = 0.27 * long;
  const foot = blend(
    30,
    roundCone([0, 0, -0.1 * long], [0, 0.02 * long, 0.05 * long], r, 1.02 * r),
    ellipsoid([0, -0.13 * long, low - 0.8 * r], [0.8 * r, 0.86 * r, 0.8 * r]),
    roundCone([0, -0.02 * long, low - 0.7 * r], [0, 0.3 * long, low - 0.58 * r], 0.74 * r, 0.6 * r),
    roundCone([0, 0.02 * long, 0.06 * long], [0, 0.46 * long, low - 0.5 * r], 0.95 * r, 0.5 * r),
    ellipsoid([0, 0.46 * long, low - 0.5 * r], [0.9 * half, 0.34 * long, 0.5 * r]),
  );
  const y = toes;
  const z = unit(along(sole, -dot(sole, toes), toes));
  return placed(foot, ankle, cross(y, z), y, z);
}

/** Palm, four fingers and a thumb at rest: y to the fingers, z to the palm. */
function handOf({ wrist, fingers, palm }: Arm, s: FigureSizes): Solid {
  const [long, half] = [s.hand, s.handBreadth / 2];
  const flat = 0.13 * long * 0.5;
  const finger = (x: number, length: number): Solid =>
    roundCone([0.86 * x, 0.46 * long, 0], [1.08 * x, 0.46 * long + length, 5], 0.052 * long, 0.04 * long);
  const hand = blend(
    7,
    blend(
      16,
      roundCone([0, -0.06 * long, 0], [0, 0.12 * long, 0], 0.9 * s.wrist, 0.8 * s.wrist),
      roundedBox([0, 0.28 * long, 0], [0.94 * half, 0.24 * long, flat], flat),
    ),
    finger(-0.75 * half, 0.4 * long),
    finger(-0.25 * half, 0.47 * long),
    finger(0.25 * half, 0.44 * long),
    finger(0.72 * half, 0.34 * long),
    roundCone([-0.7 * half, 0.14 * long, 4], [-1.35 * half, 0.46 * long, 8], 0.075 * long, 0.046 * long),
  );
  const y = fingers;
  const z = unit(along(palm, -dot(palm, fingers), fingers));
  return placed(hand, wrist, cross(y, z), y, z);
}

/** Skull, face and neck: x across, y to the back, z to the crown. */
function headOf({ neck, head, crown, face }: Joints, s: FigureSizes): Solid {
  const [wide, long] = [s.head.breadth / 2, s.head.length / 2];
  const z = crown;
  const y = unit(along([-face[0], -face[1], -face[2]], dot(face, crown), crown));
  const skull = blend(
    18,
    blend(
      30,
      ellipsoid([0, 0.1 * long, 0], [wide, 0.95 * long, 0.9 * long]),
      ellipsoid([0, -0.3 * long, -0.52 * long], [0.78 * wide, 0.62 * long, 0.74 * long]),
      roundCone([0, -0.45 * long, -1.02 * long], [0, -0.66 * long, -1.08 * long], 0.3 * wide, 0.26 * wide),
    ),
    roundCone([0, -0.8 * long, -0.14 * long], [0, -0.98 * long, -0.46 * long], 0.1 * wide, 0.16 * wide),
  );
  const whole = blend(
    6,
    skull,
    ellipsoid([0.97 * wide, 0.16 * long, -0.3 * long], [11, 17, 31]),
    ellipsoid([-0.97 * wide, 0.16 * long, -0.3 * long], [11, 17, 31]),
  );
  const nape = along(along(head, -0.62 * long, z), 0.24 * long, y);
  return blend(
    24,
    placed(whole, head, cross(y, z), y, z),
    roundCone(along(neck, -30, [0, 0, 1]), nape, 1.12 * s.neck, 0.92 * s.neck),
  );
}

/** Takes away what limbs go on into the trunk, but for a rim that covers its end. */
function cutOff(shell: Shell, { top, bottom, chest, thighs }: CutEnds): Shell {
  const { vertices, normals, triangles } = shell;
  const [upper, lower] = [top - COVER, bottom + COVER];
  const inside = (n: number): boolean => {
    const z = vertices[3 * n + 2]!;
    if (z >= upper || z <= lower) return false;
    // an arm may lie beside the trunk: it stays whole
    const [x, y] = [vertices[3 * n]!, vertices[3 * n + 1]!];
    const within = (section: Section): boolean =>
      Math.hypot(x - section.at[0], y - section.at[1]) < Math.max(...section.radii) + 4;
    const deep = OVERLAP + LIMBS;
    return z > (top + bottom) / 2 ? top - z < deep && within(chest) : z - bottom < deep && thighs.some(within);
  };
  const kept: number[] = [];
  for (let n = 0; n < triangles.length; n += 3) {
    const corners = [triangles[n]!, triangles[n + 1]!, triangles[n + 2]!];
    if (!corners.every(inside)) kept.push(...corners);
  }
  for (const n of new Set(kept))
    if (inside(n)) vertices[3 * n + 2] = vertices[3 * n + 2]! > (top + bottom) / 2 ? upper : lower;
  return { vertices, normals, triangles: Uint32Array.from(kept) };
}
