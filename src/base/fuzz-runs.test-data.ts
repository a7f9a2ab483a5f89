/** Runs of a long property: all of them in the project `fuzz`, a twentieth in the quick loop. */
export const fuzzRuns = (all: number): number => (process.env.FUZZ === undefined ? Math.ceil(all / 20) : all);
