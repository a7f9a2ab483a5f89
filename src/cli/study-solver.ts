import { hostname } from 'node:os';
import { InputError } from '../base/errors.ts';
import { inEnglish } from '../messages/say.ts';
import { readScan, type ScenarioInputs } from '../node/read-scan.ts';
import { KeptModels } from '../press/prepare.ts';
import { run } from '../run.ts';
import { failedRecord, recordOf } from '../study/record.ts';
import type { SolveCase } from '../study/worker-process.node.ts';
import { noteText } from '../words/note-text.ts';

/** Where a plan came from: scans that it names are looked up beside it. */
export interface SolverSetup {
  readonly planPath?: string | undefined;
}

/** What a study's worker process runs: presses, keeping the body of the last one for the next. */
export function openSolver({ planPath }: SolverSetup): SolveCase {
  const models = new KeptModels(1);
  return async ({ id, scenario, group }) => {
    const began = performance.now();
    const cost = () => ({ seconds: (performance.now() - began) / 1000, attempts: 1, host: hostname() });
    let inputs: ScenarioInputs;
    try {
      inputs = readScan(scenario, planPath);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return failedRecord(id, error.message, { ...cost(), unread: true });
    }
    // another person's file under the same name: its numbers would stand in this study as if they were the plan's
    if (inputs.notes.length > 0)
      return failedRecord(id, inputs.notes.map((each) => noteText(inEnglish, each)).join(' '), {
        ...cost(),
        unread: true,
      });
    try {
      const model = await models.of(inputs.scenario, inputs.files, group);
      const { result } = await run(inputs.scenario, { ...inputs, model });
      return { ...recordOf(id, result), cost: cost() };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return failedRecord(id, error.message, cost());
    }
  };
}
