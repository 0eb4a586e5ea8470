import { expect, it } from 'vitest';
import type { Inspect } from './ports.ts';
import { type DashboardOptions, showDashboard, showReplay } from './show.tsx';
import { aFeed, type TestFeed } from './testing/a-feed.ts';
import { aTerminal, type TestTerminal } from './testing/a-terminal.ts';
import { eventsOf } from './testing/journals.ts';

interface Shown {
  readonly terminal: TestTerminal;
  readonly feed: TestFeed;
  readonly left: Promise<void>;
}

function aDashboard(rest: Partial<DashboardOptions> = {}): Shown {
  const [terminal, feed] = [aTerminal(), aFeed()];
  const { stdin, stdout } = terminal;
  return {
    terminal,
    feed,
    left: showDashboard({ feed, hands: 'no run is on', colour: false, stdin, stdout, ...rest }),
  };
}

/** On the alternate screen without a cursor, and back. */
const [taken, givenBack] = [/\^\[\?1049h[\s\S]*\^\[\?25l/, /\^\[\?1049l[\s\S]*\^\[\?25h/];

it('takes the screen, and gives it back as it was when it is left', async () => {
  const { terminal, feed, left } = aDashboard();

  expect(terminal.written()).toMatch(taken);
  expect(terminal.written()).toContain('^[1;1H SmartOrders ▶ no run');
  expect(terminal.isRaw()).toBe(true);
  terminal.type('q');
  await left;

  expect(terminal.written()).toMatch(givenBack);
  expect(terminal.isRaw()).toBe(false);
  expect(feed.isFollowed()).toBe(false);
});

it('leaves where it is told to, before it began as well', async () => {
  const leaving = new AbortController();
  const { terminal, left } = aDashboard({ signal: leaving.signal });

  leaving.abort();
  await left;
  expect(terminal.written()).toMatch(givenBack);

  await aDashboard({ signal: leaving.signal }).left;
});

it('leaves with its feed where it was asked to', async () => {
  const { feed, left } = aDashboard({ leaveAtEnd: true });

  feed.end(null);

  await left;
});

it('draws what has come without being asked', async () => {
  const { terminal, feed, left } = aDashboard();

  feed.tell(eventsOf('passed'));
  await expect.poll(terminal.written).toContain('short');
  terminal.type('q');
  await left;
});

it('draws all of it in the new size when the terminal changes its own', async () => {
  const { terminal, left } = aDashboard();

  terminal.forget();
  terminal.resize(100, 30);
  const rows = () =>
    [...terminal.written().matchAll(/\^\[(\d+);1H([^^]*)/g)].map(([, row, text]) => [row, text?.length]);
  await expect.poll(rows).toEqual(Array.from({ length: 30 }, (_, index) => [String(index + 1), 100]));
  terminal.type('q');
  await left;
});

it('keeps off the terminal while it is suspended, and draws all of it afterwards', async () => {
  const back = Promise.withResolvers<void>();
  const suspended = Promise.withResolvers<void>();
  const suspend = () => {
    suspended.resolve();
    return back.promise;
  };
  const { terminal, feed, left } = aDashboard({ suspend });

  terminal.forget();
  terminal.type('\u001a');
  await suspended.promise;
  expect(terminal.written()).toMatch(/\^\[\?1049l/);
  expect(terminal.isRaw()).toBe(false);
  terminal.forget();
  feed.tell(eventsOf('passed'));
  terminal.resize(100, 30);
  await new Promise((resolve) => setImmediate(resolve));
  expect(terminal.written()).not.toContain(';1H');
  back.resolve();
  await expect.poll(terminal.written).toMatch(/\^\[\?1049h[\s\S]*\^\[1;1H[\s\S]*\^\[30;1H/);
  expect(terminal.isRaw()).toBe(true);
  terminal.type('q');
  await left;
});

it('says that it cannot be suspended where nobody could call it back', async () => {
  const { terminal, left } = aDashboard();

  terminal.type('\u001a');
  await expect.poll(terminal.written).toContain('this terminal cannot stop the dashboard');
  terminal.type('q');
  await left;
});

it('throws what its screen threw, the terminal given back', async () => {
  // No log to draw.
  const inspect: Inspect = async () => JSON.parse('{}');
  const { terminal, left } = aDashboard({ inspect });

  terminal.type('s');

  await expect(left).rejects.toThrow(TypeError);
  expect(terminal.written()).toMatch(givenBack);
  expect(terminal.isRaw()).toBe(false);
});

it('speaks in sentences on the normal screen to those who hear it', async () => {
  const { terminal, feed, left } = aDashboard({ screenReader: true });

  feed.tell(eventsOf('passed'));
  terminal.type('?');
  await expect.poll(terminal.written).toMatch(/KEYS/);
  terminal.type('q');
  await left;
  expect(terminal.written()).not.toContain('1049');
});

it('plays a run again', async () => {
  const terminal = aTerminal();
  const { stdin, stdout } = terminal;

  const left = showReplay({ events: eventsOf('passed'), speed: 64, colour: false, stdin, stdout });
  await expect.poll(terminal.written).toContain('OVER');
  terminal.type('f');
  await expect.poll(terminal.written).toContain('a replay changes nothing');
  terminal.type('q');
  await left;
});
