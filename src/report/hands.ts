import { type Html, html, together } from '../base/html.ts';
import type { Result } from '../findings/result.ts';
import type { Speaker } from '../messages/say.ts';
import { formatNumber } from '../words/amounts.ts';
import { compareResults, type Pair, strongerSides } from '../words/compare-results.ts';
import { aboutOf } from '../words/sentences.ts';
import { type Ledger, pressureEntry } from './ledger.ts';
import { pairBars } from './pair-bars.ts';

/** What is compared with hands, from the skin down: what people ask about, and the muscle aimed at. */
const ASKED: readonly (readonly [structure: string, quantity: Pair['quantity']])[] = [
  ['skin', 'mean-contact-pressure'],
  ['abdominal_wall', 'tissue-pressure'],
  ['small_intestine', 'tissue-pressure'],
  ['large_intestine', 'tissue-pressure'],
  ['inferior_vena_cava', 'excess-pressure'],
  ['ureter', 'excess-pressure'],
  ['femoral_nerve', 'tissue-pressure'],
  ['psoas_major', 'tissue-pressure'],
  ['iliopsoas', 'tissue-pressure'],
];

/** This press beside trained fingertips on the same body, on one axis; a sentence where they were not computed. */
export function handsHtml(speaker: Speaker, result: Result, hands: Result | undefined, ledger: Ledger): Html {
  const [last, other] = [result.path.at(-1), hands?.path.at(-1)];
  if (hands === undefined || last === undefined || other === undefined)
    return html`<p>${speaker.say('hands.absent')}</p>`;
  const { pairs } = compareResults(result, hands);
  const stronger = strongerSides(pairs);
  const rows = ASKED.flatMap(([structure, quantity]) =>
    stronger.filter((p) => p.structure === structure && p.quantity === quantity),
  );
  const names = [
    speaker.say('hands.this', { force: formatNumber(speaker, last.force_N) }),
    speaker.say('hands.hands', { force: formatNumber(speaker, other.force_N) }),
  ] as const;
  const psoas = (whose: Result, who: string, id: string): Html => {
    const number = whose.headline?.psoasFrontPressure_kPa;
    const entry = pressureEntry(speaker, number, {
      what: `${who}: ${speaker.say('headline.what')}`,
      how: speaker.say('how.headline'),
      evidence: [],
    });
    return ledger.link(id, entry.value, entry);
  };
  const intro = ledger.linkNumbers(
    'hands-load',
    speaker.say('hands.intro', {
      force: formatNumber(speaker, other.force_N),
      mm: formatNumber(speaker, hands.solver.cell_mm),
    }),
    { what: names[1], value: names[1], how: speaker.say('how.hands'), evidence: ['L-01', 'P-18'] },
  );
  return together(
    html`<p>${intro}</p>${pairBars(speaker, rows, names, [aboutOf(result), aboutOf(hands)], ledger, 'hands')}`,
    html`<p class="pair-share">${speaker.say('headline.what')}: <b>${psoas(result, names[0], 'hands-psoas-a')}</b> : <b>${psoas(hands, names[1], 'hands-psoas-b')}</b></p>`,
  );
}
