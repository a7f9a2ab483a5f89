import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildAnatomy } from '../anatomy/anatomy.ts';
import { resolveBody } from '../body/body.ts';
import { insertSchema } from '../body/spec.ts';

/** What of a JSON Schema matters here. */
interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** Keys of a schema, each with its description or without one. */
const keysOf = (schema: Schema, at = ''): [string, string | undefined][] => [
  ...Object.entries(schema.properties ?? {}).flatMap(([name, each]): [string, string | undefined][] => [
    [`${at}${name}`, each.description],
    ...keysOf(each, `${at}${name}.`),
  ]),
  ...[
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.items ? [schema.items] : []),
    ...Object.values(schema.$defs ?? {}),
  ].flatMap((each) => keysOf(each, at)),
];

describe('the published schemas', () => {
  it.each([
    ['scenario', ['pose', 'load.mass_kg', 'placement.x_mm', 'body.inserts.side', 'scan.ct', 'tool.id']],
    ['plan', ['seed', 'base', 'vary', 'sampling']],
    ['result', ['findings.value', 'solver.stopped', 'manifest.resultHash', 'words', 'values']],
  ])('describe every key: %s', (schema, some) => {
    const published = new URL(`../../schema/${schema}.schema.json`, import.meta.url);
    const keys = keysOf(JSON.parse(readFileSync(published, 'utf8')) as Schema);
    expect(keys.map(([name]) => name)).toEqual(expect.arrayContaining(some));
    expect(keys.filter(([, description]) => (description ?? '').length < 5)).toEqual([]);
  });

  it('names the side that an insert takes when none is given', () => {
    const sideOf = (kind: string): string | undefined =>
      buildAnatomy(resolveBody({ sex: 'female', age: 40, inserts: [insertSchema.parse({ kind })] })).structures.find(
        (each) => ['hernia_sac', 'cyst', 'mass'].includes(each.structure),
      )?.side;
    for (const option of insertSchema.options) {
      const { kind, ...shape } = option.shape as { kind: { value: string }; side?: { description?: string } };
      if (shape.side === undefined) continue;
      const usual = sideOf(kind.value);
      expect(['left', 'right']).toContain(usual);
      expect(shape.side.description).toContain(`the ${usual} one`);
    }
  });
});
