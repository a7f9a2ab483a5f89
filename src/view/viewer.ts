import {
  BufferAttribute,
  BufferGeometry,
  Color,
  type Intersection,
  Mesh,
  PerspectiveCamera,
  Raycaster,
  Scene,
  type ShaderMaterial,
  Vector2,
  Vector3,
  WebGLRenderer,
} from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import { InputError } from '../base/errors.ts';
import type { Vec3 } from '../base/grid.ts';
import { continuedOutward } from '../press/displacement.ts';
import type { ToolSurface } from '../press/tool-surface.ts';
import type { Surface } from '../voxel/surfaces.ts';
import {
  bearingOf,
  type CameraPose,
  eased,
  isViewName,
  poseAt,
  poseBetween,
  poseFraming,
  tupleOf,
  type ViewName,
  vectorOf,
} from './camera.ts';
import { type Between, type PressState, stateAt } from './displacement.ts';
import { DrawnSurface, type ReadableState } from './drawn-surface.ts';
import { peeledOpacity, xrayOpacity } from './layers.ts';
import { fieldReader, pressureBetween, sectionFrame } from './press-reading.ts';
import { type SectionBody, SectionSheet } from './section.ts';
import { sharedLook, surfaceMaterial } from './surface-material.ts';

export type Background = 'light' | 'dark' | 'transparent';

export interface ViewerOptions {
  readonly background?: Background;
  /** Camera moves become jumps. */
  readonly reducedMotion?: boolean;
  /** Drawn pixels per CSS pixel; at most 2 unless given. */
  readonly pixelRatio?: number;
}

/** A flat cut through the tool's axis. */
export interface SectionChoice {
  readonly kind: 'axial' | 'sagittal' | 'coronal' | 'along-push';
  /** Moves the cut along its normal (left, back or head), mm. */
  readonly offset_mm?: number;
  /** What fills it; pressure needs states that carry it and falls back to structures. */
  readonly show: 'pressure' | 'structures';
}

export interface ViewerStyle {
  readonly mode: 'plain' | 'xray';
  /** Whether the published spread of nerves and ureters is shown around their courses. */
  readonly spread: boolean;
  /** 1 = as peeled. */
  readonly skinOpacity: number;
}

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

interface ViewerEvents {
  /** A frame has been drawn. */
  frame: () => void;
  /** The eye has moved. */
  camera: (pose: CameraPose) => void;
  /** The graphics context is gone; it usually comes back by itself. */
  lost: () => void;
  restored: () => void;
}

/** Vertical opening of the lens, degrees: a long lens, as plates are drawn. */
const LENS = 24;

/** sRGB. */
const PAPER = { light: '#f6f3ee', dark: '#15171b', transparent: '#ffffff' } as const;
const TOOL_COLOUR = [92, 102, 114] as const;

/** A picture that shows less than this much of a surface does not pick it when something more solid lies behind. */
const SOLID_ENOUGH = 0.35;

/**
 * Draws a body, a tool and what the press does to them on a canvas. Takes plain data and emits events; draws only when
 * something has changed. All lengths in mm, all places in LPS.
 */
export class Viewer {
  private readonly canvas: HTMLCanvasElement;
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly eye = new PerspectiveCamera(LENS, 1, 50, 6000);
  private readonly orbits: OrbitControls;
  private readonly shared = sharedLook();
  private readonly handlers: { [E in keyof ViewerEvents]: Set<ViewerEvents[E]> } = {
    frame: new Set(),
    camera: new Set(),
    lost: new Set(),
    restored: new Set(),
  };
  private readonly watcher: ResizeObserver;
  private pieces: DrawnSurface[] = [];
  private tool: { surface: ToolSurface; mesh: Mesh<BufferGeometry, ShaderMaterial> } | undefined;
  private body: SectionBody | undefined;
  private states: ReadableState[] = [];
  private between: Between<ReadableState> = stateAt<ReadableState>([], 0);
  private share = 0;
  private sheet: SectionSheet | undefined;
  private section: SectionChoice | undefined;
  private ground: 'light' | 'dark' = 'light';
  private peel = 0;
  private style: ViewerStyle = { mode: 'plain', spread: false, skinOpacity: 1 };
  private readonly opacities = new Map<string, number>();
  private isolated: ReadonlySet<string> | undefined;
  private lit: ReadonlySet<string> = new Set();
  private move: { from: CameraPose; to: CameraPose; started: number; seconds: number; done: () => void } | undefined;
  private reducedMotion: boolean;
  private readonly pixelRatio: number | undefined;
  private request = 0;
  private gone = false;
  private lost = false;

  /** @throws InputError where the browser has no WebGL 2 */
  constructor(canvas: HTMLCanvasElement, options: ViewerOptions = {}) {
    this.canvas = canvas;
    this.reducedMotion = options.reducedMotion ?? matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.pixelRatio = options.pixelRatio;
    try {
      this.renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true });
    } catch {
      throw new InputError(
        'this browser shows no 3-D pictures (WebGL 2 is missing or switched off): use another browser, or read the tables.',
      );
    }
    this.eye.up.set(0, 0, 1);
    this.setPose({ target: [0, 20, 20], position: [0, -1200, 60] });
    this.orbits = new OrbitControls(this.eye, canvas);
    this.orbits.enableDamping = false;
    this.orbits.minDistance = 150;
    this.orbits.maxDistance = 4000;
    this.orbits.target.set(0, 20, 20);
    this.orbits.addEventListener('change', () => this.cameraChanged());
    this.orbits.addEventListener('start', () => this.endMove());
    canvas.addEventListener('webglcontextlost', this.onLost);
    canvas.addEventListener('webglcontextrestored', this.onRestored);
    this.setBackground(options.background ?? 'light');
    this.watcher = new ResizeObserver(() => this.resize());
    this.watcher.observe(canvas);
    this.resize();
  }

  // ——— what is shown ———

  /** Replaces all surfaces; opacities, peeling and isolation stay. */
  setSurfaces(surfaces: readonly Surface[]): void {
    this.dropSurfaces();
    this.pieces = surfaces.map((surface) => new DrawnSurface(surface, this.shared));
    for (const { mesh, veil } of this.pieces) this.scene.add(mesh, veil);
    this.displace();
    this.restyle();
  }

  /** The tool at first touch; setLoad moves it with the press. */
  setTool(surface: ToolSurface | undefined): void {
    if (this.tool) {
      this.scene.remove(this.tool.mesh);
      this.tool.mesh.geometry.dispose();
      this.tool.mesh.material.dispose();
      this.tool = undefined;
    }
    if (surface) {
      const geometry = new BufferGeometry();
      geometry.setAttribute('position', new BufferAttribute(surface.vertices, 3));
      geometry.setAttribute('normal', new BufferAttribute(surface.normals, 3));
      geometry.setAttribute('rest', new BufferAttribute(surface.vertices, 3));
      geometry.setAttribute('shade', new BufferAttribute(new Uint8Array(surface.vertices.length / 3), 1, true));
      geometry.setIndex(new BufferAttribute(surface.triangles, 1));
      const mesh = new Mesh(
        geometry,
        surfaceMaterial({ colour: TOOL_COLOUR, gloss: 0.35, cuttable: true }, this.shared),
      );
      // skin and tool touch: the tool wins where they cross by less than the contact's tolerance
      mesh.material.polygonOffset = true;
      mesh.material.polygonOffsetUnits = -1200;
      this.tool = { surface, mesh };
      this.scene.add(mesh);
    }
    this.placeTool();
    this.refreshSection();
    this.touch();
  }

  /** The body that states belong to. Clears states. */
  setBody(body: SectionBody | undefined): void {
    this.sheet?.dispose();
    if (this.sheet) this.scene.remove(this.sheet.mesh);
    this.sheet = undefined;
    this.body = body;
    this.setStates([]);
  }

  /** Equilibria of the press, in any order; the body at rest comes before them by itself. */
  setStates(states: readonly PressState[]): void {
    const { body } = this;
    this.states =
      body === undefined
        ? []
        : [...states]
            .sort((a, b) => a.depth - b.depth)
            .map(({ depth, force, displacement, pressure }) => {
              let field: Float32Array | undefined;
              return {
                depth,
                force,
                pressure,
                field: () => (field ??= continuedOutward(body.grid, body.fill, displacement)),
              };
            });
    this.setLoad(this.share);
  }

  /** 0 rest … 1 the last state, as a share of its depth; fields are interpolated between the stored states. */
  setLoad(share: number): void {
    this.share = Math.min(1, Math.max(0, share));
    this.between = stateAt(this.states, this.share);
    this.displace();
    this.placeTool();
    this.refreshSection();
    this.touch();
  }

  /** What is drawn: share of the last depth, depth in mm, force in N. */
  get load(): { readonly share: number; readonly depth: number; readonly force: number } {
    return { share: this.share, depth: this.between.depth, force: this.between.force };
  }

  // ——— looks ———

  /** 0 skin … 1 psoas and what lies beside it. */
  setPeel(t: number): void {
    this.peel = Math.min(1, Math.max(0, t));
    this.restyle();
  }

  setStyle(style: Partial<ViewerStyle>): void {
    this.style = { ...this.style, ...style };
    this.restyle();
  }

  /** @param id structure, or structure/side @param opacity 0 hides; undefined = as peeled */
  setOpacity(id: string, opacity: number | undefined): void {
    if (opacity === undefined) this.opacities.delete(id);
    else this.opacities.set(id, Math.min(1, Math.max(0, opacity)));
    this.restyle();
  }

  /** Shows only these (structure, or structure/side) with skin and bones as pale ghosts; undefined ends it. */
  isolate(ids: readonly string[] | undefined): void {
    this.isolated = ids === undefined ? undefined : new Set(ids);
    this.restyle();
  }

  highlight(ids: readonly string[]): void {
    this.lit = new Set(ids);
    this.restyle();
  }

  /** Cuts the body through the tool's axis, or no longer. The half toward the eye goes. */
  setSection(section: SectionChoice | undefined): void {
    this.section = section;
    this.refreshSection();
    this.restyle();
  }

  setBackground(background: Background): void {
    this.shared.paper.value.set(new Color(PAPER[background]));
    this.renderer.setClearColor(PAPER[background], background === 'transparent' ? 0 : 1);
    this.touch();
  }

  /** Whether the page around the picture is light or dark: what the cut is drawn on. */
  setGround(kind: 'light' | 'dark'): void {
    this.ground = kind;
    this.sheet?.setGround(kind);
    this.touch();
  }

  setReducedMotion(on: boolean): void {
    this.reducedMotion = on;
  }

  // ——— camera ———

  /**
   * Moves the eye. @param options.focus structures to fill the picture with (default: everything shown)
   * @returns when the move has ended or was replaced by another
   */
  look(
    view: ViewName | CameraPose,
    options: { seconds?: number; focus?: readonly string[]; margin?: number } = {},
  ): Promise<void> {
    const focus = options.focus;
    const framed = isViewName(view) || focus !== undefined;
    const { low, high } = this.extent(focus);
    const to = framed ? poseFraming(view, low, high, this.eye, options.margin ?? 1.06) : (view as CameraPose);
    return this.moveTo(to, options.seconds ?? 0.9);
  }

  get camera(): CameraPose {
    return { target: tupleOf(this.orbits.target), position: tupleOf(this.eye.position) };
  }

  setCamera(pose: CameraPose): void {
    this.endMove();
    this.setPose(pose);
    this.cameraChanged();
  }

  /** Turns round the target, degrees: to the person's left and up. */
  orbit(azimuth_deg: number, elevation_deg: number): void {
    const { azimuth, elevation, distance } = bearingOf(this.camera);
    this.setCamera(
      poseAt(this.camera.target, { azimuth: azimuth + azimuth_deg, elevation: elevation + elevation_deg, distance }),
    );
  }

  /** @param factor above 1 goes nearer */
  zoom(factor: number): void {
    const bearing = bearingOf(this.camera);
    const distance = Math.min(this.orbits.maxDistance, Math.max(this.orbits.minDistance, bearing.distance / factor));
    this.setCamera(poseAt(this.camera.target, { ...bearing, distance }));
  }

  /** Moves the picture by CSS pixels, right and down. */
  pan(dx_px: number, dy_px: number): void {
    const { target, position } = this.camera;
    const distance = bearingOf(this.camera).distance;
    const mm = (2 * distance * Math.tan((LENS * Math.PI) / 360)) / Math.max(1, this.canvas.clientHeight);
    const [right, up] = [new Vector3(), new Vector3()];
    this.eye.matrixWorld.extractBasis(right, up, new Vector3());
    const by = right.multiplyScalar(-dx_px * mm).add(up.multiplyScalar(dy_px * mm));
    const moved = (p: Vec3): Vec3 => [p[0] + by.x, p[1] + by.y, p[2] + by.z];
    this.setCamera({ target: moved(target), position: moved(position) });
  }

  /** Whether pointer and wheel move the eye; switch off while something else is dragged. */
  get controls(): boolean {
    return this.orbits.enabled;
  }
  set controls(on: boolean) {
    this.orbits.enabled = on;
  }

  // ——— asking ———

  /** What is under a place of the picture, CSS pixels from the canvas's corner. */
  pick(x: number, y: number): Picked | undefined {
    const caster = this.casterAt(x, y);
    const hits = this.hits(caster);
    const cut = this.pickSection(caster);
    const chosen = hits.find((hit) => (hit.object.userData.drawn as DrawnSurface).opacity >= SOLID_ENOUGH) ?? hits[0];
    if (cut && (!chosen || cut.distance <= chosen.distance)) return cut.picked;
    if (chosen === undefined) return undefined;
    const { surface } = chosen.object.userData.drawn as DrawnSurface;
    const { structure, side, kind } = surface;
    return { structure, side, kind, point: tupleOf(chosen.point), rest: restOf(surface, chosen) };
  }

  /** The point of the skin at rest under a place of the picture, also where the skin is peeled away. */
  pickSkin(x: number, y: number): Vec3 | undefined {
    const skin = this.pieces.find(({ surface }) => surface.structure === 'skin');
    if (skin === undefined) return undefined;
    this.settle(skin);
    const { visible } = skin.mesh;
    skin.mesh.visible = true;
    skin.mesh.updateMatrixWorld();
    const hit = this.casterAt(x, y).intersectObject(skin.mesh, false)[0];
    skin.mesh.visible = visible;
    return hit === undefined ? undefined : restOf(skin.surface, hit);
  }

  /** Where a place (mm) is in the picture, CSS pixels; inFront is false behind the eye or outside the picture. */
  project(point: Vec3): { readonly x: number; readonly y: number; readonly inFront: boolean } {
    this.eye.updateMatrixWorld();
    const p = vectorOf(point).project(this.eye);
    return {
      x: ((p.x + 1) / 2) * this.canvas.clientWidth,
      y: ((1 - p.y) / 2) * this.canvas.clientHeight,
      inFront: p.z > -1 && p.z < 1 && Math.abs(p.x) <= 1 && Math.abs(p.y) <= 1,
    };
  }

  /** The point of a structure, as drawn, that is nearest to the eye along its middle: where a label's line can end. */
  anchor(id: string): Vec3 | undefined {
    // what a cut has opened is named on the cut, what it has taken away is not
    if (this.sheet?.mesh.visible === true) {
      const [structure, side] = id.split('/');
      return this.sheet.anchor(structure!, side);
    }
    const parts = this.pieces.filter((d) => d.surface.kind !== 'spread' && (d.id === id || d.surface.structure === id));
    let best: Vec3 | undefined;
    let least = Number.POSITIVE_INFINITY;
    const at = new Vector3();
    for (const part of parts) {
      this.settle(part);
      const { mesh } = part;
      const middle = mesh.geometry.boundingSphere!.center;
      const away = middle.clone().sub(this.eye.position).normalize();
      const position = mesh.geometry.getAttribute('position');
      for (let n = 0; n < position.count; n++) {
        at.fromBufferAttribute(position, n).sub(this.eye.position);
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

  // ——— life ———

  /** @returns a function that stops listening */
  on<E extends keyof ViewerEvents>(event: E, handler: ViewerEvents[E]): () => void {
    this.handlers[event].add(handler);
    return () => this.handlers[event].delete(handler);
  }

  /** Resolves after the next frame after which nothing is left to draw. */
  drawn(): Promise<void> {
    if (this.request === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const off = this.on('frame', () => {
        if (this.request !== 0) return;
        off();
        resolve();
      });
    });
  }

  /** Fits the picture to the canvas's CSS size. */
  resize(): void {
    const width = Math.max(1, this.canvas.clientWidth);
    const height = Math.max(1, this.canvas.clientHeight);
    this.renderer.setPixelRatio(this.pixelRatio ?? Math.min(2, devicePixelRatio));
    this.renderer.setSize(width, height, false);
    this.eye.aspect = width / height;
    this.eye.updateProjectionMatrix();
    this.touch();
  }

  /** A PNG of the picture, in drawn pixels as given or as on screen. */
  async snapshot(size?: { width: number; height: number }): Promise<Blob> {
    const { aspect } = this.eye;
    if (size) {
      this.renderer.setPixelRatio(1);
      this.renderer.setSize(size.width, size.height, false);
      this.eye.aspect = size.width / size.height;
      this.eye.updateProjectionMatrix();
    }
    this.draw();
    const blob = await new Promise<Blob | null>((resolve) => this.canvas.toBlob(resolve, 'image/png'));
    if (size) {
      this.eye.aspect = aspect;
      this.resize();
    }
    if (blob === null) throw new InputError('the picture could not be saved: the browser gave no image back.');
    return blob;
  }

  /** What lives on the graphics card: nothing after dispose. */
  get resources(): { readonly geometries: number; readonly textures: number; readonly programs: number } {
    const { memory, programs } = this.renderer.info;
    return { geometries: memory.geometries, textures: memory.textures, programs: programs?.length ?? 0 };
  }

  dispose(): void {
    if (this.gone) return;
    this.gone = true;
    cancelAnimationFrame(this.request);
    this.endMove();
    this.watcher.disconnect();
    this.canvas.removeEventListener('webglcontextlost', this.onLost);
    this.canvas.removeEventListener('webglcontextrestored', this.onRestored);
    this.orbits.dispose();
    this.dropSurfaces();
    this.setTool(undefined);
    this.sheet?.dispose();
    this.sheet = undefined;
    this.renderer.dispose();
    for (const set of Object.values(this.handlers)) set.clear();
  }

  // ——— inside ———

  private dropSurfaces(): void {
    for (const drawn of this.pieces) {
      this.scene.remove(drawn.mesh, drawn.veil);
      drawn.dispose();
    }
    this.pieces = [];
  }

  /** Moves what can be seen to the present load; what is hidden follows when it is shown or asked for. */
  private displace(): void {
    for (const drawn of this.pieces) if (drawn.mesh.visible) this.settle(drawn);
  }

  private settle(drawn: DrawnSurface): void {
    if (this.body !== undefined) drawn.displace(this.body.grid, this.between);
  }

  private placeTool(): void {
    if (!this.tool) return;
    const { mesh, surface } = this.tool;
    mesh.position.set(...surface.direction).multiplyScalar(this.between.depth);
    mesh.updateMatrixWorld();
  }

  /** Lays the cut anew: after a change of tool, load or choice. */
  private refreshSection(): void {
    const { section, body, between } = this;
    const on = section !== undefined && body !== undefined;
    if (this.sheet) this.sheet.mesh.visible = on;
    this.shared.cutting.value = on ? 1 : 0;
    if (!on) return;
    if (!this.sheet) {
      this.sheet = new SectionSheet(body);
      this.sheet.setGround(this.ground);
      this.scene.add(this.sheet.mesh);
    }
    this.sheet.lay(sectionFrame(section, body, this.tool?.surface, between.depth), fieldReader(body.grid, between));
    this.sheet.fill(section.show === 'pressure' ? pressureBetween(between, body.fill.length) : undefined);
    this.touch();
  }

  private restyle(): void {
    const skin = this.pieces.find(({ surface }) => surface.structure === 'skin');
    const opaqueSkin = skin !== undefined && this.opacityOf(skin) >= 0.999;
    const fat = this.pieces.find(({ surface }) => surface.structure === 'subcutaneous_fat');
    const opaqueFat = fat !== undefined && this.opacityOf(fat) >= 0.999;
    for (const drawn of this.pieces) {
      // under something opaque there is nothing to draw
      const hidden = (opaqueSkin && drawn !== skin) || (opaqueFat && drawn !== fat && drawn !== skin);
      drawn.show(hidden ? 0 : this.opacityOf(drawn), this.isolated !== undefined && !this.holds(this.isolated, drawn));
      if (drawn.mesh.visible) this.settle(drawn);
      drawn.mesh.material.uniforms.glow!.value = this.holds(this.lit, drawn) && drawn.surface.kind !== 'spread' ? 1 : 0;
    }
    this.touch();
  }

  private opacityOf(drawn: DrawnSurface): number {
    const { surface, id } = drawn;
    const own = this.opacities.get(id) ?? this.opacities.get(surface.structure);
    if (surface.kind === 'spread') {
      const alone = this.isolated === undefined || this.holds(this.isolated, drawn);
      return this.style.spread && alone && own !== 0 ? 0.2 : 0;
    }
    if (own !== undefined) return own;
    if (this.isolated) {
      if (this.holds(this.isolated, drawn)) return 1;
      return surface.structure === 'skin' ? 0.08 : surface.tissue === 'bone' ? 0.14 : 0;
    }
    if (this.style.mode === 'xray') return xrayOpacity(surface);
    const peeled = peeledOpacity(surface, this.peel);
    return surface.structure === 'skin' ? peeled * this.style.skinOpacity : peeled;
  }

  private holds(ids: ReadonlySet<string>, { id, surface }: DrawnSurface): boolean {
    return ids.has(id) || ids.has(surface.structure);
  }

  private setPose({ target, position }: CameraPose): void {
    this.eye.position.set(...position);
    this.eye.lookAt(...target);
    this.orbits?.target.set(...target);
    this.eye.updateMatrixWorld();
  }

  private cameraChanged(): void {
    this.touch();
    const { camera } = this;
    for (const handler of this.handlers.camera) handler(camera);
  }

  private moveTo(to: CameraPose, seconds: number): Promise<void> {
    this.endMove();
    if (this.reducedMotion || !(seconds > 0)) {
      this.setPose(to);
      this.cameraChanged();
      return Promise.resolve();
    }
    return new Promise((done) => {
      this.move = { from: this.camera, to, started: performance.now(), seconds, done };
      this.touch();
    });
  }

  private endMove(): void {
    const { move } = this;
    this.move = undefined;
    move?.done();
  }

  private stepMove(now: number): void {
    if (!this.move) return;
    const { from, to, started, seconds, done } = this.move;
    const t = Math.min(1, Math.max(0, (now - started) / (1000 * seconds)));
    this.setPose(t === 1 ? to : poseBetween(from, to, eased(t)));
    this.cameraChanged();
    if (t < 1) return;
    this.move = undefined;
    done();
  }

  /** Box around the body, or around some structures. */
  private extent(focus: readonly string[] | undefined): { low: Vec3; high: Vec3 } {
    const wanted = focus && new Set(focus);
    const chosen = this.pieces.filter((d) =>
      wanted ? this.holds(wanted, d) && d.surface.kind !== 'spread' : d.surface.structure === 'skin',
    );
    const low = [Infinity, Infinity, Infinity];
    const high = [-Infinity, -Infinity, -Infinity];
    for (const { surface } of chosen.length > 0 ? chosen : this.pieces)
      for (let n = 0; n < surface.vertices.length; n++) {
        low[n % 3] = Math.min(low[n % 3]!, surface.vertices[n]!);
        high[n % 3] = Math.max(high[n % 3]!, surface.vertices[n]!);
      }
    return high[0]! >= low[0]!
      ? { low: low as unknown as Vec3, high: high as unknown as Vec3 }
      : { low: [-200, -100, -150], high: [200, 150, 230] };
  }

  private casterAt(x: number, y: number): Raycaster {
    this.eye.updateMatrixWorld();
    const caster = new Raycaster();
    const at = new Vector2((2 * x) / this.canvas.clientWidth - 1, 1 - (2 * y) / this.canvas.clientHeight);
    caster.setFromCamera(at, this.eye);
    return caster;
  }

  /** Surfaces along a ray, nearest first, without what is cut away. */
  private hits(caster: Raycaster): Intersection[] {
    const { cut, cutting } = this.shared;
    const meshes = this.pieces.filter((d) => d.mesh.visible && d.surface.kind !== 'spread').map((d) => d.mesh);
    return caster
      .intersectObjects(meshes, false)
      .filter(
        ({ point }) =>
          cutting.value < 0.5 || point.x * cut.value.x + point.y * cut.value.y + point.z * cut.value.z <= cut.value.w,
      );
  }

  private pickSection({ ray }: Raycaster): { picked: Picked; distance: number } | undefined {
    const frame = this.sheet?.plane;
    const { body, section } = this;
    if (!frame || !body || !section || !this.sheet?.mesh.visible) return undefined;
    const normal = vectorOf(frame.normal);
    const steep = ray.direction.dot(normal);
    const distance = vectorOf(frame.point).sub(ray.origin).dot(normal) / steep;
    if (!(distance > 0) || !Number.isFinite(distance)) return undefined;
    const point = ray.at(distance, new Vector3());
    const from = point.clone().sub(vectorOf(frame.point));
    const rest = this.sheet.restAt(from.dot(vectorOf(frame.right)), from.dot(vectorOf(frame.up)));
    const found = rest && this.sheet.labelAt(rest);
    if (!rest || !found) return undefined;
    const pressure = section.show === 'pressure' ? this.sheet.pressureAt(rest) : undefined;
    const picked = {
      structure: found.structure,
      side: found.side,
      kind: 'section' as const,
      point: tupleOf(point),
      rest,
    };
    return { picked: pressure === undefined ? picked : { ...picked, pressure }, distance };
  }

  /** Asks for a frame. */
  private touch(): void {
    if (this.gone || this.lost || this.request !== 0) return;
    this.request = requestAnimationFrame((now) => {
      this.request = 0;
      this.stepMove(now);
      this.draw();
      for (const handler of this.handlers.frame) handler();
    });
  }

  private draw(): void {
    if (this.lost) return;
    // the half toward the eye is cut away
    const frame = this.sheet?.plane;
    if (frame && this.shared.cutting.value > 0) {
      const [n, p, e] = [frame.normal, frame.point, this.eye.position];
      const side = (e.x - p[0]) * n[0] + (e.y - p[1]) * n[1] + (e.z - p[2]) * n[2] >= 0 ? 1 : -1;
      const place = p[0] * n[0] + p[1] * n[1] + p[2] * n[2];
      this.shared.cut.value.set(side * n[0], side * n[1], side * n[2], side * place + 0.2);
    }
    this.orderGlass();
    this.renderer.render(this.scene, this.eye);
  }

  /** Translucent surfaces: inner before outer, then far before near. */
  private orderGlass(): void {
    const e = this.eye.position;
    const away = ({ middle }: DrawnSurface): number => Math.hypot(middle[0] - e.x, middle[1] - e.y, middle[2] - e.z);
    const glass = this.pieces.filter((d) => d.veil.visible);
    glass.sort((a, b) => a.nest - b.nest || away(b) - away(a));
    for (const [n, drawn] of glass.entries()) drawn.order(10 + n);
  }

  private readonly onLost = (event: Event): void => {
    event.preventDefault();
    this.lost = true;
    cancelAnimationFrame(this.request);
    this.request = 0;
    for (const handler of this.handlers.lost) handler();
  };

  private readonly onRestored = (): void => {
    this.lost = false;
    this.touch();
    for (const handler of this.handlers.restored) handler();
  };
}

/** Lets viewers share one camera: moving any moves all. @returns a function that parts them */
export function linkCameras(viewers: readonly Viewer[]): () => void {
  let passing = false;
  const offs = viewers.map((viewer) =>
    viewer.on('camera', (pose) => {
      if (passing) return;
      passing = true;
      for (const other of viewers) if (other !== viewer) other.setCamera(pose);
      passing = false;
    }),
  );
  return () => {
    for (const off of offs) off();
  };
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
