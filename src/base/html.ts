/** Markup: what goes into more markup as it is. Only `html` and `asIs` make it. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }

  toString(): string {
    return this.markup;
  }
}

/** What a template can be filled with: text and numbers, which are escaped; markup; nothing; or a list of these. */
export type HtmlPart = string | number | Html | undefined | readonly HtmlPart[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup from a template; whatever is filled in can be text of anybody, in an element or in a quoted attribute. */
export const html = (texts: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html =>
  new Html(texts.reduce((whole, text, n) => whole + markupOf(parts[n - 1]) + text));

/** Parts one after the other, with nothing between them. */
export const together = (...parts: readonly HtmlPart[]): Html => new Html(markupOf(parts));

/** Parts with something between each two. */
export const between = (parts: readonly HtmlPart[], separator: HtmlPart): Html =>
  together(parts.flatMap((part, n) => (n === 0 ? [part] : [separator, part])));

/** Stands in a sentence for the markup that goes there; no text has it. */
const SLOT = '\uFFFC';

/** A sentence with markup in the place of one of its arguments. */
export const sentenceAround = (sentence: (slot: string) => string, part: HtmlPart): Html =>
  between(sentence(SLOT).split(SLOT), part);

/** Markup that came from elsewhere as text: a style sheet, a drawing of our own. */
export const asIs = (markup: string): Html => new Html(markup);

export const NOTHING = new Html('');

function markupOf(part: HtmlPart): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.markup;
  if (typeof part === 'number') return String(part);
  return typeof part === 'string' ? part.replace(/[&<>"']/g, (char) => ENTITIES[char]!) : part.map(markupOf).join('');
}
