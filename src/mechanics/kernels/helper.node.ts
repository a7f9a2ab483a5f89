import { parentPort } from 'node:worker_threads';
import { type HelperTask, help } from './team.ts';

// A helper thread of Node; kernel.worker.ts is the same for browsers.
parentPort?.on('message', (task: HelperTask) => help(task));
