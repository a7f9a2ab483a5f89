import type { Vec3 } from '../base/grid.ts';

/**
 * Tool coordinates, mm: x to the person's left, y toward the head, z into the body; the floor under the tool is z = 0.
 * With the person lying face down this triple is left-handed in LPS (left, head, back), so a tool is always written as
 * a function of these three coordinates and never as a mesh with orientation.
 */

/** One measured or estimated size of a tool. */
export interface ToolParameter {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** 'mm', 'deg' or '' for counts. */
  readonly unit: string;
  readonly label: string;
}

/** A named place to lay a tool, as its sellers say or as it goes wrong. */
export interface ToolPreset {
  readonly label: string;
  /**
   * Where the tool's aim goes, mm on the skin from the midpoint of the two ASIS: x to the person's left, y to the head.
   * Written for the reference adults, whose ASIS lie at x = ±115 mm and whose navel lies at y = 54 to 65 mm.
   */
  readonly x_mm: number;
  readonly y_mm: number;
  /** Unit vector of the push in tool axes (x left, y head, z into the body). Straight in where absent. */
  readonly direction?: Vec3;
  /** Sizes that belong to this preset, such as one peak only; the user's own sizes win over them. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** What a source says about this place, in our words. */
  readonly seen: string;
  /** What was added to make millimetres of it. */
  readonly assumed: string;
  readonly evidence: readonly string[];
}

/** How much is pressed when nobody says: a share of the body's weight, or a force. Same shape as a scenario's load. */
export type ToolLoad = { readonly bodyWeightShare: number } | { readonly force_N: number };

/** A family of tools as sold, with its sizes and where they come from. */
export interface ToolFamily {
  /** Kebab-case id: two-peak, lever-hook, … */
  readonly id: string;
  readonly label: string;
  /** One plain sentence: what it looks like and how it is used. */
  readonly description: string;
  readonly parameters: Readonly<Record<string, ToolParameter>>;
  /** Evidence ids of the sizes and of the load. */
  readonly evidence: readonly string[];
  /** 'seen' (published dimension), 'estimate' or 'mixed'. */
  readonly confidence: 'seen' | 'estimate' | 'mixed';
  readonly measuredBy: string;
  /** True for what lies on the floor with the person on top; false for what a hand holds. */
  readonly onFloor: boolean;
  /** The tool's point (x, y) that is laid on the placement point: the column of its apex, or the middle of its two. */
  readonly aim: readonly [x: number, y: number];
  /** True when the tool is drawn for the person's left side and has to be mirrored in x for a placement at x < 0. */
  readonly handed: boolean;
  readonly defaultPose: 'prone' | 'supine' | 'side';
  readonly defaultLoad: ToolLoad;
  /** Lowest and highest plausible load, same unit as defaultLoad. */
  readonly loadRange: readonly [low: number, high: number];
  /** Named places; every family has 'as-sold'. */
  readonly presets: Readonly<Record<string, ToolPreset>>;
}

/** A tool with its sizes filled in. */
export interface Tool {
  readonly family: ToolFamily;
  /** Final value of every parameter. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Signed distance to the tool's surface, mm, negative inside; tool coordinates. Lipschitz with constant at most 1. */
  distance(x: number, y: number, z: number): number;
  /** Corner points of a box that holds the tool, tool coordinates. */
  readonly bounds: { readonly min: Vec3; readonly max: Vec3 };
  /** Highest z of the surface: how far the tool reaches above the floor, mm. */
  readonly height: number;
}
