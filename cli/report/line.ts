// The live line of an event, where it has one: what a person wants to see happen, not the thousand requests around it.
import type { BreakerState, RunEvent } from '../../services/contract/events.ts';
import { moment } from '../verdict/figures.ts';
import type { Paint } from './paint.ts';
import { causeText } from './parts.ts';
import { lineText } from './visible.ts';

export function lineOf(event: RunEvent, paint: Paint): string | null {
  const text = told(event, paint);
  return text === null ? null : `${paint.dim(moment(event.at).padStart(9))}  ${text}`;
}

/** The same without its time. */
export function told(event: RunEvent, paint: Paint): string | null {
  switch (event.type) {
    case 'phase':
      return event.edge === 'end' ? null : paint.bold(`phase ${event.name}`) + (event.judged ? '' : '  not judged');
    case 'fault.set':
      return `${event.target}  ${paint.bad(lineText(event.dose))}   fault ${event.fault}${event.by === 'hand' ? ' by hand' : ''}`;
    case 'fault.cleared':
      return `${paint.ok('cleared')}   fault ${event.fault}${event.reason === 'plan' ? '' : ` (${event.reason})`}`;
    case 'breaker':
      return `${event.link}  ${event.from} -> ${stateColour(event.to, paint)(event.to)}   ${causeText(event)}`;
    case 'hand':
      return `${event.target}  ${paint.warn(event.detail)}   by hand`;
    case 'process': {
      const how = event.signal === null ? `with code ${event.code}` : `by ${event.signal}`;
      return `${paint.bad(`${event.process} exited`)} ${how}${event.expected ? '' : '   no fault did it'}`;
    }
    case 'gap':
      return `${paint.warn(`events of ${event.of} lost`)}   ${lineText(event.reason)}`;
    default:
      return null;
  }
}

// --- internal ---

function stateColour(state: BreakerState, paint: Paint): (text: string) => string {
  switch (state) {
    case 'open':
      return paint.bad;
    case 'halfOpen':
      return paint.warn;
    case 'closed':
      return paint.ok;
    default:
      return state satisfies never;
  }
}
