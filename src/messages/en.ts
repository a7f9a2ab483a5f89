import { EN_CHECK } from './en-check.data.ts';
import { EN_CLI } from './en-cli.data.ts';
import { EN_HELP } from './en-help.data.ts';
import { EN_SHOWN } from './en-shown.ts';
import { EN_STUDY } from './en-study.data.ts';
import { APP_ERRORS } from './errors/app.data.ts';
import { BASE_ERRORS } from './errors/base.data.ts';
import { BODY_ERRORS } from './errors/body.data.ts';
import { CLI_ERRORS } from './errors/cli.data.ts';
import { EVIDENCE_ERRORS } from './errors/evidence.data.ts';
import { FINDINGS_ERRORS } from './errors/findings.data.ts';
import { IO_ERRORS } from './errors/io.data.ts';
import { MECHANICS_ERRORS } from './errors/mechanics.data.ts';
import { NODE_ERRORS } from './errors/node.data.ts';
import { PRESS_ERRORS } from './errors/press.data.ts';
import { SCAN_ERRORS } from './errors/scan.data.ts';
import { STUDY_ERRORS } from './errors/study.data.ts';
import { TOOL_ERRORS } from './errors/tool.data.ts';
import { VALIDATION_ERRORS } from './errors/validation.data.ts';
import { VIEW_ERRORS } from './errors/view.data.ts';
import { VOXEL_ERRORS } from './errors/voxel.data.ts';

/** What commands, their help, checks, studies and errors say besides. */
export const EN_BESIDES = {
  ...EN_CLI,
  ...EN_CHECK,
  ...EN_HELP,
  ...EN_STUDY,
  ...BASE_ERRORS,
  ...SCAN_ERRORS,
  ...NODE_ERRORS,
  ...CLI_ERRORS,
  ...APP_ERRORS,
  ...BODY_ERRORS,
  ...EVIDENCE_ERRORS,
  ...FINDINGS_ERRORS,
  ...IO_ERRORS,
  ...MECHANICS_ERRORS,
  ...PRESS_ERRORS,
  ...STUDY_ERRORS,
  ...TOOL_ERRORS,
  ...VALIDATION_ERRORS,
  ...VIEW_ERRORS,
  ...VOXEL_ERRORS,
} as const;

/** Every English sentence of the program, in one object; the files that it is put together from are reviewed one by one. */
export const EN = { ...EN_SHOWN, ...EN_BESIDES } as const;
