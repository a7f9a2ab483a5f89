import { askFirst, stopSigns } from '../messages/general.ts';
import { inEnglish } from '../messages/say.ts';
import { textWidth } from './terminal.ts';
import { wrap } from './text-table.ts';

/**
 * The stop-and-ask list for a terminal, shown before anything is computed. It asks for no answer: none could be kept, sent or
 * counted that way.
 */
export function askFirstText(): string {
  const texts = [
    inEnglish.say('ask.intro'),
    ...askFirst(inEnglish).map(({ title, items }) =>
      inEnglish.say('cli.ask.line', { title, items: items.map((item) => item.text).join('; ') }),
    ),
    inEnglish.say('cli.ask.fits', { what: inEnglish.say('ask.any-then') }),
    inEnglish.say('cli.ask.none', { what: inEnglish.say('ask.none-then') }),
    inEnglish.say('cli.ask.line', {
      title: inEnglish.say('stop.title'),
      items: stopSigns(inEnglish)
        .map((sign) => sign.text)
        .join('; '),
    }),
  ];
  return texts.flatMap((text) => wrap(text, textWidth())).join('\n');
}
