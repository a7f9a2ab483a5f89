import type { Grid, Vec3 } from '../base/grid.ts';

/**
 * A press as pure mechanics: soft cells on a regular grid, a rigid signed distance pushed into a surface, supports.
 * Knows no anatomy and no tool by name, so that it can be lifted out for another organ.
 */
export interface MechanicalProblem {
  readonly grid: Grid;
  /** Share of each cell that is material, 0…1 (cells); cells at 0 are not active. */
  readonly fill: ArrayLike<number>;
  /** Shear modulus at small strain, kPa (cells). */
  readonly mu: ArrayLike<number>;
  /** Shear modulus, kPa (cells), that the penalty on changes of volume is taken from, where it is not `mu`: soft cells among stiff ones. */
  readonly penaltyMu?: ArrayLike<number>;
  readonly law: StiffeningLaw | NeoHookeanLaw;
  /** Springs to the ground per reference volume, kPa/mm² (cells): how rigid inclusions such as bone hold the material. */
  readonly foundation?: ArrayLike<number>;
  /** Fixed directions of each node, bits x = 1, y = 2, z = 4 (nodes). */
  readonly fixed?: Uint8Array;
  /**
   * Displacement of fixed directions per mm of depth (3 planes of nodes; 0 = at rest): a plate glued to the material.
   * The force that drives them counts as a tool's.
   */
  readonly driven?: Float64Array;
  /**
   * Share of each cell, 0…fill, that is a fluid held at `pressure` kPa and free to drain: it adds -p (J-1) per reference
   * volume instead of a bulk term, so its Cauchy stress is -p 1 however far it is squeezed.
   */
  readonly lumen?: { readonly share: ArrayLike<number>; readonly pressure: ArrayLike<number> };
  /** Fibres that bear along themselves in the material around them. */
  readonly fibres?: Fibres;
  /** Quadrature points of the surface that may touch a rigid body, each inside an active cell or beside one. */
  readonly surface: {
    /** Reference positions, flattened n×3, mm. */
    readonly points: Float64Array;
    /** Reference areas, mm² (n). */
    readonly areas: Float64Array;
    /** Where the points lie in the grid, mm (n×3), where that is not where they are: see `interfaces`. */
    readonly inGrid?: Float64Array;
  };
  /** How deformable bodies touch each other; the grid holds one body when absent. */
  readonly interfaces?: readonly Interface[];
  /** Rigid bodies that move together along `direction`. */
  readonly bodies: readonly RigidBody[];
  /** Unit vector of the push. */
  readonly direction: Vec3;
  /** Coefficient of friction between the surface and the bodies; none when absent. */
  readonly friction?: number;
  /** Width over which the crease between two bodies is filled out, mm (by a quarter of it at most); 0 when absent. */
  readonly fillet?: number;
}

/**
 * Fibres as quadrature points: a volume of them at a place, all in one direction. They bear beside the material that is there, which stays what it is. A thin sheet of
 * them may lie anywhere in the cells: it has the stiffness of its own thickness, not of theirs.
 */
export interface Fibres {
  /** Places in the grid (n×3, mm), each inside an active cell or beside one; one for each cell and family, since a cell resolves no more (sheetPoints). */
  readonly points: Float64Array;
  /** Unit vectors along them at rest (n×3). */
  readonly directions: Float64Array;
  /** Reference volumes, mm³ (n). */
  readonly volumes: Float64Array;
  /** Number of each one's family (n). */
  readonly family: ArrayLike<number>;
  readonly families: readonly FibreFamily[];
}

/** ψ = k₁/(2k₂) (exp(k₂ (I₄−1)²) − 1) + tension (√I₄ − 1) per reference volume; the first part for I₄ > 1 only. */
export interface FibreFamily {
  /** kPa. */
  readonly k1: number;
  readonly k2: number;
  /** What they pull with at any length, as muscle does, kPa per reference section; 0 or more. */
  readonly tension: number;
  /** How much longer they are at rest than where they begin to bear: I₄ taut² stands for I₄ in the first part; 1 when absent. */
  readonly taut?: number;
}

/** Where a body's cells lie in a grid that holds several. */
export interface Block {
  /** From a place of the body to its place in the grid, mm. */
  readonly shift: Vec3;
  /** The layers of cells (constant z) between which no other body has any: first, and behind the last. */
  readonly layers: readonly [number, number];
}

/**
 * Two deformable bodies that touch. Each has cells of its own in the grid, so that no cell or node belongs to both: see stack.ts. Places, areas and distances are those of the bodies at rest where they are.
 */
export interface Interface {
  /** Quadrature points of the first body's surface (n×3, mm), their reference areas (n, mm²) and unit normals outwards (n×3). */
  readonly points: Float64Array;
  readonly areas: Float64Array;
  readonly normals: Float64Array;
  readonly first: Block;
  readonly second: Block;
  /** Signed distance to the second body, mm, negative inside it. */
  distance(x: number, y: number, z: number): number;
  /** The same where its gradient is known too, which is written into `out` (3); by differences of `distance` when absent. */
  slope?(x: number, y: number, z: number, out: Float64Array): number;
  /** Contact penalty, kPa/mm (n). */
  readonly penalty: Float64Array;
  /** Whether places on the second body are found in a field without kinks (sliding-contact.ts), for all interfaces or none: for curved bodies that slip over several cells. */
  readonly smooth?: boolean;
  /** Whether the bodies may part. */
  readonly separation: boolean;
  /** 1 where a point is tied to the place of the second body that it touches (n); nowhere when absent. */
  readonly tied?: Uint8Array;
}

export interface RigidBody {
  readonly name: string;
  /** Signed distance, mm, negative inside the body, when it is pushed in by depth mm. Never changes faster than the point and the body move. */
  distance(x: number, y: number, z: number, depth: number): number;
  /** Radius of the largest ball that its tip has room for, mm; none where it is not known to be thin. */
  readonly radius?: number;
  /** How far it moves at most while the depth grows by 1; 1 when absent. */
  readonly speed?: number;
}

/**
 * W = μ/2 (I₁-3-2(J-1) + a/2 x²) + κ/2 (J-1)² per reference volume, with x = I₁-3-2(J-1)+(J-1)²: a neo-Hookean solid that stiffens with
 * distortion, nearly incompressible. Where volume is kept x is I₁-3; it is nowhere negative and convex in F and J, so W is
 * polyconvex. The bulk term is enforced by an augmented Lagrangian; it never meets J = 0 singularly.
 */
export interface StiffeningLaw {
  readonly kind: 'stiffening';
  /** Stiffening a (cells), dimensionless. */
  readonly stiffening: ArrayLike<number>;
  /** Bulk modulus κ, kPa (cells): large against the contact pressure, except in gas. */
  readonly bulk: ArrayLike<number>;
}

/** W = μ/2 (I₁-3-2 ln J) + λ/2 (ln J)²: the compressible neo-Hookean energy of the neutral problem files. */
export interface NeoHookeanLaw {
  readonly kind: 'neo-hookean';
  /** First Lamé parameter λ, kPa (cells). */
  readonly lambda: ArrayLike<number>;
}
