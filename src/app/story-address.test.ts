import { describe, expect, it } from 'vitest';
import { STORY } from './story.data.ts';
import { storyFragment, storyStep } from './story-address.ts';

describe('the story in addresses', () => {
  it('each picture has an address of its own that opens it again', () => {
    const steps = [...STORY.keys(), STORY.length];
    expect(new Set(steps.map(storyFragment)).size).toBe(steps.length);
    for (const step of steps) expect(storyStep(storyFragment(step))).toBe(step);
    expect(storyFragment(3)).toBe('#story-bowel');
    expect(storyStep('#')).toBe(0);
  });

  it('nothing else is an address of the story: links of presses, damaged ones, names of no picture', () => {
    for (const other of ['#v1', '#v1;b=f', '#story-', '#story-start', '#story-undefined', '#story', '#words'])
      expect(storyStep(other), other).toBeUndefined();
  });
});
