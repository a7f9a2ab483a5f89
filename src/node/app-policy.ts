import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { toBase64 } from '../io/to-base64.ts';
import { REPORT_STYLE } from '../report/report-style.ts';

/**
 * The content policy of the web app: nothing from anywhere else, no script and no style inside the page. The one style
 * element that is let in by its hash is that of the report, which the app opens as a page of its own; a page made in the
 * browser inherits the policy of its maker. Attributes may carry styles: the report gives its pictures a width with them.
 */
export const appPolicy = (): string =>
  [
    "default-src 'self'",
    // the solver's kernels are WebAssembly
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self' 'sha256-${toBase64(sha256(utf8ToBytes(REPORT_STYLE)))}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
