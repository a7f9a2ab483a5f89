/** This package's version; a test holds package.json, its lock and CITATION.cff to it. */
export const VERSION = '0.2.0';
/** The day it is of, as the changelog and CITATION.cff have it. */
export const VERSION_DATE = '2026-11-30';
