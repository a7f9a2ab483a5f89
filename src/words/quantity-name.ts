import type { Finding, Quantity } from '../findings/finding.ts';
import { say } from '../messages/say.ts';

/** What a quantity is called in the report: 'pressure in the tissue'. */
export const quantityName = (quantity: Quantity): string => say(`quantity.${quantity}`);

/** The same beside a name and a figure: 'in the tissue'. */
export const quantityShort = (quantity: Quantity): string => say(`short.${quantity}`);

/** How a value stands to what was published. */
export const bandName = (band: Finding['band']): string => say(`band.${band}`);

/** Whether one notices. */
export const feltName = (felt: Finding['felt']): string => say(`felt.${felt}`);
