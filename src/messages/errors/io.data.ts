/** What is wrong with what a file is to be written from, English. */
export const IO_ERRORS = {
  'error.png.size': 'a picture must be at least 1 × 1 whole pixels; got {width} × {height}',
  'error.png.bytes': '{width} × {height} pixels need {bytes} bytes of RGBA; got {got}',
} as const;
