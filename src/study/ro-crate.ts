import { inWholeEnglish } from '../messages/english.ts';
import type { WholeSpeaker } from '../messages/say.ts';
import type { StudyDesign } from './design.ts';

/** What a file of a study is, by the media type that the web knows it by. */
const FILES = {
  'plan.json': 'application/json',
  'journal.log': 'application/octet-stream',
  'results.parquet': 'application/vnd.apache.parquet',
  'cases.parquet': 'application/vnd.apache.parquet',
  'results.csv': 'text/csv',
  'cases.csv': 'text/csv',
  'summary.csv': 'text/csv',
  'summary.sql': 'application/sql',
  'report.html': 'text/html',
} as const;
type Name = keyof typeof FILES;

/**
 * What the folder of a study holds and how it was made, as an RO-Crate 1.1 (https://w3id.org/ro/crate/1.1): ro-crate-metadata.json.
 * @param names files that are there @param day of the writing, YYYY-MM-DD
 */
export function roCrate(
  { plan, planHash, program, count }: Pick<StudyDesign, 'plan' | 'planHash' | 'program' | 'count'>,
  names: readonly Name[],
  day: string,
  { say }: WholeSpeaker = inWholeEnglish,
): string {
  const parts = names.map((name) => ({ '@id': name }));
  const root = {
    '@id': './',
    '@type': 'Dataset',
    name: plan.title ?? say('study.title'),
    description: say('study.crate', { count }),
    datePublished: day,
    identifier: planHash,
    license: { '@id': '#licence' },
    hasPart: parts,
    mentions: { '@id': '#run' },
  };
  const graph = [
    {
      '@id': 'ro-crate-metadata.json',
      '@type': 'CreativeWork',
      conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
      about: { '@id': './' },
    },
    root,
    ...names.map((name) => ({
      '@id': name,
      '@type': 'File',
      name,
      description: say(`study.crate.${name}`),
      encodingFormat: FILES[name],
    })),
    {
      '@id': '#licence',
      '@type': 'CreativeWork',
      name: say('study.crate.licence'),
      description: say('study.crate.licence.text'),
    },
    {
      '@id': '#psoascope',
      '@type': 'SoftwareApplication',
      name: 'psoascope',
      version: program,
      license: 'https://spdx.org/licenses/Apache-2.0',
      description: say('card.what'),
    },
    {
      '@id': '#run',
      '@type': 'CreateAction',
      name: say('study.crate.run'),
      instrument: { '@id': '#psoascope' },
      object: { '@id': 'plan.json' },
      result: parts.filter((part) => part['@id'] !== 'plan.json'),
    },
  ];
  return `${JSON.stringify({ '@context': 'https://w3id.org/ro/crate/1.1/context', '@graph': graph }, null, 2)}\n`;
}
