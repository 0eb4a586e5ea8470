// Stop conditions speak of loads and steps that exist, and of windows that fit into the run.
import { formatDuration } from '../duration.ts';
import { parseStopCondition } from '../stop-condition.ts';
import { endOf } from '../timeline.ts';
import type { Finding } from './finding.ts';
import { unknownMetric } from './thresholds.ts';
import type { View } from './view.ts';

export function* checkStopConditions(view: View): Generator<Finding> {
  for (const [index, text] of view.stopConditions.entries()) {
    const condition = parseStopCondition(text);
    if (typeof condition === 'string') continue;
    const path = ['stopConditions', index];
    for (const message of unknownMetric(condition.threshold.metric, view)) yield { path, message };
    const wholeMs = view.timed === null ? Number.POSITIVE_INFINITY : endOf(view.timed);
    if (condition.windowMs >= wholeMs)
      yield {
        path,
        message: `can never be met: the whole run takes ${formatDuration(wholeMs)}; make the window shorter`,
      };
  }
}
