// Does the evidence suffice to judge anything? The faults' doses, the load, and the record itself.
import type { RunRecord } from '../metrics/record.ts';
import { plan } from '../scenario/plan.ts';
import { deedsOf } from './by-hand.ts';
import { clockDoubts } from './clock-evidence.ts';
import { doseOf } from './dose.ts';
import type { Case } from './expectations.ts';
import { counted } from './figures.ts';
import type { Dose, Judgement } from './judgement.ts';
import { loadDoses } from './load-dose.ts';

export interface Evidence {
  readonly doses: readonly Dose[];
  readonly judgements: readonly Judgement[];
}

/** Lines of a journal that could not be read, and whether it breaks off: what a fold over events cannot see. */
export interface JournalState {
  readonly cutOff: boolean;
  readonly damaged?: number;
}

export function evidence({ record, scenario, positions }: Case, journal: JournalState): Evidence {
  const planned = plan(scenario).flatMap((step) => (step.do === 'set-fault' ? [step] : []));
  const doses = planned.map(({ fault, spec }) => doseOf(record, fault, spec));
  const doseLines = doses.map((dose): Judgement => {
    const position = positions.get(faultPath(dose.fault, scenario.phases));
    const { fault, standing, observed, intended: expected, reason } = dose;
    const title = `${fault}: ${dose.dose} on ${dose.target}`;
    const place = position === undefined ? {} : { position };
    const why = reason === undefined ? {} : { reason };
    return { id: `dose/${fault}`, kind: 'dose', title, standing, expected, observed, margin: null, ...why, ...place };
  });
  const loadLines = loadDoses(record, scenario).map(({ phase, expected, finding }): Judgement => {
    return { id: `load/${phase}`, kind: 'load', title: `load in ${phase}`, expected, ...finding };
  });
  const judgements = [
    ...steadyLines(record),
    ...byHandLines(record),
    ...doseLines,
    ...loadLines,
    clockLine(record),
    recordLine(record, journal),
  ];
  return { doses, judgements };
}

// --- internal ---

/** Only where there was none: then nothing was broken, and nothing else says anything. */
const steadyLines = ({ ended }: RunRecord): readonly Judgement[] =>
  ended?.reason !== 'unsteady'
    ? []
    : [
        {
          id: 'record/steady-state',
          kind: 'record',
          title: 'steady state',
          standing: 'inconclusive',
          expected: 'all is well before the first fault',
          observed: 'nothing was broken',
          margin: null,
          reason: ended.detail ?? 'no steady state before the first fault',
        },
      ];

/** `outage/1` is written at `phases[1].faults[0]`. */
function faultPath(fault: string, phases: readonly { readonly name: string }[]): string {
  const [phase, number] = fault.split('/');
  return `phases[${phases.findIndex(({ name }) => name === phase)}].faults[${Number(number) - 1}]`;
}

/** First, since it casts doubt on all the others. */
function byHandLines(record: RunRecord): readonly Judgement[] {
  const deeds = deedsOf(record);
  if (deeds.length === 0) return [];
  return [
    {
      id: 'by-hand',
      kind: 'record',
      title: 'by hand',
      standing: 'inconclusive',
      expected: 'nothing',
      observed: deeds.map(({ short }) => short).join(', '),
      margin: null,
      reason: deeds.map(({ sentence }) => sentence).join('; '),
    },
  ];
}

function clockLine(record: RunRecord): Judgement {
  const line = { id: 'clocks', kind: 'record', title: 'clocks', expected: 'they agree', margin: null } as const;
  const doubts = clockDoubts(record);
  const measured = counted(record.clocks.length, 'measurement');
  return doubts.length === 0
    ? { ...line, standing: 'passed', observed: `they agree in ${measured}` }
    : { ...line, standing: 'inconclusive', observed: `they do not agree in ${measured}`, reason: doubts.join('; ') };
}

function recordLine({ gaps, holes, ended }: RunRecord, { cutOff, damaged = 0 }: JournalState): Judgement {
  const line = { id: 'record', kind: 'record', title: 'event record', expected: 'no gaps', margin: null } as const;
  const short = [
    ...gaps.map(
      ({ of, after, next, reason }) =>
        `events of ${of} after ${after}${next === null ? '' : ` and before ${next}`} were lost (${reason})`,
    ),
    ...holes
      .filter(({ of, after }) => !gaps.some((gap) => gap.of === of && gap.after === after))
      .map(({ of, after, next }) => `events of ${of} after ${after} and before ${next} are missing from the journal`),
    ...(damaged > 0 ? [`${counted(damaged, 'line')} of the journal cannot be read`] : []),
    ...(cutOff || ended === null ? ['the journal breaks off'] : []),
  ];
  return short.length === 0
    ? { ...line, standing: 'passed', observed: 'complete' }
    : { ...line, standing: 'inconclusive', observed: 'incomplete', reason: short.join('; ') };
}
