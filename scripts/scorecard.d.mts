export interface ScoredItem {
  readonly id: string;
  readonly text: string;
  readonly verdict: 'yes' | 'part' | 'no' | 'na';
  readonly how: 'looked up' | 'self-score';
  readonly why: string;
}
export interface Scorecard {
  readonly lists: readonly {
    readonly id: string;
    readonly points: number;
    readonly of: number;
    readonly items: readonly ScoredItem[];
  }[];
  readonly readability: readonly { readonly name: string; readonly sentences: number; readonly grade: number }[];
}
/** US school grade of running text. */
export function gradeOf(texts: readonly string[]): number;
/** Every verdict, with the facts looked up; other checklists than the project's for tests. */
export function scorecard(checklists?: readonly unknown[]): Scorecard;
export function scorecardText(card: Scorecard): string;
