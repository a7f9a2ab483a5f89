import { parentPort, workerData } from 'node:worker_threads';
import { tellUnfinished } from '../base/write-whole.node.ts';
import type { ThreadData, ThreadMessage } from './host.ts';
import { runProgram } from './program.ts';
import { processTerminal } from './terminal.ts';

// the thread of a command that computes; its streams and signals are the host's
const { args, stdout, stderr } = workerData as ThreadData;
Object.assign(process.stdout, stdout);
Object.assign(process.stderr, stderr);
tellUnfinished((unfinished, there) => parentPort!.postMessage({ unfinished, there } satisfies ThreadMessage));
const stop = new AbortController();
parentPort!.on('message', (signal: NodeJS.Signals) => stop.abort(signal));
// waiting for a stop keeps nothing alive
parentPort!.unref();
const code = await runProgram(args, processTerminal(stop.signal));
if (code !== undefined) process.exitCode = code;
