// The line of an event in the dashboard's log, where it has one: the words of the plain output, and what only the dashboard tells.
import type { BreakerState, RunEvent } from '../../../services/contract/events.ts';
import { told } from '../../report/line.ts';
import { plain } from '../../report/paint.ts';
import { ms } from '../../verdict/figures.ts';
import type { LogEntry, Tone } from '../view.ts';

/** Shorter than this, a standstill is ordinary. */
const worthTellingMs = 100;

export function logEntry(event: RunEvent): LogEntry | null {
  const entry = (tone: Tone, text: string): LogEntry => ({ at: event.at, text, tone });
  switch (event.type) {
    case 'run.started':
      return entry(
        'bold',
        event.manual === true
          ? `${event.scenario.name} on the fleet ${event.fleet.name}`
          : `run of ${event.scenario.name}, seed ${event.seed}`,
      );
    case 'run.ended':
      return entry('bold', `run ${event.reason}${event.detail === undefined ? '' : `: ${event.detail}`}`);
    case 'hand':
      return entry('warn', `${event.target}  ${event.detail} by hand`);
    case 'stall': {
      const cause = event.cpuMs < event.ms / 2 ? 'no processor' : 'busy';
      return event.ms < worthTellingMs
        ? null
        : entry('warn', `${event.src.split('/')[0]} stood still for ${ms(event.ms)} (${cause})`);
    }
    default: {
      const text = told(event, plain);
      return text === null ? null : entry(toneOf(event), text.replaceAll('halfOpen', 'half-open'));
    }
  }
}

// --- internal ---

const ofState: Readonly<Record<BreakerState, Tone>> = { closed: 'ok', open: 'bad', halfOpen: 'warn' };

function toneOf(event: RunEvent): Tone {
  if (event.type === 'breaker') return ofState[event.to];
  if (event.type === 'phase') return 'bold';
  if (event.type === 'fault.cleared') return 'ok';
  return event.type === 'process' && event.expected ? 'warn' : 'bad';
}
