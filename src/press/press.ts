import type { Vec3 } from '../base/grid.ts';
import type { Note } from '../base/note.ts';
import type { CellFields } from '../mechanics/solution.ts';
import type { Tool } from '../tool/tool.ts';
import type { VoxelModel } from '../voxel/model.ts';
import type { BoneForce } from './bone-forces.ts';

/** A tool laid on the skin: where it touches, which way it goes. */
export interface PlacedTool {
  readonly tool: Tool;
  /** Aimed point on the skin, mm, LPS of the model's grid. */
  readonly at: Vec3;
  /** Unit vector of the push, LPS, into the body. */
  readonly direction: Vec3;
  /** Signed distance, mm, to the tool pushed in by depth mm from first touch (of the tool or its floor); LPS coordinates of the model's grid. */
  distance(x: number, y: number, z: number, depth: number): number;
  /** Signed distance to the floor plane when the tool is pushed in by depth; absent when there is no floor. */
  floor?(x: number, y: number, z: number, depth: number): number;
  /** Where the tool's own coordinates lie at first touch; for pictures. */
  readonly frame?: ToolFrame;
  /** For the result's warnings: how the body and the tool lie. */
  readonly notes?: readonly Note[];
}

/** A tool's own coordinates, LPS: its origin, mm, and unit vectors along x (mirrored for a tool of the other side), y and z. */
export interface ToolFrame {
  readonly origin: Vec3;
  readonly x: Vec3;
  readonly y: Vec3;
  readonly z: Vec3;
}

/** One equilibrium on the load path. */
export interface PressStep {
  /** How far the tool has gone in from first touch, mm. */
  readonly depth: number;
  /** Force of the tool along the push, N. */
  readonly force: number;
  /** Force of the floor along the push, N (0 without a floor). */
  readonly floorForce: number;
  /** Force that the bones and the cut ends give back, N. */
  readonly supportForce: number;
  /** |tool + floor - support| / (tool + floor). */
  readonly forceBalance: number;
  /** Skin area that touches the tool (carries at least a tenth of the highest pressure), mm², deformed. */
  readonly contactArea: number;
  /** Largest contact pressure on the skin as a mean over at least 1 cm², kPa. */
  readonly peakSkinPressure: number;
  /** force / contactArea, kPa. */
  readonly meanSkinPressure: number;
  /** How far the skin is inside the tool where it is deepest, mm. */
  readonly penetration: number;
  readonly iterations: number;
}

/** What a body's material undergoes, on the model's grid: fields of its cells (0, and stretches of 1, outside the body), and what is on nodes. */
export interface BodyFields extends CellFields {
  /** Nodal displacement, flattened nodes×3, mm, LPS; 0 outside the body. */
  readonly displacement: Float32Array;
  /** Tissue pressure of each cell: minus the mean of the Cauchy stress, kPa, smoothed over the cell's neighbours; 0 outside. */
  readonly pressure: Float32Array;
}

/** Fields at the end of the path: of the body, or of what holds where the contents of the belly slide in it, and what is on the skin. */
export interface PressFields extends BodyFields {
  /** Contact pressure at each triangle of model.skin, kPa; 0 where it does not touch. */
  readonly contact: Float32Array;
  /** Of the contents of the belly, where they slide: what lies in them is read from these (asSeenBy). */
  readonly contents?: ContentsFields;
}

/** Both bodies' fields go on beyond them with those of the other, so each can be read all over. */
export interface ContentsFields extends BodyFields {
  /** Share of each cell's body that is contents (cells). */
  readonly share: Float32Array;
  /** Where contents and what holds them meet at rest: points (n×3), mm, LPS; areas, mm²; unit normals (n×3) out of the contents; tied (1) or not; slip along each other, mm. */
  readonly surface: {
    readonly points: Float64Array;
    readonly areas: Float64Array;
    readonly normals: Float64Array;
    readonly tied: Uint8Array;
    readonly slip: Float32Array;
  };
}

/** A finished (or honestly unfinished) press. */
export interface Press {
  readonly model: VoxelModel;
  readonly placed: PlacedTool;
  /** Push asked for, N: tool and floor together. */
  readonly targetForce: number;
  readonly steps: readonly PressStep[];
  /** Fields at the last converged step. */
  readonly fields: PressFields;
  /** Where the push ends at the last step: what each bone gives back, largest first. */
  readonly bones: readonly BoneForce[];
  readonly converged: boolean;
  /** Why it did not converge or stopped early, in one sentence. */
  readonly reason?: Note;
  readonly solver: {
    readonly backend: string;
    readonly cell_mm: number;
    /** Active cells and free degrees of freedom. */
    readonly cells: number;
    readonly dof: number;
    readonly iterations: number;
    readonly seconds: number;
  };
  /** Material constants that were used, for the result's assumptions. */
  readonly materials: readonly MaterialUsed[];
  readonly warnings: readonly Note[];
}

export interface MaterialUsed {
  readonly tissue: string;
  /** Shear modulus at small strain, kPa, or stiffening a, dimensionless. */
  readonly property: 'shear-modulus' | 'stiffening';
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly evidence: readonly string[];
}
