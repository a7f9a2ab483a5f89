#!/usr/bin/env node
import { NEEDED_NODE, nodeFits } from './needed-node.ts';

// everything else is loaded only when this Node can read it: an old one would show a SyntaxError of ours instead of a sentence
if (nodeFits(process.versions.node)) void import('./host.ts');
else {
  process.stderr.write(
    `Psoascope needs Node ${NEEDED_NODE}, and this is Node ${process.versions.node}: install a newer one from https://nodejs.org.\n`,
  );
  process.exitCode = 1;
}
