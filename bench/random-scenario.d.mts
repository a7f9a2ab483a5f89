import type { ToolFamily } from '../src/tool/tool.ts';

export interface RandomScenario {
  readonly body: {
    readonly sex: 'female' | 'male';
    readonly height_cm: number;
    readonly weight_kg: number;
    readonly age: number;
  };
  readonly tool: { readonly id: string; readonly parameters: Record<string, number> };
  readonly placement: { readonly preset: string } | { readonly x_mm: number; readonly y_mm: number };
  readonly pose: 'prone' | 'supine' | 'side';
  readonly tone: 'relaxed' | 'guarded';
  /** Load as a share of body weight. */
  readonly share: number;
}

export function randomScenario(
  seed: number,
  number: number,
  families: readonly ToolFamily[],
  load: (path: string) => Promise<unknown>,
): Promise<RandomScenario>;
