import { beforeAll, describe, expect, it } from 'vitest';
import { drawScene, drawTool } from '../figure/draw-scene.ts';
import { storyPlates } from './plates.ts';
import { EXAMPLE } from './state.ts';
import { STORY } from './story.data.ts';

describe('drawings of the story', () => {
  let plates: Map<string, string>;
  beforeAll(async () => {
    const scene = await drawScene(EXAMPLE);
    const hook = await drawTool({ ...EXAMPLE, tool: { id: 'lever-hook' } });
    plates = storyPlates(scene, { 'two-peak': await drawTool(EXAMPLE), 'lever-hook': hook });
  }, 240_000);

  it('there is one of each picture, none like another, and none too heavy for a slow network', () => {
    expect([...plates.keys()]).toEqual(STORY.map(({ id }) => id));
    expect(new Set(plates.values()).size).toBe(STORY.length);
    for (const [id, svg] of plates) {
      expect(svg.length, id).toBeGreaterThan(20_000);
      expect(svg.length, id).toBeLessThan(300_000);
    }
  });

  it('have the person around the parts in them, and in the last one whole', () => {
    const ghost = 'fill-opacity=".16"';
    for (const [id, svg] of plates) expect(svg.includes(ghost), id).toBe(id !== 'lying');
  });

  it('have the tool in those of tools and in no other', () => {
    const tools = [...plates].filter(([, svg]) => svg.includes(TOOL_DARKEST)).map(([id]) => id);
    expect(tools).toEqual(['two-peak', 'hook', 'lying']);
  });
});

/** The tool's own colour where it is darkest, as figure/plate.ts shades it. */
const TOOL_DARKEST = '#31363d';
