import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CameraPose } from '../view/camera.ts';
import { fragmentOf, readFragment, type Shared } from './share-link.ts';
import { type Eye, eyeOf, poseOfEye, type SharedView } from './share-link-view.ts';
import { EXAMPLE, FIRST_VIEW, HANDS } from './state.ts';

const PRONE = [0, 1, 0] as const;

const tenths = (low: number, high: number) => fc.integer({ min: 10 * low, max: 10 * high }).map((v) => v / 10 + 0);
const whole = (low: number, high: number) => fc.integer({ min: low, max: high }).map((v) => v + 0);
const eyes: fc.Arbitrary<Eye> = fc.record({
  target: fc.tuple(whole(-900, 900), whole(-900, 900), whole(-900, 900)),
  azimuth: tenths(-179, 179),
  elevation: tenths(-87, 87),
  distance: whole(150, 8000),
  lying: fc.boolean(),
});
const views: fc.Arbitrary<SharedView> = fc.record({
  peel: fc.integer({ min: 0, max: 100 }).map((v) => v / 100),
  section: fc.constantFrom('axial' as const, 'sagittal' as const, 'along-push' as const, 'off' as const),
  sectionShows: fc.constantFrom('both' as const, 'pressure' as const, 'structures' as const),
  eye: fc.option(eyes, { nil: undefined }),
});

describe('a view in a link', () => {
  it('comes back as it was, with one press and with two', () => {
    fc.assert(
      fc.property(views, fc.boolean(), (view, two) => {
        const shared: Shared = two ? { a: EXAMPLE, b: HANDS, view } : { a: EXAMPLE, view };
        const read = readFragment(fragmentOf(shared)) as Shared;
        const { peel, section, sectionShows } = FIRST_VIEW;
        // what is as at first is not told
        expect(read.view ?? { peel, section, sectionShows, eye: undefined }).toEqual(view);
        expect('b' in read).toBe(two);
      }),
    );
  });

  it('is left out where nothing was changed, so that a link is as short as its press', () => {
    expect(fragmentOf({ a: EXAMPLE, view: FIRST_VIEW })).toBe(fragmentOf({ a: EXAMPLE }));
    expect(fragmentOf({ a: EXAMPLE, view: { ...FIRST_VIEW, peel: 0.5, section: 'off' } })).toBe(
      `${fragmentOf({ a: EXAMPLE })};seen;peel=0.5;cut=off;show=both`,
    );
  });

  it('says what a cut shows as links always have: parts and pressure apart; both since they could be seen together', () => {
    const read = (fragment: string) => (readFragment(`#v1;b=f;t=two-peak${fragment}`) as Shared).view;
    // links from before a cut could show both: pressure where they do not say
    expect(read(';seen;peel=0.5')?.sectionShows).toBe('pressure');
    expect(read(';seen;cut=off;show=structures')?.sectionShows).toBe('structures');
    expect(read('')).toBeUndefined();
    const said = (view: Partial<SharedView>) =>
      fragmentOf({ a: EXAMPLE, view: { ...FIRST_VIEW, ...view } }).split(';seen')[1];
    expect(said({ sectionShows: 'pressure' })).toBe(';show=pressure');
    expect(said({ sectionShows: 'pressure', peel: 0.5 })).toBe(';peel=0.5');
    expect(said({ sectionShows: 'both', peel: 0.5 })).toBe(';peel=0.5;show=both');
    expect(said({ sectionShows: 'both' })).toBeUndefined();
  });

  it.each([
    'peel=2',
    'peel=',
    'peel=0.2;peel=0.3',
    'cut=nowhere',
    'cut=constructor',
    'show=all',
    'eye=s,0,0,500',
    'eye=x,0,0,500,0,0,0',
    'eye=s,0,0,1,0,0,0',
    'eye=s,0,91,500,0,0,0',
    'eye=s,0,0,500,0,0,9e9',
    'eye=s,0,0,500,0,0,0,0',
    'b=f',
    'peel=0.2=0.3',
  ])('that makes no sense is a damaged link: %s', (seen) => {
    expect(readFragment(`#v1;b=f;t=two-peak;seen;${seen}`)).toMatchObject({ id: 'app.link.broken' });
  });

  it('an eye is the camera that it was made of, standing and lying', () => {
    fc.assert(
      fc.property(eyes, (eye) => {
        const back = eyeOf(poseOfEye(eye, PRONE));
        expect(back.lying).toBe(eye.lying);
        for (const key of ['azimuth', 'elevation', 'distance'] as const) expect(back[key]).toBeCloseTo(eye[key], 6);
        expect(back.target).toEqual(eye.target);
      }),
    );
  });

  it('of an eye that has gone farther than a link can say is one that can be read all the same', () => {
    const far: CameraPose = { target: [5000, -7000, 3e9], position: [9000, 20_000, 9e9] };
    const near: CameraPose = { target: [0, 0, 0], position: [0, -1, 0] };
    for (const pose of [far, near]) {
      const view: SharedView = { ...FIRST_VIEW, eye: eyeOf(pose) };
      expect(readFragment(fragmentOf({ a: EXAMPLE, view }))).toMatchObject({ view: { eye: view.eye } });
    }
    expect(eyeOf(far).target).toEqual([2000, -2000, 2000]);
  });
});
