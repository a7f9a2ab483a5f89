import type { ReactNode } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { capitalised } from '../base/text.ts';
import { twoDigits } from '../words/amounts.ts';
import { noteText } from '../words/note-text.ts';
import { toolName } from '../words/tool-name.ts';
import { Answer } from './answer.tsx';
import { BodyForm } from './body-form.tsx';
import { StructureCard } from './card.tsx';
import { entered } from './entered.ts';
import { Files } from './files.tsx';
import { Icon } from './icons.tsx';
import { Placement } from './placement.tsx';
import type { Slot } from './protocol.ts';
import { PushForm } from './push-form.tsx';
import { solve, stop } from './session.ts';
import { currentResult, isCurrent, isUpToDate } from './state.ts';
import { ToolForm } from './tool-form.tsx';
import { girthText, heightText, newtonsText, rounded, sizesIn, weightText } from './units.ts';
import { useSpeaker } from './use-speaker.ts';
import { useApp } from './use-store.ts';

/** The person's own press: who, on what, where, how hard; beside it what that does. */
export function Yours() {
  const { say } = useSpeaker();
  return (
    <>
      <div className="table">
        <h1 className="hidden">{say('app.yours.title')}</h1>
        <Forms slot="a" />
        <RunIt slot="a" />
      </div>
      <StructureCard />
      <div className="result">
        <Answer slot="a" />
        <Files slot="a" />
      </div>
    </>
  );
}

export function Forms({ slot }: { readonly slot: Slot }) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const inputs = useApp((s) => s[slot].inputs);
  const scan = useApp((s) => s[slot].scan ?? s[slot].wanted);
  const units = useApp((s) => s.units);
  const { body = {} } = inputs;
  const { family, load, tone, contents, contract = 'none', newtons, kg } = entered(inputs);
  const sizes = [
    say('app.yours.sex', { sex: body.sex ?? 'female' }),
    body.height_cm !== undefined && heightText(speaker, body.height_cm, units),
    body.weight_kg !== undefined && weightText(speaker, body.weight_kg, units),
    body.waist_cm !== undefined && say('app.yours.waist', { waist: girthText(speaker, body.waist_cm, units) }),
  ].filter((t) => typeof t === 'string');
  const push =
    'bodyWeightShare' in load
      ? say('app.yours.weight-share', { percent: rounded(100 * load.bodyWeightShare, 1) })
      : 'mass_kg' in load
        ? weightText(speaker, kg, units)
        : say('app.yours.newtons', { newtons: newtonsText(newtons) });
  return (
    <>
      <Part
        title={say('app.yours.who')}
        now={scan === undefined ? sizes.join(', ') : say('app.yours.scan', { scan: scan.ct ?? scan.labels ?? '' })}
      >
        <BodyForm slot={slot} />
      </Part>
      <Part title={say('app.yours.tool')} now={toolName(speaker, family.id)} open>
        <ToolForm slot={slot} />
      </Part>
      <Part title={say('app.yours.place')} now="" open>
        <Placement slot={slot} />
      </Part>
      <Part title={say('app.yours.push')} now={say('app.yours.how', { tone, contents, contract, push })}>
        <PushForm slot={slot} />
      </Part>
    </>
  );
}

function Part(props: {
  readonly title: string;
  readonly now: string;
  readonly open?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <Disclosure className="part" defaultExpanded={props.open === true}>
      <Heading level={2}>
        <Button slot="trigger">
          <span className="title">{props.title}</span>
          <span className="now">{props.now}</span>
        </Button>
      </Heading>
      <DisclosurePanel>{props.children}</DisclosurePanel>
    </Disclosure>
  );
}

/** The one button, what is under way, and what went wrong. */
export function RunIt({ slot }: { readonly slot: Slot }) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const job = useApp((s) => s[slot].job);
  // what went wrong is always newer than what was entered
  const trouble = useApp((s) => s[slot].trouble ?? s[slot].problem);
  const quality = useApp((s) => s[slot].quality);
  const units = useApp((s) => s.units);
  const current = useApp((s) => isCurrent(s[slot]));
  const done = useApp((s) => isUpToDate(s[slot], s.mode));
  const refused = useApp((s) => s[slot].problem !== undefined);
  const psoas = useApp((s) => currentResult(s[slot])?.headline?.psoasFrontPressure_kPa.value);
  return (
    <div className="run-it">
      {job === undefined ? (
        <Button className="main" isDisabled={done || refused} onPress={() => void solve(slot)}>
          {say('app.yours.run', { done: done ? 'yes' : 'no' })}
        </Button>
      ) : (
        <Button className="quiet" onPress={() => stop(slot)}>
          <Icon name="stop" /> {say('app.yours.stop')}
        </Button>
      )}
      {psoas != null && (
        <button
          type="button"
          className="to-answer"
          aria-label={say('app.yours.to-answer', { kPa: twoDigits(speaker, psoas) })}
          onClick={() => {
            const answer = document.getElementById(`${slot}-went`);
            answer?.scrollIntoView({
              behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth',
            });
            answer?.focus({ preventScroll: true });
          }}
        >
          {say('amount.kPa', { kPa: twoDigits(speaker, psoas) })} <Icon name="down" />
        </button>
      )}
      {job !== undefined && (
        <p className="under-way">
          <progress value={job.fraction} max={1} aria-label={say('app.yours.stage', { stage: job.stage })} />
          <span>
            {say('app.yours.job', {
              answer:
                job.stage === 'ranges'
                  ? 'ranges'
                  : job.stage === 'coarse'
                    ? 'first'
                    : current && quality === 'coarse'
                      ? 'finer'
                      : 'only',
              doing: noteText(speaker, job.detail ?? { id: job.phase }),
            })}
          </span>
        </p>
      )}
      {trouble !== undefined && (
        <p className="problem" role="alert">
          {sizesIn(speaker, capitalised(noteText(speaker, trouble)), units)}
        </p>
      )}
    </div>
  );
}
