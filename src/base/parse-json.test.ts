import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from './parse-json.ts';

describe('a key that is there twice', () => {
  it.each([
    ['{"a": 1, "a": 1}', 'a'],
    ['[{"b": {"a": 1, "c": {}, "a": 2}}]', 'a'],
    ['{"a": 1, "\\u0061": 2}', 'a'],
    [`{"a": "}", "b" ${' '.repeat(20)}: "\\\\\\"", "b": 0}`, 'b'],
  ])('%s is refused', (text, key) => {
    expect(() => parseJson(text)).toThrow(`has the key "${key}" twice in one object`);
  });

  it('everything else is what JSON.parse makes of it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
    expect(() => parseJson('{"a": ')).toThrow(SyntaxError);
    expect(parseJson('{"a": "a\\": \\"a", "b": [{"a": 1}, {"a": 2}]}')).toEqual({
      a: 'a": "a',
      b: [{ a: 1 }, { a: 2 }],
    });
  });
});
