import { hump, smoothstep } from '../base/smoothstep.ts';
import type { Body } from '../body/body.ts';
import { girthAt } from './girth.ts';
import type { ContourName, ContourStations, ReferenceSubject, Row } from './shape.ts';
import { pchip } from './splines.ts';

/** How the body lies: on the back the belly settles, else it keeps the shape that it is pressed in. */
export type Lie = 'settled' | 'neutral';

/** The outlines of one person and how the front of the cavity has moved against the evenly scaled reference adult. */
export interface Outline {
  readonly contours: Readonly<Record<ContourName, ContourStations>>;
  /** Outward move of the inner face of the wall at an angle from the front (degrees) and a height (mm of the person), mm. */
  bulge(degrees: number, z: number): number;
  /** Factor on the reference adult's fat over hips and thighs. */
  readonly hipFat: number;
}

/** Degrees of a contour's radii. */
const ANGLES = Array.from({ length: 13 }, (_, i) => 15 * i);

/** Skin and the least fat under it, mm. */
const LEAST_SKIN_AND_FAT = 4;
const SKIN = 2;

/** How far the wall's inner face may move in or out at the navel, mm of the reference adult. */
const LEAST_BULGE = -16;
const MOST_BULGE = 60;

/**
 * How a wider waist is shared: per step the front of the cavity moves by `belly` mm, the fat of flanks and back grows by `flanks` of its
 * reference thickness. Before that, it moves by `perFatness` mm when the fat under the skin doubles. Set so that women's depth from skin to aorta at a body mass index of 22, 28 and 35 comes near the published one
 * (B-33); men store more inside (B-31, B-32), their share is our estimate.
 */
const SHARES = {
  female: { belly: 0.27, flanks: 0.031, perFatness: 4.5 },
  male: { belly: 0.6, flanks: 0.022, perFatness: 14 },
} as const;

/** Front move that one unit of visceral fat against the average makes: 77–93 cm² at L3 spread over the front of the cavity, mm. */
const BULGE_PER_VISCERAL_FAT = 30;

/**
 * On the back, the belly's front sinks by this share of the depth front to back while the flanks widen. Lying depth over standing
 * depth is 0.92 (B-36 with B-39); the neutral shape stands between, so that less than that remains. An estimate.
 */
const SETTLED = 0.07;

/** Where the belly bulges: angle from the front → share; heights come from the landmarks. */
const OVER_ANGLE = pchip([0, 30, 60, 80, 100, 120, 140, 180], [[1], [1], [0.85], [0.5], [0.3], [0.1], [0], [0]]);
/** Where a settled belly moves in (−) and out (+). */
const SETTLE_OVER_ANGLE = pchip([0, 25, 55, 75, 95, 130, 180], [[-1], [-1], [-0.35], [0.55], [0.75], [0], [0]]);

/**
 * Finds the outlines of a person: bones and muscles scaled, fat fitted so that the waist is the body's within a tenth of a
 * millimetre and the hips likewise where fat can do it.
 */
export function outlineOf(reference: ReferenceSubject, body: Body, lie: Lie): Outline {
  const { tall } = body.growth;
  const { umbilicus } = reference.landmarks;
  const waistAt = umbilicus![2] * tall;
  const hipAt = HIP_HEIGHT * tall;
  const build = (waist: number, hips: number, settle: number, spread: number): Outline =>
    buildOutline(reference, body, { waist, hips, settle, spread });
  const girth = (outline: Outline, z: number): number => girthAt(outline.contours.skin, z);

  const hips = solve((h) => girth(build(0, h, 0, 0), hipAt), 10 * body.hip_cm, 0.15, 5);
  const waist = solve((w) => girth(build(w, hips, 0, 0), waistAt), 10 * body.waist_cm, -160, 200);
  const neutral = build(waist, hips, 0, 0);
  if (lie === 'neutral') return neutral;
  const depth = neutral.contours.skin;
  // a thin belly has little left that could sink
  const sink = SETTLED * Math.min(0.55 + 0.5 * body.growth.subcutaneousFat, 1) * depthAt(depth, waistAt);
  const spread = solve((s) => girth(build(waist, hips, sink, s), waistAt), 10 * body.waist_cm, 0, 4);
  return build(waist, hips, sink, spread);
}

/** Height at which hips are measured, mm above the ASIS of the reference adults. */
const HIP_HEIGHT = -75;

interface FatState {
  /** Steps of waist; 0 is the fat that goes with the body mass index. */
  readonly waist: number;
  /** Factor on the fat over the hips. */
  readonly hips: number;
  /** Settled belly: front in, mm, and the flanks' share of that out. */
  readonly settle: number;
  readonly spread: number;
}

function buildOutline(reference: ReferenceSubject, body: Body, state: FatState): Outline {
  const { tall, wide, muscle, subcutaneousFat, visceralFat } = body.growth;
  const share = SHARES[body.sex];
  const overHeight = bulgeOverHeight(reference);
  const wanted =
    share.perFatness * (subcutaneousFat - 1) + BULGE_PER_VISCERAL_FAT * (visceralFat - 1) + share.belly * state.waist;
  const amount = wide * Math.min(Math.max(wanted, LEAST_BULGE), MOST_BULGE);
  const at = new Float64Array(1);
  const angular = (curve: typeof OVER_ANGLE, degrees: number): number => {
    curve.at(degrees, at);
    return at[0]!;
  };
  const bulge = (degrees: number, z: number): number => {
    overHeight.at(clamp(z / tall, overHeight.first, overHeight.last), at);
    const high = at[0]!;
    // below the crest the hip bone holds the side; only the front can move
    const free = smoothstep((z / tall - 30) / 60);
    const side = 1 - (1 - free) * smoothstep((degrees - 42) / 28);
    const settle = state.settle * angular(SETTLE_OVER_ANGLE, degrees);
    const moved = settle > 0 ? settle * state.spread : settle;
    return high * side * (amount * angular(OVER_ANGLE, degrees) + moved);
  };

  const fascia = mapStations(reference.contours.fascia, body, (radius, degrees, z) => {
    // where muscle is lost, crest, sacrum and hip keep the fascia out
    const kept = muscle < 1 ? 0.9 * overBone(degrees, z / tall) : 0;
    const grown = (muscle - 1) * wide * muscleThickness(degrees, z / tall) * (1 - kept);
    return radius + grown + bulge(degrees, z);
  });
  const cavity = mapStations(reference.contours.cavity, body, (radius, degrees, z) => radius + bulge(degrees, z));

  // fat under the skin: the reference thickness times a factor that depends on place
  const fatter = Math.max(subcutaneousFat - 1, 0);
  const waistFactor = (degrees: number): number => {
    const back = smoothstep((degrees - 105) / 40);
    const flank = smoothstep((degrees - 25) / 50) * (1 - 0.55 * back);
    const extra = state.waist < 0 ? 0.018 * state.waist : share.flanks * state.waist * flank;
    return Math.max(subcutaneousFat - 0.4 * fatter * back + extra, 0.2);
  };
  const navel = reference.landmarks.umbilicus![2];
  const bottom = reference.contours.skin.stations[0]![0]!;
  const skinRows = reference.contours.skin.stations.map((row, n) => {
    const z = row[0]!;
    const inner = fascia.stations[n]!;
    const down = smoothstep((navel - z) / (navel - HIP_HEIGHT));
    return [
      z * tall,
      ...ANGLES.map((degrees, a) => {
        const whole = row[a + 1]! - reference.contours.fascia.stations[n]![a + 1]! - SKIN;
        const muscle = Math.min(muscleInFat(degrees, z), whole);
        const wanted = waistFactor(degrees) * (1 - down) + state.hips * down;
        // towards the crotch the outline ends: thick fat there would make a shelf over the thighs
        const factor = wanted > 1 ? 1 + (wanted - 1) * (0.3 + 0.7 * smoothstep((z - bottom) / 45)) : wanted;
        const groin =
          GROIN_PAD * fatter * smoothstep((65 - z) / 60) * smoothstep((z + 70) / 60) * hump((degrees - 58) / 36);
        const fat = muscle * wide + (whole - muscle) * factor + groin;
        return inner[a + 1]! + Math.max(SKIN + fat, LEAST_SKIN_AND_FAT);
      }),
    ];
  });
  const centreY = reference.contours.skin.centreY * wide;
  return { contours: { skin: { centreY, stations: skinRows }, fascia, cavity }, bulge, hipFat: state.hips };
}

/** Fat over the groin's slope beyond the reference's, where a fat belly fills it up, mm per doubled fat. */
const GROIN_PAD = 22;

/** The back muscles over the sacrum lie outside the reference's fascia contour: that much of the layer is not fat, mm. */
function muscleInFat(degrees: number, z: number): number {
  return 20 * smoothstep((degrees - 130) / 30) * smoothstep((z + 30) / 25) * smoothstep((70 - z) / 25);
}

/** Share of the belly's bulge over the height, mm of the reference adult. */
function bulgeOverHeight(reference: ReferenceSubject): ReturnType<typeof pchip> {
  const { umbilicus, pubic_symphysis_top: pubis, lowest_costal_margin_left: margin } = reference.landmarks;
  const top = reference.contours.skin.stations.at(-1)![0]!;
  return pchip(
    [pubis![2] + 10, -25, 0.6 * umbilicus![2], umbilicus![2] + 15, margin![2], margin![2] + 55, top],
    [[0], [0.3], [0.88], [1], [0.95], [0.6], [0.4]],
  );
}

/** Muscle between the cavity and the fat, mm of the reference adult: the flat wall in front and at the side, the back muscles, the buttocks. */
function muscleThickness(degrees: number, z: number): number {
  const trunk = 17 + 26 * smoothstep((degrees - 110) / 35);
  const pelvis = 14 + 18 * smoothstep((degrees - 60) / 30);
  const up = smoothstep((z + 10) / 70);
  return trunk * up + pelvis * (1 - up);
}

/** 1 where bone lies directly under the fascia: iliac crest and ASIS at the side, sacrum at the back; heights of the reference adult. */
function overBone(degrees: number, z: number): number {
  const crest =
    smoothstep((degrees - 48) / 12) *
    smoothstep((125 - degrees) / 12) *
    smoothstep((z + 35) / 20) *
    smoothstep((95 - z) / 15);
  const sacrum = smoothstep((degrees - 120) / 20) * smoothstep((z + 85) / 20) * smoothstep((65 - z) / 20);
  return Math.max(crest, sacrum);
}

function mapStations(
  contour: ContourStations,
  body: Body,
  to: (radius: number, degrees: number, z: number) => number,
): ContourStations {
  const { tall, wide } = body.growth;
  return {
    centreY: contour.centreY * wide,
    stations: contour.stations.map((row: Row) => {
      const z = row[0]! * tall;
      return [z, ...ANGLES.map((degrees, a) => to(row[a + 1]! * wide, degrees, z))];
    }),
  };
}

/** Depth front to back on the midline, mm. */
function depthAt(skin: ContourStations, z: number): number {
  const over = pchip(
    skin.stations.map((row) => row[0]!),
    skin.stations.map((row) => [row[1]!, row.at(-1)!]),
  );
  const at = new Float64Array(2);
  over.at(z, at);
  return at[0]! + at[1]!;
}

/** Where a rising function takes a value, or the end of the range that is nearest to it. */
function solve(f: (x: number) => number, value: number, low: number, high: number): number {
  let [a, b] = [low, high];
  for (let n = 0; n < 40 && b - a > 1e-5 * (high - low); n++) {
    const middle = (a + b) / 2;
    if (f(middle) < value) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}

const clamp = (v: number, low: number, high: number): number => Math.min(Math.max(v, low), high);
