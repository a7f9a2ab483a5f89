/** What of a global scope says where a program runs. */
interface Scope {
  readonly process?: { readonly version?: string; readonly platform?: string; readonly arch?: string };
  readonly navigator?: { readonly userAgent?: string };
}

/** Where this runs, for a result's manifest: Node and the system, or the browser's name and major version. */
export function platformName({ process, navigator }: Scope = globalThis as Scope): string {
  if (process?.version !== undefined) return `node ${process.version} ${process.platform}-${process.arch}`;
  if (navigator === undefined) return 'unknown';
  return `browser ${navigator.userAgent?.match(/(Firefox|Chrome|Version)\/\d+/)?.[0] ?? ''}`.trim();
}
