import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inEnglish } from '../messages/say.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import { noteText } from '../words/note-text.ts';
import { entered } from './entered.ts';
import { inputs } from './inputs.test-data.ts';
import { fragmentOf, readFragment } from './share-link.ts';
import type { Inputs } from './state.ts';

describe('damaged links', () => {
  it('20,000 mutated ones: a press that the forms can show, or a sentence, and never anything else', () => {
    const words = [
      'v1',
      'vs',
      'b',
      't',
      'x',
      'p',
      'l',
      'm',
      'c',
      '=',
      ';',
      ',',
      ':',
      '.',
      '{',
      '}',
      '[',
      '"',
      '%',
      '%C3',
      'NaN',
      '1e999',
      '-0',
      '__proto__',
      'constructor',
      'hasOwnProperty',
      'toString',
      'null',
      'true',
      'f',
      'two-peak',
      'as-sold',
      'bw',
      'kg',
      'N',
      'rate_s',
      'tissue',
      'b.tissue',
      'b.variant',
      'seen',
      'peel',
      'cut',
      'eye',
      '\u0000',
      '🦴',
      ' ',
    ];
    let [presses, sentences] = [0, 0];
    fc.assert(
      fc.property(
        inputs,
        fc.option(inputs, { nil: undefined }),
        fc.array(
          fc.record({
            at: fc.nat(1000),
            cut: fc.nat(2),
            // a digit often leaves a link that can be read; hardly anything else does
            put: fc.oneof(fc.constantFrom(...'0123456789', ''), fc.constantFrom(...words), fc.string({ maxLength: 5 })),
          }),
          { minLength: 1, maxLength: 3 },
        ),
        (a, b, changes) => {
          let link = fragmentOf({ a, ...(b && { b }) });
          for (const { at, cut, put } of changes) {
            const from = at % (link.length + 1);
            link = link.slice(0, from) + put + link.slice(from + cut);
          }
          const read = readFragment(link);
          if (read !== undefined && 'id' in read) {
            sentences++;
            expect(noteText(inEnglish, read), link).toMatch(/^This link .*\.$/s);
          } else
            for (const one of [read?.a, read?.b])
              if (one !== undefined) {
                presses++;
                // what the forms do with it
                const sent = parseScenario(one);
                expect(entered(one), link).toMatchObject({ pose: sent.pose, load: sent.load });
                expect(Object.getPrototypeOf(one), link).toBe(Object.prototype);
                expect(parseScenario((readFragment(fragmentOf({ a: one })) as { a: Inputs }).a), link).toEqual(sent);
              }
        },
      ),
      { numRuns: 20_000 },
    );
    // both must have come up often, or the test looked at nothing
    expect(Math.min(presses, sentences)).toBeGreaterThan(500);
  });
});
