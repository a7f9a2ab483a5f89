import { describe, expect, it } from 'vitest';
import { designStudy } from './design.ts';
import { parsePlan } from './parse-plan.ts';
import { roCrate } from './ro-crate.ts';

const NAMES = ['plan.json', 'journal.log', 'results.parquet', 'cases.parquet', 'summary.csv', 'report.html'] as const;
const design = designStudy(parsePlan({ vary: { 'load.force_N': [25, 50] } }), '9.9.9');
/** Keys that are asked for by name. */
type Entity = {
  [key: string]: unknown;
  datePublished?: unknown;
  license?: unknown;
  hasPart?: unknown;
  identifier?: unknown;
};
const crate = JSON.parse(roCrate(design, NAMES, '2026-11-30')) as {
  '@context': string;
  '@graph': Entity[];
};
const graph = crate['@graph'];
const of = (id: string): Entity => graph.find((entity) => entity['@id'] === id)!;

describe('the metadata of a study as an RO-Crate', () => {
  it('have what RO-Crate 1.1 asks for: a descriptor, a root with name, description, day and licence, and every file', () => {
    expect(crate['@context']).toBe('https://w3id.org/ro/crate/1.1/context');
    expect(of('ro-crate-metadata.json')).toEqual({
      '@id': 'ro-crate-metadata.json',
      '@type': 'CreativeWork',
      conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
      about: { '@id': './' },
    });
    const root = of('./');
    expect(root['@type']).toBe('Dataset');
    for (const key of ['name', 'description']) expect(root[key]).toMatch(/\w{4}/);
    expect(root.datePublished).toBe('2026-11-30');
    expect(root.license).toEqual({ '@id': '#licence' });
    expect(root.hasPart).toEqual(NAMES.map((name) => ({ '@id': name })));
    for (const name of NAMES)
      expect(of(name)).toMatchObject({ '@type': 'File', encodingFormat: expect.stringMatching(/^\w+\/\S+$/) });
  });

  it('refer to nothing that they do not describe, and describe nothing twice', () => {
    const ids = graph.map((entity) => entity['@id']);
    expect(new Set(ids).size).toBe(ids.length);
    const referred: string[] = [];
    JSON.stringify(graph, (key, value: unknown) => {
      if (typeof value === 'object' && value !== null && '@id' in value && Object.keys(value).length === 1)
        referred.push(String(value['@id']));
      return key === '@context' ? undefined : value;
    });
    expect(referred.length).toBeGreaterThan(NAMES.length);
    for (const id of referred) if (!id.startsWith('https:')) expect(ids).toContain(id);
  });

  it('say which program made what of which plan', () => {
    expect(of('#psoascope')).toMatchObject({ '@type': 'SoftwareApplication', version: '9.9.9' });
    expect(of('#run')).toMatchObject({
      '@type': 'CreateAction',
      instrument: { '@id': '#psoascope' },
      object: { '@id': 'plan.json' },
    });
    expect(of('./').identifier).toBe(design.planHash);
  });
});
