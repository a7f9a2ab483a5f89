import { buildAnatomy } from '../src/anatomy/anatomy.ts';
import { resolveBody } from '../src/body/body.ts';
import { bodySpecSchema } from '../src/body/spec.ts';
import { placeTool } from '../src/press/place.ts';
import { press } from '../src/press/solve-press.ts';
import { toolSurface } from '../src/press/tool-surface.ts';
import { buildTool } from '../src/tool/build.ts';
import { linkCameras, Viewer } from '../src/view/viewer.ts';
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
    /** The body of a spec (all parts may be left out) as anatomy and cells. */
    async bodyOf(spec: object, cell_mm: number) {
      const anatomy = buildAnatomy(resolveBody(bodySpecSchema.parse(spec)));
      return { anatomy, model: await voxelize(anatomy, cell_mm, {}) };
    },
  },
});
