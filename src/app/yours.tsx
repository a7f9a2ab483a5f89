import type { ReactNode } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
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
import { psoasShare } from './story.tsx';
import { ToolForm } from './tool-form.tsx';
import { useApp } from './use-store.ts';

/** The person's own press: who, on what, where, how hard; beside it what that does. */
export function Yours() {
  return (
    <>
      <div className="table">
        <h1 className="hidden">Your own press</h1>
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
    body.sex === 'male' ? 'man' : 'woman',
    body.height_cm !== undefined && `${Math.round(body.height_cm)} cm`,
    body.weight_kg !== undefined && `${Math.round(body.weight_kg)} kg`,
    body.waist_cm !== undefined && `waist ${Math.round(body.waist_cm)} cm`,
  ].filter((t) => typeof t === 'string');
  const push = load ?? family.defaultLoad;
  const how =
    'bodyWeightShare' in push
      ? `${Math.round(100 * push.bodyWeightShare)} % of the weight`
      : 'mass_kg' in push
        ? `${push.mass_kg} kg`
        : `${push.force_N} N`;
  return (
    <>
      <Part title="Who" now={scan === undefined ? sizes.join(', ') : `scan ${scan}`}>
        <BodyForm slot={slot} />
      </Part>
      <Part title="On what" now={family.label} open>
        <ToolForm slot={slot} />
      </Part>
      <Part title="Where" now="" open>
        <Placement slot={slot} />
      </Part>
      <Part title="How hard" now={`${how}${tone === 'guarded' ? ', tensed' : ''}`}>
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
  const share = useApp((s) => psoasShare(s[slot].result?.shares));
  return (
    <div className="lie-on-it">
      {job === undefined ? (
        <Button className="main" onPress={() => void solve(slot)}>
          Lie on it
        </Button>
      ) : (
        <Button className="quiet" onPress={() => stop(slot)}>
          <Icon name="stop" /> Stop
        </Button>
      )}
      {share !== undefined && (
        <button
          type="button"
          className="to-answer"
          aria-label={`To the answer: ${percentOf(share)} % reaches the psoas`}
          onClick={() => {
            const answer = document.getElementById(`${slot}-went`);
            answer?.scrollIntoView({
              behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth',
            });
            answer?.focus({ preventScroll: true });
          }}
        >
          {percentOf(share)} % <Icon name="down" />
        </button>
      )}
      {job !== undefined && (
        <p className="under-way">
          <progress value={job.fraction} max={1} aria-label={job.stage === 'coarse' ? 'First answer' : 'Fine answer'} />
          <span>
            {job.stage === 'coarse' ? 'First answer' : quality === 'coarse' ? 'Finer answer' : 'Answer'}:{' '}
            {job.detail ?? job.phase}
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
