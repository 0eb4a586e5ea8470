import { defineConfig } from 'vitest/config';

// biome-ignore lint/style/noDefaultExport: vitest reads the default export
export default defineConfig({
  test: {
    include: ['{cli,services,toxiproxy}/**/*.test.{ts,tsx}', 'test/architecture/**/*.test.ts'],
    testTimeout: 10_000,
  },
});
