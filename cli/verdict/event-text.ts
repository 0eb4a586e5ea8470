// One event of a link as a line of evidence: what a violation shows of the steps that led to it.
import type { EventOf } from '../../services/contract/events.ts';
import { moment, ms } from './figures.ts';

export type LinkEvent = EventOf<'call'> | EventOf<'breaker'> | EventOf<'arrival'>;

/** `5.132s  call a17 in generation 2 (open): refused by the breaker`. */
export const eventText = (event: LinkEvent): string => `${moment(event.at)}  ${told(event)}`;

// --- internal ---

function told(event: LinkEvent): string {
  switch (event.type) {
    case 'breaker': {
      const { from, to, cause, streak, generation, error } = event;
      const because = error === undefined ? '' : ` (${error})`;
      return `breaker ${from} > ${to}, ${cause}${because}, streak ${streak}, generation ${generation}`;
    }
    case 'arrival':
      return `arrival of ${event.attempt}, admitted in generation ${event.generation}`;
    case 'call': {
      const { attempt, generation, state, admitted, outcome, start, end } = event;
      const asked = `asked at ${moment(start)} in generation ${generation} (${state})`;
      return `call ${attempt}, ${asked}: ${admitted ? `${outcome}${whyOf(event)} after ${ms(end - start)}` : 'refused by the breaker'}`;
    }
    default:
      return event satisfies never;
  }
}

const whyOf = ({ failure, status }: EventOf<'call'>): string => {
  const why = failure === 'status' || failure === undefined ? status : failure;
  return why === undefined ? '' : ` (${why})`;
};
