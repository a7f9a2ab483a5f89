import type { Result } from '../findings/result.ts';
import { twoDigits } from '../words/amounts.ts';
import { headlineLines } from '../words/headline-lines.ts';
import { useSpeaker } from './use-speaker.ts';

/** Stands for the figure while the sentence is taken apart. */
const GAP = '\u0000';

/** What the front of the psoas gets, in one figure and in words; a sentence where there is none. */
export function PsoasHeadline({ result }: { readonly result: Result }) {
  const speaker = useSpeaker();
  const lines = headlineLines(speaker, result);
  const kPa = result.headline?.psoasFrontPressure_kPa.value;
  if (lines === undefined || kPa == null)
    return <p className="text">{speaker.say('headline.none', { source: result.body.source })}</p>;
  // the figure is larger than its unit, wherever the language puts that
  const [before, after] = speaker.say('amount.kPa', { kPa: GAP }).split(GAP);
  return (
    <>
      <p className="big" data-testid="psoas-pressure">
        {before}
        {twoDigits(speaker, kPa)}
        <span>{after}</span>
      </p>
      <p className="text">
        {lines.pressure} {lines.fingers} {lines.own}
      </p>
    </>
  );
}

/** What is pressed harder before the psoas is reached, and what holds the push. */
export function PushEnds({ result }: { readonly result: Result }) {
  const lines = headlineLines(useSpeaker(), result);
  return lines === undefined ? null : (
    <p className="text">
      {lines.before} {lines.supports}
    </p>
  );
}
