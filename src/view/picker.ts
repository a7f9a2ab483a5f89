import { type Intersection, type Raycaster, Vector3 } from 'three';
import type { Vec3 } from '../base/grid.ts';
import type { Surface } from '../voxel/surfaces.ts';
import { tupleOf, vectorOf } from './camera.ts';
import type { DrawnSurface } from './drawn-surface.ts';
import type { SectionMesh } from './section-mesh.ts';
import type { SharedLook } from './surface-material.ts';

/** What lies under a place of the picture. */
export interface Picked {
  readonly structure: string;
  readonly side: Surface['side'];
  readonly kind: Surface['kind'] | 'section';
  /** As drawn, mm, LPS. */
  readonly point: Vec3;
  /** The same point of the body at rest. */
  readonly rest: Vec3;
  /** Tissue pressure, kPa, where the section shows it. */
  readonly pressure?: number;
}

/** A picture that shows less than this much of a surface does not pick it when something more solid lies behind. */
const SOLID_ENOUGH = 0.35;

/** @param section the cut that is on show */
export function pickAlong(
  caster: Raycaster,
  surfaces: readonly DrawnSurface[],
  section: SectionMesh | undefined,
  { cut, cutting }: SharedLook,
): Picked | undefined {
  const meshes = surfaces.filter((d) => d.mesh.visible && d.surface.kind !== 'spread').map((d) => d.mesh);
  // nearest first, without what is cut away
  const hits = caster
    .intersectObjects(meshes, false)
    .filter(
      ({ point }) =>
        cutting.value < 0.5 || point.x * cut.value.x + point.y * cut.value.y + point.z * cut.value.z <= cut.value.w,
    );
  const onCut = section && pickSection(caster, section);
  const chosen = hits.find((hit) => drawnOf(hit).opacity >= SOLID_ENOUGH) ?? hits[0];
  if (onCut && (!chosen || onCut.distance <= chosen.distance)) return onCut.picked;
  if (chosen === undefined) return undefined;
  const { surface } = drawnOf(chosen);
  const { structure, side, kind } = surface;
  return { structure, side, kind, point: tupleOf(chosen.point), rest: restOf(surface, chosen) };
}

/** The point at rest of a surface along a ray, also where the surface is not drawn. */
export function pickSurface(caster: Raycaster, { mesh, surface }: DrawnSurface): Vec3 | undefined {
  const { visible } = mesh;
  mesh.visible = true;
  mesh.updateMatrixWorld();
  const hit = caster.intersectObject(mesh, false)[0];
  mesh.visible = visible;
  return hit === undefined ? undefined : restOf(surface, hit);
}

/** The point of some surfaces, as drawn, that is nearest to the eye along their middle: where a label's line can end. */
export function anchorOn(surfaces: readonly DrawnSurface[], eye: Vector3): Vec3 | undefined {
  let best: Vec3 | undefined;
  let least = Number.POSITIVE_INFINITY;
  const at = new Vector3();
  for (const { mesh } of surfaces) {
    const middle = mesh.geometry.boundingSphere!.center;
    const away = middle.clone().sub(eye).normalize();
    const position = mesh.geometry.getAttribute('position');
    for (let n = 0; n < position.count; n++) {
      at.fromBufferAttribute(position, n).sub(eye);
      const along = at.dot(away);
      const beside = at.addScaledVector(away, -along).length();
      if (along + 3 * beside < least) {
        least = along + 3 * beside;
        best = [position.getX(n), position.getY(n), position.getZ(n)];
      }
    }
  }
  return best;
}

const drawnOf = (hit: Intersection): DrawnSurface => hit.object.userData.drawn as DrawnSurface;

function pickSection({ ray }: Raycaster, section: SectionMesh): { picked: Picked; distance: number } | undefined {
  const frame = section.plane;
  if (!frame) return undefined;
  const normal = vectorOf(frame.normal);
  const distance = vectorOf(frame.point).sub(ray.origin).dot(normal) / ray.direction.dot(normal);
  if (!(distance > 0) || !Number.isFinite(distance)) return undefined;
  const point = ray.at(distance, new Vector3());
  const from = point.clone().sub(vectorOf(frame.point));
  const rest = section.restAt(from.dot(vectorOf(frame.right)), from.dot(vectorOf(frame.up)));
  const found = rest && section.labelAt(rest);
  if (!rest || !found) return undefined;
  const pressure = section.pressureAt(rest);
  const { structure, side } = found;
  const picked = { structure, side, kind: 'section' as const, point: tupleOf(point), rest };
  return { picked: pressure === undefined ? picked : { ...picked, pressure }, distance };
}

/** The point at rest of a hit on a displaced surface. */
function restOf({ vertices }: Surface, { face, barycoord, point }: Intersection): Vec3 {
  if (!face || !barycoord) return tupleOf(point);
  const mix = (d: number): number =>
    vertices[3 * face.a + d]! * barycoord.x +
    vertices[3 * face.b + d]! * barycoord.y +
    vertices[3 * face.c + d]! * barycoord.z;
  return [mix(0), mix(1), mix(2)];
}
