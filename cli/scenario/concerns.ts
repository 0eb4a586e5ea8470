// Which links a fault is about.
import { links } from '../../services/fleet.ts';

/** A fault concerns the link that it is on, and every link into the service that it is in. */
export const concerns = (target: string, link: string): boolean =>
  target === link || links.some(({ id, callee }) => id === link && callee === target);
