// A fault in words for somebody who has never seen a toxic: what is broken, where and how strongly.
import { links } from '../../../services/fleet.ts';
import { type Fault, type HttpFault, isSocketFault, type SocketFault } from '../fault.ts';
import { counted, share, spoken } from './spoken.ts';

export const faultWords = (fault: Fault): string => (isSocketFault(fault) ? ofLink(fault) : ofService(fault));

// --- internal ---

/** Who sends what in the half of the connection that the toxic sits in, and to whom. */
function halfOf({ link, ...fault }: Exclude<SocketFault, { type: 'down' }>) {
  const found = links.find(({ id }) => id === link);
  const [caller, callee] = [found?.caller ?? link, found?.callee === 'db' ? 'the database' : (found?.callee ?? link)];
  return fault.stream === 'downstream'
    ? { what: 'answer', sender: callee, receiver: caller }
    : { what: 'request', sender: caller, receiver: callee };
}

function ofLink(fault: SocketFault): string {
  if (fault.type === 'down') return `${fault.link} is down: its connections are cut and new ones are refused`;
  const some = fault.toxicity < 1 ? `on ${share(fault.toxicity)} of the connections, ` : '';
  return some + effect(fault);
}

function effect(fault: Exclude<SocketFault, { type: 'down' }>): string {
  const { link } = fault;
  const { what, sender, receiver } = halfOf(fault);
  switch (fault.type) {
    case 'latency': {
      const jitter = fault.jitterMs > 0 ? `, give or take ${spoken(fault.jitterMs)}` : '';
      return what === 'answer'
        ? `every answer of ${sender} over ${link} comes ${spoken(fault.latencyMs)} late${jitter}`
        : `every request over ${link} reaches ${receiver} ${spoken(fault.latencyMs)} late${jitter}`;
    }
    case 'bandwidth':
      return `the ${what}s of ${sender} get through ${link} at no more than ${fault.kilobytesPerSecond} KB/s`;
    case 'slowClose':
      return `a connection of ${link} that ${sender} closes stays open for another ${spoken(fault.delayMs)}`;
    case 'timeout':
      return `no ${what} of ${sender} gets through ${link}; ${fault.timeoutMs === 0 ? 'its connections stay open and silent' : `a connection is closed after ${spoken(fault.timeoutMs)}`}`;
    case 'resetPeer':
      return `the connections of ${link} are reset ${fault.timeoutMs === 0 ? 'at once' : `after ${spoken(fault.timeoutMs)}`}, on the side of the ${what}s`;
    case 'slicer': {
      const size = `${fault.averageBytes} bytes${fault.variationBytes > 0 ? `, give or take ${fault.variationBytes}` : ''}`;
      return `the ${what}s of ${sender} come over ${link} in slices of ${size}${fault.delayMs > 0 ? `, ${spoken(fault.delayMs)} apart` : ''}`;
    }
    case 'limitData':
      return `a connection of ${link} is closed once ${counted(fault.bytes, 'byte')} of its ${what}s went through`;
    default:
      return fault satisfies never;
  }
}

function ofService(fault: HttpFault): string {
  const requests = `${fault.probability === 1 ? 'every request' : `${share(fault.probability)} of the requests`}${fault.route === undefined ? '' : ` to ${fault.route}`}`;
  return [deed(fault, requests), ...limits(fault)].join(', ');
}

function deed(fault: HttpFault, requests: string): string {
  switch (fault.type) {
    case 'httpError':
      return `${fault.service} answers ${fault.status} to ${requests}`;
    case 'httpDelay':
      return `${fault.service} waits ${spoken(fault.delayMs)} before it does the work of ${requests}`;
    case 'decline':
      return `${fault.service} declines ${requests} with 402, which is an answer and not a failure`;
    default:
      return fault satisfies never;
  }
}

const limits = ({ skipFirst, failCount }: HttpFault): readonly string[] => [
  ...(skipFirst > 0 ? [`after it has let ${counted(skipFirst, 'request')} pass`] : []),
  ...(failCount === undefined ? [] : [`at most ${counted(failCount, 'time')}`]),
];
