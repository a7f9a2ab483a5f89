import { defineConfig } from 'vitest/config';

// one project: everything runs in Node; browser checks drive a real Chromium from e2e/
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'verify/**/*.test.ts', 'e2e/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
  },
});
