/**
 * Whether a test must be left out because this machine lacks what it needs: `describe.skipIf(lacks(reason))`. At home the
 * reason is said once; where `CI` is set it is an error, for a test that nobody sees skipped protects nothing.
 * @param reason what is missing and how to get it, one sentence; undefined where all is there
 */
export function lacks(reason: string | undefined): boolean {
  if (reason === undefined) return false;
  if ((process.env.CI ?? '') !== '' && process.env.CI !== 'false') throw new Error(reason);
  console.warn(`skipped: ${reason}`);
  return true;
}
