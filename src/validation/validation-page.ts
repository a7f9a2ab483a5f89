import { VERSION } from '../base/version.ts';
import { evidence } from '../evidence/evidence.ts';
import type { WholeSpeaker } from '../messages/say.ts';
import { keptShear } from '../press/contents.ts';
import { CATEGORIES, type Checked, type EvidenceCategory, holds } from './anchor.ts';
import { checkedText, verdictText } from './checked-text.ts';
import { LAB_CONTENTS } from './lab.ts';
import { OWN } from './plan.data.ts';

/** What may be believed how far, from what is known best. */
const BELIEFS = ['forces', 'depth', 'order', 'veins', 'arteries', 'around', 'wall', 'time'] as const;
const COLUMNS = ['claim', 'support', 'missing', 'credibility'] as const;

/** The page docs/validation.md: question, context of use, every check, and what may be believed how far. */
export function validationPage(speaker: WholeSpeaker, checked: readonly Checked[], picture: string): string {
  const { say } = speaker;
  const of = (verdict: Checked['verdict']): Checked[] => checked.filter((c) => c.verdict === verdict);
  const ids = (list: readonly Checked[]): string => list.map((c) => c.id).join(', ') || say('check.page.none');
  const [good, part, bad, untested] = [
    of('reproduced'),
    of('reproduced in part'),
    of('not reproduced'),
    of('not tested'),
  ];
  const result = say('check.page.result', {
    all: checked.length,
    good: good.length,
    goodIds: ids(good),
    part: part.length,
    partIds: ids(part),
    bad: bad.length,
    badIds: ids(bad),
    untested: untested.length,
    untestedIds: ids(untested),
    independent: good.filter(isIndependent).length,
    settled: good.filter((c) => c.other === undefined || c.other.verdict === 'reproduced').length,
    measured: good.filter((c) => isIndependent(c) && c.kind === 'hard').length,
  });
  const turned = checked.filter((c) => c.other !== undefined && c.other.verdict !== c.verdict);
  const quick = checked.find((c) => c.cell !== undefined && c.other === undefined);
  const grids =
    quick === undefined
      ? say('check.page.grids', { own: OWN[0], other: OWN[1], turned: ids(turned) })
      : say('check.page.quick', { own: OWN[0], cell: quick.cell! });
  const lines = [
    `# ${say('check.page.title')}`,
    '',
    `<!-- ${say('check.page.written')} -->`,
    '',
    ...[
      say('check.page.terms'),
      say('check.page.question'),
      say('check.page.context'),
      say('check.page.contents', { share: String(keptShear(LAB_CONTENTS).value) }),
      say('check.page.before', { version: VERSION }),
      result,
      grids,
    ].flatMap((text) => [text, '']),
    `![${say('check.page.picture')}](${picture})`,
    '',
    say('check.page.key'),
    '',
    `## ${say('check.category.title')}`,
    '',
    say('check.category.about'),
    '',
    row([say('check.category.head'), say('check.category.checks'), say('check.category.besides')]),
    '|---|---|---|',
    ...CATEGORIES.map((category) =>
      row([
        say(`check.category.${category}`),
        tally(
          speaker,
          checked.filter((c) => c.category === category),
        ),
        say(`check.category.${category}.besides`),
      ]),
    ),
    '',
    `## ${say('check.page.checks')}`,
    '',
    ...checked.flatMap((check) => section(speaker, check)),
    `## ${say('check.belief.title')}`,
    '',
    row(COLUMNS.map((column) => say(`check.belief.head.${column}`))),
    '|---|---|---|---|',
    ...BELIEFS.map((each) => row(COLUMNS.map((column) => say(`check.belief.${each}.${column}`)))),
    '',
  ];
  return lines.join('\n');
}

const isIndependent = (c: Checked): boolean => c.independent && c.kind !== 'code';

/** The checks of a category by what came of them. */
function tally(speaker: WholeSpeaker, checked: readonly Checked[]): string {
  const verdicts = [...new Set(checked.map((c) => c.verdict))];
  const parts = verdicts.map((verdict) =>
    speaker.say('check.category.tally', {
      verdict: verdictText(speaker, verdict),
      ids: checked.flatMap((c) => (c.verdict === verdict ? [c.id] : [])).join(', '),
    }),
  );
  return parts.join('; ') || speaker.say('check.page.none');
}

function section(speaker: WholeSpeaker, check: Checked): string[] {
  const { say } = speaker;
  const { text, unit, range, citation, note: known } = evidence(check.id);
  const { id, kind, category, read, title, tuned, method, outcome, other, independent } = checkedText(speaker, check);
  // a unit after words would read as one of them
  const value = unit === '' ? text : /[a-z]/i.test(text) ? `${text} (${unit})` : `${text} ${unit}`;
  const standing = independent ? (kind === 'code' ? 'code' : 'yes') : 'no';
  return [
    `### ${say('check.page.one', { id, title, verdict: verdictText(speaker, check.verdict) })}`,
    '',
    say('check.page.published', { value, range, citation, kind }),
    '',
    say('check.page.standing', {
      category: say(`check.category.${category satisfies EvidenceCategory}`),
      read: say('check.page.read', { read }),
      independent: standing,
    }),
    '',
    say('check.page.asked', { method }),
    '',
    ...figures(speaker, check),
    ...(tuned === undefined ? [] : [say('check.page.tuned', { tuned }), '']),
    ...(outcome.untested === undefined ? [] : [say('check.page.untested', { why: outcome.untested }), '']),
    ...(other?.outcome.untested === undefined || outcome.untested !== undefined
      ? []
      : [say('check.page.untested-other', { cell: other.cell!, why: other.outcome.untested }), '']),
    ...(outcome.note === '' ? [] : [outcome.note, '']),
    ...(known === undefined || kind === 'code' ? [] : [say('check.page.row', { note: known }), '']),
  ];
}

/** The figures of a check as a table: on the grid that decides, on the other, and what is accepted. */
function figures(speaker: WholeSpeaker, check: Checked): string[] {
  const { say } = speaker;
  const { outcome, other, cell } = check;
  if (outcome.figures.length === 0) return [];
  const number = (value: number, unit: string): string => `${speaker.number(String(short(value)))} ${unit}`.trim();
  const on = (edge: number | undefined): string =>
    edge === undefined ? say('check.page.model') : say('check.page.on', { cell: edge });
  const heads = [
    say('check.page.figure'),
    on(cell),
    ...(other === undefined ? [] : [on(other.cell)]),
    say('check.page.accepted'),
    '',
  ];
  return [
    row(heads),
    `|${'---|'.repeat(heads.length)}`,
    ...outcome.figures.map((f) => {
      const there = other?.outcome.figures.find(({ name }) => name === f.name);
      return row([
        say(f.name),
        number(f.value, f.unit),
        ...(other === undefined ? [] : [there === undefined ? '–' : number(there.value, there.unit)]),
        say('check.page.between', { low: short(f.low), high: short(f.high) }),
        say('check.page.holds', { holds: holds(f) ? 'yes' : 'no' }),
      ]);
    }),
    '',
  ];
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`.replace('|  |', '| |');
const short = (value: number): number => Number(value.toPrecision(3));
