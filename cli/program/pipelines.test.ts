// The GitHub action and the GitLab job, as far as they go without either: they parse, name options that exist, and their very
// lines run in a shell, with something in the place of SmartOrders that says how it was called.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { aProgram, leavesOf, pathOf } from './testing/a-program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const aScript = z.object({
  shell: z.literal('bash'),
  env: z.record(z.string(), z.string()),
  run: z.string(),
  if: z.string().optional(),
});
const actionSchema = z.object({
  inputs: z.record(z.string(), z.object({ description: z.string(), default: z.string() })),
  outputs: z.record(z.string(), z.object({ description: z.string(), value: z.string() })),
  runs: z.object({
    using: z.literal('composite'),
    steps: z.tuple([
      z.object({ if: z.string(), shell: z.literal('bash'), 'working-directory': z.string(), run: z.string() }),
      aScript,
      aScript,
      z.object({ if: z.string(), uses: z.string(), with: z.record(z.string(), z.string()) }),
    ]),
  }),
});
const action = actionSchema.parse(parse(read('action.yml')));
const [installStep, runStep, compareStep, keepStep] = action.runs.steps;

const jobSchema = z.object({
  '.smartorders': z.object({
    variables: z.record(z.string(), z.string()),
    script: z.tuple([z.string(), z.string()]),
    artifacts: z.object({ when: z.literal('always'), reports: z.record(z.string(), z.string()) }),
  }),
});
const job = jobSchema.parse(parse(read('ci/gitlab.yml')))['.smartorders'];

interface Shell extends Disposable {
  readonly folder: string;
  /** How SmartOrders was called, a list of words each time. */
  readonly calls: () => readonly (readonly string[])[];
  run(
    script: string,
    env: Readonly<Record<string, string>>,
  ): { readonly status: number | null; readonly stderr: string };
}

/** `exitCode`: of what stands in for SmartOrders. */
function aShell(exitCode = 0): Shell {
  const folder = mkdtempSync(join(tmpdir(), 'smartorders-ci-'));
  const calls = join(folder, 'calls');
  writeFileSync(
    join(folder, 'stub'),
    `#!/bin/sh\nfor word in "$@"; do printf '%s\\n' "$word" >> '${calls}'; done\nprintf '\\n' >> '${calls}'\nexit ${exitCode}\n`,
  );
  chmodSync(join(folder, 'stub'), 0o755);
  return {
    folder,
    calls: () =>
      existsSync(calls)
        ? readFileSync(calls, 'utf8')
            .trimEnd()
            .split('\n\n')
            .map((call) => call.split('\n'))
        : [],
    run: (script, env) => {
      const { status, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
        cwd: folder,
        encoding: 'utf8',
        env: {
          PATH: process.env.PATH,
          GITHUB_OUTPUT: join(folder, 'output'),
          GITHUB_STEP_SUMMARY: join(folder, 'summary'),
          ...env,
        },
      });
      return { status, stderr };
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

/** A step's environment with inputs as they would be given. */
const environmentOf = (
  step: z.infer<typeof aScript>,
  given: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(step.env).map(([name, value]) => [
      name,
      value.replaceAll(
        /\$\{\{ inputs\.([a-z-]+) \}\}/g,
        (_, input: string) => given[input] ?? action.inputs[input]?.default ?? '',
      ),
    ]),
  );

const optionsOf = (path: string): readonly string[] => {
  const command = leavesOf(aProgram().program).find((leaf) => pathOf(leaf).join(' ') === path);
  return command?.options.map(({ long }) => long ?? '') ?? [];
};

describe('the action', () => {
  it('names inputs that it has, and uses each', () => {
    const used = [...read('action.yml').matchAll(/inputs\.([a-z-]+)/g)].map(([, name = '']) => name);

    expect([...new Set(used)].sort()).toEqual(Object.keys(action.inputs).sort());
    expect(runStep.run + compareStep.run).not.toContain('${{');
  });

  it('names options that the command line has', () => {
    const named = (script: string): readonly string[] => script.match(/(?<=[\s(])--[a-z-]+/g) ?? [];

    expect(optionsOf('scenario run')).toEqual(expect.arrayContaining([...named(runStep.run)]));
    expect(optionsOf('compare')).toEqual(expect.arrayContaining([...named(compareStep.run)]));
    expect(named(runStep.run).length).toBeGreaterThan(5);
  });

  it('runs everything where nothing is named', () => {
    using shell = aShell();
    const { status } = shell.run(runStep.run, environmentOf(runStep, { command: './stub' }));

    expect(status).toBe(0);
    expect(shell.calls()).toEqual([
      ['scenario', 'run', '--ci', '--ephemeral', '--reports', 'reports', '--jobs', '1', '--repeat', '1', '--all'],
    ]);
    expect(readFileSync(join(shell.folder, 'output'), 'utf8')).toBe('exit-code=0\n');
  });

  it('starts its own version, installed where it is, unless a command is named', () => {
    using shell = aShell();
    const bin = join(shell.folder, 'an action', 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(
      join(bin, 'smartorders.cjs'),
      `require('node:fs').writeFileSync('calls', process.argv.slice(2).join('\\n'));`,
    );
    const place = { GITHUB_ACTION_PATH: join(shell.folder, 'an action') };

    expect(installStep).toMatchObject({ if: "${{ inputs.command == '' }}", run: 'npm ci' });
    expect(installStep['working-directory']).toBe('${{ github.action_path }}');
    for (const [step, name] of [
      [runStep, 'scenario'],
      [compareStep, 'compare'],
    ] as const) {
      expect(shell.run(step.run, { ...environmentOf(step, {}), ...place }).status).toBe(0);
      expect(shell.calls()[0]?.[0]).toBe(name);
    }
  });

  it('hands its inputs on word by word, whatever they say, and ends as the run does', () => {
    using shell = aShell(2);
    const given = {
      command: './stub',
      scenarios: 'payment-* $(touch${IFS}forged) a;touch',
      reports: 'my reports',
      shard: '2/4',
      known: 'true',
      'fail-fast': 'true',
    };
    const { status } = shell.run(runStep.run, environmentOf(runStep, given));

    expect(status).toBe(2);
    expect(shell.calls()[0]?.slice(2, 5)).toEqual(['payment-*', '$(touch${IFS}forged)', 'a;touch']);
    expect(shell.calls()[0]?.slice(-4)).toEqual(['--shard', '2/4', '--known', '--fail-fast']);
    expect(shell.calls()[0]).toContain('my reports');
    expect(existsSync(join(shell.folder, 'forged'))).toBe(false);
    expect(readFileSync(join(shell.folder, 'output'), 'utf8')).toBe('exit-code=2\n');
  });

  it('keeps every report, also of a run that did not pass', () => {
    expect(keepStep.uses).toBe('actions/upload-artifact@v4');
    expect(keepStep.if).toBe("${{ always() && inputs.artifact != '' }}");
    expect(keepStep.with).toMatchObject({ name: '${{ inputs.artifact }}', path: '${{ inputs.reports }}' });
  });

  it('compares with a baseline and ends as the comparison does', () => {
    using shell = aShell(1);
    const { status } = shell.run(
      compareStep.run,
      environmentOf(compareStep, { command: './stub', baseline: 'perf/base.json' }),
    );

    expect(status).toBe(1);
    expect(shell.calls()).toEqual([
      ['compare', 'perf/base.json', '--head', 'reports', '--markdown', 'reports/compare.md'],
    ]);
  });
});

describe('the job of GitLab', () => {
  const [, runs] = job.script;
  // One shell runs all entries.
  const script = job.script.join('\n');
  const given = { ...job.variables, SMARTORDERS_COMMAND: './stub' };

  it('names options that the command line has', () => {
    const named = runs.match(/(?<=[\s"]|:-)--[a-z-]+/g) ?? [];

    expect(named).toContain('--shard');
    expect(optionsOf('scenario run')).toEqual(expect.arrayContaining([...named]));
  });

  it('runs everything, or what is named, and its shard', () => {
    using shell = aShell();
    shell.run(script, given);
    shell.run(script, {
      ...given,
      SMARTORDERS_SCENARIOS: 'payment-* steady',
      SMARTORDERS_OPTIONS: '--known',
      CI_NODE_TOTAL: '4',
      CI_NODE_INDEX: '3',
    });

    expect(shell.calls()).toEqual([
      ['scenario', 'run', '--all', '--ci', '--ephemeral', '--reports', 'reports'],
      [
        'scenario',
        'run',
        'payment-*',
        'steady',
        '--ci',
        '--ephemeral',
        '--reports',
        'reports',
        '--shard',
        '3/4',
        '--known',
      ],
    ]);
  });

  it('installs what it runs, out of another repository where one is named', () => {
    using shell = aShell();
    const source = join(shell.folder, 'source');
    mkdirSync(join(source, 'bin'), { recursive: true });
    const program = `require('node:fs').writeFileSync('calls', process.argv.slice(2).join('\\n'));`;
    writeFileSync(join(source, 'bin', 'smartorders.cjs'), program);
    writeFileSync(join(source, 'package.json'), '{ "name": "stub", "version": "1.0.0" }');
    const lock = { name: 'stub', version: '1.0.0', lockfileVersion: 3, packages: { '': { name: 'stub' } } };
    writeFileSync(join(source, 'package-lock.json'), JSON.stringify(lock));
    const git = 'git -c user.name=n -c user.email=e@example.org';
    shell.run(`cd source && git init -q -b trunk && git add . && ${git} commit -qm stub`, {});

    const { status, stderr } = shell.run(script, {
      ...job.variables,
      SMARTORDERS_SOURCE: source,
      SMARTORDERS_REF: 'trunk',
    });

    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(shell.calls()[0]?.slice(0, 3)).toEqual(['scenario', 'run', '--all']);
    expect(existsSync(join(shell.folder, '.smartorders', 'package.json'))).toBe(true);
  });

  it('ends as the run does, and keeps the reports all the same', () => {
    using shell = aShell(4);

    expect(shell.run(script, given).status).toBe(4);
    expect(Object.values(job.artifacts.reports).map((path) => path.replace('$SMARTORDERS_REPORTS/', ''))).toEqual([
      'junit.xml',
      'metrics.prom',
    ]);
  });
});

describe('the README', () => {
  const blocks = [...read('README.md').matchAll(/```yaml\n(# \.[^\n]+)\n([\s\S]*?)```/g)].map(
    ([, name = '', text = '']) => ({
      name,
      value: JSON.stringify(parse(text)),
    }),
  );

  it('shows a whole workflow and a whole pipeline, with inputs and variables that there are', () => {
    expect(blocks.map(({ name }) => name)).toEqual(['# .github/workflows/resilience.yml', '# .gitlab-ci.yml']);
    const workflow = z
      .object({ jobs: z.record(z.string(), z.object({ steps: z.array(z.record(z.string(), z.unknown())) })) })
      .parse(JSON.parse(blocks[0]?.value ?? ''));
    const step = workflow.jobs.scenarios?.steps.find(({ uses }) => String(uses).includes('/smartorders@'));
    const outputs = [...(blocks[0]?.value ?? '').matchAll(/outputs\.([a-z-]+)/g)].map(([, name = '']) => name);

    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(Object(step?.with))));
    expect(Object.keys(action.outputs)).toEqual(expect.arrayContaining(outputs));
    expect(blocks[1]?.value).toContain('"extends":".smartorders"');
    expect(Object.keys(job.variables)).toContain('SMARTORDERS_SCENARIOS');
  });
});
