import { describe, expect, it } from 'vitest';
import { SmartOrdersError } from '../errors.ts';
import { rawFaultOf } from './fault-arguments.ts';

const typed = (words: string) => {
  const [type = '', target = '', ...settings] = words.split(' ');
  return rawFaultOf({ type, target, settings });
};

/** What the user is told: the problem, and what to do. */
function told(words: string): readonly unknown[] {
  try {
    return ['accepted', typed(words)];
  } catch (error) {
    if (!(error instanceof SmartOrdersError)) throw error;
    return [error.message, error.hint, error.exitCode];
  }
}

const seeHelp = 'see smartorders fault add --help';

describe('a fault on the command line', () => {
  it.each([
    ['latency order:payment latency=2s jitter=100ms', { link: 'order:payment', latency: '2s', jitter: '100ms' }],
    ['latency order->payment latency=2s toxicity=0.5', { link: 'order->payment', latency: '2s', toxicity: 0.5 }],
    ['down user:db', { link: 'user:db' }],
    ['httpError payment status=503 probability=0.3', { service: 'payment', status: 503, probability: 0.3 }],
    ['decline payment', { service: 'payment' }],
  ])('%s is what a scenario would write', (words, expected) => {
    expect(typed(words)).toEqual({ type: words.split(' ')[0], ...expected });
  });

  it('takes a value with blanks and equal signs', () => {
    const settings = ['delay=1s', 'route=GET /items/:id?a=b'];
    expect(rawFaultOf({ type: 'httpDelay', target: 'inventory', settings })).toMatchObject({
      route: 'GET /items/:id?a=b',
    });
  });

  it.each([
    ['latncy order:payment', 'unknown fault type "latncy"', 'did you mean "latency"?'],
    ['latency order:paymet latency=2s', 'link: unknown link "order:paymet"', 'did you mean "order:payment"?'],
    ['latency payment latency=2s', 'latency is set on a link such as order:payment, and payment is a service', seeHelp],
    [
      'httpError order->payment status=503',
      'httpError is set in a service such as payment, and order:payment is a link',
      seeHelp,
    ],
    ['httpError paymen status=503', 'service: unknown service "paymen"', 'did you mean "payment"?'],
    ['latency order:payment', 'latency: is missing', 'it needs a duration such as 500ms, 3s or 2m'],
    [
      'latency order:payment latency=2000',
      'latency: a duration needs its unit (ms, s or m): 2000 alone does not say of what',
      'write 500ms, 3s or 2m',
    ],
    ['down order:payment stream=upstream', 'unknown key "stream"', 'known: type, link, after, for'],
    ['down order:payment now', 'expected key=value, such as latency=2s, and not "now"', seeHelp],
    ['down order:payment link=order:user', 'link: is said already, in its place before the settings', seeHelp],
    ['down order:payment after=3s', 'after: a fault by hand begins at once', seeHelp],
    ['down order:payment for=3s', 'for: is an option here, such as --for 10s', seeHelp],
    ['latency order:payment latency=1s latency=2s', 'latency: is given twice', seeHelp],
    [
      'latency order:payment latency=2 jiter=3ms',
      'latency: a duration needs its unit (ms, s or m): 2 alone does not say of what; write 500ms, 3s or 2m\n' +
        '       unknown key "jiter"; did you mean "jitter"?',
      seeHelp,
    ],
  ])('%s is refused', (words, message, hint) => {
    expect(told(words)).toEqual([message, hint, 3]);
  });

  it.each([
    ['order-', 'order->payment', 'payment', 'order:payment'],
    ['gateway-', 'gateway->inventory', 'inventory', 'gateway:inventory'],
    ['user-', 'user->db', 'db', 'user:db'],
  ])('tells from %s that a shell has cut a link in two', (target, link, file, better) => {
    const [message, hint] = told(`latency ${target} latency=1s`);
    expect(message).toBe(
      `"${target}" is what a shell leaves of an unquoted link such as ${link}: ` +
        `it takes the > for a redirection, into a file named ${file}`,
    );
    expect(hint).toBe(`write ${better}, and remove the file that the shell has made`);
  });
});
