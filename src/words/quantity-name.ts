import type { Finding, Quantity } from '../findings/finding.ts';
import type { Speaker } from '../messages/say.ts';

/** What a quantity is called in the report: 'pressure in the tissue'. */
export const quantityName = (speaker: Speaker, quantity: Quantity): string => speaker.say(`quantity.${quantity}`);

/** The same beside a name and a figure: 'in the tissue'. */
export const quantityShort = (speaker: Speaker, quantity: Quantity): string => speaker.say(`short.${quantity}`);

/** How a value stands to what was published. */
export const bandName = (speaker: Speaker, band: Finding['band']): string => speaker.say(`band.${band}`);

/** Whether one notices. */
export const feltName = (speaker: Speaker, felt: Finding['felt']): string => speaker.say(`felt.${felt}`);
