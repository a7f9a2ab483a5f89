import { BufferAttribute, BufferGeometry, Mesh, type ShaderMaterial } from 'three';
import type { ToolInHand } from '../figure/hand.ts';
import { HandMesh } from './drawn-hand.ts';
import { type SharedLook, surfaceMaterial } from './surface-material.ts';

/** sRGB. */
const COLOUR = [92, 102, 114] as const;

/** The tool in the scene. */
export class DrawnTool {
  readonly surface: ToolInHand;
  /** What is drawn: the tool, or the hand that it is. */
  readonly shown: Mesh<BufferGeometry, ShaderMaterial>;
  private readonly hand: HandMesh | undefined;
  private readonly mesh: Mesh<BufferGeometry, ShaderMaterial>;

  constructor(surface: ToolInHand, shared: SharedLook) {
    this.surface = surface;
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(surface.vertices, 3));
    geometry.setAttribute('normal', new BufferAttribute(surface.normals, 3));
    geometry.setAttribute('rest', new BufferAttribute(surface.vertices, 3));
    geometry.setAttribute('shade', new BufferAttribute(new Uint8Array(surface.vertices.length / 3), 1, true));
    geometry.setIndex(new BufferAttribute(surface.triangles, 1));
    this.mesh = new Mesh(geometry, surfaceMaterial({ colour: COLOUR, gloss: 0.35, cuttable: true }, shared));
    // skin and tool touch: the tool wins where they cross by less than the contact's tolerance
    this.mesh.material.polygonOffset = true;
    this.mesh.material.polygonOffsetUnits = -1200;
    this.hand = surface.hand && new HandMesh(surface.hand, shared);
    this.shown = this.hand?.mesh ?? this.mesh;
  }

  /** @param depth travel from first touch, mm */
  moveTo(depth: number): void {
    this.shown.position.set(...this.surface.direction).multiplyScalar(depth);
    this.shown.updateMatrixWorld();
  }

  setGround(kind: 'light' | 'dark'): void {
    this.hand?.setGround(kind);
  }

  dispose(): void {
    this.hand?.dispose();
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}
