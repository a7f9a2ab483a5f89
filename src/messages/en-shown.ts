import { EN_APP } from './en-app.data.ts';
import { EN_FINDINGS } from './en-findings.data.ts';
import { EN_GENERAL } from './en-general.data.ts';
import { EN_PROGRESS } from './en-progress.data.ts';
import { EN_REPORT } from './en-report.data.ts';
import { EN_SCAN } from './en-scan.data.ts';
import { EN_STORY } from './en-story.data.ts';

/**
 * The English of results: what findings, pictures, the report, a scan's notes and the app say. The page loads this part and no more;
 * what is said in it can say nothing else.
 */
export const EN_SHOWN = {
  ...EN_FINDINGS,
  ...EN_GENERAL,
  ...EN_REPORT,
  ...EN_PROGRESS,
  ...EN_SCAN,
  ...EN_STORY,
  ...EN_APP,
} as const;
