// Published checklists, their items in the project's own words, and what the product has for each. `facts` are looked up by scripts/scorecard.mjs; an item without
// them is a self-score. Verdicts: yes, part, no, na (does not apply).
const item = (id, text, verdict, why, rest = {}) => ({ id, text, verdict, why, ...rest });
const says = (...of) => ['says', ...of];
const file = (...of) => ['file', ...of];

const IPDAS = {
  id: 'ipdas',
  name: 'IPDAS minimum standards',
  source:
    'Minimum standards for patient decision aids: six to qualify, six to certify (items after PMC5013503, table 2; four more are for screening tests only).',
  items: [
    item(
      'Q1',
      'describes the problem that the decision is about',
      'yes',
      'a tight hip and what is said of the psoas, in the card; what becomes of an aching back, and how little is known of a hip that is left alone',
      {
        facts: [says('card.problem', 'tight in front of the hip'), says('ladder.leave.text', 'hardly known')],
        link: 'MODEL_CARD.md',
      },
    ),
    item('Q2', 'says which decision is to be made', 'yes', 'the model card says it in app, report and package', {
      facts: [
        says('card.decision', 'whether to press', 'or to do something else'),
        file('src/app/footer.tsx', 'modelCard'),
        file('src/report/report.ts', 'modelCard'),
      ],
      link: 'MODEL_CARD.md',
    }),
    item(
      'Q3',
      'describes the options',
      'yes',
      'tool, hands, stretching, rolling the thigh, strengthening, a professional, leaving it',
      {
        facts: [
          says('hands.title'),
          says('ladder.stretch.text'),
          says('ladder.roll.text'),
          says('ladder.strengthen.text'),
          says('ladder.professional.text'),
          says('ladder.leave.text'),
        ],
        link: 'src/messages/en-general.data.ts',
      },
    ),
    item(
      'Q4',
      'describes what speaks for each option',
      'yes',
      'both sides of the debate, and what each other way has shown',
      {
        facts: [says('debate.for'), says('ladder.stretch.text', 'weeks'), says('ladder.strengthen.text', '%')],
        link: 'src/messages/en-general.data.ts',
      },
    ),
    item(
      'Q5',
      'describes what speaks against each option',
      'yes',
      'for pressing at length; for each other way one sentence with its source',
      {
        facts: [
          says('debate.against'),
          says('stop.title'),
          says('ladder.stretch.text', 'But it takes weeks'),
          says('ladder.roll.text', 'But the psoas was not'),
          says('ladder.strengthen.text', 'But exercise of any kind'),
          says('ladder.professional.text', 'But trials'),
          says('ladder.leave.text', 'But some was often left'),
        ],
        link: 'src/messages/en-general.data.ts',
      },
    ),
    item(
      'Q6',
      'describes what it is like to live with the consequences',
      'part',
      'what would be felt and what would not stands at each finding, cases of people who were hurt in the debate; how any of it is to live with was not found published',
      {
        facts: [says('app.answer.felt', 'silent'), says('limits.feel')],
        link: 'src/messages/en-app.data.ts',
      },
    ),
    item(
      'C1',
      'shows both sides of each option in like detail',
      'yes',
      'three lines for and three against pressing; for each other way a sentence or two of either side',
      {
        facts: [
          says('ladder.stretch.text', 'But'),
          says('ladder.roll.text', 'But'),
          says('ladder.strengthen.text', 'But'),
          says('ladder.professional.text', 'But'),
          says('ladder.leave.text', 'But'),
          says('debate.for.mri'),
          says('debate.for.trials'),
          says('debate.against.under'),
          says('debate.against.cases'),
        ],
        link: 'src/messages/en-general.data.ts',
      },
    ),
    item('C2', 'cites its evidence', 'yes', 'each figure names its rows, each row its source', {
      facts: [file('src/evidence/rows.data.ts', 'doi'), file('src/report/sources.ts')],
      link: 'src/evidence/rows.data.ts',
    }),
    item('C3', 'says of when it is', 'yes', 'version and day in the model card', {
      facts: [says('card.updated', '{version}', '{date}')],
      link: 'MODEL_CARD.md',
    }),
    item('C4', 'says how it is kept up to date', 'yes', 'what each version looks through, and when it is out of date', {
      facts: [says('card.updated', 'looked through again', 'out of date')],
      link: 'MODEL_CARD.md',
    }),
    item(
      'C5',
      'says how uncertain its figures are',
      'yes',
      '5 to 95 % ranges, or that none were computed; levels say species and minutes',
      {
        facts: [says('limits.ranges'), says('app.answer.sure')],
        link: 'docs/findings.md',
      },
    ),
    item('C6', 'says who pays', 'yes', 'no funding is recorded, and it says so', {
      facts: [says('card.funding', 'funding')],
      link: 'MODEL_CARD.md',
    }),
  ],
};

const UNDERSTAND = [
  item(
    'U1',
    'its purpose is evident',
    'yes',
    'the first sentence of app and report asks what one presses on; the card says what it is',
    { facts: [says('app.story.start.title', 'what do you press on'), says('card.what')] },
  ),
  item('U2', 'nothing distracts from it', 'part', 'figures for researchers stand apart, but on the same page'),
  item('U3', 'common words', 'part', 'see the table of readability; names of parts cannot be avoided'),
  item(
    'U4',
    'terms of medicine only where needed, and explained',
    'part',
    'most are explained at their first use; felt pressure units are not compared with something known everywhere',
  ),
  item('U5', 'active voice', 'yes', 'throughout, as far as it has been read for it'),
  item('U6', 'numbers are clear', 'yes', 'two digits, unit in kPa and mmHg, range beside', {
    facts: [says('amount.pressure', 'kPa', 'mmHg')],
  }),
  item('U7', 'no sums to be done', 'yes', 'none are asked for'),
  item('U8', 'short sections', 'yes', 'each picture has one or two sentences'),
  item('U9', 'sections have headings', 'yes', 'report and app', {
    facts: [says('stop.title'), says('ladder.title'), says('limits.title')],
  }),
  item('U10', 'a sensible order', 'yes', 'from skin to psoas, then hands, other ways, whom to ask'),
  item('U11', 'a summary', 'yes', 'the headline, and the first sheet of the report', {
    facts: [says('headline.pressure')],
  }),
  item('U12', 'cues to what matters', 'yes', 'headline in large figures, findings in order of importance'),
  item('U13', 'pictures where they help', 'yes', '3-D scene, sections, core sample', {
    facts: [file('src/report/core-figure.ts'), file('src/view/viewer.ts')],
  }),
  item('U14', 'pictures support the text', 'yes', 'each is of the press that the text is about'),
  item(
    'U15',
    'pictures have titles or captions',
    'part',
    'those of the report have; the 3-D scene has names and no caption',
  ),
  item('U16', 'pictures are clear', 'part', 'nobody outside the project has been asked'),
  item('U17', 'tables are simple, with short heads', 'yes', 'one row a part of the body'),
];
const ACT = [
  item('A1', 'names at least one thing to do', 'yes', 'ask first, stop at once if', {
    facts: [says('stop.title', 'stop at once'), says('ask.title', 'ask first')],
  }),
  item('A2', 'speaks to the reader', 'yes', 'it says you throughout', { facts: [says('ask.question', 'you')] }),
  item('A3', 'breaks it into steps', 'part', 'two lists; the order of steps is not numbered'),
  item('A4', 'a tool to act with', 'yes', 'a two-page hand-out with both lists', {
    facts: [says('ask.intro', 'list')],
  }),
  item('A5', 'instructions for sums', 'na', 'there are none'),
  item('A6', 'explains charts that one acts on', 'na', 'nothing is to be done by a chart'),
  item('A7', 'pictures where they make it easier to act', 'no', 'the lists have none'),
];
const PEMAT_P = {
  id: 'pemat-p',
  name: 'PEMAT-P (printed report)',
  source: 'Patient Education Materials Assessment Tool of AHRQ (items after PMC11033604).',
  remark:
    'Understandability U1 to U17, actionability A1 to A7. The form has two answers, agree and disagree; halves are ours.',
  items: [...UNDERSTAND, ...ACT],
};
const PEMAT_AV = {
  id: 'pemat-av',
  name: 'PEMAT-A/V (app)',
  source: 'The same tool for what is seen on a screen: without the items that are for print, with U18 and U19.',
  items: [
    ...UNDERSTAND.filter(({ id }) => !['U2', 'U6', 'U7', 'U16'].includes(id)),
    item('U18', 'text on the screen is easy to read', 'yes', 'contrast and zoom are tested in Chromium with axe', {
      facts: [file('e2e/app.test.ts', 'axe')],
      link: 'e2e/app.test.ts',
    }),
    item('U19', 'words can be heard clearly', 'na', 'nothing is spoken'),
    ...ACT.filter(({ id }) => !['A4', 'A5', 'A7'].includes(id)),
  ],
};

const CCI = {
  id: 'cci',
  name: 'CDC Clear Communication Index',
  source: 'Twenty items in four parts (after the CDC form; item 20 from memory). 90 of 100 are wanted.',
  items: [
    item('1', 'one main message', 'yes', 'how hard the psoas is pressed beside skin and trained hands', {
      facts: [says('headline.pressure'), says('headline.fingers')],
    }),
    item('2', 'at the top', 'part', 'in report and answer; the story begins with a question'),
    item('3', 'emphasised', 'yes', 'in large figures'),
    item('4', 'a picture that supports it, with a caption', 'part', 'the core sample has one; the scene has names'),
    item('5', 'a call to act', 'yes', 'ask first', { facts: [says('ask.title')] }),
    item('6', 'message and call in active voice', 'yes', 'as far as it has been read for it'),
    item('7', 'words that the reader uses', 'part', 'anatomy keeps its names, with everyday ones beside'),
    item('8', 'lists, none too long', 'yes', 'the longest has five lines under a head'),
    item('9', 'sections with matching heads', 'yes', 'report and app'),
    item('10', 'the most important first', 'yes', 'headline and answer'),
    item('11', 'what is known and what is not', 'yes', 'a section of its own', {
      facts: [says('limits.title', 'cannot know'), says('card.limits')],
    }),
    item(
      '12',
      'a recommended behaviour',
      'part',
      'only to ask and to stop: the project gives no advice to press or not to press',
    ),
    item('13', 'why it matters', 'part', 'what lies there is said; consequences as far as they were published'),
    item('14', 'how to do it, and when to see a clinician', 'yes', 'both lists', {
      facts: [says('stop.help', 'medical help')],
    }),
    item('15', 'only numbers that the reader uses', 'part', 'kPa for researchers; mmHg and kg beside them'),
    item('16', 'says what numbers mean', 'yes', 'each is set beside a published level, or it says that there is none', {
      facts: [says('app.answer.band', 'below the levels')],
    }),
    item('17', 'no sums', 'yes', 'none'),
    item('18', 'what the harm would be', 'yes', 'effects that were published at such levels'),
    item('19', 'both sides', 'yes', 'the debate', { facts: [says('debate.for'), says('debate.against')] }),
    item('20', 'chances in words and numbers', 'na', 'no chance of harm is computed or known', {
      facts: [says('limits.harm')],
    }),
  ],
};

const VV40 = {
  id: 'vv40',
  name: 'V&V 40 credibility factors',
  source: 'ASME V&V 40-2018 (factors from memory, the standard is not open), with two of our own.',
  items: [
    item('1', 'software quality', 'yes', 'types, lint, tests, package check on each change', {
      facts: [file('.ci/run')],
      link: 'CONTRIBUTING.md',
    }),
    item(
      '2',
      'numerical code verification',
      'yes',
      'closed forms, three independent programs on a sphere, two engines',
      { facts: [file('verify/closed-forms.test.ts', 'Boussinesq')], link: 'docs/verification.md' },
    ),
    item(
      '3',
      'discretisation error',
      'yes',
      'cells of 10 to 2.5 mm on the sphere, 10 to 4 mm on the trunk, shifted grids',
      { facts: [file('docs/verification.md', 'Shifted grid')], link: 'docs/verification.md' },
    ),
    item('4', 'solver error', 'yes', 'balance, volume and penetration of each step in the result', {
      facts: [file('docs/mechanics.md', 'Stopping')],
      link: 'docs/mechanics.md',
    }),
    item('5', 'use error', 'part', 'bad input is refused in one sentence; nobody has watched people use it', {
      facts: [file('src/cli/cli.test.ts', 'bad input')],
      link: 'src/cli/cli.test.ts',
    }),
    item('6', 'form of the model', 'part', 'what is left out is listed; alternatives are weighed in decisions', {
      facts: [file('docs/mechanics.md', '## Limits')],
      link: 'docs/mechanics.md',
    }),
    item(
      '7',
      'inputs: sensitivity and uncertainty',
      'yes',
      'ensembles over the ranges of evidence, tornado, Sobol indices',
      { facts: [file('src/study/sobol.ts')], link: 'docs/findings.md' },
    ),
    item('8', 'test samples', 'part', 'published means and spreads; no raw data of our own', {
      link: 'docs/validation.md',
    }),
    item('9', 'test conditions', 'part', 'as far as the sources print them', { link: 'docs/validation.md' }),
    item('10', 'equivalence of inputs', 'part', 'each check says what was asked of the model and how it differs', {
      link: 'docs/validation.md',
    }),
    item('11', 'comparison of outputs', 'yes', 'accepted ranges fixed beforehand, every figure shown', {
      facts: [file('docs/validation.md', 'accepted')],
      link: 'docs/validation.md',
    }),
    item(
      '12',
      'relevance of the quantities',
      'part',
      'pressure in the tissue of a pressed belly has not been measured',
      { link: 'docs/validation.md' },
    ),
    item(
      '13',
      'relevance to the context of use',
      'part',
      'no experiment is a person on such a tool, and the page says so',
      { facts: [file('docs/validation.md', 'no such measurement was found')], link: 'docs/validation.md' },
    ),
    item('14', 'question, context and influence are stated', 'yes', 'at the head of the page', {
      facts: [file('docs/validation.md', 'Question of interest', 'Context of use')],
      link: 'docs/validation.md',
    }),
    item('15', 'independent review', 'no', 'nobody outside the project has checked it', {
      link: 'docs/other-programs.md',
    }),
  ],
};

const FDA = {
  id: 'fda',
  name: 'FDA categories of evidence',
  source:
    'Assessing the Credibility of Computational Modeling and Simulation in Medical Device Submissions, 17 November 2023: eight categories. Not a score to be filled: it says which kinds of evidence there are.',
  items: [
    item('1', 'code verification', 'yes', 'closed forms and other programs', { link: 'docs/verification.md' }),
    item('2', 'calibration', 'yes', 'constants chosen with a figure in view are marked in the checks', {
      facts: [file('docs/validation.md', '\\*')],
      link: 'docs/validation.md',
    }),
    item('3', 'bench tests', 'part', 'indentation of blocks and cuffs from publications', {
      link: 'docs/validation.md',
    }),
    item('4', 'tests in the body', 'part', 'published measurements on people, several not reproduced', {
      link: 'docs/validation.md',
    }),
    item(
      '5',
      'population',
      'part',
      'bodies and ensembles over ranges; compared with published spreads in single checks',
      { link: 'docs/body.md' },
    ),
    item('6', 'behaviour that emerges', 'part', 'veins close while arteries stay open without being told to', {
      link: 'docs/findings.md',
    }),
    item('7', 'plausibility', 'yes', 'random presses, bodies and problems are checked for what may never happen', {
      link: 'docs/verification.md',
    }),
    item(
      '8',
      'calculation verification in the context of use',
      'yes',
      'cell sizes and shifted grids of the default press',
      { link: 'docs/verification.md' },
    ),
  ],
};

const RULES = {
  id: 'ten-rules',
  name: 'Ten rules for credible practice',
  source:
    'Ten simple rules of the Committee on Credible Practice (rubric after PMC12192136; names of rules from general knowledge). The rubric has five levels, which are counted here as no, part and yes.',
  items: [
    item('1', 'context is defined', 'yes', 'question and context of use', { link: 'docs/validation.md' }),
    item('2', 'suitable data', 'part', 'published means; tissue constants are largely estimates', {
      link: 'src/evidence/rows.data.ts',
    }),
    item('3', 'evaluated in context', 'part', 'no measurement of the very thing exists', {
      link: 'docs/validation.md',
    }),
    item('4', 'limits are listed', 'yes', 'mechanics, findings, report and card', { link: 'docs/mechanics.md' }),
    item('5', 'versions are controlled', 'yes', 'numbers that moved stand in the changelog; hash of each result', {
      facts: [file('CHANGELOG.md', 'Numbers')],
      link: 'CHANGELOG.md',
    }),
    item('6', 'documented', 'yes', 'method, decisions, formats', { link: 'docs/mechanics.md' }),
    item('7', 'open to all', 'yes', 'Apache-2.0, no server, no account', {
      facts: [file('LICENSE', 'Apache')],
      link: 'LICENSE',
    }),
    item('8', 'independent review', 'no', 'none yet', { link: 'docs/other-programs.md' }),
    item('9', 'competing implementations', 'yes', 'two engines; three programs on a sphere; files for two more', {
      link: 'docs/verification.md',
    }),
    item(
      '10',
      'standards',
      'part',
      'VTK, glTF, NIfTI, FEBio, JSON Schema, Parquet; anatomy codes of FMA, UBERON and Terminologia Anatomica (1998) for most parts',
      {
        link: 'src/anatomy/structures.data.ts',
      },
    ),
  ],
};

const MQSSFE = {
  id: 'mqssfe',
  name: 'Single-subject finite-element studies (MQSSFE)',
  source:
    'Methodological quality of single-subject finite-element studies (PMC9506209, table 3): 37 questions, of which the project has seen the first twelve and the headings of the rest.',
  items: [
    item('1', 'aim', 'yes', 'question of interest', { link: 'docs/validation.md' }),
    item('2', 'analyses planned beforehand', 'yes', 'accepted ranges stand before a check is computed', {
      link: 'docs/validation.md',
    }),
    item('3', 'no search for a result', 'yes', 'every check is printed, reproduced or not', {
      link: 'docs/validation.md',
    }),
    item('4', 'outcomes defined', 'yes', 'quantities and where they act', { link: 'docs/findings.md' }),
    item('5', 'times', 'part', 'seconds of loading and holding as a factor on stiffness only', {
      link: 'docs/mechanics.md',
    }),
    item('6', 'outcomes fit the question', 'yes', 'pressure, narrowing and squeeze beside published levels', {
      link: 'docs/findings.md',
    }),
    item('7', 'main findings are clear', 'yes', 'headline', { link: 'docs/findings.md' }),
    item('8', 'pictures that are compared have one colour scale', 'yes', 'one scale of pressure in app and report', {
      facts: [file('src/words/pressure-scale.ts')],
      link: 'src/words/pressure-scale.ts',
    }),
    item('9', 'subject described', 'yes', 'body measures with sources', { link: 'docs/body.md' }),
    item('10', 'age, sex, weight, height', 'yes', 'inputs, in every result', { link: 'docs/body.md' }),
    item('11', 'representative', 'part', 'built from population figures, not one person', { link: 'docs/body.md' }),
    item('12', 'intervention described', 'part', 'tool sizes are estimates: no maker has published them', {
      link: 'src/tool/catalogue.ts',
    }),
  ],
};

const FAIR = {
  id: 'fair',
  name: 'FAIR study outputs',
  source:
    'Findable, accessible, interoperable, reusable (Wilkinson 2016, doi 10.1038/sdata.2016.18), asked of the folder that a study writes.',
  items: [
    item('F1', 'identifiers', 'part', 'hashes of scenario and result; no registered identifier', {
      link: 'docs/studies.md',
    }),
    item('F2', 'rich metadata', 'yes', 'plan, versions and units in RO-Crate form beside the tables', {
      facts: [file('src/study/ro-crate.ts', 'ro-crate')],
      link: 'docs/studies.md',
    }),
    item('F4', 'indexed', 'no', 'nothing is registered anywhere'),
    item('A1', 'open, free formats', 'yes', 'Parquet, CSV, JSON, HTML', {
      facts: [file('src/study/table-files.node.ts', 'Parquet')],
      link: 'docs/studies.md',
    }),
    item('A2', 'metadata outlive the data', 'no', 'they lie in the same folder'),
    item('I1', 'a known language for metadata', 'yes', 'JSON-LD with schema.org', {
      facts: [file('src/study/ro-crate.ts', 'w3id.org')],
      link: 'src/study/ro-crate.ts',
    }),
    item(
      'I2',
      'vocabularies',
      'part',
      'names of Terminologia Anatomica, codes of FMA and UBERON for nearly all parts, its numbers of 1998 for most',
      {
        link: 'src/anatomy/structures.data.ts',
      },
    ),
    item(
      'R1',
      'licence and provenance',
      'part',
      'plan, version and hashes are there; the licence of results is for who computes them to say',
      { link: 'docs/studies.md' },
    ),
    item('R2', 'can be computed again', 'yes', 'same plan and version, same bits', {
      facts: [file('src/same-bits.test.ts')],
      link: 'docs/studies.md',
    }),
  ],
};

export const CHECKLISTS = [IPDAS, PEMAT_P, PEMAT_AV, CCI, VV40, FDA, RULES, MQSSFE, FAIR];
