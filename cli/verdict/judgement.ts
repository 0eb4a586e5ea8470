// What a verdict is made of. Only the words; the rules are beside it, one file each.
import { z } from 'zod';

export const standings = ['passed', 'failed', 'inconclusive'] as const;
export type Standing = (typeof standings)[number];
/** A run is the first of these that holds; of several runs the first counts, too. */
export const verdictWords = ['interrupted', 'errored', 'aborted', 'failed', 'inconclusive', 'passed'] as const;
export type VerdictWord = (typeof verdictWords)[number];

const position = z.object({ line: z.int().min(1), column: z.int().min(1) }).readonly();

export const judgementSchema = z
  .object({
    id: z
      .string()
      .describe(
        'Unique in the run and the same in every run of the scenario: threshold/1, breaker/order->payment/path.',
      ),
    kind: z
      .enum(['threshold', 'breaker', 'contract', 'recovery', 'dose', 'load', 'record'])
      .describe(
        'dose, load and record are evidence, the others expectations; contract is what a breaker that the scenario does not mention owes all the same.',
      ),
    title: z.string().describe('What is judged.'),
    standing: z.enum(standings).describe('What became of it.'),
    expected: z.string().describe('The limit, as it is shown.'),
    observed: z.string().describe('The measured value, as it is shown.'),
    margin: z.string().nullable().describe('How far from the limit, positive on the good side, with unit: +188 ms.'),
    reason: z.string().exactOptional().describe('Why it is inconclusive or failed.'),
    events: z
      .array(z.string())
      .readonly()
      .exactOptional()
      .describe('Of a broken contract: the events that led to the first illegal step.'),
    position: position.exactOptional().describe('Where the scenario promises it, from 1.'),
  })
  .readonly();

/** One line of the verdict. */
export type Judgement = z.infer<typeof judgementSchema>;

export const doseShape = {
  fault: z.string().describe('<phase>/<number>.'),
  target: z.string().describe('The link or service that it is on.'),
  dose: z.string().describe('What was asked for.'),
  intended: z.string().describe('What must be seen for it to count as given.'),
  observed: z.string().describe('What callers and callees saw of it.'),
  attempts: z.number().describe('Calls that could have met it.'),
  hit: z.number().describe('Calls that show it.'),
  standing: z.enum(['passed', 'inconclusive']).describe('passed: it was given.'),
  reason: z.string().exactOptional().describe('Why it does not count as given.'),
};
const doseSchema = z.object(doseShape).readonly();

/** What a fault was meant to do, and what callers and callees saw of it. */
export type Dose = z.infer<typeof doseSchema>;

/** Lines that say whether the evidence suffices; all others are expectations. */
export const isEvidence = ({ kind }: Pick<Judgement, 'kind'>): boolean =>
  kind === 'dose' || kind === 'load' || kind === 'record';

export interface Verdict {
  readonly verdict: VerdictWord;
  /** One sentence. */
  readonly reason: string;
  readonly judgements: readonly Judgement[];
  readonly doses: readonly Dose[];
}
