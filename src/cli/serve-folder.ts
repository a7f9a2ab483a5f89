// programs built on the package's files look for the server here since 0.1; it stands with what the library adds on Node
export { serveFolder } from '../node/serve-folder.ts';
