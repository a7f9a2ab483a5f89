/**
 * The model card, English: what this is, for whom, on what it stands, how good it is, what it leaves out, of when and from whom. Said in the app, at the foot of
 * the report and in the package (MODEL_CARD.md).
 */
export const EN_CARD = {
  'card.title': 'About this model',
  'card.what.name': 'What it is',
  'card.what': 'A computer model of a trunk. It computes how the tissues between skin and spine deform when a tool presses into the belly, and how hard each part is pressed.',
  'card.problem.name': 'The problem',
  'card.problem': 'Some people feel tight in front of the hip or ache in the low back, and hear that the psoas is the cause. Only an examination can tell, and examiners who feel for the psoas do not agree well with each other.',
  'card.decision.name': 'The decision',
  'card.decision': 'Whether to press there with such a tool, and how hard, or to do something else about a tight hip: stretch, roll the thigh, get stronger, see someone who can examine you, or leave it. The model shows what it knows about the first; the decision stays with you.',
  'card.whom.name': 'For whom',
  'card.whom': 'For adults who think about pressing there, and for those who teach, build, advise on or study it. Not for diagnosis or treatment, and not about anyone’s own body.',
  'card.on.name': 'What it stands on',
  'card.on': 'Shapes and sizes come from published measurements of many adults. How stiff tissues are is partly measured and partly estimated. Each figure has its range and its source.',
  'card.good.name': 'How good it is',
  'card.good': 'On a sphere pressed into a soft block it agrees with three independent programs to 2 %. Of the published experiments set beside it, some are reproduced and several are not. Nobody has measured such a press inside a person, and nobody outside the project has checked the model yet.',
  'card.limits.name': 'What it leaves out',
  'card.limits': 'Your own anatomy, illness, breathing, how it feels, and how often it does harm. Tissues are simpler than in life. Ranges cover what was varied and not what is missing.',
  'card.updated.name': 'Date and updates',
  'card.updated': 'Version {version} of {date}. Each version says what has changed and which numbers have moved, and its figures and sources are looked through again. Take a version that is more than two years old as out of date.',
  'card.funding.name': 'Who pays for it',
  'card.funding': 'No funding is recorded in the project, neither from anyone who makes or sells such tools nor from anyone else. It sells nothing.',
} as const;
