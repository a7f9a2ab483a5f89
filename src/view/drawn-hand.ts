import { BufferAttribute, BufferGeometry, type Color, Mesh, type ShaderMaterial } from 'three';
import type { DrawnHand } from '../figure/hand.ts';
import { HAND, handMaterial } from './hand-material.ts';
import type { SharedLook } from './surface-material.ts';

/** The hand that a tool is: drawn in the tool's place, with a forearm that fades out. */
export class HandMesh {
  readonly mesh: Mesh<BufferGeometry, ShaderMaterial>;

  constructor(hand: DrawnHand, shared: SharedLook) {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(hand.vertices, 3));
    geometry.setAttribute('normal', new BufferAttribute(hand.normals, 3));
    geometry.setAttribute('faded', new BufferAttribute(hand.faded, 1));
    geometry.setIndex(new BufferAttribute(hand.triangles, 1));
    const material = handMaterial(shared);
    // skin and finger pads touch: the pads win
    material.polygonOffset = true;
    material.polygonOffsetUnits = -1200;
    this.mesh = new Mesh(geometry, material);
    this.mesh.renderOrder = 4;
    this.mesh.raycast = () => undefined;
  }

  setGround(kind: 'light' | 'dark'): void {
    (this.mesh.material.uniforms.colour!.value as Color).set(HAND[kind]);
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}
