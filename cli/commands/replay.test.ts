import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { plain } from '../report/paint.ts';
import { replay } from './replay.ts';

const journals = fileURLToPath(new URL('../../test/journals', import.meta.url));

interface Place extends Disposable {
  readonly folder: string;
  readonly lines: string[];
  replay(run: string): Promise<void>;
}

/** Output goes to no terminal. */
function aPlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'smartorders-replay-'));
  const lines: string[] = [];
  const out = (line: string): void => void lines.push(line);
  return {
    ...{ folder, lines },
    replay: (run) => replay(run, { reports: folder, speed: 1 }, { out, err: out, env: {}, cwd: folder, paint: plain }),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

it('tells a run in lines and its summary where there is no terminal, at once', async () => {
  using place = aPlace();

  await place.replay(join(journals, 'failed.ndjson'));

  const told = place.lines.join('\n');
  expect(told).toMatch(/phase baseline[\s\S]*fault outage\/1[\s\S]*order->payment {2}closed -> open[\s\S]*cleared/);
  expect(told).toMatch(/cleared[\s\S]*\n\n[\s\S]*✘ failed/);
});

it('says what is near where there is no such run', async () => {
  using place = aPlace();

  await expect(place.replay('nothing')).rejects.toMatchObject({
    message: 'there is no journal of nothing',
    exitCode: 3,
    hint: expect.stringContaining('there is no run in'),
  });
});

it.each([
  ['is empty', ''],
  ['holds no event', 'not a journal\n{"type":"phase"}\n'],
])('refuses a journal that %s', async (_, text) => {
  using place = aPlace();
  mkdirSync(join(place.folder, 'r1'));
  writeFileSync(join(place.folder, 'r1', 'journal.ndjson'), text);

  await expect(place.replay('r1')).rejects.toMatchObject({ exitCode: 3, message: expect.stringMatching(/no event/) });
  expect(place.lines).toEqual([]);
});

it('refuses a journal of a newer version, instead of judging what it may not understand', async () => {
  using place = aPlace();
  const known = readFileSync(join(journals, 'passed.ndjson'), 'utf8');
  writeFileSync(join(place.folder, 'newer.ndjson'), known.replaceAll('{"v":1,', '{"v":2,'));

  await expect(place.replay('newer.ndjson')).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(/is of a newer version of SmartOrders$/),
    hint: 'read it with the version that wrote it, or a later one',
  });
  expect(place.lines).toEqual([]);
});

it('tells a run whose journal is cut off as far as it goes', async () => {
  using place = aPlace();
  const whole = readFileSync(join(journals, 'passed.ndjson'), 'utf8');
  writeFileSync(join(place.folder, 'half.ndjson'), whole.slice(0, whole.length / 2));

  await place.replay('half.ndjson');

  expect(place.lines.join('\n')).toMatch(/phase baseline[\s\S]*the journal breaks off/);
});
