import { askFirst, stopSigns } from '../messages/general.ts';
import { say } from '../messages/say.ts';
import { textWidth } from './terminal.ts';
import { wrap } from './text-table.ts';

/**
 * The stop-and-ask list for a terminal, shown before anything is computed. It asks for no answer: none could be kept, sent or
 * counted that way.
 */
export function askFirstText(): string {
  const texts = [
    say('ask.intro'),
    ...askFirst().map(({ title, items }) =>
      say('cli.ask.line', { title, items: items.map((item) => item.text).join('; ') }),
    ),
    say('cli.ask.fits', { what: say('ask.any-then') }),
    say('cli.ask.none', { what: say('ask.none-then') }),
    say('cli.ask.line', {
      title: say('stop.title'),
      items: stopSigns()
        .map((sign) => sign.text)
        .join('; '),
    }),
  ];
  return texts.flatMap((text) => wrap(text, textWidth())).join('\n');
}
