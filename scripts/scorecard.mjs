// The product against published checklists: npm run scorecard writes docs/scorecard.md and .json, and MODEL_CARD.md. Facts that a program can see are looked
// up here; every other verdict is a score that the project gives itself, and is called so.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EN } from '../dist/messages/en.js';
import { EN_APP } from '../dist/messages/en-app.data.js';
import { EN_CARD } from '../dist/messages/en-card.data.js';
import { EN_FINDINGS } from '../dist/messages/en-findings.data.js';
import { EN_GENERAL } from '../dist/messages/en-general.data.js';
import { EN_REPORT } from '../dist/messages/en-report.data.js';
import { EN_STORY } from '../dist/messages/en-story.data.js';
import { modelCard } from '../dist/messages/model-card.js';
import { inEnglish } from '../dist/messages/say.js';
import { CHECKLISTS } from './checklists.mjs';
import { modelCardText } from './model-card.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path) => readFileSync(join(ROOT, path), 'utf8');

/**
 * Grade by Flesch and Kincaid (1975) of running text: 0.39 words a sentence + 11.8 syllables a word - 15.59. Figures count as one short word, what stands in
 * parentheses is left out; syllables are groups of vowels less a silent e.
 */
export function gradeOf(texts) {
  let [sentences, words, syllables] = [0, 0, 0];
  for (const text of texts) {
    const plain = text.replace(/ \([^)]*\)/g, '').replace(/\d[\d.]*/g, 'ten');
    sentences += plain.split(/[.!?:](?: |$)/).filter((s) => s.trim() !== '').length;
    for (const word of plain.match(/[A-Za-z’'-]+/g) ?? []) {
      const spoken = word.toLowerCase().replace(/(?<=[a-z]{2}[^aeiouyl])e$/, '');
      words++;
      syllables += Math.max(1, spoken.match(/[aeiouy]+/g)?.length ?? 0);
    }
  }
  return (0.39 * words) / sentences + (11.8 * syllables) / words - 15.59;
}

/** Sentences of a table that people read: those without arguments of more than one form, of five words and more. */
const sentencesOf = (table) =>
  Object.values(table).filter(
    (t) => !/\{\w+, (?:select|plural)/.test(t) && t.split(/\s+/).length >= 5 && /[.?!]$/.test(t),
  );

const TABLES = {
  'story in pictures, and the frame of the app': EN_STORY,
  'findings and the answer': EN_FINDINGS,
  'ask first, stop, other things to do, debate, limits': EN_GENERAL,
  report: EN_REPORT,
  'the rest of the app': EN_APP,
  'model card': EN_CARD,
};

/** What can be looked up: sentences of the catalogue, files, and tests by their names. */
const FACTS = {
  says: (key, ...words) => key in EN && words.every((word) => EN[key].toLowerCase().includes(word.toLowerCase())),
  file: (path, ...words) => existsSync(join(ROOT, path)) && words.every((word) => read(path).includes(word)),
  grade: (most) => Object.values(TABLES).every((table) => gradeOf(sentencesOf(table)) <= most),
};

/** Every verdict, with the facts looked up. @throws Error where a fact that an item claims is not there */
export function scorecard(checklists = CHECKLISTS) {
  const lists = checklists.map(({ items, ...list }) => ({
    ...list,
    items: items.map(({ facts, link, ...item }) => {
      for (const path of [link].flat().filter((l) => l !== undefined && !l.startsWith('http')))
        if (!existsSync(join(ROOT, path)))
          throw new Error(`${list.id} ${item.id} points to ${path}, which is not there`);
      const held = facts?.map(([kind, ...what]) => FACTS[kind](...what));
      const verdict = held === undefined || held.every(Boolean) ? item.verdict : 'no';
      return { ...item, verdict, ...(link && { link }), how: held === undefined ? 'self-score' : 'looked up' };
    }),
  }));
  return {
    lists: lists.map((list) => ({ ...list, ...pointsOf(list.items) })),
    readability: Object.entries(TABLES).map(([name, table]) => {
      const texts = sentencesOf(table);
      return { name, sentences: texts.length, grade: Math.round(10 * gradeOf(texts)) / 10 };
    }),
  };
}

const WORTH = { yes: 1, part: 0.5, no: 0 };
function pointsOf(items) {
  const counted = items.filter(({ verdict }) => verdict in WORTH);
  const points = counted.reduce((sum, { verdict }) => sum + WORTH[verdict], 0);
  return { points, of: counted.length };
}

export function scorecardText({ lists, readability }) {
  const linked = (link) =>
    [link].flat().map((l) => `[${l.split('/').at(-1)}](${l.startsWith('http') ? l : `../${l}`})`);
  return [
    '# Scorecard',
    '',
    'The product against published checklists. *Looked up* means that `npm run scorecard`, which writes this page, found the words or files that the item asks for; **self-score** is the project’s own opinion of itself, and nobody else’s.',
    'Items are worded as far as the project could read them; the published forms count. A half counts where an item holds in part. Items that do not apply are left out of the sum.',
    '',
    '| checklist | points | of | looked up |',
    '|---|---|---|---|',
    ...lists.map(
      ({ id, name, points, of, items }) =>
        `| [${name}](#${id}) | ${points} | ${of} | ${items.filter(({ how }) => how === 'looked up').length} |`,
    ),
    '',
    ...lists.flatMap(({ id, name, source, remark, items }) => [
      `<a id="${id}"></a>`,
      '',
      `## ${name}`,
      '',
      `${source}${remark ? ` ${remark}` : ''}`,
      '',
      '| item | verdict | how | why |',
      '|---|---|---|---|',
      ...items.map(
        (item) =>
          `| ${item.id} ${item.text} | ${item.verdict === 'na' ? 'does not apply' : item.verdict} | ${item.how === 'self-score' ? '**self-score**' : item.how} | ${item.why}${item.link ? ` (${linked(item.link).join(', ')})` : ''} |`,
      ),
      '',
    ]),
    '## Readability',
    '',
    'US school grade by Flesch and Kincaid (1975, Research Branch Report 8-75), over the whole sentences of each table of messages. Syllables are counted by groups of vowels, which is off by a few per cent. Plain-language guides ask for grade 6 to 8.',
    '',
    '| table | sentences | grade |',
    '|---|---|---|',
    ...readability.map(({ name, sentences, grade }) => `| ${name} | ${sentences} | ${grade} |`),
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const card = scorecard();
  writeFileSync(join(ROOT, 'docs/scorecard.json'), `${JSON.stringify(card, null, 2)}\n`);
  writeFileSync(join(ROOT, 'docs/scorecard.md'), scorecardText(card));
  writeFileSync(join(ROOT, 'MODEL_CARD.md'), modelCardText(EN['card.title'], modelCard(inEnglish.say)));
  for (const { name, points, of } of card.lists) process.stdout.write(`${name}: ${points} of ${of}\n`);
  for (const { name, grade } of card.readability) process.stdout.write(`grade ${grade}: ${name}\n`);
}
