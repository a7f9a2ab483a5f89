import { type Anatomy, buildAnatomy } from '../src/anatomy/anatomy.ts';
import type { Grid } from '../src/base/grid.ts';
import { resolveBody } from '../src/body/body.ts';
import { bodySpecSchema } from '../src/body/spec.ts';
import { lyingFigure } from '../src/figure/figure.ts';
import { handOf } from '../src/figure/hand.ts';
import { placeTool } from '../src/press/place.ts';
import type { Scenario } from '../src/press/scenario.ts';
import { press } from '../src/press/solve-press.ts';
import { type ToolSurface, toolSurface } from '../src/press/tool-surface.ts';
import { buildTool } from '../src/tool/build.ts';
import { linkCameras } from '../src/view/link-cameras.ts';
import { Viewer } from '../src/view/viewer.ts';
import type { VoxelModel } from '../src/voxel/model.ts';
import { painterOf } from '../src/voxel/paint.ts';
import { buildSurfaces } from '../src/voxel/surfaces.ts';
import { voxelize } from '../src/voxel/voxelize.ts';

/** What a page that tests or photographs the viewer can call: bundled into one script. */
Object.assign(globalThis, {
  psoascope: {
    Viewer,
    linkCameras,
    buildSurfaces,
    toolSurface,
    press,
    placeTool,
    buildTool,
    handOf,
    /** Who lies around the trunk of a spec, on a tool as it is laid there. */
    figureOf: (model: VoxelModel, spec: object, pose: Scenario['pose'], tool: ToolSurface) =>
      lyingFigure(model, resolveBody(bodySpecSchema.parse(spec)), pose, tool),
    /** The same labels in smaller voxels, mm. */
    labelsOf(anatomy: Anatomy, grid: Grid, spacing: number) {
      const size = grid.size.map((n) => Math.round((n * grid.spacing) / spacing)) as [number, number, number];
      const painter = painterOf(anatomy, { origin: grid.origin, spacing, size });
      for (let k = 0; k < size[2]; k++) painter.paintSlice(k);
      return painter.volume;
    },
    /** The body of a spec (all parts may be left out) as anatomy and cells. */
    async bodyOf(spec: object, cell_mm: number) {
      const anatomy = buildAnatomy(resolveBody(bodySpecSchema.parse(spec)));
      return { anatomy, model: await voxelize(anatomy, cell_mm, {}) };
    },
  },
});
