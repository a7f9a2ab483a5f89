import type { Grid, Vec3 } from '../base/grid.ts';
import type { Note } from '../base/note.ts';
import type { ProgressEvent } from '../base/progress.ts';
import type { Figure } from '../figure/figure.ts';
import type { ToolInHand } from '../figure/hand.ts';
import type { Result } from '../findings/result.ts';
import type { Language } from '../messages/speaker.ts';
import type { PressStep } from '../press/press.ts';
import type { Scenario } from '../press/scenario.ts';
import type { PushLine } from '../report/push-line.ts';
import type { ScanFiles } from '../scan/scan.ts';
import type { LabelVolume, SkinSurface } from '../voxel/model.ts';
import type { Surface } from '../voxel/surfaces.ts';

/**
 * What the page and its worker say to each other: plain data, big arrays handed over and not copied.
 * Every request carries a number; every response carries the number of its request.
 */
export type WorkerRequest =
  | ({ readonly kind: 'show'; readonly id: number } & OnBody)
  | ({ readonly kind: 'press'; readonly id: number; readonly slot: Slot } & OnBody)
  | {
      readonly kind: 'scan';
      readonly id: number;
      readonly files: ScanFiles;
      /** Scans that are still in use; others are forgotten. */
      readonly keep: readonly string[];
    }
  | {
      readonly kind: 'file';
      readonly id: number;
      readonly slot: Slot;
      readonly file: FileKind;
      /** Hashes of scenario and result on show, with a slash: no other one is written. */
      readonly of: string;
      /** English when absent. */
      readonly language?: Language;
    }
  | { readonly kind: 'stop'; readonly id: number };

/** What a press or a look at a body needs. */
export interface OnBody {
  readonly scenario: Scenario;
  /** Id of a scan that was sent before. */
  readonly scan?: string;
  /** How finely surfaces are drawn; 'none' where nothing is drawn in 3-D. */
  readonly detail: 'none' | 'low' | 'medium';
  /** A quick look with loose tolerances, from where the slot's last one ended; an answer that a full one replaces. */
  readonly preview?: boolean;
  /** What drawings and the words in them are in; English when absent. */
  readonly language?: Language;
  /** Key of the surfaces that the page holds already. */
  readonly have?: string;
  /** Key of the person that it holds. */
  readonly haveLying?: string;
}

/** Files of a scan, as a scenario names them: names and SHA-256 of the content. */
export interface ScanNames {
  readonly ct?: string;
  readonly ctHash?: string;
  readonly labels?: string;
  readonly labelsHash?: string;
  /** A file of numbers and names, or a known numbering. */
  readonly labelTable?: string;
  readonly labelTableHash?: string;
}

/** A scan that the worker holds. */
export interface OpenScan extends ScanNames {
  /** Made of the content alone: files of one name and different content are different scans. */
  readonly id: string;
}

/** Which of the two compared presses. */
export type Slot = 'a' | 'b';

/** Files that the worker writes from the last press of a slot. */
export type FileKind = 'report' | 'vtu' | 'vti' | 'csv' | 'json' | 'glb';

export type WorkerResponse =
  /** The worker has begun, and holds the lock of its name. */
  | { readonly kind: 'alive' }
  | { readonly kind: 'progress'; readonly id: number; readonly event: ProgressEvent }
  | { readonly kind: 'body'; readonly id: number; readonly body: BodyScene }
  | { readonly kind: 'surfaces'; readonly id: number; readonly drawn: DrawnBody }
  | { readonly kind: 'person'; readonly id: number; readonly person: DrawnPerson }
  | { readonly kind: 'step'; readonly id: number; readonly step: PressStep; readonly state: StepState }
  /** The answer, and after it the same once more with its ranges, where they are wanted. */
  | { readonly kind: 'pressed'; readonly id: number; readonly result: Result }
  /** The same beside trained fingertips on the same body. */
  | { readonly kind: 'beside'; readonly id: number; readonly result: Result }
  | { readonly kind: 'ranged'; readonly id: number; readonly result: Result }
  /** Beside it a drawing of the pressure on the skin; '' where nothing touches. */
  | { readonly kind: 'line'; readonly id: number; readonly line: PushLine; readonly skinMap: string }
  | { readonly kind: 'pictures'; readonly id: number; readonly pictures: readonly Picture[] }
  | { readonly kind: 'scanned'; readonly id: number; readonly scan: OpenScan }
  | {
      readonly kind: 'file';
      readonly id: number;
      readonly name: string;
      readonly type: string;
      readonly content: BlobPart;
    }
  | { readonly kind: 'done'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly code: FailureCode; readonly note: Note };

/** 'input': the person can mend it; 'memory': coarser cells may do; 'stopped': wanted; 'gone': to be computed anew; 'unforeseen': our fault. */
export type FailureCode = 'input' | 'memory' | 'stopped' | 'gone' | 'unforeseen';

/** A trunk at rest with the tool laid on it, as the viewer wants it. */
export interface BodyScene {
  /** The same for the same body and cells: surfaces of an equal key need not be made again. */
  readonly key: string;
  readonly cell_mm: number;
  readonly grid: Grid;
  readonly fill: Float32Array;
  readonly fine: LabelVolume;
  readonly skin: SkinSurface;
  readonly bodyOrigin: Vec3;
  readonly landmarks: Readonly<Record<string, Vec3>>;
  readonly source: 'reference' | 'scan';
  readonly notes: readonly Note[];
  readonly tool: ToolInHand;
  /** Unit vector up from what the person lies on. */
  readonly up: Vec3;
  /** Key of the figure that belongs to it: any other lies differently. */
  readonly lies: string;
}

/** The person around a trunk. */
export interface DrawnPerson {
  readonly key: string;
  /** undefined where nothing is known to draw it from. */
  readonly figure: Figure | undefined;
}

/** Surfaces of a body at rest. */
export interface DrawnBody {
  /** Equal for equal bodies, whatever their cells. */
  readonly key: string;
  readonly surfaces: readonly Surface[];
}

/** The body in one solved step. */
export interface StepState {
  readonly depth: number;
  readonly force: number;
  /** Nodes×3 on the grid of the body, mm, LPS. */
  readonly displacement: Float32Array;
  /** Tissue pressure of each cell of the body's grid, kPa. */
  readonly pressure: Float32Array;
  /** Where the contents of the belly slide: their own displacement, and their share of each cell. */
  readonly contents?: { readonly displacement: Float32Array; readonly share: Float32Array };
}

/** A cut through the pressed body. */
export interface Picture {
  readonly id: string;
  readonly title: string;
  readonly alt: string;
  readonly svg: string;
  readonly names: readonly string[];
}
