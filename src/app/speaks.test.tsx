import type { ReactElement, ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { resolveBody } from '../body/body.ts';
import { bodySpecSchema } from '../body/spec.ts';
import { assess } from '../findings/assess.ts';
import { keyOf } from '../findings/finding.ts';
import { GRID } from '../findings/importance.ts';
import { makeResult } from '../findings/make-result.ts';
import { speakerOf } from '../messages/say.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import { pushLine } from '../report/push-line.ts';
import { skinMap } from '../report/skin-map.ts';
import { syntheticPress } from '../report/synthetic-press.test-data.ts';
import { TOOL_FAMILIES } from '../tool/catalogue.ts';
import { leftInEnglish, MIRRORED, PSEUDO, textOfPage } from '../words/pseudo-language.test-data.ts';
import { Answer } from './answer.tsx';
import { AskFirst } from './ask-first.tsx';
import { StructureCard } from './card.tsx';
import { Compare } from './compare.tsx';
import { Files } from './files.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { Word } from './mishap.tsx';
import { word } from './newer.ts';
import { Notice } from './notice.tsx';
import { PressureKey } from './pressure-key.tsx';
import { PsoasHeadline, PushEnds } from './psoas-headline.tsx';
import { Said } from './said.tsx';
import { SceneTools } from './scene-tools.tsx';
import { SceneView } from './scene-view.tsx';
import { ask } from './session.ts';
import { Speaks } from './speaks.tsx';
import { type AppState, setSlot, setView, store } from './state.ts';
import { Story } from './story.tsx';
import { RunIt, Yours } from './yours.tsx';

/** A result of a made-up press, as the worker would tell it. */
function answered(slot: 'a' | 'b', ranged: boolean): void {
  const made = syntheticPress();
  const family = TOOL_FAMILIES.find(({ id }) => id === 'ball-lacrosse')!;
  const press = { ...made, placed: { ...made.placed, tool: { ...made.placed.tool, family } } };
  const inputs = { tool: { id: 'ball-lacrosse' }, body: { height_cm: 163, weight_kg: 62, waist_cm: 80 } };
  const { findings, shares, headline } = assess(press);
  const result = makeResult({
    scenario: parseScenario(inputs),
    press: ranged ? press : { ...press, converged: false, reason: { id: 'reason.stopped' } },
    headline,
    findings: findings.map((f) => (!ranged || f.value === null ? f : { ...f, low: f.value - 1, high: f.value + 2 })),
    shares: shares.map((s) => ({ ...s, low: s.share / 2, high: Math.min(1, 2 * s.share) })),
    body: resolveBody(bodySpecSchema.parse(inputs.body)),
    version: '0',
    platform: 'test',
    time: '2000-01-01T00:00:00.000Z',
  });
  ask(slot, { inputs });
  const { question } = store.getState()[slot];
  const bars = [{ input: GRID, rho: 1, low: 0, high: 1 }];
  const drawn = [{ id: 'friction', weight: 0.5, low: 0, high: 1, unit: '', evidence: [] }];
  const tornado = [{ finding: keyOf(findings[0]!), bars }];
  const uncertainty = { n: 16, used: 15, seed: 0, cell_mm: 12, chance: 0.4, inputs: drawn, tornado };
  const line = pushLine(press);
  setSlot(slot, {
    result: ranged ? { ...result, uncertainty } : result,
    answered: question,
    quality: ranged ? 'fine' : 'coarse',
    line: line as unknown as AppState['a']['line'],
    skinMap: String(skinMap(speakerOf(PSEUDO), press)),
  });
}

/** What a part of the page shows and says in a language. */
function text(part: ReactElement, language = PSEUDO): string {
  const html = renderToStaticMarkup(<Speaks value={speakerOf(language)}>{part}</Speaks>);
  expect(html.length).toBeGreaterThan(20);
  return textOfPage(
    html.replace(/<code[^>]*>.*?<\/code>|<p class="latin">.*?<\/p>/g, ' ').replace(/ title="[^"]*" data-rac/g, ' '),
  );
}
// a dialog is put beside the page, which a server has none of
vi.mock('react-aria-components', async (original) => {
  const bare = ({ children }: { children: ReactNode }) => <div>{children}</div>;
  return { ...(await original<object>()), ModalOverlay: bare, Modal: bare, Dialog: bare, Heading: bare };
});

const left = (part: ReactElement): string[] => leftInEnglish(text(part));

beforeAll(() => {
  // on a server zustand shows what a store began with
  vi.spyOn(store, 'getInitialState').mockImplementation(() => store.getState());
  vi.spyOn(word, 'getInitialState').mockImplementation(() => word.getState());
  store.setState({ language: PSEUDO, listSeen: true });
  answered('a', true);
  answered('b', false);
});

describe('in a language that nobody speaks, the app leaves no English', () => {
  it.each([
    ['the frame', () => <Header />],
    ['the foot', () => <Footer />],
    ['the story', () => <Story />],
    ['what the psoas gets', () => <PsoasHeadline result={store.getState().a.result!} />],
    ['where the push ends', () => <PushEnds result={store.getState().a.result!} />],
    ['the list of who should ask first', () => <AskFirst />],
    ['one’s own press', () => <Yours />],
    ['an answer with ranges', () => <Answer slot="a" />],
    ['a first look that was not solved to the end', () => <Answer slot="b" />],
    ['two presses', () => <Compare />],
    ['files', () => <Files slot="a" />],
    ['the scene', () => <SceneView slot="a" onReady={() => undefined} />],
    ['the tools of the scene', () => <SceneTools />],
    ['the key', () => <PressureKey />],
  ] as const)('%s', (_, part) => {
    expect(left(part())).toEqual([]);
  });

  it('with another press asked, in feet and pounds, under way, in trouble, with a scan wanted', () => {
    store.setState({ units: 'imperial' });
    setSlot('a', {
      answered: 'another',
      job: { stage: 'fine', phase: 'phase.press', fraction: 0.5, detail: undefined },
    });
    expect(left(<Yours />)).toEqual([]);
    expect(left(<Answer slot="a" />)).toEqual([]);
    setSlot('a', { job: undefined, trouble: { id: 'app.trouble.memory' } });
    expect(left(<RunIt slot="a" />)).toEqual([]);
    ask('a', { scan: undefined, wanted: { ct: '1.nii', ctHash: '0'.repeat(64) } });
    expect(left(<Files slot="a" />)).toEqual([]);
    store.setState({ units: 'metric' });
  });

  it('in the cards of parts', () => {
    for (const structure of ['psoas_major', 'sigmoid_colon', 'vertebra_l3', 'femoral_nerve']) {
      setView({ picked: { structure, side: 'left' } });
      expect(left(<StructureCard />), structure).toEqual([]);
    }
  });

  it('in what the page says about links, versions and presses', () => {
    word.setState({ about: 'newer' });
    expect(left(<Word />)).toEqual([]);
    store.setState({ notice: { id: 'app.link.broken' } });
    expect(left(<Notice />)).toEqual([]);
    const place = { id: 'app.amount.small', values: { units: 'metric', length: '5' } };
    const now = { across: 'left', along: 'above', x: place, y: place };
    expect(left(<Said note={{ id: 'app.place.now', values: now }} />)).toEqual([]);
  });
});

describe('from right to left', () => {
  it('numbers are written as the language does', () => {
    expect(text(<Answer slot="a" />, MIRRORED)).toMatch(/[٠-٩]+/);
  });
});
