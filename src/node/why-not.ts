/** A file system's error in a few words. */
export function whyNot(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return Object.hasOwn(REASONS, code) ? `${code}: ${REASONS[code]}` : code;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'no room left on the disk',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'larger than files may be there',
  EROFS: 'the disk is read-only',
  EIO: 'the disk reports an error',
};
