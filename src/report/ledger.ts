import { type Html, html, together } from '../base/html.ts';
import type { Ranged } from '../findings/finding.ts';
import type { Result } from '../findings/result.ts';
import type { Speaker } from '../messages/say.ts';
import { pressureText, rangeOf } from '../words/amounts.ts';
import { evidenceLinks } from './sources.ts';

/** Where one number of the report comes from. */
export interface Entry {
  /** What it is a number of. */
  readonly what: string;
  readonly value: string;
  /** Its range in words; absent: it was not computed. */
  readonly range?: string;
  /** How it was made. */
  readonly how: string;
  readonly evidence: readonly string[];
}

/**
 * Every number that a reader can ask about, entered once and pointed at from wherever it is printed: the list that the links
 * lead to is made from the same entries, so that no link can lead nowhere.
 */
export interface Ledger {
  /** A figure as a link to its entry; the first use of an id makes the entry. */
  link(id: string, figure: string, entry: Entry): Html;
  /** Words as a link to their entry. */
  linkWords(id: string, words: string, entry: Entry): Html;
  /** Text with every figure in it, unit included, turned into a link to one entry. */
  linkNumbers(id: string, text: string, entry: Entry): Html;
  /** The list that the links lead to. */
  html(): Html;
  evidence(): string[];
}

/** Stands for a number in a sentence of the catalogue. */
const SLOT = '\u0001';

/**
 * Finds figures as they stand in sentences of a language, unit included: '8.1 kPa (61 mmHg)', '4 to 8 kPa (30 to 60 mmHg)', '52 %', in
 * German '1,2 bis 2,0 kPa'. How numbers, ranges and amounts are written the speaker is asked.
 */
function figuresOf(speaker: Speaker): RegExp {
  const literally = (text: string): string => text.replace(/[-.*+?^${}()|[\]\\/]/g, '\\$&');
  const between = [...new Set(speaker.number('1234567890.5'))].filter((sign) => !/\p{Nd}/u.test(sign));
  const number = `[−-]?\\p{Nd}[\\p{Nd}${literally(between.join(''))}]*`;
  const joined = speaker.say('amount.from-to', { from: SLOT, to: SLOT }).split(SLOT)[1]!;
  const numbers = `${number}(?:(?:${literally(joined)}| → |–)${number})?`;
  const amounts = [
    speaker.say('amount.pressure', { kPa: SLOT, mmHg: SLOT }),
    speaker.say('amount.kPa', { kPa: SLOT }),
    speaker.say('amount.percent', { percent: SLOT }),
    speaker.say('amount.line-force', { force: SLOT }),
    speaker.say('amount.force', { force: SLOT }),
    speaker.say('amount.millimetres', { mm: SLOT }),
    // sentences that hold the unit themselves
    ...['N/mm', 'N', 'kg', 'cm²'].map((unit) => `${SLOT} ${unit}`),
  ];
  return new RegExp(amounts.map((amount) => literally(amount).replaceAll(SLOT, numbers)).join('|'), 'gu');
}

/** A text as what stands between its figures, and the figures. */
function pieces(text: string, figures: RegExp): { readonly text: string; readonly figure: boolean }[] {
  const out: { text: string; figure: boolean }[] = [];
  let from = 0;
  for (const { 0: figure, index } of text.matchAll(figures)) {
    out.push({ text: text.slice(from, index), figure: false }, { text: figure, figure: true });
    from = index + figure.length;
  }
  return [...out, { text: text.slice(from), figure: false }];
}

export function ledger(speaker: Speaker): Ledger {
  const entries = new Map<string, Entry>();
  const figures = figuresOf(speaker);
  const enter = (id: string, entry: Entry): string => {
    const name = `n-${id.replace(/[^A-Za-z0-9]+/g, '-')}`;
    if (!entries.has(name)) entries.set(name, entry);
    return name;
  };
  return {
    link: (id, text, entry) => html`<a class="n" href="#${enter(id, entry)}">${text}</a>`,
    linkWords: (id, words, entry) => html`<a class="n text" href="#${enter(id, entry)}">${words}</a>`,
    linkNumbers: (id, text, entry) => {
      const name = enter(id, entry);
      return together(
        pieces(text, figures).map((one) =>
          one.figure ? html`<a class="n" href="#${name}">${one.text}</a>` : one.text,
        ),
      );
    },
    html: () => html`<dl class="ledger">${[...entries].map(([name, entry]) => entryHtml(speaker, name, entry))}</dl>`,
    evidence: () => [...new Set([...entries.values()].flatMap((entry) => entry.evidence))],
  };
}

function entryHtml(speaker: Speaker, name: string, { what, value, range, how, evidence }: Entry): Html {
  const sources = evidence.length === 0 ? speaker.say('appendix.by-model') : evidenceLinks(evidence);
  return together(
    html`<div id="${name}"><dt>${what}</dt><dd><b>${value}</b>; `,
    html`${range ?? speaker.say('report.range-none')}. ${how} <span class="quiet">${speaker.say('appendix.sources')}: ${sources}.</span></dd></div>`,
  );
}

/** Evidence behind the load of a scenario: what is known of loads on tools. */
export const loadEvidence = (result: Result): string[] =>
  result.scenario.pose === 'supine' || result.tool.id === 'fingertips' ? ['L-01'] : ['V-49', 'L-04'];

/** Where a pressure of the headline comes from, with its range. */
export function pressureEntry(
  speaker: Speaker,
  number: Ranged<number | null> | undefined,
  entry: Omit<Entry, 'value'>,
): Entry {
  const { value = null } = number ?? {};
  const range = number && rangeOf(speaker, number, 'kPa');
  return {
    ...entry,
    value: value === null ? '–' : pressureText(speaker, value),
    ...(range !== undefined && { range }),
  };
}
