// What a command found, in order, and whether that is what a mutant demands. Pure.
import { z } from 'zod';

export interface Findings {
  /** What is red, root causes first. */
  readonly red: readonly string[];
  /** Exit code of the command. */
  readonly code: number;
}

const reportSchema = z.object({
  verdict: z.string(),
  judgements: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      title: z.string(),
      standing: z.enum(['passed', 'failed', 'inconclusive']),
      reason: z.string().optional(),
    }),
  ),
});

const evidenceKinds: readonly string[] = ['dose', 'load', 'record'];

/**
 * The judgements that are not passed, in the order of the report. Where evidence is short, every expectation is
 * inconclusive for that reason and none is a finding of its own. A verdict that no judgement explains is one itself.
 */
export function findingsOfReport(json: unknown): readonly string[] {
  const { verdict, judgements } = reportSchema.parse(json);
  const red = judgements.filter(({ standing }) => standing !== 'passed');
  const evidence = red.filter(({ kind }) => evidenceKinds.includes(kind));
  const [doubt] = evidence.map(({ title, reason }) => `${title}: ${reason}`);
  const own = red.filter(({ reason }) => doubt === undefined || reason !== doubt).map(({ id }) => id);
  return own.length === 0 && verdict !== 'passed' ? [`verdict/${verdict}`] : own;
}

const testsSchema = z.object({
  testResults: z.array(
    z.object({
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ ancestorTitles: z.array(z.string()), title: z.string(), status: z.string() }),
      ),
    }),
  ),
});

/** The failed tests of vitest's JSON reporter, as `group > test`, in the order of the file. */
export function findingsOfTests(json: unknown): readonly string[] {
  const { testResults } = testsSchema.parse(json);
  if (testResults.length === 0) return ['no test was run'];
  return testResults.flatMap(({ status, message, assertionResults }) => {
    // A file that cannot even be loaded has no test to blame.
    if (status === 'failed' && assertionResults.length === 0) return [`could not be loaded: ${message}`];
    const failed = assertionResults.filter((test) => test.status === 'failed');
    return failed.map(({ ancestorTitles, title }) => [...ancestorTitles, title].join(' > '));
  });
}

export interface Demand {
  readonly finding: string;
  readonly follows: readonly string[];
  readonly code?: number | undefined;
}

/** null: red for exactly that reason; else what is wrong. */
export function complaint({ red, code }: Findings, demand: Demand): string | null {
  const [first, ...rest] = red;
  if (first === undefined) return `nothing noticed it; expected ${demand.finding}`;
  if (first !== demand.finding) return `first finding is ${first}, not ${demand.finding}`;
  const unlisted = rest.filter((finding) => !demand.follows.includes(finding));
  if (unlisted.length > 0) return `follow-on findings that are not listed: ${unlisted.join(', ')}`;
  if (demand.code !== undefined && code !== demand.code) return `exit code is ${code}, not ${demand.code}`;
  return null;
}
