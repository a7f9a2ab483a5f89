import { askFirst, stopSigns } from '../messages/general.ts';
import type { WholeSpeaker } from '../messages/say.ts';
import { textWidth } from './terminal.ts';
import { wrap } from './text-table.ts';

/**
 * The stop-and-ask list for a terminal, shown before anything is computed. It asks for no answer: none could be kept, sent or
 * counted that way.
 */
export function askFirstText(speaker: WholeSpeaker): string {
  const texts = [
    speaker.say('ask.intro'),
    ...askFirst(speaker).map(({ title, items }) =>
      speaker.say('cli.ask.line', { title, items: items.map((item) => item.text).join('; ') }),
    ),
    speaker.say('cli.ask.fits', { what: speaker.say('ask.any-then') }),
    speaker.say('cli.ask.none', { what: speaker.say('ask.none-then') }),
    speaker.say('cli.ask.line', {
      title: speaker.say('stop.title'),
      items: stopSigns(speaker)
        .map((sign) => sign.text)
        .join('; '),
    }),
  ];
  return texts.flatMap((text) => wrap(text, textWidth())).join('\n');
}
