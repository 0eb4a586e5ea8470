// The screen for those who hear it: what matters, in sentences, without figures that change all the time.
import { concerns } from '../../scenario/concerns.ts';
import { counted } from '../../verdict/figures.ts';
import type { Moment } from '../moment.ts';
import { age } from './figures.ts';

export function sentences({ view, standings, lost }: Moment): readonly string[] {
  const { run, phases, links, faults, log, manual } = view;
  const phase = phases.findLast(({ state }) => state === 'on');
  const notClosed = links.flatMap(({ id, breaker }) => {
    if (breaker === null || breaker.state === 'closed') return [];
    const word = breaker.state === 'open' ? 'open' : 'half-open';
    const since = breaker.since === null ? '' : ` since ${age(breaker.since)} of the run`;
    return [`${id} is ${word}${since}: ${breaker.cause ?? 'nobody saw why'}.`];
  });
  const on = faults
    .filter(({ state }) => state === 'on')
    .map(({ dose, target }) => {
      const hit = links.filter(({ id }) => concerns(target, id)).length;
      return `Broken on purpose: ${dose} on ${target}, which concerns ${counted(hit, 'link')}.`;
    });
  return [
    run === null ? 'No run is on.' : `Scenario ${run.scenario}: ${run.title}.`,
    ...(phase === undefined ? [] : [`Phase ${phase.name}.`]),
    ...(notClosed.length === 0 ? ['All breakers are closed.'] : notClosed),
    ...on,
    ...(manual.length === 0 ? [] : [`By hand: ${manual.join('; ')}.`]),
    ...feel(view.seconds),
    standings.verdict === null
      ? `Expectations: ${counted(standings.lines.filter(({ standing }) => standing === 'failed').length, 'failure')} so far of ${standings.lines.length}.`
      : `Verdict: ${standings.verdict.word}, ${standings.verdict.reason}.`,
    ...log.slice(-1).map(({ text }) => `Last: ${text}.`),
    ...(lost === null ? [] : [`No more events: ${lost}.`]),
  ];
}

// --- internal ---

function feel(seconds: Moment['view']['seconds']): readonly string[] {
  const last = seconds.at(-1);
  if (last === undefined) return [];
  const parts = Object.entries(last.by).flatMap(([outcome, { n }]) => (n === 0 ? [] : [`${n} ${outcome}`]));
  return [`Orders in the last second: ${parts.join(', ')}.`];
}
