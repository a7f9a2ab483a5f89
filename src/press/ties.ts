import type { Vec3 } from '../base/grid.ts';
import { vec3 } from '../base/vec.ts';
import type { LabelVolume } from '../voxel/model.ts';

/** Places on the peritoneum where contents and container stay together; ny is the backward part of the normal out of the contents. */
export type Tied = (x: number, y: number, z: number, ny: number) => boolean;

/**
 * Where a bowel that is grown to the back goes on as one that hangs, and where the liver has no peritoneum: what is grown there, and what it holds.
 * The transverse colon hangs from the pancreas besides, and the small bowel from a line: docs/mechanics.md, "Contents as a body".
 */
const JOINED: readonly (readonly [string, string])[] = [
  ['ascending_colon', 'caecum'],
  ['ascending_colon', 'transverse_colon'],
  ['descending_colon', 'transverse_colon'],
  ['descending_colon', 'sigmoid_colon'],
  ['rectum', 'sigmoid_colon'],
  ['rectum', 'large_intestine'],
  ['duodenum', 'stomach'],
  ['inferior_vena_cava', 'liver'],
];
/** What touches at rest is tied within this, mm. */
const AROUND = 7.5;
/** Half of the width of a mesentery's root, mm: at least one row of points of any cells. */
const ROOT = 7.5;

/** Where contents are grown to what holds them, read off the labels; landmarks that are not labelled tie nothing. */
export function tiesOf(fine: LabelVolume): Tied {
  const sites: Vec3[] = [];
  const middle = (list: readonly Vec3[]): Vec3 | undefined =>
    list.length === 0 ? undefined : vec3((d) => list.reduce((sum, p) => sum + p[d], 0) / list.length);
  const met = new Map<string, Vec3 | undefined>();
  for (const [back, hung] of JOINED) {
    const found = meetings(fine, back, hung);
    sites.push(...found);
    met.set(`${back} ${hung}`, middle(found));
  }
  sites.push(...meetings(fine, 'pancreas', undefined));
  const duodenum = placesOf(fine, 'duodenum');
  const left = duodenum.reduce((most, [x]) => Math.max(most, x), Number.NEGATIVE_INFINITY);
  const flexure = middle(duodenum.filter(([x]) => x > left - 5));
  if (flexure) sites.push(flexure);
  const roots: (readonly [Vec3, Vec3])[] = [];
  // of the mesentery: from the end of the duodenum to where small bowel meets the large
  const caecum = middle(placesOf(fine, 'caecum'));
  if (flexure && caecum) roots.push([flexure, caecum]);
  // of the sigmoid colon's
  const [from, to] = [met.get('descending_colon sigmoid_colon'), met.get('rectum sigmoid_colon')];
  if (from && to) roots.push([from, to]);
  const near = nearness(sites, AROUND);
  return (x, y, z, ny) => near(x, y, z) || (ny > 0.3 && roots.some((root) => offRoot(root, x, z) < ROOT));
}

/** Distance of a place from a root as it is seen from the front, mm. */
function offRoot([a, b]: readonly [Vec3, Vec3], x: number, z: number): number {
  const [dx, dz] = [b[0] - a[0], b[2] - a[2]];
  const t = Math.min(Math.max(((x - a[0]) * dx + (z - a[2]) * dz) / (dx * dx + dz * dz), 0), 1);
  return Math.sqrt((x - a[0] - t * dx) ** 2 + (z - a[2] - t * dz) ** 2);
}

function placesOf(fine: LabelVolume, structure: string): Vec3[] {
  return meetings(fine, structure, undefined);
}

/** Middles of the voxels of a structure that have one of the other within two voxels; all of them where no other is named. */
function meetings({ grid, labels, table }: LabelVolume, of: string, other: string | undefined): Vec3[] {
  const own = Uint8Array.from(table, (row) => (row.structure === of ? 1 : 0));
  const its = Uint8Array.from(table, (row) => (row.structure === other ? 1 : 0));
  own[0] = its[0] = 0;
  const [nx, ny, nz] = grid.size;
  const out: Vec3[] = [];
  if (!own.includes(1) || (other !== undefined && !its.includes(1))) return out;
  for (let k = 0, n = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++, n++) {
        if (own[labels[n]!] !== 1) continue;
        if (other !== undefined) {
          let touches = false;
          for (let d = 1; d <= 2 && !touches; d++)
            touches =
              (i >= d && its[labels[n - d]!] === 1) ||
              (i + d < nx && its[labels[n + d]!] === 1) ||
              (j >= d && its[labels[n - d * nx]!] === 1) ||
              (j + d < ny && its[labels[n + d * nx]!] === 1) ||
              (k >= d && its[labels[n - d * nx * ny]!] === 1) ||
              (k + d < nz && its[labels[n + d * nx * ny]!] === 1);
          if (!touches) continue;
        }
        out.push([
          grid.origin[0] + grid.spacing * (i + 0.5),
          grid.origin[1] + grid.spacing * (j + 0.5),
          grid.origin[2] + grid.spacing * (k + 0.5),
        ]);
      }
  return out;
}

/** Whether a place is within `reach` of one of the sites. */
function nearness(sites: readonly Vec3[], reach: number): (x: number, y: number, z: number) => boolean {
  const boxes = new Map<string, Vec3[]>();
  const box = (v: number): number => Math.floor(v / reach);
  for (const p of sites) {
    const key = `${box(p[0])} ${box(p[1])} ${box(p[2])}`;
    const list = boxes.get(key);
    if (list) list.push(p);
    else boxes.set(key, [p]);
  }
  return (x, y, z) => {
    for (let n = 0; n < 27; n++) {
      const [a, b, c] = [(n % 3) - 1, (Math.floor(n / 3) % 3) - 1, Math.floor(n / 9) - 1];
      const list = boxes.get(`${box(x) + a} ${box(y) + b} ${box(z) + c}`);
      if (list?.some((p) => (p[0] - x) ** 2 + (p[1] - y) ** 2 + (p[2] - z) ** 2 < reach * reach)) return true;
    }
    return false;
  };
}
