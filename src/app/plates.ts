import type { Vec3 } from '../base/grid.ts';
import type { KeptScene } from '../figure/kept-scene.ts';
import { type PlatePart, plate } from '../figure/plate.ts';
import type { ToolSurface } from '../press/tool-surface.ts';
import { boxAround, LENS, poseAt, poseFraming } from '../view/camera.ts';
import { type VisibilityChoice, visibilityOf } from '../view/visibility.ts';
import { surfaceId } from '../voxel/surfaces.ts';
import { STORY, type StoryStep } from './story.data.ts';

/** The pictures of the story as drawings: of the same surfaces, from the same places, with the same parts in them as in the scene. */

/** sRGB 0…255. */
const TOOL = [92, 102, 114] as const;
const PERSON = [221, 211, 195] as const;

/** A drawing of each step of the story, by its name. @param tools at first touch, by their ids */
export function storyPlates(scene: KeptScene, tools: Readonly<Record<string, ToolSurface>>): Map<string, string> {
  return new Map(STORY.map((step) => [step.id, draw(scene, tools, step)]));
}

function draw({ surfaces, figure }: KeptScene, tools: Readonly<Record<string, ToolSurface>>, step: StoryStep): string {
  const { shown, camera, margin, focus, section } = step;
  // the last one is of who lies there: what is inside them only the cut shows, which has to be computed
  const whole = section;
  const choice: VisibilityChoice = {
    peel: whole ? 0 : step.peel,
    mode: step.xray ? 'xray' : 'plain',
    spread: false,
    skinOpacity: 1,
    opacities: new Map(),
    isolated: shown.length > 0 ? new Set(shown) : undefined,
    highlighted: new Set(),
  };
  const named = surfaces.map((surface) => ({ id: surfaceId(surface), surface }));
  const seen = visibilityOf(named, choice);
  const parts: PlatePart[] = surfaces.flatMap((surface, n) => {
    const { opacity } = seen[n]!;
    if (opacity < 0.05) return [];
    const as = opacity > 0.9 ? 'solid' : opacity > 0.11 ? 'glass' : 'ghost';
    return as === 'ghost' && surface.structure !== 'skin' ? [] : [{ ...surface, as }];
  });
  if (figure !== undefined) parts.push({ ...figure, colour: PERSON, as: whole ? 'solid' : 'ghost' });
  const tool = tools[step.tool];
  if (tool !== undefined) parts.push({ ...tool, colour: TOOL, as: 'solid' });

  const holds = (id: string, structure: string): boolean => focus.includes(id) || focus.includes(structure);
  const framed = whole
    ? parts.map(({ vertices }) => vertices)
    : named.flatMap(({ id, surface }) =>
        (focus.length === 0 ? surface.structure === 'skin' : surface.kind !== 'spread' && holds(id, surface.structure))
          ? [surface.vertices]
          : [],
      );
  const { low, high } = boxAround(framed)!;
  const up: Vec3 | undefined = whole ? figure?.up : undefined;
  const [azimuth, elevation] = whole ? [-72, 13] : camera;
  const from = poseAt([0, 0, 0], { azimuth, elevation, distance: 1000 }, up);
  const pose = poseFraming(from, low, high, { fov: LENS, aspect: 1 }, whole ? 1.04 : margin);
  return plate(parts, { position: pose.position, target: pose.target, up: up ?? [0, 0, 1], lens: LENS });
}
