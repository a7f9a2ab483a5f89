import { asin, cos, sin, tan } from '../base/elementary.ts';
import { InputError } from '../base/errors.ts';
import { tell, type With } from '../base/told.ts';
import { TOOL_ERRORS } from '../messages/errors/tool.data.ts';
import {
  arcRod,
  blend,
  capsule,
  cylinder,
  disc,
  ellipsoid,
  extrude,
  mirrored,
  moved,
  outlineUnion,
  polygon,
  roundCone,
  roundedBox,
  type Solid,
  sphere,
  stretchedY,
  turned,
  turnPoint,
  union,
} from './sdf.ts';

/** A tool's solid in tool coordinates, and the highest z of its surface, mm. */
export interface ToolShape {
  readonly solid: Solid;
  readonly height: number;
}

/** Sizes by name, already checked one by one against the family's ranges. */
export type Sizes = Readonly<Record<string, number>>;

const RADIANS = Math.PI / 180;

function demand<K extends keyof typeof TOOL_ERRORS>(
  fits: boolean,
  id: K,
  ...values: With<typeof TOOL_ERRORS, K>
): void {
  if (!fits) throw new InputError(tell(TOOL_ERRORS, id, ...values));
}

/**
 * A broad foot, a saddle, and two tapering horns that end in ellipsoids. With one peak the horn over x = 0 is the
 * only one: the other is out of reach when the person tips onto one side.
 */
function twoPeak(p: Sizes): ToolShape {
  const { height, width, depth, spacing, peakHeight, tipAcross, tipAlong, tipRise, lean, peaks } = p;
  const saddle = height - peakHeight;
  demand(saddle > 10, 'error.tool.peak-height', { height, got: peakHeight });
  demand(2 * tipRise < height, 'error.tool.tip-rise', { height, got: tipRise });
  demand(spacing > 2 * tipAcross, 'error.tool.spacing', { across: tipAcross, got: spacing });
  // foot 40 mm high and horns 32 mm thick at their root, for a tool 170 mm high; smaller tools in proportion
  const size = height / 170;
  const foot = Math.min(40 * size, saddle);
  const root = Math.min(32 * size, spacing / 2);
  const rootAt = foot;
  const neck = Math.min(tipAcross, tipAlong);
  // the horn ends one fillet below the apex, so that the apex is the ellipsoid alone
  const fillet = 6 * size;
  const neckAt = height - Math.max(tipRise, neck + fillet);
  const horn = (x: number): Solid =>
    blend(
      fillet,
      stretchedY(
        roundCone([x - tan(lean * RADIANS) * (neckAt - rootAt), 0, rootAt], [x, 0, neckAt], root, neck),
        tipAlong - neck,
      ),
      ellipsoid([x, 0, height - tipRise], [tipAcross, tipAlong, tipRise]),
    );
  const plinth = (width: number, depth: number): Solid =>
    roundedBox([0, 0, foot / 2], [width / 2, depth / 2, foot / 2], 18 * size);
  const joint = Math.min(30 * size, peakHeight / 2);
  if (peaks === 1) return { solid: standing(blend(joint, plinth(depth, depth), horn(0)), height), height };
  // the web between the horns: its top is the saddle
  const web = roundedBox([0, 0, saddle / 2], [spacing / 2, 0.35 * depth, saddle / 2], 18 * size);
  const half = blend(joint, plinth(width, depth), web, horn(spacing / 2));
  return { solid: standing(mirrored(half), height), height };
}

/** Flat plate, a stem that curves like a hook, and a low handle to the outside. Pivoting lifts the plate over its outer edge. */
function leverHook(p: Sizes): ToolShape {
  const { height, tipRadius, tipLength, lean, handle, pivot } = p;
  demand(lean + pivot <= 80, 'error.tool.lean', { got: lean + pivot });
  const plate = { across: 150, along: 110, thick: 12, edge: 4 };
  const tilt = lean * RADIANS;
  // centreline: a circular bend that leaves the plate 45 degrees inward and arrives with the tip's lean, then straight
  const tipZ = height - tipRadius;
  const bendTop = tipZ - tipLength * cos(tilt);
  const start = 45 * RADIANS;
  const turning = sin(tilt) + sin(start);
  const bend = (bendTop - plate.thick) / turning;
  demand(bend >= 5, 'error.tool.bend', {
    least: Math.ceil(height + (5 - bend) * turning),
    radius: tipRadius,
    length: tipLength,
    lean,
    got: height,
  });
  const bendX = -tipLength * sin(tilt);
  const [cx, cz] = [bendX + bend * cos(tilt), bendTop - bend * sin(tilt)];
  const rootX = cx - bend * cos(start);
  const stem = union(
    arcRod([cx, cz], bend, Math.PI - tilt, Math.PI + start, tipRadius),
    capsule([bendX, 0, bendTop], [0, 0, tipZ], tipRadius),
  );
  const root = roundCone([rootX, 0, plate.thick], [cx - bend, 0, cz], tipRadius + 12, tipRadius);
  const slab = roundedBox([0, 0, plate.thick / 2], [plate.across / 2, plate.along / 2, plate.thick / 2], plate.edge);
  // the plate turns about its rounded outer edge, whose lowest point stays on the floor
  const turn = pivot * RADIANS;
  const [edgeX, edgeZ] = [plate.across / 2 - plate.edge, plate.edge];
  const rib = capsule([rootX, 0, 22], [edgeX, 0, 22], 15);
  const head = standing(blend(12, stem, root, slab, rib), height);
  const tip = turnPoint(0, tipZ, turn, edgeX, edgeZ);
  const top = tip[1] + tipRadius;
  demand(2 * edgeX * sin(turn) + plate.thick < top, 'error.tool.pivot', { got: pivot });
  // the handle is drawn level whatever the pivot: it is for the picture, the body does not reach it
  const arm = capsule([edgeX, 0, 22], [tip[0] + handle - 15, 0, 22], 15);
  const hook = blend(CREASE, turned(head, turn, edgeX, edgeZ), arm);
  return { solid: standing(moved(hook, -tip[0], 0, 0), top), height: top };
}

/** A wedge that rises outward to a rounded crest over x = 0, and drops steeply behind it. */
function ramp(p: Sizes): ToolShape {
  const { width, length, height, crest, slope, riser } = p;
  demand(2 * crest <= height, 'error.tool.crest', { height, got: crest });
  demand(slope <= 75, 'error.tool.slope', { got: slope });
  demand(length > 3 * crest, 'error.tool.length', { crest, got: length });
  const angle = slope * RADIANS;
  const middle = [0, height - crest] as const;
  const touch = [-crest * sin(angle), height - crest + crest * cos(angle)] as const;
  // down the slope to the floor, or to a low front wall when the wedge is too short for its slope
  const toFloor = touch[0] - touch[1] / tan(angle);
  const front = Math.max(toFloor, crest - length);
  const step = Math.max(touch[1] - (touch[0] - front) * tan(angle), 0);
  const outline = outlineUnion(
    polygon([[front, 0], [crest, 0], [crest, middle[1]], touch, ...(step > 1e-6 ? [[front, step] as const] : [])]),
    disc(middle, crest),
  );
  const wedge = extrude(outline, width / 2, 6);
  return onRiser(wedge, height, riser, [(front + crest) / 2, 0]);
}

/** Two upright blades along the body on a board that rocks sideways. */
function bladeRocker(p: Sizes): ToolShape {
  const { height, spacing, width, crest, tilt } = p;
  const board = { half: [spacing / 2 + 40, 50, 10] as const, z: 40 };
  const rocker = 30;
  demand(height >= 60 + 2 * crest, 'error.tool.board', { crest, got: height });
  demand(width >= 2 * crest, 'error.tool.width', { crest, got: width });
  demand(sin(Math.abs(tilt) * RADIANS) * board.half[0] < rocker, 'error.tool.tilt', {
    most: Math.floor(asin(rocker / board.half[0]) / RADIANS),
    got: tilt,
  });
  const blade = (x: number): Solid =>
    roundedBox([x, 0, (height + board.z) / 2], [crest, width / 2, (height - board.z) / 2], crest);
  const turn = tilt * RADIANS;
  const upper = blend(
    10,
    roundedBox([0, 0, board.z], board.half, 8),
    mirrored(blade(spacing / 2)),
    roundedBox([0, 0, rocker], [20, 40, 15], 8),
  );
  const foot = cylinder('y', [0, 0, rocker], rocker, 40, 5);
  const crestZ = Math.max(
    ...[-1, 1].map((side) => turnPoint((side * spacing) / 2, height - crest, turn, 0, rocker)[1]),
  );
  return {
    solid: standing(blend(CREASE, turned(upper, turn, 0, rocker), foot), crestZ + crest),
    height: crestZ + crest,
  };
}

function ball(p: Sizes): ToolShape {
  const radius = p.diameter / 2;
  return onRiser(sphere([0, 0, radius], radius), 2 * radius, p.riser, [0, 0]);
}

function roller(p: Sizes): ToolShape {
  const radius = p.diameter / 2;
  return { solid: cylinder('x', [0, 0, radius], radius, p.length / 2, 5), height: 2 * radius };
}

/** The last 150 mm of a hooked cane: a knob on the end of its rod. */
function caneKnob(p: Sizes): ToolShape {
  const [knob, rod, height] = [p.knob / 2, p.rod / 2, 150];
  demand(rod < knob, 'error.tool.knob', { knob: 2 * knob, got: 2 * rod });
  const shaft = capsule([0, 0, rod], [0, 0, height - knob], rod);
  const solid = blend(Math.min(6, knob - rod), sphere([0, 0, height - knob], knob), shaft);
  return { solid: standing(solid, height), height };
}

/** A ball head on its rod, and the gun's round housing below. */
function gunBall(p: Sizes): ToolShape {
  const [head, rod, height] = [p.head / 2, p.rod / 2, 230];
  demand(rod < head, 'error.tool.head', { head: 2 * head, got: 2 * rod });
  const shaft = capsule([0, 0, 100], [0, 0, height - head], rod);
  const housing = cylinder('z', [0, 0, 60], 32, 60, 12);
  const solid = blend(Math.min(6, head - rod), sphere([0, 0, height - head], head), shaft, housing);
  return { solid: standing(solid, height), height };
}

/** A kettlebell with its handle toward the body; the straight grip lies along the body. */
function kettlebell(p: Sizes): ToolShape {
  const { bar, length, window, bell } = p;
  const radius = bar / 2;
  const height = bell + window + bar;
  const gripZ = height - radius;
  // the horns run from the ends of the grip into the bell's upper flank
  const [footY, footZ] = [(bell / 2) * sin(40 * RADIANS), bell / 2 + (bell / 2) * cos(40 * RADIANS)];
  const horn = (side: number) => capsule([0, (side * length) / 2, gripZ], [0, side * footY, footZ - radius], radius);
  const handle = union(capsule([0, -length / 2, gripZ], [0, length / 2, gripZ], radius), horn(-1), horn(1));
  return { solid: standing(blend(10, sphere([0, 0, bell / 2], bell / 2), handle), height), height };
}

function broomstick(p: Sizes): ToolShape {
  const [radius, height] = [p.diameter / 2, 200];
  demand(p.edge <= radius, 'error.tool.edge', { diameter: 2 * radius, got: p.edge });
  return { solid: cylinder('z', [0, 0, height / 2], radius, height / 2, p.edge), height };
}

/** Four finger pads in a row along the body; the fingers and the hand behind them come from the outside. */
function fingertips(p: Sizes): ToolShape {
  const { padAlong, padAcross, padThick, pitch, angle } = p;
  demand(pitch > 0.75 * padAlong, 'error.tool.pitch', { pad: padAlong, got: pitch });
  demand(angle <= 80, 'error.tool.angle', { got: angle });
  const height = 200;
  const padZ = height - padThick / 2;
  const [fx, fz] = [sin(angle * RADIANS), -cos(angle * RADIANS)];
  const tip = 0.47 * padAlong;
  // the finger's bone end lies behind the pad, low enough that even with its fillet the pad alone makes the apex
  const back = padAcross / 2;
  const rise = tip + fz * back;
  const drop = Math.max(rise + 2 - padThick / 2, 0);
  const clear = Math.sqrt((fx * back) ** 2 + (padThick / 2 + drop - fz * back) ** 2) - tip;
  const fillet = Math.min(4, clear, pitch - padAlong / 2);
  const finger = (y: number): Solid =>
    blend(
      fillet,
      ellipsoid([0, y, padZ], [padAcross / 2, padAlong / 2, padThick / 2]),
      roundCone(
        [fx * back, y, padZ - drop + fz * back],
        [fx * 75, y, padZ - drop + fz * 75],
        tip,
        Math.min(1.12 * tip, pitch / 2),
      ),
    );
  const palmAt = [fx * 105, 0, padZ - drop + fz * 105] as const;
  const palm = turned(roundedBox(palmAt, [12, 2 * pitch + 4, 42], 11), Math.PI - angle * RADIANS, palmAt[0], palmAt[2]);
  // the row is symmetric: fold it, and compute three fingers instead of four (the third for the fillet in the middle)
  const folded = blend(fillet, finger(pitch / 2), finger(1.5 * pitch), finger(-pitch / 2));
  const row: Solid = {
    distance: (x, y, z) => folded.distance(x, Math.abs(y), z),
    min: [folded.min[0], -folded.max[1], folded.min[2]],
    max: folded.max,
  };
  const solid = blend(10, row, palm);
  return { solid: standing(solid, height), height };
}

/** Fillet where parts of a tool meet that skin cannot creep between, mm: a quarter of it is added at most. */
const CREASE = 8;

/** Puts a solid on a book or block of the given thickness (0: none), 230 by 150 mm like a yoga block laid flat. */
function onRiser(solid: Solid, height: number, riser: number, centre: readonly [x: number, y: number]): ToolShape {
  if (riser === 0) return { solid, height };
  const block = roundedBox([centre[0], centre[1], riser / 2], [115, 75, riser / 2], Math.min(3, riser / 2));
  return { solid: standing(blend(CREASE, moved(solid, 0, 0, riser), block), height + riser), height: height + riser };
}

/** Cuts off what fillets have added below the floor; nothing of these tools is above `top`. */
function standing(solid: Solid, top: number): Solid {
  return {
    distance: (x, y, z) => Math.max(solid.distance(x, y, z), -z),
    min: [solid.min[0], solid.min[1], Math.max(solid.min[2], 0)],
    max: [solid.max[0], solid.max[1], top],
  };
}

/** Shape of every family by its id. */
export const SHAPES: Readonly<Record<string, (sizes: Sizes) => ToolShape>> = {
  'two-peak': twoPeak,
  'two-peak-mini': twoPeak,
  'lever-hook': leverHook,
  ramp,
  'blade-rocker': bladeRocker,
  'ball-lacrosse': ball,
  'ball-tennis': ball,
  'ball-orb': ball,
  'roller-smooth': roller,
  'roller-grid': roller,
  'cane-knob': caneKnob,
  'gun-ball': gunBall,
  'kettlebell-handle': kettlebell,
  'broomstick-end': broomstick,
  fingertips,
};
