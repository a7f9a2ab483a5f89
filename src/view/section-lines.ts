import { BufferAttribute, BufferGeometry, Color, DoubleSide, Mesh, MeshBasicMaterial } from 'three';
import type { Vec3 } from '../base/grid.ts';
import { along } from '../base/vec.ts';
import { isContents } from '../press/as-seen-by.ts';
import { type CutLoop, cutLoops, type Dash, dashes, middleOf, piecesWhere, rounded } from './cut-loops.ts';
import type { DrawnSurface } from './drawn-surface.ts';
import type { SectionFrame } from './section-mesh.ts';

/** Rings of corridors as in the report's sections, mm. */
const RING = { width: 0.7, dash: [2.4, 1.6] } as const;
/** The mean course where it is met steeply, mm across; where a cut runs along it, its outline is drawn. */
const COURSE = { radius: 1.4, longest: 14, width: 0.7 } as const;
/** Where something was before it was pressed, mm. */
const TRACE = { width: 0.7, dash: [1, 1.3] } as const;

/** What leaves a trace where it was: the muscle that is aimed at, and bowel, which gives way. */
const TRACED: ReadonlySet<string> = new Set([
  'psoas_major',
  'iliopsoas',
  'small_intestine',
  'large_intestine',
  'caecum',
  'ascending_colon',
  'transverse_colon',
  'descending_colon',
  'sigmoid_colon',
]);

/** What has moved less than this leaves none, mm: its trace would lie on its border. */
const MOVED = 3;

/** Corners of a course's dot. */
const ROUND = 16;

/** Linear, 0…1. */
type Ink = readonly [number, number, number];
const inkOf = (r: number, g: number, b: number): Ink => {
  const colour = new Color().setRGB(r / 255, g / 255, b / 255, 'srgb');
  return [colour.r, colour.g, colour.b];
};
const DARK = inkOf(18, 18, 18);
const PALE = inkOf(236, 233, 224);

/** Lines that lie on a cut: the corridors of nerves and ureters as rings, and where bowel and psoas were at rest. */
export class SectionLines {
  readonly mesh: Mesh<BufferGeometry, MeshBasicMaterial>;
  private middles = new Map<string, Vec3>();

  constructor() {
    const material = new MeshBasicMaterial({
      vertexColors: true,
      side: DoubleSide,
      transparent: true,
      opacity: 0.85,
      depthWrite: false,
      polygonOffset: true,
      polygonOffsetFactor: -2,
      polygonOffsetUnits: -600,
    });
    this.mesh = new Mesh(new BufferGeometry(), material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 5;
    this.mesh.raycast = () => undefined;
  }

  /**
   * Draws them anew.
   * @param surfaces of the body, those of corridors moved to the present load
   * @param read write the displacement (mm) at a point of the body at rest, and of contents that slide
   * @param dark whether what they lie on is dark
   */
  draw(
    frame: SectionFrame,
    surfaces: readonly DrawnSurface[],
    read: Readonly<Record<'container' | 'contents', (x: number, y: number, z: number, out: Float64Array) => void>>,
    dark: boolean,
  ): void {
    const drawing = new Drawing(frame);
    this.middles = new Map();
    const moved = new Float64Array(3);
    for (const { surface, mesh, id } of surfaces) {
      const { kind, structure, triangles, vertices, colour } = surface;
      if (kind === 'solid' && TRACED.has(structure)) {
        // of the part's own colour, darker or paler than what it lies on
        const [r, g, b] = colour.map((c) => (dark ? 102 + 0.6 * c : 0.42 * c)) as [number, number, number];
        const ink = inkOf(r, g, b);
        const by = read[isContents(surface) ? 'contents' : 'container'];
        for (const loop of cutLoops(vertices, triangles, frame))
          for (const piece of piecesWhere(loop, (n) => {
            by(loop.carried[3 * n]!, loop.carried[3 * n + 1]!, loop.carried[3 * n + 2]!, moved);
            return Math.hypot(moved[0]!, moved[1]!, moved[2]!) > MOVED;
          }))
            drawing.line(dashes(piece, TRACE.dash), TRACE.width, ink);
      }
      if (kind !== 'spread' && kind !== 'course') continue;
      const ink = dark ? PALE : DARK;
      for (const loop of cutLoops(mesh.geometry.getAttribute('position').array, triangles, frame)) {
        if (kind === 'spread') drawing.line(dashes(rounded(loop), RING.dash), RING.width, ink);
        else if (extentOf(loop) > COURSE.longest) drawing.line(dashes(loop), COURSE.width, ink);
        else drawing.dot(middleOf(loop.places), COURSE.radius, ink);
        // both of its sides have the name; the first place found has the line to it
        if (kind === 'course')
          for (const name of [structure, id])
            if (!this.middles.has(name)) this.middles.set(name, drawing.at(...middleOf(loop.places)));
      }
    }
    drawing.fill(this.mesh.geometry);
  }

  /** Where the mean course of a nerve or ureter passes the cut; undefined where it does not. @param id structure, or structure/side */
  middle(id: string): Vec3 | undefined {
    return this.middles.get(id);
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}

/** Flat shapes on a cut, as triangles. */
class Drawing {
  private readonly frame: SectionFrame;
  private readonly position: number[] = [];
  private readonly colour: number[] = [];

  constructor(frame: SectionFrame) {
    this.frame = frame;
  }

  at(a: number, b: number): Vec3 {
    const { point, right, up } = this.frame;
    return along(along(point, a, right), b, up);
  }

  line(pieces: readonly Dash[], width: number, ink: Ink): void {
    for (const [x, y, u, v] of pieces) {
      const length = Math.hypot(u - x, v - y) || 1;
      // pieces reach a little into each other, so that corners are whole
      const [dx, dy] = [((u - x) / length) * (width / 2), ((v - y) / length) * (width / 2)];
      const [nx, ny] = [-dy, dx];
      const corner = (px: number, py: number, s: number): [number, number] => [px + s * nx, py + s * ny];
      const [a, b] = [corner(x - 0.3 * dx, y - 0.3 * dy, 1), corner(x - 0.3 * dx, y - 0.3 * dy, -1)];
      const [c, d] = [corner(u + 0.3 * dx, v + 0.3 * dy, 1), corner(u + 0.3 * dx, v + 0.3 * dy, -1)];
      this.triangle(a, b, c, ink);
      this.triangle(c, b, d, ink);
    }
  }

  dot([a, b]: readonly [number, number], radius: number, ink: Ink): void {
    const rim = (n: number): [number, number] => {
      const angle = (2 * Math.PI * n) / ROUND;
      return [a + radius * Math.cos(angle), b + radius * Math.sin(angle)];
    };
    for (let n = 0; n < ROUND; n++) this.triangle([a, b], rim(n), rim(n + 1), ink);
  }

  fill(geometry: BufferGeometry): void {
    geometry.setAttribute('position', new BufferAttribute(Float32Array.from(this.position), 3));
    geometry.setAttribute('color', new BufferAttribute(Float32Array.from(this.colour), 3));
  }

  private triangle(
    a: readonly [number, number],
    b: readonly [number, number],
    c: readonly [number, number],
    ink: Ink,
  ): void {
    for (const [x, y] of [a, b, c]) {
      this.position.push(...this.at(x, y));
      this.colour.push(...ink);
    }
  }
}

/** The longer side of the box around a line, mm. */
function extentOf({ places }: CutLoop): number {
  const side = (d: number): number => {
    const values = Array.from({ length: places.length / 2 }, (_, n) => places[2 * n + d]!);
    return Math.max(...values) - Math.min(...values);
  };
  return Math.max(side(0), side(1));
}
