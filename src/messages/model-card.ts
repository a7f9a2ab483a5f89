import { VERSION, VERSION_DATE } from '../base/version.ts';
import type { EN_CARD } from './en-card.data.ts';
import type { Say } from './say-from.ts';

export interface CardLine {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

/** The model card, line by line; its title is `card.title`. */
export const modelCard = (say: Say<typeof EN_CARD>): CardLine[] => [
  { id: 'what', name: say('card.what.name'), text: say('card.what') },
  { id: 'problem', name: say('card.problem.name'), text: say('card.problem') },
  { id: 'decision', name: say('card.decision.name'), text: say('card.decision') },
  { id: 'whom', name: say('card.whom.name'), text: say('card.whom') },
  { id: 'on', name: say('card.on.name'), text: say('card.on') },
  { id: 'good', name: say('card.good.name'), text: say('card.good') },
  { id: 'limits', name: say('card.limits.name'), text: say('card.limits') },
  {
    id: 'updated',
    name: say('card.updated.name'),
    text: say('card.updated', { version: VERSION, date: VERSION_DATE }),
  },
  { id: 'funding', name: say('card.funding.name'), text: say('card.funding') },
];
