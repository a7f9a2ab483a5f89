import { type CoreLayer, coreSample } from '../findings/core-sample.ts';
import type { Press } from '../press/press.ts';
import type { Side } from '../voxel/model.ts';

/** An organ on the line of the push. */
export interface OrganOnLine {
  readonly structure: string;
  readonly side: Side;
  /** Thickness along the line, mm; where the line meets the organ more than once, all of it together. */
  readonly thickness: number;
}

/** What lies on the line of the push, at rest and pressed. */
export interface PushLine {
  readonly atRest: readonly OrganOnLine[];
  readonly pressed: readonly OrganOnLine[];
}

/** Thinner than this is not told, mm. */
const LEAST = 1;

/** What the push meets on its line before and after the press, down to the psoas or bone: the core sample, each organ once. */
export function pushLine(press: Press): PushLine {
  const core = coreSample(press);
  return { atRest: organs(core.atRest), pressed: organs(core.pressed) };
}

function organs(layers: readonly CoreLayer[]): OrganOnLine[] {
  const merged: { structure: string; side: Side; thickness: number }[] = [];
  for (const { structure, side, from, to } of layers) {
    const known = merged.find((m) => m.structure === structure && m.side === side);
    if (known === undefined) merged.push({ structure, side, thickness: to - from });
    else known.thickness += to - from;
  }
  return merged.filter((layer) => layer.thickness >= LEAST);
}
