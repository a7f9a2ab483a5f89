import { Color, Scene, WebGLRenderer } from 'three';
import { InputError } from '../base/errors.ts';
import type { Vec3 } from '../base/grid.ts';
import { tell } from '../base/told.ts';
import type { Figure } from '../figure/figure.ts';
import type { ToolInHand } from '../figure/hand.ts';
import { VIEW_ERRORS } from '../messages/errors/view.data.ts';
import { continuedOutward } from '../press/displacement.ts';
import { insideOf } from '../press/two-bodies.ts';
import type { Surface } from '../voxel/surfaces.ts';
import { boxAround, type CameraPose, isViewName, type Lie, poseFraming, type ViewName } from './camera.ts';
import { CameraRig, type Gauge } from './camera-rig.ts';
import { type Between, type PressState, stateAt } from './displacement.ts';
import { DrawnFigure } from './drawn-figure.ts';
import { DrawnSurface, type ReadableState } from './drawn-surface.ts';
import { DrawnTool } from './drawn-tool.ts';
import { anchorOn, type Picked, pickAlong, pickSurface } from './picker.ts';
import { contentsOf, fieldReader, pressureBetween, sectionFrame } from './press-reading.ts';
import { SectionLines } from './section-lines.ts';
import type { SectionShows } from './section-material.ts';
import { type LevelOnCut, type SectionBody, type SectionFrame, SectionMesh } from './section-mesh.ts';
import { sharedLook } from './surface-material.ts';
import { holds, type VisibilityChoice, visibilityOf } from './visibility.ts';

export type { Gauge, Picked };

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
  readonly show: SectionShows;
}

export type ViewerStyle = Pick<VisibilityChoice, 'mode' | 'spread' | 'skinOpacity'>;

interface ViewerEvents {
  /** A frame has been drawn. */
  frame: () => void;
  /** Somebody has moved the camera: with pointer, wheel, keys or buttons. */
  steered: () => void;
  /** The camera has moved. */
  camera: (pose: CameraPose) => void;
  /** The graphics context is gone; it usually comes back by itself. */
  lost: () => void;
  restored: () => void;
}

/** sRGB. */
const PAPER = { light: '#f6f3ee', dark: '#15171b', transparent: '#ffffff' } as const;

/** What is framed before there is anything to see: about a trunk, mm. */
const TRUNK = { low: [-200, -100, -150], high: [200, 150, 230] } as const;

/** Fills the picture with everybody who lies there, in place of a structure. */
export const PERSON = 'person';

/**
 * Draws a body, a tool and what the press does to them on a canvas. Takes plain data and emits events; draws only when
 * something has changed. All lengths in mm, all places in LPS.
 */
export class Viewer {
  private readonly canvas: HTMLCanvasElement;
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly rig: CameraRig;
  private readonly shared = sharedLook();
  private readonly handlers: { [E in keyof ViewerEvents]: Set<ViewerEvents[E]> } = {
    frame: new Set(),
    steered: new Set(),
    camera: new Set(),
    lost: new Set(),
    restored: new Set(),
  };
  private readonly watcher: ResizeObserver;
  private surfaces: DrawnSurface[] = [];
  private tool: DrawnTool | undefined;
  private figure: Figure | undefined;
  private drawnFigure: DrawnFigure | undefined;
  private body: SectionBody | undefined;
  private states: ReadableState[] = [];
  private between: Between<ReadableState> = stateAt<ReadableState>([], 0);
  private share = 0;
  private sectionMesh: SectionMesh | undefined;
  private sectionLines: SectionLines | undefined;
  private section: SectionChoice | undefined;
  private ground: 'light' | 'dark' = 'light';
  private letter = 16;
  private picked: ReadonlySet<string> = new Set();
  private readonly opacities = new Map<string, number>();
  private seen: VisibilityChoice = {
    peel: 0,
    mode: 'plain',
    spread: false,
    skinOpacity: 1,
    opacities: this.opacities,
    isolated: undefined,
    highlighted: new Set(),
  };
  private readonly pixelRatio: number | undefined;
  private request = 0;
  private disposed = false;
  private lost = false;

  /** @throws InputError where the browser has no WebGL 2 */
  constructor(canvas: HTMLCanvasElement, options: ViewerOptions = {}) {
    this.canvas = canvas;
    this.pixelRatio = options.pixelRatio;
    try {
      this.renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true });
    } catch {
      throw new InputError(tell(VIEW_ERRORS, 'error.view.no-3d'));
    }
    const reducedMotion = options.reducedMotion ?? matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.rig = new CameraRig(
      canvas,
      reducedMotion,
      () => this.cameraMoved(),
      () => this.steered(),
    );
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
    this.surfaces = surfaces.map((surface) => new DrawnSurface(surface, this.shared));
    for (const { mesh, depthPrepass } of this.surfaces) this.scene.add(mesh, depthPrepass);
    this.drawFigure();
    this.displace();
    if (this.shownSection?.plane !== undefined) this.drawSectionLines(this.shownSection.plane);
    this.restyle();
  }

  /** The tool at first touch; setLoad moves it with the press. */
  setTool(surface: ToolInHand | undefined): void {
    if (this.tool) {
      this.scene.remove(this.tool.shown);
      this.tool.dispose();
      this.tool = undefined;
    }
    if (surface) {
      this.tool = new DrawnTool(surface, this.shared);
      this.tool.setGround(this.ground);
      this.scene.add(this.tool.shown);
    }
    this.placeTool();
    this.refreshSection();
    this.requestRender();
  }

  /** Unit vector up from what the person lies on, LPS: what linked cameras of people who lie otherwise are turned by. */
  lying: Vec3 = [0, 1, 0];

  /** How the person lies. */
  get lie(): Lie {
    const { low, high } = this.extent(undefined);
    return { up: this.lying, middle: [0, 1, 2].map((d) => (low[d]! + high[d]!) / 2) as unknown as Vec3 };
  }

  /** Who lies around the trunk, for the eye only: a silhouette that nobody can point at. */
  setFigure(figure: Figure | undefined): void {
    this.figure = figure;
    this.drawFigure();
    this.restyle();
  }

  /** The body that states belong to. Clears states. */
  setBody(body: SectionBody | undefined): void {
    this.sectionMesh?.dispose();
    if (this.sectionMesh) this.scene.remove(this.sectionMesh.mesh);
    this.sectionMesh = undefined;
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
            .map(({ depth, force, displacement, pressure, contents }) => ({
              depth,
              force,
              pressure,
              field: continued(body, displacement),
              ...(contents && { contents: { share: contents.share, field: continued(body, contents.displacement) } }),
            }));
    this.setLoad(this.share);
  }

  /** 0 rest … 1 the last state, as a share of its depth; fields are interpolated between the stored states. */
  setLoad(share: number): void {
    this.share = Math.min(1, Math.max(0, share));
    this.between = stateAt(this.states, this.share);
    this.displace();
    this.placeTool();
    this.refreshSection();
    this.requestRender();
  }

  /** What is drawn: share of the last depth, depth in mm, force in N. */
  get load(): { readonly share: number; readonly depth: number; readonly force: number } {
    return { share: this.share, depth: this.between.depth, force: this.between.force };
  }

  // ——— looks ———

  /** 0 skin … 1 psoas and what lies beside it. */
  setPeel(t: number): void {
    this.show({ peel: Math.min(1, Math.max(0, t)) });
  }

  setStyle(style: Partial<ViewerStyle>): void {
    this.show(style);
  }

  /** @param id structure, or structure/side @param opacity 0 hides; undefined = as peeled */
  setOpacity(id: string, opacity: number | undefined): void {
    if (opacity === undefined) this.opacities.delete(id);
    else this.opacities.set(id, Math.min(1, Math.max(0, opacity)));
    this.restyle();
  }

  /** Shows only these (structure, or structure/side) with skin and bones as pale ghosts; undefined ends it. */
  isolate(ids: readonly string[] | undefined): void {
    this.show({ isolated: ids === undefined ? undefined : new Set(ids) });
  }

  /**
   * These glow, in the scene and on a cut.
   * @param ids picked: on a cut the rest steps back behind them
   * @param pointed at in passing
   */
  highlight(ids: readonly string[], pointed: readonly string[] = []): void {
    this.picked = new Set(ids);
    this.show({ highlighted: new Set([...ids, ...pointed]) });
    this.sectionMesh?.highlight(this.seen.highlighted, this.picked);
  }

  /** Cuts the body through the tool's axis, or no longer. The half toward the camera goes. */
  setSection(section: SectionChoice | undefined): void {
    this.section = section;
    this.refreshSection();
    this.restyle();
  }

  setBackground(background: Background): void {
    this.shared.paper.value.set(new Color(PAPER[background]));
    this.renderer.setClearColor(PAPER[background], background === 'transparent' ? 0 : 1);
    this.requestRender();
  }

  /** Whether the page around the picture is light or dark: what the cut is drawn on. */
  setGround(kind: 'light' | 'dark'): void {
    this.ground = kind;
    this.sectionMesh?.setGround(kind);
    if (this.shownSection?.plane !== undefined) this.drawSectionLines(this.shownSection.plane);
    this.drawnFigure?.setGround(kind);
    this.tool?.setGround(kind);
    this.requestRender();
  }

  /** Size of the page's letters, CSS pixels: the lines on a cut are as broad beside them as on paper. */
  setLetter(pixels: number): void {
    this.letter = pixels * this.renderer.getPixelRatio();
    this.sectionMesh?.setLetter(this.letter);
  }

  setReducedMotion(on: boolean): void {
    this.rig.reducedMotion = on;
  }

  // ——— camera ———

  /**
   * Moves the camera. @param options.focus structures to fill the picture with (default: everything shown)
   * @returns when the move has ended or was replaced by another
   */
  look(
    view: ViewName | CameraPose,
    options: { seconds?: number; focus?: readonly string[]; margin?: number } = {},
  ): Promise<void> {
    const { focus, margin = 1.06, seconds = 0.9 } = options;
    const { low, high } = this.extent(focus);
    const to = isViewName(view) || focus !== undefined ? poseFraming(view, low, high, this.rig.camera, margin) : view;
    const ended = this.rig.moveTo(to, seconds);
    this.requestRender();
    return ended;
  }

  /** How the picture lies in the body, and how large things are in it. */
  get gauge(): Gauge {
    return this.rig.gauge;
  }

  get camera(): CameraPose {
    return this.rig.pose;
  }

  setCamera(pose: CameraPose): void {
    this.rig.jumpTo(pose);
  }

  /** Turns round the target, degrees: to the person's left and up. */
  orbit(azimuth_deg: number, elevation_deg: number): void {
    this.rig.orbit(azimuth_deg, elevation_deg);
    this.steered();
  }

  /** @param factor above 1 goes nearer */
  zoom(factor: number): void {
    this.rig.zoom(factor);
    this.steered();
  }

  /** Moves the picture by CSS pixels, right and down. */
  pan(dx_px: number, dy_px: number): void {
    this.rig.pan(dx_px, dy_px);
    this.steered();
  }

  /** Whether pointer and wheel move the camera; switch off while something else is dragged. */
  get controls(): boolean {
    return this.rig.controls;
  }
  set controls(on: boolean) {
    this.rig.controls = on;
  }

  // ——— asking ———

  /** What is under a place of the picture, CSS pixels from the canvas's corner. */
  pick(x: number, y: number): Picked | undefined {
    return pickAlong(this.rig.rayThrough(x, y), this.surfaces, this.shownSection, this.shared);
  }

  /** The point of the skin at rest under a place of the picture, also where the skin is peeled away. */
  pickSkin(x: number, y: number): Vec3 | undefined {
    const skin = this.surfaces.find(({ surface }) => surface.structure === 'skin');
    if (skin === undefined) return undefined;
    this.displaceOne(skin);
    return pickSurface(this.rig.rayThrough(x, y), skin);
  }

  /** Where a place (mm) is in the picture, CSS pixels; inFront is false behind the eye or outside the picture. */
  project(point: Vec3): { readonly x: number; readonly y: number; readonly inFront: boolean } {
    return this.rig.project(point);
  }

  /** The point of a structure, as drawn, that is nearest to the eye along its middle: where a label's line can end. */
  anchor(id: string): Vec3 | undefined {
    // what a cut has opened is named on the cut, what it has taken away is not
    if (this.shownSection) {
      const [structure, side] = id.split('/');
      return this.shownSection.anchor(structure!, side) ?? this.sectionLines?.middle(id);
    }
    const wanted = new Set([id]);
    const parts = this.surfaces.filter((d) => d.surface.kind !== 'spread' && holds(wanted, d));
    for (const part of parts) this.displaceOne(part);
    return anchorOn(parts, this.rig.camera.position);
  }

  /**
   * Where the levels of pressure on a cut can be written on their lines; none without a cut, or where it shows no pressure.
   * @param apart least distance between two of them, CSS pixels
   */
  levels(apart: number): readonly LevelOnCut[] {
    return this.shownSection?.levelPlaces(apart / this.gauge.pixelsPerMm) ?? [];
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
    this.rig.setAspect(width / height);
    this.requestRender();
  }

  /** A PNG of the picture, in drawn pixels as given or as on screen. */
  async snapshot(size?: { width: number; height: number }): Promise<Blob> {
    if (size) {
      this.renderer.setPixelRatio(1);
      this.renderer.setSize(size.width, size.height, false);
      this.rig.setAspect(size.width / size.height);
    }
    this.draw();
    const blob = await new Promise<Blob | null>((resolve) => this.canvas.toBlob(resolve, 'image/png'));
    if (size) this.resize();
    if (blob === null) throw new InputError(tell(VIEW_ERRORS, 'error.view.no-picture'));
    return blob;
  }

  /** What lives on the graphics card: nothing after dispose. */
  get resources(): { readonly geometries: number; readonly textures: number; readonly programs: number } {
    const { memory, programs } = this.renderer.info;
    return { geometries: memory.geometries, textures: memory.textures, programs: programs?.length ?? 0 };
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    cancelAnimationFrame(this.request);
    this.watcher.disconnect();
    this.canvas.removeEventListener('webglcontextlost', this.onLost);
    this.canvas.removeEventListener('webglcontextrestored', this.onRestored);
    this.rig.dispose();
    this.dropSurfaces();
    this.setTool(undefined);
    this.figure = undefined;
    this.drawFigure();
    this.sectionMesh?.dispose();
    this.sectionMesh = undefined;
    this.sectionLines?.dispose();
    this.sectionLines = undefined;
    this.renderer.dispose();
    for (const set of Object.values(this.handlers)) set.clear();
  }

  // ——— inside ———

  private dropSurfaces(): void {
    for (const drawn of this.surfaces) {
      this.scene.remove(drawn.mesh, drawn.depthPrepass);
      drawn.dispose();
    }
    this.surfaces = [];
  }

  /** Moves what can be seen to the present load; what is hidden follows when it is shown or asked for. */
  private displace(): void {
    for (const drawn of this.surfaces) if (drawn.mesh.visible) this.displaceOne(drawn);
    if (this.body !== undefined) this.drawnFigure?.displace(this.body.grid, this.between);
  }

  private displaceOne(drawn: DrawnSurface): void {
    if (this.body !== undefined) drawn.displace(this.body.grid, this.between);
  }

  private placeTool(): void {
    this.tool?.moveTo(this.between.depth);
    if (this.tool) this.drawnFigure?.moveTo(this.tool.surface.direction, this.between.depth);
  }

  /** The figure in the scene, made anew: its shadow and its colour are also the trunk's. */
  private drawFigure(): void {
    if (this.drawnFigure) {
      this.scene.remove(this.drawnFigure.mesh, this.drawnFigure.mat);
      this.drawnFigure.dispose();
      this.drawnFigure = undefined;
    }
    const skin = this.surfaces.find(({ surface }) => surface.structure === 'skin')?.surface;
    this.shared.ends.value.set(-1e6, 1e6);
    if (this.figure === undefined || skin === undefined) return;
    this.shared.ends.value.set(...this.figure.ends);
    this.drawnFigure = new DrawnFigure(this.figure, skin.colour, skin.vertices, this.shared);
    this.drawnFigure.setGround(this.ground);
    this.scene.add(this.drawnFigure.mesh, this.drawnFigure.mat);
    if (this.body !== undefined) this.drawnFigure.displace(this.body.grid, this.between);
    this.placeTool();
  }

  /** Puts the cut where it belongs: after a change of tool, load or choice. */
  private refreshSection(): void {
    const { section, body, between } = this;
    const on = section !== undefined && body !== undefined;
    if (this.sectionMesh) this.sectionMesh.mesh.visible = on;
    if (this.sectionLines) this.sectionLines.mesh.visible = on;
    this.shared.cutting.value = on ? 1 : 0;
    if (!on) return;
    if (!this.sectionMesh) {
      this.sectionMesh = new SectionMesh(body);
      this.sectionMesh.setGround(this.ground);
      this.sectionMesh.setLetter(this.letter);
      this.sectionMesh.highlight(this.seen.highlighted, this.picked);
      this.scene.add(this.sectionMesh.mesh);
    }
    const frame = sectionFrame(section, body, this.tool?.surface, between.depth);
    const share = between.to?.contents?.share;
    const contents = share && { read: fieldReader(body.grid, contentsOf(between)), inside: insideOf(body.grid, share) };
    this.sectionMesh.place(frame, fieldReader(body.grid, between), contents);
    const pressure = section.show === 'structures' ? undefined : pressureBetween(between, body.fill.length);
    this.sectionMesh.fill(pressure, section.show);
    this.drawSectionLines(frame);
    this.requestRender();
  }

  /** Rings of corridors and what the press has left behind, on the cut. */
  private drawSectionLines(frame: SectionFrame): void {
    const { body, section } = this;
    if (body === undefined || section === undefined) return;
    if (!this.sectionLines) {
      this.sectionLines = new SectionLines();
      this.scene.add(this.sectionLines.mesh);
    }
    for (const drawn of this.surfaces)
      if (drawn.surface.kind === 'spread' || drawn.surface.kind === 'course') this.displaceOne(drawn);
    const dark = this.ground === 'dark' && section.show === 'pressure';
    const read = {
      container: fieldReader(body.grid, this.between),
      contents: fieldReader(body.grid, contentsOf(this.between)),
    };
    this.sectionLines.draw(frame, this.surfaces, read, dark);
  }

  private get shownSection(): SectionMesh | undefined {
    return this.sectionMesh?.mesh.visible === true ? this.sectionMesh : undefined;
  }

  private show(change: Partial<VisibilityChoice>): void {
    this.seen = { ...this.seen, ...change };
    this.restyle();
  }

  private restyle(): void {
    for (const [n, { opacity, ghost, glow }] of visibilityOf(this.surfaces, this.seen).entries()) {
      const drawn = this.surfaces[n]!;
      drawn.show(opacity, ghost, glow);
      if (drawn.mesh.visible) this.displaceOne(drawn);
    }
    const skin = this.surfaces.find(({ surface }) => surface.structure === 'skin');
    this.drawnFigure?.show({
      ghost: this.seen.isolated !== undefined || this.seen.mode === 'xray',
      skin: skin?.mesh.visible === true ? skin.opacity : 0,
    });
    this.requestRender();
  }

  private steered(): void {
    for (const handler of this.handlers.steered) handler();
  }

  private cameraMoved(): void {
    this.requestRender();
    const { camera } = this;
    for (const handler of this.handlers.camera) handler(camera);
  }

  /** Box around the body, or around some structures. */
  private extent(focus: readonly string[] | undefined): { readonly low: Vec3; readonly high: Vec3 } {
    if (focus?.includes(PERSON) && this.figure)
      return boxAround([this.figure.vertices, ...(this.tool ? [this.tool.surface.vertices] : [])]) ?? TRUNK;
    const wanted = focus && new Set(focus);
    const chosen = this.surfaces.filter((d) =>
      wanted ? holds(wanted, d) && d.surface.kind !== 'spread' : d.surface.structure === 'skin',
    );
    return boxAround((chosen.length > 0 ? chosen : this.surfaces).map(({ surface }) => surface.vertices)) ?? TRUNK;
  }

  private requestRender(): void {
    if (this.disposed || this.lost || this.request !== 0) return;
    this.request = requestAnimationFrame((now) => {
      this.request = 0;
      this.rig.step(now);
      this.draw();
      for (const handler of this.handlers.frame) handler();
    });
  }

  private draw(): void {
    if (this.lost) return;
    const eye = this.rig.camera.position;
    if (this.shared.cutting.value > 0) this.sectionMesh?.cutToward(eye, this.shared.cut.value);
    this.sortTransparent(eye);
    this.renderer.render(this.scene, this.rig.camera);
  }

  /** Translucent surfaces: inner before outer, then far before near. */
  private sortTransparent(e: { readonly x: number; readonly y: number; readonly z: number }): void {
    const away = ({ middle }: DrawnSurface): number => Math.hypot(middle[0] - e.x, middle[1] - e.y, middle[2] - e.z);
    const glass = this.surfaces.filter((d) => d.depthPrepass.visible);
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
    this.requestRender();
    for (const handler of this.handlers.restored) handler();
  };
}

/** A displacement that can be read just outside the body too, worked out when it is first asked for. */
function continued({ grid, fill }: SectionBody, displacement: Float32Array): () => Float32Array {
  let field: Float32Array | undefined;
  return () => (field ??= continuedOutward(grid, fill, displacement));
}
