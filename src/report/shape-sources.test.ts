import { describe, expect, it } from 'vitest';
import { inEnglish } from '../messages/say.ts';
import { shapeSources, shapeSourcesHtml } from './shape-sources.ts';
import { syntheticPress, syntheticResult } from './synthetic-press.test-data.ts';

const press = syntheticPress();
const result = syntheticResult(press);

describe('where the shapes of a report come from', () => {
  it('is told once a kind, of the parts that the findings are about, with links to their rows', () => {
    const sources = shapeSources(press.model, result);
    const kinds = sources.map(({ shape }) => shape.from);
    expect(new Set(kinds).size).toBe(kinds.length);
    const sized = sources.find(({ shape }) => shape.from === 'sized')!;
    expect(sized.structures).toContain('psoas_major');
    expect(sized.shape.evidence).toContain('B-01');
    const all = sources.flatMap(({ structures }) => structures);
    expect(all).not.toContain('vertebra_l4');
    const { markup } = shapeSourcesHtml(inEnglish, sources);
    expect(markup).toMatch(/<b>[^<]*psoas muscle[^<]*<\/b>: Drawn by this project after published sizes\./);
    expect(markup).toContain('<a href="#source-B-01">B-01</a>');
    expect(markup).toContain('Licence: Apache-2.0');
  });

  it('is the scan where there is one, but not of nerves', () => {
    const scanned = shapeSources(press.model, { ...result, body: { ...result.body, source: 'scan' } });
    const from = Object.fromEntries(scanned.map(({ shape, structures }) => [shape.from, structures]));
    expect(from.scan).toContain('psoas_major');
    expect(from.sized).toBeUndefined();
    expect(shapeSourcesHtml(inEnglish, scanned).markup).toContain('Licence: That of the scan.');
  });
});
