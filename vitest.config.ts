import { defineConfig } from 'vitest/config';

const seconds = 1_000;
/** Set by .ci/run, which adds the results up. */
const results = process.env.SMARTORDERS_TEST_RESULTS;

/** Tests of one part that need a database server, another process or hundreds of sockets: too slow for `check`. */
const parts = [
  'toxiproxy/contract/**/*.test.ts',
  'toxiproxy/main.test.ts',
  'services/*/repository.test.ts',
  'services/shared/{database,run-service}.test.ts',
  'test/editor/**/*.test.ts',
  'test/report/**/*.test.ts',
];

// biome-ignore lint/style/noDefaultExport: vitest reads the default export
export default defineConfig({
  test: {
    ...(results === undefined
      ? {}
      : { reporters: ['default', ['json', { outputFile: `${results}/${process.pid}.json` }]] }),
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{cli,services,toxiproxy,bench}/**/*.test.{ts,tsx}',
            'test/{architecture,mutants,soak,sample}/**/*.test.ts',
          ],
          exclude: parts,
          testTimeout: 10 * seconds,
        },
      },
      { test: { name: 'parts', include: parts, testTimeout: 30 * seconds, hookTimeout: 60 * seconds } },
      {
        // Built programs and real processes, one file at a time: two fleets that start at once want more than two cores,
        // and what they then promise about latency is not the code's fault.
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120 * seconds,
          hookTimeout: 60 * seconds,
          maxWorkers: 1,
        },
      },
      {
        test: {
          name: 'system',
          include: ['test/system/**/*.test.ts'],
          testTimeout: 300 * seconds,
          hookTimeout: 120 * seconds,
          maxWorkers: 1,
        },
      },
    ],
  },
});
