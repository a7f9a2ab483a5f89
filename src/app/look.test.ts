import { describe, expect, it } from 'vitest';
import { lookOf } from './look.ts';
import { FIRST_VIEW, store } from './state.ts';
import { STORY } from './story.data.ts';

const state = (change: object) => ({ ...store.getState(), ...change });
const view = { ...FIRST_VIEW, peel: 0.7, load: 0.4, isolated: 'ureter', picked: { structure: 'ureter', side: 'left' } };

describe('what is on show', () => {
  it('is the picture of the story, whatever the person had chosen; after the last picture that stays', () => {
    for (const [step, picture] of STORY.entries()) {
      const look = lookOf(state({ mode: 'story', step, view }), 'a');
      expect(look).toMatchObject({
        peel: picture.peel,
        load: picture.load,
        xray: picture.xray,
        highlighted: [],
        faded: [],
      });
      expect(look.section).toBe(picture.section ? 'axial' : 'off');
      expect(look.isolated ?? []).toEqual(picture.shown);
    }
    const last = STORY.length - 1;
    expect(lookOf(state({ step: last + 1 }), 'a')).toEqual(lookOf(state({ step: last }), 'a'));
  });

  it('is the person’s own choice in their own press, and the tool that lies there', () => {
    const tool = {};
    const own = state({ mode: 'yours', view, b: { ...store.getState().b, body: { tool } } });
    expect(lookOf(own, 'a')).toMatchObject({
      peel: 0.7,
      load: 0.4,
      isolated: ['ureter'],
      highlighted: ['ureter/left'],
      tool: undefined,
    });
    expect(lookOf(own, 'b').tool).toBe(tool);
  });

  it('is every part of an organ that the findings count as one, on the side that was meant', () => {
    const look = (picked: object, isolated?: string) =>
      lookOf(state({ mode: 'yours', view: { ...view, picked, isolated } }), 'a');
    const bowel = look({ structure: 'large_intestine', side: 'midline' }, 'large_intestine');
    for (const id of ['large_intestine', 'caecum', 'ascending_colon', 'sigmoid_colon']) {
      expect(bowel.highlighted).toContain(id);
      expect(bowel.isolated).toContain(id);
    }
    expect(bowel.highlighted).not.toContain('small_intestine');
    expect(look({ structure: 'psoas_major', side: 'left' }).highlighted).toEqual(['psoas_major/left']);
    expect(
      lookOf(state({ mode: 'yours', view: { ...view, pointed: { structure: 'iliacus', side: 'right' } } }), 'a')
        .pointed,
    ).toEqual(['iliacus/right']);
  });

  it('is the person who belongs to the body, and nobody who lies otherwise', () => {
    const figure = {};
    const { a } = store.getState();
    const on = (lies: string | undefined, mode = 'yours') =>
      lookOf(state({ mode, a: { ...a, body: lies && { lies }, person: { key: 'on the back', figure } } }), 'a').figure;
    expect(on('on the back')).toBe(figure);
    expect(on('face down')).toBeUndefined();
    expect(on(undefined)).toBeUndefined();
    // the build has kept the story's person, who is there before the body is computed
    expect(on(undefined, 'story')).toBe(figure);
    expect(on('face down', 'story')).toBeUndefined();
  });

  it('is the same object by object while nothing changes, so that nothing is drawn anew', () => {
    for (const mode of ['story', 'yours']) {
      const [one, two] = [lookOf(state({ mode, view }), 'a'), lookOf(state({ mode, view: { ...view } }), 'a')];
      for (const key of Object.keys(one) as (keyof typeof one)[]) expect(one[key]).toBe(two[key]);
    }
  });
});
