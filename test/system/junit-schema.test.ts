// JUnit XML against the schema of what CI servers read, by xmllint: of every recorded run, and of hostile ones.
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { renderJunit } from '../../cli/report/junit.ts';
import { onlyRun } from '../../cli/report/run-series.ts';
import { hostileRun, hostileTexts } from '../../cli/report/testing/hostile-run.ts';
import { root } from '../support/cli.ts';

const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;
const schema = join(root, 'test/reports/junit.xsd');

/** What xmllint says that is wrong; empty: nothing. */
function problemsOf(xml: string): string {
  const { status, stderr } = spawnSync('xmllint', ['--noout', '--schema', schema, '-'], {
    input: xml,
    encoding: 'utf8',
  });
  return status === 0 ? '' : stderr;
}

const recorded = globSync('test/journals/told/*/junit.xml', { cwd: root }).sort();

it('there are recorded runs', () => {
  expect(recorded.length).toBeGreaterThanOrEqual(8);
});

it.skipIf(!hasXmllint).each(recorded)('%s is valid', (file) => {
  expect(problemsOf(readFileSync(join(root, file), 'utf8'))).toBe('');
});

it.skipIf(!hasXmllint).each(hostileTexts.map((text) => [JSON.stringify(text), text] as const))(
  'a run full of %s is valid',
  (_, text) => {
    expect(problemsOf(renderJunit(onlyRun(hostileRun(text))))).toBe('');
  },
);

it.skipIf(!hasXmllint)('the schema refuses what is none', () => {
  const xml = readFileSync(join(root, recorded[0] ?? ''), 'utf8');

  expect(problemsOf(xml.replace(' tests="', ' test="'))).toMatch(/attribute 'test' is not allowed/);
  expect(problemsOf(xml.replace('</testsuites>', ''))).not.toBe('');
});
