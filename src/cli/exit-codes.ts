/** What the process's exit code says; printed by --help. */
export const EXIT = { fine: 0, failed: 1, badInput: 2, notConverged: 4, notWritten: 5, interrupted: 130 } as const;
