import { cos, hypot, sin } from '../base/elementary.ts';
import { PADDING_BELOW } from './hounsfield.ts';
import type { NiftiVolume } from './nifti.ts';

/** Denser than air, HU. */
const BODY = -300;
/** Lighter than anything of a body, HU. */
const AIR = -800;
/** How far, in voxels, an outline may lie from a circle that it follows. */
const OFF = 1.3;

/**
 * Voxels for which the scanner has no data, 1 each: those of a number that no tissue has, and what lies outside the circle that the
 * scanner sees. Undefined where all voxels hold data. A circle shows itself by one number all around it and air of another number in
 * it, or by a body that follows it where it cuts the body off.
 */
export function withoutData(ct: NiftiVolume): Uint8Array | undefined {
  const { data, slope, inter } = ct;
  let none: Uint8Array | undefined;
  for (let n = 0; n < data.length; n++) {
    if (data[n]! * slope + inter < PADDING_BELOW) {
      none ??= new Uint8Array(data.length);
      none[n] = 1;
    }
  }
  const circle = none === undefined ? circleOf(ct) : undefined;
  if (circle === undefined) return none;
  none = new Uint8Array(data.length);
  const { plane, centre } = circle;
  // the circle is known to about a voxel; a rim of padding must not pass for air beside the body
  const radius = circle.radius - OFF * Math.max(plane.ha, plane.hb);
  for (let w = 0; w < plane.slices; w++)
    for (let v = 0; v < plane.nb; v++)
      for (let u = 0; u < plane.na; u++)
        if (hypot((u - centre[0]) * plane.ha, (v - centre[1]) * plane.hb) > radius) none[plane.at(u, v, w)] = 1;
  return none;
}

interface Plane {
  readonly na: number;
  readonly nb: number;
  readonly slices: number;
  /** Voxel edges, mm. */
  readonly ha: number;
  readonly hb: number;
  at(u: number, v: number, slice: number): number;
}

interface Circle {
  /** Voxels. */
  readonly centre: readonly [number, number];
  /** mm. */
  readonly radius: number;
}

function circleOf(ct: NiftiVolume): (Circle & { plane: Plane }) | undefined {
  const plane = axialPlane(ct);
  const { na, nb } = plane;
  if (na < 16 || nb < 16) return undefined;
  const value = (u: number, v: number, w: number): number => ct.data[plane.at(u, v, w)]! * ct.slope + ct.inter;
  const some = [0.25, 0.5, 0.75].map((share) => Math.floor(share * plane.slices));
  const inscribed: Circle = {
    centre: [(na - 1) / 2, (nb - 1) / 2],
    radius: Math.min(na * plane.ha, nb * plane.hb) / 2,
  };
  const around = value(0, 0, some[1]!);
  const seen = discOf(plane, (u, v) => value(u, v, some[1]!) !== around);
  if (
    seen !== undefined &&
    around < AIR &&
    some.every((w) => isDisc(plane, seen, (u, v) => value(u, v, w) !== around && value(u, v, w) < AIR))
  )
    return { ...seen, plane };
  if (Math.abs(na * plane.ha - nb * plane.hb) > 2 * Math.max(plane.ha, plane.hb)) return undefined;
  const cut = some.filter((w) => follows(plane, inscribed, (u, v) => value(u, v, w) > BODY)).length;
  return cut >= 2 ? { ...inscribed, plane } : undefined;
}

/** The two indices that run across the body, and the one along it. */
function axialPlane({ size, toLps }: NiftiVolume): Plane {
  const edge = (c: number): number => hypot(toLps[0][c]!, toLps[1][c]!, toLps[2][c]!);
  const along = [0, 1, 2].reduce((best, c) =>
    Math.abs(toLps[2][c]!) / edge(c) > Math.abs(toLps[2][best]!) / edge(best) ? c : best,
  );
  const [a, b] = [0, 1, 2].filter((c) => c !== along) as [number, number];
  const stride = [1, size[0], size[0] * size[1]] as const;
  return {
    na: size[a]!,
    nb: size[b]!,
    slices: size[along]!,
    ha: edge(a),
    hb: edge(b),
    at: (u, v, slice) => u * stride[a]! + v * stride[b]! + slice * stride[along]!,
  };
}

/** The circle around everything of a kind in one slice, where its box is as high as it is wide. */
function discOf({ na, nb, ha, hb }: Plane, is: (u: number, v: number) => boolean): Circle | undefined {
  let [u0, u1, v0, v1] = [na, -1, nb, -1];
  for (let v = 0; v < nb; v++)
    for (let u = 0; u < na; u++) {
      if (!is(u, v)) continue;
      u0 = Math.min(u0, u);
      u1 = Math.max(u1, u);
      v0 = Math.min(v0, v);
      v1 = Math.max(v1, v);
    }
  const [wide, high] = [(u1 - u0 + 1) * ha, (v1 - v0 + 1) * hb];
  if (!(wide > 100) || Math.abs(wide - high) > 2 * Math.max(ha, hb)) return undefined;
  return { centre: [(u0 + u1) / 2, (v0 + v1) / 2], radius: (wide + high) / 4 };
}

/** Whether the air in a slice reaches a circle's edge nearly everywhere that nothing else does, and lies nowhere outside. */
function isDisc(
  { na, nb, ha, hb }: Plane,
  { centre, radius }: Circle,
  isAir: (u: number, v: number) => boolean,
): boolean {
  let edge = 0;
  let air = 0;
  const h = Math.max(ha, hb);
  for (let v = 0; v < nb; v++)
    for (let u = 0; u < na; u++) {
      const r = hypot((u - centre[0]) * ha, (v - centre[1]) * hb);
      if (r > radius + OFF * h && isAir(u, v)) return false;
      if (r > radius - 3 * h && r < radius - h) {
        edge++;
        if (isAir(u, v)) air++;
      }
    }
  return air > 0.1 * edge;
}

/**
 * Whether what is of a kind ends at a circle over a good part of its outline, away from the volume's own sides, and lies nowhere
 * outside. A body of half the circle's radius of curvature that only touches it left and right stays within d of it over
 * 4 √(2 d R) / (2 π R) of its outline; what follows it over more than that is cut.
 */
function follows(
  { na, nb, ha, hb }: Plane,
  { centre, radius }: Circle,
  is: (u: number, v: number) => boolean,
): boolean {
  const h = Math.max(ha, hb);
  const steps = Math.ceil((2 * Math.PI * radius) / h);
  let on = 0;
  for (let n = 0; n < steps; n++) {
    const angle = (2 * Math.PI * n) / steps;
    const at = (r: number): readonly [number, number] => [
      Math.round(centre[0] + (r * cos(angle)) / ha),
      Math.round(centre[1] + (r * sin(angle)) / hb),
    ];
    const [inner, outer] = [at(radius - OFF * h), at(radius + OFF * h)];
    const [u, v] = outer;
    // where the circle leaves the volume, or nearly does, its own side is what cuts
    if (u < 1 || v < 1 || u > na - 2 || v > nb - 2) continue;
    if (is(u, v)) return false;
    if (is(...inner)) on++;
  }
  const touching = (4 * Math.sqrt(2 * OFF * h * radius)) / (2 * Math.PI * radius);
  return on > 1.2 * touching * steps;
}
