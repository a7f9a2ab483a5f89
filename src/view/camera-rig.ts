import { PerspectiveCamera, type Quaternion, Raycaster, Vector2, Vector3 } from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import type { Vec3 } from '../base/grid.ts';
import { smoothstep } from '../base/smoothstep.ts';
import { bearingOf, type CameraPose, LENS, poseAt, poseBetween, tupleOf, vectorOf } from './camera.ts';

/** Nearest and farthest that one can go, mm. */
const NEAREST = 150;
const FARTHEST = 9000;

const FIRST: CameraPose = { target: [0, 20, 20], position: [0, -1200, 60] };

/** Directions of a picture in the body (unit vectors, LPS), and the CSS pixels of a millimetre at what the eye looks at. */
export interface Gauge {
  readonly right: Vec3;
  readonly up: Vec3;
  readonly pixelsPerMm: number;
}

/** The camera, and everything that moves it: pointer and wheel, steps, and moves that take their time. */
export class CameraRig {
  readonly camera = new PerspectiveCamera(LENS, 1, 50, 12000);
  /** Camera moves become jumps. */
  reducedMotion: boolean;
  private readonly canvas: HTMLCanvasElement;
  private orbits: OrbitControls;
  private readonly moved: () => void;
  private readonly steered: () => void;
  private move: { from: CameraPose; to: CameraPose; started: number; seconds: number; done: () => void } | undefined;

  /**
   * @param moved called after every change of the pose
   * @param steered called when pointer or wheel have let go of it
   */
  constructor(canvas: HTMLCanvasElement, reducedMotion: boolean, moved: () => void, steered: () => void) {
    this.canvas = canvas;
    this.reducedMotion = reducedMotion;
    this.moved = moved;
    this.steered = steered;
    this.camera.up.set(0, 0, 1);
    this.camera.position.set(...FIRST.position);
    this.orbits = this.orbitsNow();
    this.place(FIRST);
  }

  /** Controls turn round what was up when they were made. */
  private orbitsNow(): OrbitControls {
    const orbits = new OrbitControls(this.camera, this.canvas);
    orbits.enableDamping = false;
    orbits.minDistance = NEAREST;
    orbits.maxDistance = FARTHEST;
    orbits.addEventListener('change', this.moved);
    orbits.addEventListener('start', () => this.endMove());
    orbits.addEventListener('end', this.steered);
    return orbits;
  }

  get pose(): CameraPose {
    const { up, position } = this.camera;
    const pose = { target: tupleOf(this.orbits.target), position: tupleOf(position) };
    return up.z > 0.999 ? pose : { ...pose, up: tupleOf(up) };
  }

  jumpTo(pose: CameraPose): void {
    this.endMove();
    this.place(pose);
    this.moved();
  }

  /** @returns when the move has ended or was replaced by another; until then `step` takes it on */
  moveTo(to: CameraPose, seconds: number): Promise<void> {
    if (this.reducedMotion || !(seconds > 0)) {
      this.jumpTo(to);
      return Promise.resolve();
    }
    this.endMove();
    return new Promise((done) => {
      this.move = { from: this.pose, to, started: performance.now(), seconds, done };
    });
  }

  /** Takes a move that is under way to where it is at a time, as requestAnimationFrame tells it. */
  step(now: number): void {
    if (!this.move) return;
    const { from, to, started, seconds, done } = this.move;
    const t = Math.min(1, Math.max(0, (now - started) / (1000 * seconds)));
    if (t === 1) this.place(to);
    else if (sameUp(from, to)) this.place(poseBetween(from, to, smoothstep(t)));
    else this.roll(from, to, smoothstep(t));
    this.moved();
    if (t < 1) return;
    this.move = undefined;
    done();
  }

  endMove(): void {
    const { move } = this;
    this.move = undefined;
    move?.done();
  }

  /** Turns round the target, degrees: to the person's left and up. */
  orbit(azimuth_deg: number, elevation_deg: number): void {
    const { pose } = this;
    const { azimuth, elevation, distance } = bearingOf(pose);
    this.jumpTo(
      poseAt(pose.target, { azimuth: azimuth + azimuth_deg, elevation: elevation + elevation_deg, distance }, pose.up),
    );
  }

  /** @param factor above 1 goes nearer */
  zoom(factor: number): void {
    const { pose } = this;
    const bearing = bearingOf(pose);
    const distance = Math.min(FARTHEST, Math.max(NEAREST, bearing.distance / factor));
    this.jumpTo(poseAt(pose.target, { ...bearing, distance }, pose.up));
  }

  /** Moves the picture by CSS pixels, right and down. */
  pan(dx_px: number, dy_px: number): void {
    const { target, position } = this.pose;
    const { up } = this.pose;
    const { distance } = bearingOf(this.pose);
    const mm = (2 * distance * Math.tan((LENS * Math.PI) / 360)) / Math.max(1, this.canvas.clientHeight);
    const [right, above] = [new Vector3(), new Vector3()];
    this.camera.matrixWorld.extractBasis(right, above, new Vector3());
    const by = right.multiplyScalar(-dx_px * mm).add(above.multiplyScalar(dy_px * mm));
    const moved = (p: Vec3): Vec3 => [p[0] + by.x, p[1] + by.y, p[2] + by.z];
    this.jumpTo({ target: moved(target), position: moved(position), ...(up !== undefined && { up }) });
  }

  /** Whether pointer and wheel move the camera. */
  get controls(): boolean {
    return this.orbits.enabled;
  }
  set controls(on: boolean) {
    this.orbits.enabled = on;
  }

  /** How the picture lies in the body, and how large things are at what is looked at. */
  get gauge(): Gauge {
    const [right, up] = [new Vector3(), new Vector3()];
    this.camera.updateMatrixWorld();
    this.camera.matrixWorld.extractBasis(right, up, new Vector3());
    const { distance } = bearingOf(this.pose);
    const pixelsPerMm = this.canvas.clientHeight / (2 * distance * Math.tan((LENS * Math.PI) / 360));
    return { right: tupleOf(right), up: tupleOf(up), pixelsPerMm };
  }

  /** @param aspect width of the picture over its height */
  setAspect(aspect: number): void {
    this.camera.aspect = aspect;
    this.camera.updateProjectionMatrix();
  }

  /** Where a place (mm) is in the picture, CSS pixels; inFront is false behind the camera or outside the picture. */
  project(point: Vec3): { readonly x: number; readonly y: number; readonly inFront: boolean } {
    this.camera.updateMatrixWorld();
    const p = vectorOf(point).project(this.camera);
    return {
      x: ((p.x + 1) / 2) * this.canvas.clientWidth,
      y: ((1 - p.y) / 2) * this.canvas.clientHeight,
      inFront: p.z > -1 && p.z < 1 && Math.abs(p.x) <= 1 && Math.abs(p.y) <= 1,
    };
  }

  /** The ray through a place of the picture, CSS pixels from the canvas's corner. */
  rayThrough(x: number, y: number): Raycaster {
    this.camera.updateMatrixWorld();
    const caster = new Raycaster();
    const at = new Vector2((2 * x) / this.canvas.clientWidth - 1, 1 - (2 * y) / this.canvas.clientHeight);
    caster.setFromCamera(at, this.camera);
    return caster;
  }

  dispose(): void {
    this.endMove();
    this.orbits.dispose();
  }

  /** Between poses of which one stands and the other lies: the eye turns as the whole camera does. */
  private roll(from: CameraPose, to: CameraPose, share: number): void {
    const turnOf = ({ target, position, up = [0, 0, 1] }: CameraPose): Quaternion => {
      const eye = new PerspectiveCamera();
      eye.up.set(...up);
      eye.position.set(...position);
      eye.lookAt(...target);
      return eye.quaternion;
    };
    const turn = turnOf(from).slerp(turnOf(to), share);
    const target = vectorOf(from.target).lerp(vectorOf(to.target), share);
    const [a, b] = [bearingOf(from).distance, bearingOf(to).distance];
    this.camera.quaternion.copy(turn);
    this.camera.position.copy(target).add(new Vector3(0, 0, a * (b / a) ** share).applyQuaternion(turn));
    this.orbits.target.copy(target);
    this.camera.updateMatrixWorld();
  }

  private place({ target, position, up = [0, 0, 1] }: CameraPose): void {
    if (this.camera.up.distanceToSquared(vectorOf(up)) > 1e-9) {
      this.camera.up.set(...up);
      const { enabled } = this.orbits;
      this.orbits.dispose();
      this.orbits = this.orbitsNow();
      this.orbits.enabled = enabled;
    }
    this.camera.position.set(...position);
    this.camera.lookAt(...target);
    this.orbits.target.set(...target);
    this.camera.updateMatrixWorld();
  }
}

const sameUp = ({ up: a = [0, 0, 1] }: CameraPose, { up: b = [0, 0, 1] }: CameraPose): boolean =>
  a.every((c, d) => Math.abs(c - b[d]!) < 1e-3);
