/** This package's version; a test holds package.json, its lock and CITATION.cff to it. */
export const VERSION = '0.2.0';
