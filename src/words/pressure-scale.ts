/**
 * Tissue pressure in bands whose borders double, the same in every report so that two can be held side by side.
 * 4 and 8 kPa are 30 and 60 mmHg, between which published effects on nerves and bowel begin (evidence H-20, H-50, H-51).
 */
export const PRESSURE_LEVELS = [1, 2, 4, 8, 16, 32, 64, 128] as const;

/** sRGB of the bands, from below the first level to above the last; lightness falls evenly, so grey prints read the same. */
export const PRESSURE_COLOURS = [
  [251, 247, 230],
  [236, 237, 199],
  [201, 225, 194],
  [150, 206, 192],
  [95, 178, 190],
  [52, 143, 182],
  [42, 106, 163],
  [40, 72, 130],
  [24, 34, 78],
] as const;

/**
 * The same bands on a dark ground: each keeps its hue, and lightness rises in place of falling, so that the highest stands out there too.
 * sRGB.
 */
export const PRESSURE_COLOURS_ON_DARK = [
  [44, 46, 44],
  [66, 70, 46],
  [66, 96, 66],
  [56, 122, 106],
  [58, 146, 156],
  [76, 168, 206],
  [122, 192, 248],
  [172, 214, 255],
  [226, 240, 255],
] as const;

/** Index of the band of a pressure in kPa. */
export function pressureBand(kPa: number): number {
  let band = 0;
  while (band < PRESSURE_LEVELS.length && kPa >= PRESSURE_LEVELS[band]!) band++;
  return band;
}
