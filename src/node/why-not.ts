/** A file system's error in a few words. */
export function whyNot(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return Object.hasOwn(REASONS, code) ? `${code}: ${REASONS[code]}` : code;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file is larger than this disk allows',
  EROFS: 'the disk is read-only',
  EIO: 'the disk reports an error',
};
