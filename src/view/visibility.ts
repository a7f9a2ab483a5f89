import type { Surface } from '../voxel/surfaces.ts';
import { peeledOpacity, xrayOpacity } from './layers.ts';

/** What was chosen to be seen. Ids are those of structures, or structure/side. */
export interface VisibilityChoice {
  /** 0 skin … 1 psoas and what lies beside it. */
  readonly peel: number;
  readonly mode: 'plain' | 'xray';
  /** Whether the published spread of nerves and ureters is shown around their courses. */
  readonly spread: boolean;
  /** 1 = as peeled. */
  readonly skinOpacity: number;
  /** Opacities that were set by hand. */
  readonly opacities: ReadonlyMap<string, number>;
  /** Shown alone, with skin and bones as pale ghosts. */
  readonly isolated: ReadonlySet<string> | undefined;
  readonly highlighted: ReadonlySet<string>;
}

/** How one surface is drawn. */
export interface Visibility {
  /** 0 hides. */
  readonly opacity: number;
  readonly ghost: boolean;
  readonly glow: boolean;
}

/** What decides how a surface is drawn. */
export interface Named {
  readonly id: string;
  readonly surface: Pick<Surface, 'structure' | 'tissue' | 'kind'>;
}

/** What encloses all the rest, from the outside inward. */
const WRAPS = ['skin', 'subcutaneous_fat'];

/** From this opacity on nothing shows through. */
const OPAQUE = 0.999;

/** Of things shown alone: how much is left of the skin and of the bones around them, and of a spread. */
const GHOST_SKIN = 0.08;
const GHOST_BONE = 0.14;
const SPREAD = 0.2;

/** How each of a body's surfaces is drawn. */
export function visibilityOf(surfaces: readonly Named[], choice: VisibilityChoice): Visibility[] {
  const opaque = WRAPS.findIndex((wrap) =>
    surfaces.some((one) => one.surface.structure === wrap && opacityOf(one, choice) >= OPAQUE),
  );
  // under something opaque there is nothing to draw
  const open = opaque === -1 ? undefined : WRAPS.slice(0, opaque + 1);
  return surfaces.map((one) => ({
    opacity: open === undefined || open.includes(one.surface.structure) ? opacityOf(one, choice) : 0,
    ghost: choice.isolated !== undefined && !holds(choice.isolated, one),
    glow: holds(choice.highlighted, one) && one.surface.kind !== 'spread',
  }));
}

/** Whether ids name a surface, by its structure or by that and its side. */
export const holds = (ids: ReadonlySet<string>, { id, surface }: Named): boolean =>
  ids.has(id) || ids.has(surface.structure);

function opacityOf(one: Named, choice: VisibilityChoice): number {
  const { surface, id } = one;
  const { isolated, opacities } = choice;
  const own = opacities.get(id) ?? opacities.get(surface.structure);
  if (surface.kind === 'spread') {
    const among = isolated === undefined || holds(isolated, one);
    return choice.spread && among && own !== 0 ? SPREAD : 0;
  }
  if (own !== undefined) return own;
  if (isolated) {
    if (holds(isolated, one)) return 1;
    return surface.structure === 'skin' ? GHOST_SKIN : surface.tissue === 'bone' ? GHOST_BONE : 0;
  }
  if (choice.mode === 'xray') return xrayOpacity(surface);
  const peeled = peeledOpacity(surface, choice.peel);
  return surface.structure === 'skin' ? peeled * choice.skinOpacity : peeled;
}
