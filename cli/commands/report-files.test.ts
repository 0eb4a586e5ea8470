import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plain } from '../report/paint.ts';
import { allRequests, standardRequests } from '../report/requested.ts';
import { onlyRun } from '../report/run-series.ts';
import { resultOf } from '../verdict/result.ts';
import { simulate } from '../verdict/testing/simulate.ts';
import { deliverReports, isRunFile, journalWriter, proveWritable, requestsOf, writeReports } from './report-files.ts';

const failed = resultOf(simulate({ opensAfter: 4 }), { cutOff: false });

interface Place extends Disposable {
  readonly folder: string;
  readonly out: string[];
  readonly said: string[];
  deliver(texts: readonly string[], env?: NodeJS.ProcessEnv): readonly string[];
}

function aPlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'smartorders-reports-'));
  const [out, said]: [string[], string[]] = [[], []];
  const print = (lines: string[]) => (line: string) => void lines.push(line);
  return {
    folder,
    out,
    said,
    deliver: (texts, env = {}) => {
      const terminal = { out: print(out), err: print(said), env, cwd: folder, paint: plain };
      const requests = requestsOf({ texts, runs: 1, json: false, otherwise: [] });
      return deliverReports(onlyRun(failed), requests, { say: print(said), terminal });
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

describe('where reports go', () => {
  it('into the folder of the run', () => {
    using place = aPlace();

    const files = writeReports(place.folder, onlyRun(failed), standardRequests);

    expect(files.map((file) => file.slice(place.folder.length + 1))).toEqual(
      standardRequests.map(({ format }) => format.file),
    );
    expect(files.every((file) => existsSync(file))).toBe(true);
    for (const { format } of allRequests) expect(isRunFile(format.file)).toBe(true);
  });

  it('into a named file, whose folder is made, and to stdout', () => {
    using place = aPlace();

    expect(place.deliver(['junit:out/deep/j.xml,summary:-'])).toEqual(['out/deep/j.xml']);
    expect(readFileSync(join(place.folder, 'out/deep/j.xml'), 'utf8')).toMatch(/^<\?xml/);
    expect([place.out.join('\n').split('\n')[0], place.said]).toEqual(['## SmartOrders', []]);
  });

  it('nowhere where nothing is asked for and no CI is there', () => {
    using place = aPlace();

    expect([place.deliver(['json']), place.out, place.said]).toEqual([[], [], []]);
  });

  it('in a job of GitHub: annotations between the lines, once, and the summary after what is there', () => {
    using place = aPlace();
    const summary = join(place.folder, 'summary');
    writeFileSync(summary, 'before\n');

    place.deliver(['json,annotations'], { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary });
    place.deliver([], { GITHUB_ACTIONS: 'true' });

    expect(place.said.map((line) => line.split(' ')[0])).toEqual(['::error', '::error']);
    expect(place.out).toEqual([]);
    expect(readFileSync(summary, 'utf8')).toMatch(/^before\n## SmartOrders\n/);
  });

  it('says what to do where a file cannot be written', () => {
    using place = aPlace();
    writeFileSync(join(place.folder, 'file'), '');

    expect(() => place.deliver(['md:file/report.md'])).toThrow(
      expect.objectContaining({ code: 'write', exitCode: 5, hint: expect.stringMatching(/--report format:path/) }),
    );
  });

  it('says so as well of a file in the folder of the run', () => {
    using place = aPlace();
    mkdirSync(join(place.folder, 'junit.xml'));

    expect(() => writeReports(place.folder, onlyRun(failed), standardRequests)).toThrow(
      expect.objectContaining({
        code: 'write',
        exitCode: 5,
        message: expect.stringMatching(/^cannot write .*junit\.xml/),
      }),
    );
  });

  it('says before a run which file cannot be written, and leaves no trace of having tried the others', () => {
    using place = aPlace();
    writeFileSync(join(place.folder, 'there.md'), 'as it was');
    mkdirSync(join(place.folder, 'taken'));
    const proved = (text: string) => () => {
      proveWritable(requestsOf({ texts: [text], runs: 1, json: false, otherwise: [] }), place.folder);
    };

    expect(proved('html,sarif:-,md:there.md,junit:new.xml')).not.toThrow();
    expect(proved('junit:taken')).toThrow(expect.objectContaining({ code: 'write', exitCode: 5 }));
    expect(readdirSync(place.folder).toSorted()).toEqual(['taken', 'there.md']);
    expect(readFileSync(join(place.folder, 'there.md'), 'utf8')).toBe('as it was');
  });

  it.runIf(existsSync('/dev/full'))('tells a full disk for what it is', () => {
    const file = openSync('/dev/full', 'w');

    expect(() => journalWriter(file, 'reports/r1/journal.ndjson')('{}\n')).toThrow(
      expect.objectContaining({
        exitCode: 5,
        message: expect.stringMatching(/reports\/r1\/journal\.ndjson: ENOSPC/),
        hint: expect.stringMatching(/runs prune/),
      }),
    );
    closeSync(file);
  });

  it('refuses what contradicts itself', () => {
    expect(() => requestsOf({ texts: ['md:-'], runs: 1, json: true, otherwise: [] })).toThrow(
      expect.objectContaining({ exitCode: 3, message: '--report: --json prints to stdout itself' }),
    );
    expect(() => requestsOf({ texts: ['pdf'], runs: 1, json: false, otherwise: [] })).toThrow(/unknown format "pdf"/);
  });
});
