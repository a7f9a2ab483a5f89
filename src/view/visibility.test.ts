import { describe, expect, it } from 'vitest';
import { type Named, type VisibilityChoice, visibilityOf } from './visibility.ts';

const part = (structure: string, side: string, tissue: string, kind: string): Named =>
  ({ id: `${structure}/${side}`, surface: { structure, tissue, kind } }) as Named;

const BODY = {
  skin: part('skin', 'none', 'skin', 'envelope'),
  fat: part('subcutaneous_fat', 'none', 'fat_subcutaneous', 'envelope'),
  bowel: part('small_intestine', 'none', 'bowel', 'solid'),
  psoas: part('psoas_major', 'left', 'muscle_psoas', 'solid'),
  other: part('psoas_major', 'right', 'muscle_psoas', 'solid'),
  bone: part('sacrum', 'none', 'bone', 'solid'),
  nerve: part('femoral_nerve', 'left', 'neural', 'course'),
  around: part('femoral_nerve', 'left', 'neural', 'spread'),
};

function seen(change: Partial<VisibilityChoice>) {
  const choice: VisibilityChoice = {
    peel: 0,
    mode: 'plain',
    spread: false,
    skinOpacity: 1,
    opacities: new Map(),
    isolated: undefined,
    highlighted: new Set(),
    ...change,
  };
  const all = visibilityOf(Object.values(BODY), choice);
  const named = (pick: (v: (typeof all)[number]) => number | boolean) =>
    Object.fromEntries(Object.keys(BODY).flatMap((name, n) => (pick(all[n]!) ? [[name, pick(all[n]!)]] : [])));
  return { opacity: named((v) => v.opacity), ghosts: named((v) => v.ghost), glowing: named((v) => v.glow) };
}

describe('what is drawn of a body', () => {
  it('is its outermost opaque wrap alone, and what that has uncovered', () => {
    expect(seen({}).opacity).toEqual({ skin: 1 });
    // between the peeling of the skin and that of the fat
    expect(seen({ peel: 0.12 }).opacity).toEqual({ fat: 1 });
    expect(seen({ peel: 0.24 }).opacity).toEqual({ bowel: 1, psoas: 1, other: 1, bone: 1, nerve: 1 });
    expect(Object.keys(seen({ skinOpacity: 0.4 }).opacity)).toEqual(['skin', 'fat']);
    expect(seen({ peel: 1 }).opacity).toEqual({ psoas: 1, other: 1, bone: 1, nerve: 1 });
  });

  it('of a part alone is the part, one side or both, with skin and bones as ghosts', () => {
    expect(seen({ isolated: new Set(['psoas_major/left']) })).toMatchObject({
      opacity: { skin: 0.08, psoas: 1, bone: 0.14 },
      ghosts: { skin: true, fat: true, bowel: true, other: true, bone: true, nerve: true, around: true },
    });
    expect(seen({ isolated: new Set(['psoas_major']) }).opacity).toEqual({
      skin: 0.08,
      psoas: 1,
      other: 1,
      bone: 0.14,
    });
  });

  it('holds the spread of a nerve where it is wanted, not beside another part, and not where the nerve is hidden', () => {
    const open = { peel: 1, spread: true };
    expect(seen(open).opacity.around).toBe(0.2);
    expect(seen({ ...open, isolated: new Set(['psoas_major']) }).opacity.around).toBeUndefined();
    expect(seen({ ...open, isolated: new Set(['femoral_nerve']) }).opacity).toMatchObject({ nerve: 1, around: 0.2 });
    expect(seen({ ...open, opacities: new Map([['femoral_nerve', 0]]) }).opacity).not.toHaveProperty('around');
  });

  it('follows what was set by hand before peeling and x-ray, the side before the whole', () => {
    const opacities = new Map([
      ['psoas_major', 0.5],
      ['psoas_major/left', 0.12],
      ['small_intestine', 1],
    ]);
    expect(seen({ peel: 1, opacities }).opacity).toEqual({ psoas: 0.12, other: 0.5, bowel: 1, bone: 1, nerve: 1 });
    expect(seen({ mode: 'xray', opacities }).opacity).toMatchObject({ skin: 0.1, psoas: 0.12, bowel: 1, bone: 0.42 });
  });

  it('glows where it is pointed at, but for its spread', () => {
    expect(seen({ peel: 1, highlighted: new Set(['femoral_nerve/left']) }).glowing).toEqual({ nerve: true });
  });
});
