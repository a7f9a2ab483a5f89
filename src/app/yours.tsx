import type { ReactNode } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { knownPsoasShare } from '../findings/psoas-share.ts';
import { say } from '../messages/say-app.ts';
import { toolFamily } from '../tool/build.ts';
import { Answer } from './answer.tsx';
import { BodyForm } from './body-form.tsx';
import { StructureCard } from './card.tsx';
import { Files } from './files.tsx';
import { Icon } from './icons.tsx';
import { Placement } from './placement.tsx';
import type { Slot } from './protocol.ts';
import { PushForm } from './push-form.tsx';
import { solve, stop } from './session.ts';
import { ToolForm } from './tool-form.tsx';
import { useApp } from './use-store.ts';

/** The person's own press: who, on what, where, how hard; beside it what that does. */
export function Yours() {
  return (
    <>
      <div className="table">
        <h1 className="hidden">{say('app.yours.title')}</h1>
        <Forms slot="a" />
        <LieOnIt slot="a" />
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
  const { body = {}, tool, load, tone } = useApp((s) => s[slot].inputs);
  const scan = useApp((s) => s[slot].scan);
  const family = toolFamily(tool?.id ?? 'two-peak');
  const sizes = [
    say('app.yours.sex', { sex: body.sex ?? 'female' }),
    body.height_cm !== undefined && say('app.yours.cm', { cm: Math.round(body.height_cm) }),
    body.weight_kg !== undefined && say('app.yours.kg', { kg: Math.round(body.weight_kg) }),
    body.waist_cm !== undefined && say('app.yours.waist', { cm: Math.round(body.waist_cm) }),
  ].filter((t) => typeof t === 'string');
  const push = load ?? family.defaultLoad;
  const how =
    'bodyWeightShare' in push
      ? say('app.yours.weight-share', { percent: Math.round(100 * push.bodyWeightShare) })
      : 'mass_kg' in push
        ? say('app.yours.kg', { kg: push.mass_kg })
        : say('app.yours.newtons', { newtons: push.force_N });
  return (
    <>
      <Part title={say('app.yours.who')} now={scan === undefined ? sizes.join(', ') : say('app.yours.scan', { scan })}>
        <BodyForm slot={slot} />
      </Part>
      <Part title={say('app.yours.tool')} now={family.label} open>
        <ToolForm slot={slot} />
      </Part>
      <Part title={say('app.yours.place')} now="" open>
        <Placement slot={slot} />
      </Part>
      <Part title={say('app.yours.push')} now={say('app.yours.how', { tone: tone ?? 'relaxed', push: how })}>
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

/** A share as it is told: whole per cent. */
export const percentOf = (share: number): string => (share > 0 && share < 0.01 ? '<1' : `${Math.round(100 * share)}`);

/** The one button, what is under way, and what went wrong. */
export function LieOnIt({ slot }: { readonly slot: Slot }) {
  const job = useApp((s) => s[slot].job);
  const trouble = useApp((s) => s[slot].trouble);
  const quality = useApp((s) => s[slot].quality);
  const share = useApp((s) => knownPsoasShare(s[slot].result?.shares));
  return (
    <div className="lie-on-it">
      {job === undefined ? (
        <Button className="main" onPress={() => void solve(slot)}>
          {say('app.yours.lie')}
        </Button>
      ) : (
        <Button className="quiet" onPress={() => stop(slot)}>
          <Icon name="stop" /> {say('app.yours.stop')}
        </Button>
      )}
      {share !== undefined && (
        <button
          type="button"
          className="to-answer"
          aria-label={say('app.yours.to-answer', { percent: percentOf(share) })}
          onClick={() => {
            const answer = document.getElementById(`${slot}-went`);
            answer?.scrollIntoView({
              behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth',
            });
            answer?.focus({ preventScroll: true });
          }}
        >
          {say('app.yours.percent', { percent: percentOf(share) })} <Icon name="down" />
        </button>
      )}
      {job !== undefined && (
        <p className="under-way">
          <progress value={job.fraction} max={1} aria-label={say('app.yours.stage', { stage: job.stage })} />
          <span>
            {say('app.yours.job', {
              answer: job.stage === 'coarse' ? 'first' : quality === 'coarse' ? 'finer' : 'only',
              doing: job.detail ?? job.phase,
            })}
          </span>
        </p>
      )}
      {trouble !== undefined && (
        <p className="problem" role="alert">
          {trouble}
        </p>
      )}
    </div>
  );
}
