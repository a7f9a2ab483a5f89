import type { Scenario } from '../press/scenario.ts';
import type { Finding, Share } from './finding.ts';

/** The result contract that `psoascope press --json` prints; schema/result.schema.json is its JSON Schema. */
export interface Result {
  readonly schemaVersion: 1;
  /** Complete and replayable: the same version and backend give the same bits. */
  readonly scenario: Scenario;
  readonly solver: {
    readonly backend: string;
    readonly cell_mm: number;
    readonly cells: number;
    readonly dof: number;
    readonly steps: number;
    readonly iterations: number;
    readonly converged: boolean;
    readonly forceBalance: number | null;
    readonly seconds: number;
    readonly reason?: string;
  };
  readonly body: {
    readonly label: string;
    readonly source: 'reference' | 'scan';
    readonly weight_kg: number;
    readonly origin_LPS: readonly [number, number, number];
  };
  readonly tool: {
    readonly id: string;
    readonly label: string;
    readonly at_LPS: readonly [number, number, number];
    readonly direction_LPS: readonly [number, number, number];
    readonly targetForce_N: number;
  };
  readonly path: readonly {
    readonly depth_mm: number;
    readonly force_N: number;
    readonly floorForce_N: number;
    readonly supportForce_N: number;
    readonly forceBalance: number;
    readonly contactArea_cm2: number;
    readonly meanSkinPressure_kPa: number;
    readonly peakSkinPressure_kPa: number;
  }[];
  readonly findings: readonly Finding[];
  readonly shares: readonly Share[];
  /** Constants that went in, each with its range and evidence ids. */
  readonly assumptions: readonly {
    readonly name: string;
    readonly value: number;
    readonly low: number;
    readonly high: number;
    readonly unit: string;
    readonly evidence: readonly string[];
  }[];
  /** Where the ranges of the findings come from; absent when none were computed. */
  readonly uncertainty?: {
    /** Presses of the ensemble, and those that reached their load; 0: too few, no ranges. */
    readonly n: number;
    readonly used: number;
    readonly seed: number;
    readonly cell_mm: number;
    readonly method: string;
    /** |rank correlation| that chance alone exceeds once in twenty times with so many presses. */
    readonly chance: number;
    /** What was varied; weight: root mean square of its rank correlations with all findings, 0…1. */
    readonly inputs: readonly {
      readonly name: string;
      readonly low: number;
      readonly high: number;
      readonly unit: string;
      readonly evidence: readonly string[];
      readonly weight: number;
    }[];
    /** Per finding (structure/side/quantity), and for the psoas's share of the work (share/group), the inputs that matter most; low and high: its value at low and high draws of the input. */
    readonly tornado: readonly {
      readonly finding: string;
      readonly bars: readonly {
        readonly input: string;
        readonly rho: number;
        readonly low: number;
        readonly high: number;
      }[];
    }[];
  };
  readonly warnings: readonly string[];
  /** Fixed text: what this is and what it is not. */
  readonly notice: string;
  readonly manifest: {
    readonly version: string;
    readonly scenarioHash: string;
    /** Hash of path, findings and shares: what must come out again. */
    readonly resultHash: string;
    readonly seed: number;
    readonly time: string;
    readonly platform: string;
  };
}
