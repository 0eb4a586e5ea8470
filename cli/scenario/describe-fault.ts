// A fault in words: what it is on and how strong it is. The same words in events, plans and reports.
import type { Fault } from './fault.ts';

export function describeFault(fault: Fault): { readonly target: string; readonly dose: string } {
  return { target: 'link' in fault ? fault.link : fault.service, dose: [strength(fault), ...limits(fault)].join(' ') };
}

function strength(fault: Fault): string {
  switch (fault.type) {
    case 'latency':
      return `latency ${fault.latencyMs}±${fault.jitterMs} ms`;
    case 'bandwidth':
      return `bandwidth ${fault.kilobytesPerSecond} KB/s`;
    case 'slowClose':
      return `slowClose ${fault.delayMs} ms`;
    case 'timeout':
      return fault.timeoutMs === 0 ? 'timeout (held open)' : `timeout (closed after ${fault.timeoutMs} ms)`;
    case 'resetPeer':
      return `resetPeer after ${fault.timeoutMs} ms`;
    case 'slicer':
      return `slicer ${fault.averageBytes}±${fault.variationBytes} bytes every ${fault.delayMs} ms`;
    case 'limitData':
      return `limitData ${fault.bytes} bytes`;
    case 'down':
      return 'down';
    case 'httpError':
      return `httpError ${fault.status}`;
    case 'httpDelay':
      return `httpDelay ${fault.delayMs} ms`;
    case 'decline':
      return 'decline';
    default:
      return fault satisfies never;
  }
}

function limits(fault: Fault): readonly string[] {
  if (fault.type === 'down') return [];
  if ('link' in fault)
    return [fault.stream, ...(fault.toxicity < 1 ? [`on ${percent(fault.toxicity)} of connections`] : [])];
  return [
    ...(fault.route === undefined ? [] : [`on ${fault.route}`]),
    ...(fault.probability < 1 ? [`for ${percent(fault.probability)} of requests`] : []),
    ...(fault.skipFirst > 0 ? [`after the first ${fault.skipFirst}`] : []),
    ...(fault.failCount === undefined ? [] : [`at most ${fault.failCount} times`]),
  ];
}

const percent = (share: number): string => `${Number((share * 100).toFixed(2))} %`;
