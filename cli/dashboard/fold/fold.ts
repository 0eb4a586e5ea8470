// The fold behind the dashboard: the run's events → what is shown of it. O(1) an event, bounded in memory, and the same
// whether events come one by one or all at once.
import { type EventOf, outcomes, type RunEvent } from '../../../services/contract/events.ts';
import { links } from '../../../services/fleet.ts';
import { isOpen, type Load } from '../../scenario/load.ts';
import { endOf } from '../../scenario/timeline.ts';
import { parsedFrom } from '../../verdict/result.ts';
import type { LoadView, LogEntry, RunHead, View } from '../view.ts';
import { createLatest } from './latest.ts';
import { createLink } from './link.ts';
import { logEntry } from './log-entry.ts';
import { createSchedule } from './schedule.ts';
import { createSeconds, secondOf } from './seconds.ts';

export interface Fold {
  readonly add: (events: Iterable<RunEvent>) => void;
  /** At most `now`: an event that is later than it is shown all the same. */
  readonly view: (now: number) => View;
  /** `at` of the latest event. */
  readonly latest: () => number;
}

const keptSeconds = 300;
const keptLines = 500;
const keptHands = 20;
/** Events come in batches: so much later a second is whole. */
const lateMs = 200;

export function createFold(): Fold {
  const perLink = new Map<string, ReturnType<typeof createLink>>(links.map((link) => [link.id, createLink(link)]));
  const schedule = createSchedule();
  const seconds = createSeconds(outcomes, keptSeconds);
  const log = createLatest<LogEntry>(keptLines);
  const manual = createLatest<string>(keptHands);
  const loads = new Map<string, LoadView>();
  let run: RunHead | null = null;
  let ended: View['ended'] = null;
  let latest = 0;

  function onEvent(event: RunEvent): void {
    switch (event.type) {
      case 'call':
        perLink.get(event.link)?.onCall(event);
        break;
      case 'request': {
        const { sentAt, doneAt, dueAt, outcome } = event;
        seconds.add(doneAt, outcome, sentAt === null ? null : doneAt - dueAt);
        schedule.onRequest(event);
        break;
      }
      case 'breaker':
        perLink.get(event.link)?.onBreaker(event);
        break;
      case 'phase':
        schedule.onPhase(event);
        break;
      case 'fault.set':
        if (event.by === 'hand') manual.push(`${event.dose} on ${event.target}`);
        schedule.onFaultSet(event);
        break;
      case 'fault.cleared':
        schedule.onFaultCleared(event);
        break;
      case 'load.tick':
        onTick(event);
        break;
      case 'hand':
        onHand(event);
        break;
      case 'run.started':
        onStart(event);
        break;
      case 'run.ended':
        ended = { at: event.at, reason: event.reason };
        break;
      default:
        break;
    }
  }

  function onTick({ load, lateness, planned, sent, dropped, inFlight }: EventOf<'load.tick'>): void {
    const perSecond = loads.get(load)?.perSecond ?? null;
    loads.set(load, { load, perSecond, planned, sent, dropped, inFlight, latenessP99: lateness.p99 });
  }

  function onHand({ action, target, detail }: EventOf<'hand'>): void {
    manual.push(`${target}: ${detail}`);
    if (action === 'breaker') perLink.get(target)?.onHand(detail);
    const [, rate] = /([\d.]+)\/s$/.exec(detail) ?? [];
    const known = loads.get(target);
    if (known !== undefined && rate !== undefined) loads.set(target, { ...known, perSecond: Number(rate) });
  }

  function onStart({ run: id, scenario, seed, fleet, manual }: EventOf<'run.started'>): void {
    const parsed = parsedFrom(scenario);
    const read = parsed.ok ? parsed.scenario : null;
    run = {
      run: id,
      scenario: scenario.name,
      title: read?.title ?? scenario.name,
      seed,
      fleet: fleet.name,
      // A playground lasts until it is left.
      plannedEndMs: read === null || manual === true ? null : endOf(read),
    };
    for (const [link, policy] of Object.entries(fleet.policies)) perLink.get(link)?.setPolicy(policy);
    if (read === null) return;
    schedule.onScenario(read);
    for (const [load, spec] of Object.entries(read.load)) loads.set(load, plannedLoad(load, spec));
  }

  return {
    add: (events) => {
      for (const event of events) {
        if (event.at > latest) latest = event.at;
        onEvent(event);
        if (event.type === 'call' || event.type === 'request') continue;
        const entry = logEntry(event);
        if (entry !== null) log.push(entry);
      }
    },
    view: (now) => {
      const shown = ended === null ? now : Math.max(latest, ended.at);
      const whole = secondOf(shown - lateMs) - 1;
      // Of a run that is over the last second counts, too, however short.
      const last = ended === null ? whole : secondOf(shown);
      return {
        now: shown,
        run,
        ...schedule.view(shown),
        links: [...perLink.values()].map((link) => link.view(whole, last)),
        seconds: seconds.list(last - keptSeconds, last),
        loads: [...loads.values()],
        log: log.list(),
        manual: manual.list(),
        ended,
      };
    },
    latest: () => latest,
  };
}

// --- internal ---

const plannedLoad = (load: string, spec: Load): LoadView => ({
  load,
  perSecond: isOpen(spec) ? ('perSecond' in spec ? spec.perSecond : spec.startPerSecond) : null,
  planned: 0,
  sent: 0,
  dropped: 0,
  inFlight: 0,
  latenessP99: 0,
});
