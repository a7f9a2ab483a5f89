export interface Travelled {
  readonly travel: number;
  readonly force: number;
}
export interface Curve {
  readonly name: string;
  readonly points: readonly { readonly depth: number; readonly force: number }[];
}
export function readFebio(text: string): Travelled[];
export function readCalculix(text: string): Travelled[];
export function curvesOf(from: {
  readonly press?: unknown;
  readonly twin?: unknown;
  readonly solved?: unknown;
  readonly febio?: string;
  readonly calculix?: string;
}): Curve[];
export function forceAt(points: Curve['points'], depth: number): number | undefined;
export function drawCurves(curves: readonly Curve[]): string;
export function tableOf(curves: readonly Curve[]): string;
