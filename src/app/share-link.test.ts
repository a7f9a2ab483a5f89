import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Note } from '../base/note.ts';
import { inEnglish } from '../messages/say.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import { noteText } from '../words/note-text.ts';
import { inputs } from './inputs.test-data.ts';
import { fragmentOf, readFragment } from './share-link.ts';
import type { Inputs } from './state.ts';

/** What the page says of a link. */
const said = (fragment: string): string => noteText(inEnglish, readFragment(fragment) as Note);

describe('links', () => {
  it('give back the scenario that they were made of, in less than 300 characters', () => {
    fc.assert(
      fc.property(inputs, (a) => {
        const fragment = fragmentOf({ a });
        const read = readFragment(encodeURI(fragment));
        expect(fragment.length).toBeLessThan(300);
        expect(parseScenario((read as { a: Inputs }).a)).toEqual(parseScenario(a));
      }),
    );
  });

  it('hold two presses that are compared', () => {
    fc.assert(
      fc.property(inputs, inputs, (a, b) => {
        const read = readFragment(fragmentOf({ a, b })) as { a: Inputs; b: Inputs };
        expect([parseScenario(read.a), parseScenario(read.b)]).toEqual([parseScenario(a), parseScenario(b)]);
      }),
      { numRuns: 30 },
    );
  });

  it('say nothing about health, and are refused where somebody has written something there', () => {
    const ill = { body: { sex: 'female', pregnant: false, inserts: [{ kind: 'aneurysm' }] } } as unknown as Inputs;
    expect(fragmentOf({ a: ill })).toBe('#v1;b=f;t=two-peak');
    expect(said('#v1;b=f;b.pregnant=true;t=two-peak')).toMatch(/does not cover pregnancy/);
    expect(said('#v1;b=f;b.pregnant="Yes";t=two-peak')).toMatch(/does not cover pregnancy/);
    expect(said('#v1;b=f;b.inserts=[{"kind":"aneurysm"}];t=two-peak')).toMatch(/which no link carries/);
    const read = readFragment('#v1;b=f;b.pregnant=false;b.inserts=[];t=two-peak') as { a: Inputs };
    expect(read.a.body).toEqual({ sex: 'female' });
  });

  it.each(['#v2;b=f', '#v1;b', '#v1;x=a,b', '#v1;l=3', '#nonsense', '#kaputt', '#%', '#v1;b=f,tall'])(
    '%s is answered with a sentence',
    (fragment) => {
      expect(said(fragment)).toMatch(/^This link .*\.$/);
    },
  );

  it('an empty fragment is no link', () => {
    expect([readFragment(''), readFragment('#')]).toEqual([undefined, undefined]);
  });
});

describe('damaged links', () => {
  it.each([
    ['#v1;t=x', /There is no tool x/],
    ['#v1;t=', /tool\.id/],
    ['#v1;b=f;vs;t=x', /There is no tool x/],
    ['#v1;load=1', /cannot be read/],
    ['#v1;placement=5', /cannot be read/],
    ['#v1;tool={"id":"two-peak"}', /cannot be read/],
    ['#v1;scan={"ct":"x.nii"}', /cannot be read/],
    ['#v1;__proto__={"pose":"side"}', /cannot be read/],
    ['#v1;x=hasOwnProperty', /no place called "hasOwnProperty"/],
    ['#v1;x=constructor', /no place called "constructor"/],
    ['#v1;x=__proto__', /no place called "__proto__"/],
    ['#v1;t=constructor', /There is no tool constructor/],
    ['#v1;t=two-peak,height:99999', /height of two-peak must be between/],
    ['#v1;t=two-peak,toString:5', /no size called toString/],
    ['#v1;t=two-peak,__proto__:5', /__proto__/],
    ['#v1;l=5constructor', /cannot be read/],
    ['#v1;l=-5N', /force_N must be more than 0/],
    ['#v1;l=1e999N', /cannot be read/],
    ['#v1;p=standing', /pose must be/],
    ['#v1;c=1', /cell_mm must be between/],
    ['#v1;rate_s={"a":1}', /cannot be read/],
    ['#v1;rate_s=99', /rate_s must be between/],
    ['#v1;b.tissue=[1]', /tissue/],
    ['#v1;b=f,163,62,82,40,5', /cannot be read/],
    ['#v1;b=f;b=m', /cannot be read/],
    ['#v1;l=30N;l=300N', /cannot be read/],
    ['#v1;b=f;b.Pregnant=true', /cannot be read/],
    ['#v1;b=f;b.tissue={"muscularity":1.2,"muscularity":0.8}', /twice/],
    ['#v1;t=two-peak,spacing:130:140', /cannot be read/],
    ['#v1;t=two-peak,spacing:130,spacing:140', /cannot be read/],
    ['#v1;x=1,2,3', /cannot be read/],
    ['#v1;b=f,0xA3', /cannot be read/],
    ['#v1;b=f, 163', /cannot be read/],
    ['#v1;b=f,１６３', /cannot be read/],
    ['#v1;b=f,1_63', /cannot be read/],
    ['#v2;b=f', /newer version \(v2\)/],
    [`#v${'9'.repeat(40)};b=f`, /newer version/],
  ])('%s is one sentence', (fragment, what) => {
    const read = said(fragment);
    expect(read).toMatch(what);
    expect(read).toMatch(/^This link [^\n]{10,700}\.$/);
    // as an address bar would write it
    expect(said(encodeURI(fragment))).toMatch(what);
  });

  it('links of version 0.1 mean what they meant', () => {
    const links: readonly (readonly [string, object])[] = [
      ['#v1;b=f;t=two-peak', { body: { sex: 'female' }, tool: { id: 'two-peak' }, load: { bodyWeightShare: 0.33 } }],
      [
        '#v1;b=m,178,80;t=fingertips;x=64,20;p=supine;l=25N;c=15',
        { placement: { x_mm: 64, y_mm: 20 }, load: { force_N: 25 }, cell_mm: 15 },
      ],
      ['#v1;b=f;t=fingertips;x=as-sold', { pose: 'supine', load: { force_N: 25 } }],
      [
        '#v1;b=f,163,62,82,40;b.tissue={"muscularity":1.2};b.variant=7;t=two-peak,spacing:130;x=low;l=0.4bw;m=guarded;rate_s=8;hold_s=60',
        {
          body: { waist_cm: 82, variant: 7, tissue: { muscularity: 1.2 } },
          tool: { parameters: { spacing: 130 } },
          tone: 'guarded',
          rate_s: 8,
          hold_s: 60,
        },
      ],
      ['#v1;b=f,,70;t=ball-tennis;uncertainty=16', { body: { weight_kg: 70 }, uncertainty: 16 }],
    ];
    for (const [link, meant] of links)
      expect(parseScenario((readFragment(link) as { a: Inputs }).a)).toMatchObject(meant);
  });
});
