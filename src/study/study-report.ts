import type { StudyData } from './study-data.ts';
import type { SummaryRow } from './summary.ts';
export function studyReport(_data: StudyData, _summary: readonly SummaryRow[]): string {
  return '';
}
