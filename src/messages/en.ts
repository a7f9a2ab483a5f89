import { EN_APP } from './en-app.data.ts';
import { EN_CHECK } from './en-check.data.ts';
import { EN_CLI } from './en-cli.data.ts';
import { EN_FINDINGS } from './en-findings.data.ts';
import { EN_GENERAL } from './en-general.data.ts';
import { EN_HELP } from './en-help.data.ts';
import { EN_PROGRESS } from './en-progress.data.ts';
import { EN_REPORT } from './en-report.data.ts';
import { EN_SCAN } from './en-scan.data.ts';
import { EN_STORY } from './en-story.data.ts';
import { EN_STUDY } from './en-study.data.ts';

/** Every English sentence of the program, in one object; the files that it is put together from are reviewed one by one. */
export const EN = {
  ...EN_FINDINGS,
  ...EN_GENERAL,
  ...EN_REPORT,
  ...EN_PROGRESS,
  ...EN_CLI,
  ...EN_CHECK,
  ...EN_HELP,
  ...EN_SCAN,
  ...EN_STORY,
  ...EN_APP,
  ...EN_STUDY,
} as const;
