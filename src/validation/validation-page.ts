import { evidence } from '../evidence/evidence.ts';
import type { WholeSpeaker } from '../messages/say.ts';
import { keptShear } from '../press/contents.ts';
import type { Checked } from './anchor.ts';
import { holds } from './anchor.ts';
import { checkedText, verdictText } from './checked-text.ts';
import { LAB_CONTENTS } from './lab.ts';

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
    independent: good.filter((c) => c.independent && c.kind !== 'code').length,
  });
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
      result,
    ].flatMap((text) => [text, '']),
    `![${say('check.page.picture')}](${picture})`,
    '',
    say('check.page.key'),
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

function section(speaker: WholeSpeaker, check: Checked): string[] {
  const { say } = speaker;
  const { text, unit, range, citation } = evidence(check.id);
  const { id, kind, title, tuned, method, outcome } = checkedText(speaker, check);
  const { figures, untested, note } = outcome;
  const value = `${text}${unit === '' ? '' : ` ${unit}`}`;
  return [
    `### ${say('check.page.one', { id, title, verdict: verdictText(speaker, check.verdict) })}`,
    '',
    say('check.page.published', { value, range, citation, kind }),
    '',
    say('check.page.asked', { method }),
    '',
    ...(figures.length === 0
      ? []
      : [
          row([say('check.page.figure'), say('check.page.model'), say('check.page.accepted'), '']),
          '|---|---|---|---|',
          ...figures.map((f) => {
            const between = say('check.page.between', { low: short(f.low), high: short(f.high) });
            const inside = say('check.page.holds', { holds: holds(f) ? 'yes' : 'no' });
            return row([f.name, `${speaker.number(String(f.value))} ${f.unit}`.trim(), between, inside]);
          }),
          '',
        ]),
    ...(tuned === undefined ? [] : [say('check.page.tuned', { tuned }), '']),
    ...(untested === undefined ? [] : [say('check.page.untested', { why: untested }), '']),
    ...(note === '' ? [] : [note, '']),
  ];
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`.replace('|  |', '| |');
const short = (value: number): number => Number(value.toPrecision(3));
