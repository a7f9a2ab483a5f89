import { configDefaults, defineConfig } from 'vitest/config';

/** Whole presses, scans, studies and processes: a few seconds to a minute each, too long to wait for after every change. */
const LONG = [
  'src/base/write-whole.test.ts',
  'src/{cli,node}/**/*.test.ts',
  'src/press/press.test.ts',
  'src/report/report.test.ts',
  'src/scan/{prepare-scan,what-is-body}.test.ts',
  'src/study/{damaged-journal,folder-lock,queue,study}.test.ts',
  'src/voxel/voxelize.test.ts',
  'src/validation/check-reference.test.ts',
];
/** Every sentence of hundreds of made-up presses, links and files by the thousand. */
const FUZZ = ['src/**/*.fuzz.test.ts', 'src/report/scan.test.ts'];

const DOORS = ['mechanics', 'node', 'index'].map((door) => ({
  find: new RegExp(`^psoascope${door === 'index' ? '' : `/${door}`}$`),
  replacement: new URL(`src/${door}.ts`, import.meta.url).pathname,
}));

// a limit only ends what hangs: a busy machine may be ten times slower than a quiet one, which is no fault of a test
const limits = { testTimeout: 3_600_000, hookTimeout: 3_600_000, teardownTimeout: 60_000 };
// what tests make up is the same in every run
const setupFiles = ['src/base/seed.test-data.ts'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...limits,
          setupFiles,
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}'],
          exclude: [...configDefaults.exclude, ...LONG, ...FUZZ],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...limits,
          setupFiles,
          name: 'verify',
          include: ['{verify,examples}/**/*.test.ts', ...LONG],
          sequence: { groupOrder: 1 },
        },
        // examples name the package as everybody does; here they get its sources
        resolve: { alias: DOORS },
      },
      {
        test: {
          ...limits,
          setupFiles,
          name: 'fuzz',
          // a few properties of this file are cut short in the quick loop
          include: [...FUZZ, 'src/findings/findings.test.ts'],
          env: { FUZZ: 'all' },
          // beside the long ones, so that no core waits for the longest file of a few
          sequence: { groupOrder: 1 },
        },
      },
      // these drive a real Chromium, which on a busy machine now and then loses a message; what needed its second try is named
      {
        test: {
          ...limits,
          setupFiles,
          name: 'browser',
          include: ['e2e/**/*.test.ts'],
          retry: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
