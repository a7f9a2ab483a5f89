import { type HelperTask, help } from './team.ts';

// A helper thread of a browser; in Node the same few lines are in threads.node.ts.
self.onmessage = (event: MessageEvent<HelperTask>): void => help(event.data);
