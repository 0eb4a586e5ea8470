// What breaks a contract: the first illegal step, in words, and the events that show it.
import { eventText, type LinkEvent } from '../event-text.ts';

export interface Violation {
  /** The property, as FACTS and ARCHITECTURE number them: `B14`. */
  readonly property: Property;
  /** ms since the run's start. */
  readonly at: number;
  readonly message: string;
  /** In the order in which they happened. */
  readonly events: readonly string[];
}

export type Property = `B${number}`;

const most = 6;

/** Of many events the last ones: those that led to the step. */
export const violation = (
  property: Property,
  at: number,
  message: string,
  events: readonly LinkEvent[],
): Violation => ({ property, at, message, events: events.slice(-most).map(eventText) });
