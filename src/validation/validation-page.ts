import { evidence } from '../evidence/evidence.ts';
import type { Checked } from './anchor.ts';
import { holds } from './anchor.ts';

const KIND = {
  hard: 'published human figures',
  soft: 'published, indirect',
  code: 'closed formula: it tests the program, not the biology',
} as const;

/** The page docs/validation.md: question, context of use, every check, and what may be believed how far. */
export function validationPage(checked: readonly Checked[], picture: string): string {
  const of = (verdict: Checked['verdict']): Checked[] => checked.filter((c) => c.verdict === verdict);
  const good = of('reproduced');
  const ids = (list: readonly Checked[]): string => list.map((c) => c.id).join(', ') || 'none';
  const lines = [
    '# Validation',
    '',
    '<!-- written by psoascope validate -o; do not edit by hand -->',
    '',
    'In the words of ASME V&V 40 (a model is credible for a question and a context of use, not in general).',
    '',
    '**Question of interest.** When a rigid self-massage tool presses on a belly with a given force, which structures does it load on its way to the psoas and around it, and how do their pressures compare with levels at which effects were published?',
    '',
    '**Context of use.** Learning and research on average adults. The answer is one input among others; no decision about a person rests on it. The model does not measure anyone, predict injury, or say whether a press is right for anyone.',
    '',
    `**Result.** ${checked.length} checks: ${good.length} reproduced (${ids(good)}), ${of('reproduced in part').length} in part (${ids(of('reproduced in part'))}), ${of('not reproduced').length} not reproduced (${ids(of('not reproduced'))}), ${of('not tested').length} not tested (${ids(of('not tested'))}). Of those reproduced, ${good.filter((c) => c.independent && c.kind !== 'code').length} are independent checks against measurements. None of the published experiments is a person lying face down on a psoas tool: no such measurement was found (E-18, T-86, V-49).`,
    '',
    `![every figure against its accepted range](${picture})`,
    '',
    'Grey: accepted range. Full dot: inside. Ring or arrow: outside. \\*: a constant was chosen with this figure in view, or the check is a formula against itself; it does not count as validation.',
    '',
    '## The checks',
    '',
    ...checked.flatMap(section),
    '## How far each claim may be believed',
    '',
    '| claim | what supports it | what is missing | credibility |',
    '|---|---|---|---|',
    '| Forces and contact of a soft body with a rigid tool | A-01, A-02, comparisons with independent programs (verify/) | sliding between organs, friction of clothed skin | high for the mechanics as posed |',
    '| Pressure that reaches deep structures | A-08, A-09, A-14 as far as they stand above | any pressure measured at depth under a tool | order of magnitude |',
    '| Which structure gets more than another | the same, and the ranges of every result | people’s own anatomy | moderate: read the ranges |',
    '| Veins narrow and close | A-11, A-12 | measurement under a tool; collaterals | moderate for closing, low for the degree of narrowing |',
    '| Arteries stay open | A-03, A-08 | one-sided squeeze against bone, diseased arteries | moderate in healthy arteries only |',
    '| Nerves, ureters, bowel: pressure in the tissue around them | none directly | everything about these structures in living people under a tool | low: a comparison of pressures, not of effects |',
    '| Stretch of the belly wall | A-04, A-05 | direction of its fibres, pretension | low beyond the order of magnitude |',
    '| What slower or longer pressing changes | A-15 (calibrated) | relaxation of bowel, skin and sheets; the reflex of a startled person | low |',
    '',
  ];
  return lines.join('\n');
}

function section(c: Checked): string[] {
  const row = evidence(c.id);
  const { figures, untested, note } = c.outcome;
  return [
    `### ${c.id} ${c.title}: ${c.verdict}`,
    '',
    `Published: ${row.text}${row.unit === '' ? '' : ` ${row.unit}`}; accepted: ${row.range}. ${row.citation} (${KIND[c.kind]}).`,
    '',
    `Asked: ${c.method}.`,
    '',
    ...(figures.length === 0
      ? []
      : [
          '| figure | model | accepted | |',
          '|---|---|---|---|',
          ...figures.map(
            (f) =>
              `| ${f.name} | ${f.value} ${f.unit} | ${Number(f.low.toPrecision(3))} to ${Number(f.high.toPrecision(3))} | ${holds(f) ? 'inside' : 'outside'} |`,
          ),
          '',
        ]),
    ...(c.tuned === undefined ? [] : [`Not independent: ${c.tuned} was chosen with it in view.`, '']),
    ...(untested === undefined ? [] : [`Not tested: ${untested}`, '']),
    ...(note === '' ? [] : [note, '']),
  ];
}
