// The figures of runs as OpenMetrics text, which Prometheus reads as its own format, too: all are gauges, since a run is over
// when it is told of. Labels are names out of the scenario, never a run's id: a series a run would be a new one each time.
import { isEvidence, standings, verdictWords } from '../verdict/judgement.ts';
import type { PhaseResult, RunResult } from '../verdict/run-result.ts';
import { type NumberedRun, numbered, type RunSeries } from './run-series.ts';
import { visible } from './visible.ts';

export function renderOpenMetrics(series: RunSeries): string {
  const all = numbered(series);
  return [...families.flatMap((family) => familyLines(family, all)), '# EOF', ''].join('\n');
}

// --- internal ---

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [Labels, number | null];

interface Family {
  readonly name: string;
  readonly help: string;
  readonly unit?: 'seconds';
  readonly samples: (run: RunResult) => readonly Sample[];
}

const perPhase =
  (samples: (phase: PhaseResult) => readonly Sample[]) =>
  ({ phases }: RunResult): readonly Sample[] =>
    phases.flatMap((phase) =>
      samples(phase).map(([labels, value]): Sample => [{ phase: phase.name, ...labels }, value]),
    );

type Times = RunResult['times'][string];

const perLink =
  (value: (times: Times) => number | null) =>
  ({ times }: RunResult): readonly Sample[] =>
    Object.entries(times).map(([link, figures]): Sample => [{ link }, value(figures)]);

const quantiles = [
  ['0.5', 'p50'],
  ['0.95', 'p95'],
  ['0.99', 'p99'],
  ['1', 'max'],
] as const;

const distribution = (figure: 'duration' | 'lateness') =>
  perPhase((phase) =>
    phase[figure].n === 0
      ? []
      : quantiles.map(([quantile, key]): Sample => [{ quantile }, inSeconds(phase[figure][key])]),
  );

const inSeconds = (ms: number | null): number | null => (ms === null ? null : ms / 1_000);

const families: readonly Family[] = [
  {
    name: 'smartorders_run_verdict',
    help: 'How the run ended: 1 at the one that holds.',
    samples: (run) => verdictWords.map((verdict) => [{ verdict }, run.verdict === verdict ? 1 : 0]),
  },
  {
    name: 'smartorders_run_start_timestamp_seconds',
    help: 'When the run began, Unix time.',
    unit: 'seconds',
    samples: ({ startedAt }) => [[{}, finite(Date.parse(startedAt) / 1_000)]],
  },
  {
    name: 'smartorders_run_duration_seconds',
    help: 'How long the run took.',
    unit: 'seconds',
    samples: ({ durationMs }) => [[{}, inSeconds(durationMs)]],
  },
  {
    name: 'smartorders_expectations',
    help: 'Expectations by what became of them.',
    samples: ({ judgements }) =>
      standings.map((word) => [
        { standing: word },
        judgements.filter((judgement) => !isEvidence(judgement) && judgement.standing === word).length,
      ]),
  },
  {
    name: 'smartorders_orders',
    help: 'Arrivals of a phase by outcome.',
    samples: perPhase(({ counts }) => Object.entries(counts).map(([outcome, count]) => [{ outcome }, count])),
  },
  {
    name: 'smartorders_order_duration_seconds',
    help: 'From when an order was due to its answer.',
    unit: 'seconds',
    samples: distribution('duration'),
  },
  {
    name: 'smartorders_send_lateness_seconds',
    help: 'From when an order was due to its sending.',
    unit: 'seconds',
    samples: distribution('lateness'),
  },
  {
    name: 'smartorders_breaker_opens',
    help: 'How often the breaker of a link opened.',
    samples: ({ times, transitions }) =>
      Object.keys(times).map((link) => [
        { link },
        transitions.filter((move) => move.link === link && move.to === 'open').length,
      ]),
  },
  {
    name: 'smartorders_breaker_not_closed_seconds',
    help: 'How long the breaker of a link was open or half-open.',
    unit: 'seconds',
    samples: perLink(({ notClosedMs }) => inSeconds(notClosedMs)),
  },
  {
    name: 'smartorders_breaker_detection_seconds',
    help: 'From the first failed call under the first fault to the opening.',
    unit: 'seconds',
    samples: perLink(({ detectMs }) => inSeconds(detectMs)),
  },
  {
    name: 'smartorders_breaker_fault_to_open_seconds',
    help: 'From the start of the first fault to the opening.',
    unit: 'seconds',
    samples: perLink(({ faultToOpenMs }) => inSeconds(faultToOpenMs)),
  },
  {
    name: 'smartorders_breaker_fault_end_to_closed_seconds',
    help: 'From the end of the last fault to the last closing.',
    unit: 'seconds',
    samples: perLink(({ faultEndToClosedMs }) => inSeconds(faultEndToClosedMs)),
  },
  {
    name: 'smartorders_breaker_overshoot_calls',
    help: 'Calls under way when the breaker opened.',
    samples: perLink(({ overshoot }) => overshoot),
  },
  {
    name: 'smartorders_degraded_seconds',
    help: 'Judged time in which customers did not get what they came for.',
    unit: 'seconds',
    samples: ({ runTimes }) => [[{}, inSeconds(runTimes.degradedMs)]],
  },
];

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** A family without samples is left out, and no two samples have the same labels, whatever a journal calls its phases. */
function familyLines({ name, help, unit, samples }: Family, runs: readonly NumberedRun[]): readonly string[] {
  const values = new Map<string, number>();
  for (const numberedRun of runs) {
    for (const [labels, value] of samples(numberedRun.run)) {
      const key = labelText({ ...runLabels(numberedRun), ...labels });
      if (value !== null && !values.has(key)) values.set(key, value);
    }
  }
  if (values.size === 0) return [];
  const lines = [...values].map(([labels, value]) => `${name}{${labels}} ${numberText(value)}`);
  return [
    `# TYPE ${name} gauge`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${help}`,
    ...lines,
  ];
}

const runLabels = ({ run, repetition }: NumberedRun): Labels => ({
  scenario: run.scenario.name,
  ...(run.scenario.set.length + Object.keys(run.scenario.vars).length === 0
    ? {}
    : { variant: run.scenario.hash.slice(0, 12) }),
  seed: String(run.seed),
  ...(repetition === null ? {} : { repetition: String(repetition) }),
});

/** Longer than any name in a scenario need be: what is beyond helps nobody and costs a database. */
const longestLabel = 120;

const labelText = (labels: Labels): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${labelValue(value)}"`)
    .join(',');

const labelValue = (text: string): string =>
  [...visible(text)]
    .slice(0, longestLabel)
    .join('')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n');

/** µs are enough. */
const numberText = (value: number): string => String(Number(value.toFixed(6)));
