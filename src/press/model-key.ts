import { canonicalJson } from '../base/hash.ts';
import type { Scenario } from './scenario.ts';

/** What of a scenario says who lies there. */
export type OnBody = Pick<Scenario, 'body' | 'pose' | 'cell_mm' | 'scan'>;

/** What a model depends on. @param scan names the content of the scan's files, where the scenario has a scan */
export const modelKey = ({ body, pose, cell_mm, scan: asked }: OnBody, scan?: string): string =>
  canonicalJson([asked === undefined ? [body, pose] : (scan ?? 'scan'), cell_mm]);

/** What the surfaces of a body depend on: not on the size of the press's cells. @param detail how finely they are drawn */
export const drawnKey = (detail: string, scenario: OnBody, scan?: string): string =>
  `${detail} ${modelKey({ ...scenario, cell_mm: 0 }, scan)}`;
