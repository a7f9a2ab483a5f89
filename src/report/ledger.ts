import type { Result } from '../findings/result.ts';
import type { Speaker } from '../messages/say.ts';
import { escapeHtml } from './html.ts';
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
  /** The text as a link to its entry; the first use of an id makes the entry. */
  link(id: string, text: string, entry: Entry): string;
  /** Text with every figure in it, unit included, turned into a link to one entry. */
  linkNumbers(id: string, text: string, entry: Entry): string;
  /** The list that the links lead to. */
  html(): string;
  evidence(): string[];
}

/** A figure as it stands in sentences: '8.1 kPa (61 mmHg)', '4 to 8 kPa (30 to 60 mmHg)', '52 %', '1.2 to 2.0 kPa'. */
const FIGURE =
  /[−-]?\d[\d.]*(?:(?: to | → |–)[−-]?\d[\d.]*)? (?:kPa|%|N\/mm|mm|N|kg|cm²)(?: \([−-]?\d[\d.]*(?: to [−-]?\d[\d.]*)? mmHg\))?/g;

export function ledger(speaker: Speaker): Ledger {
  const entries = new Map<string, Entry>();
  const enter = (id: string, entry: Entry): string => {
    const name = `n-${id.replace(/[^A-Za-z0-9]+/g, '-')}`;
    if (!entries.has(name)) entries.set(name, entry);
    return name;
  };
  return {
    link: (id, text, entry) => `<a class="n" href="#${enter(id, entry)}">${escapeHtml(text)}</a>`,
    linkNumbers: (id, text, entry) => {
      const name = enter(id, entry);
      return escapeHtml(text).replace(FIGURE, (figure) => `<a class="n" href="#${name}">${figure}</a>`);
    },
    html: () =>
      `<dl class="ledger">${[...entries].map(([name, entry]) => entryHtml(speaker, name, entry)).join('')}</dl>`,
    evidence: () => [...new Set([...entries.values()].flatMap((entry) => entry.evidence))],
  };
}

function entryHtml(speaker: Speaker, name: string, { what, value, range, how, evidence }: Entry): string {
  const sources = evidence.length === 0 ? speaker.say('appendix.by-model') : evidenceLinks(evidence);
  return (
    `<div id="${name}"><dt>${escapeHtml(what)}</dt><dd><b>${escapeHtml(value)}</b>; ` +
    `${escapeHtml(range ?? speaker.say('report.range-none'))}. ${escapeHtml(how)} <span class="quiet">${speaker.say('appendix.sources')}: ${sources}.</span></dd></div>`
  );
}

/** Evidence behind the load of a scenario: what is known of loads on tools. */
export const loadEvidence = (result: Result): string[] =>
  result.scenario.pose === 'supine' || result.tool.id === 'fingertips' ? ['L-01'] : ['V-49', 'L-04'];
