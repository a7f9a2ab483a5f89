import { Button } from 'react-aria-components';
import { structureOf } from '../anatomy/structures.ts';
import { capitalised } from '../base/text.ts';
import { organOf } from '../findings/organ-of.ts';
import { everydayName } from '../words/everyday-name.ts';
import { joinBounds } from '../words/join-sides.ts';
import { aboutOf, sentencesOf } from '../words/sentences.ts';
import { cardOf } from './cards.data.ts';
import { Icon } from './icons.tsx';
import { Sources } from './sources.tsx';
import { currentResult, setView } from './state.ts';
import { useSpeaker } from './use-speaker.ts';
import { useApp } from './use-store.ts';
import { WhereFrom } from './where-from.tsx';

/** What was picked in the scene: what it is, why pressing it matters, what the model says. */
export function StructureCard() {
  const speaker = useSpeaker();
  const { say } = speaker;
  const picked = useApp((s) => s.view.picked);
  const isolated = useApp((s) => s.view.isolated);
  const faded = useApp((s) => s.view.faded);
  // numbers of a press before the one that is asked stand in the answer, marked; here they would not be
  const result = useApp((s) => currentResult(s.a));
  const scanned = useApp((s) => s.a.scan !== undefined);
  if (picked === undefined) return null;
  const { structure, side } = picked;
  const organ = organOf(structure);
  const card = cardOf(speaker, structure) ?? cardOf(speaker, organ);
  const name = everydayName(speaker, structure, side as 'left' | 'right' | 'midline');
  const { latin } = structureOf(structure);
  const mine = (result?.findings ?? []).filter(
    (f) =>
      (f.structure === structure || f.structure === organ) &&
      (f.side === side || f.side === 'midline' || side === 'midline') &&
      f.value !== null,
  );
  const hidden = faded.includes(structure);
  return (
    <aside className="card" aria-label={name}>
      <Button
        className="round close"
        aria-label={say('app.card.close')}
        onPress={() => setView({ picked: undefined, isolated: undefined })}
      >
        <Icon name="close" />
      </Button>
      <h2>{capitalised(name)}</h2>
      {latin !== '' && <p className="latin">{latin}</p>}
      {card !== undefined && (
        <p>
          {card.is} {card.matters} <Sources ids={card.evidence} />
        </p>
      )}
      {result !== undefined &&
        joinBounds(mine).map((f) => (
          <p key={`${f.quantity} ${f.where} ${f.side}`} className="says">
            {sentencesOf(speaker, f, aboutOf(result)).sentence} <Sources ids={f.evidence} />
          </p>
        ))}
      {result !== undefined && mine.length === 0 && <p className="hint">{say('app.card.no-figure')}</p>}
      <WhereFrom key={`${structure} ${scanned}`} structure={structure} scanned={scanned} />
      <p className="ways">
        <Button
          className="toggle"
          aria-pressed={isolated === structure}
          onPress={() => setView({ isolated: isolated === structure ? undefined : structure })}
        >
          {say('app.card.alone')}
        </Button>
        <Button
          className="toggle"
          aria-pressed={hidden}
          onPress={() => setView({ faded: hidden ? faded.filter((id) => id !== structure) : [...faded, structure] })}
        >
          {say('app.card.fade')}
        </Button>
      </p>
    </aside>
  );
}
