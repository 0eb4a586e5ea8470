// Adds up what the test runs of `.ci/run` wrote (vitest's JSON reporter) and prints the plain closing line.
// A skipped test that test/allowed-skips.json does not name counts as failed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const resultSchema = z.object({
  numFailedTestSuites: z.int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

const folder = process.env.SMARTORDERS_TEST_RESULTS ?? '';
const allowed = z.array(z.string()).parse(JSON.parse(readFileSync('test/allowed-skips.json', 'utf8')));
const files = folder === '' ? [] : readdirSync(folder).flatMap((file) => resultsOf(join(folder, file)));
const tests = files.flatMap(({ assertionResults }) => assertionResults);
const passed = tests.filter(({ status }) => status === 'passed').length;
const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');
for (const { fullName } of skipped) console.log(`skipped: ${fullName}`);
const unexplained = skipped.filter(({ fullName }) => !allowed.includes(fullName));
for (const { fullName } of unexplained) console.log(`skipped, and not allowed to be: ${fullName}`);
// A file that could not even be loaded has no test to blame.
const unloadable = files.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
for (const { name } of unloadable) console.log(`could not be loaded: ${name}`);
const failed = tests.filter(({ status }) => status === 'failed').length + unexplained.length + unloadable.length;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function resultsOf(file: string): z.infer<typeof resultSchema>['testResults'] {
  return resultSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).testResults;
}
