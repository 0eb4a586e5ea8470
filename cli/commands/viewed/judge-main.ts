// `node judge-main.js <journal>`: the result of a run, told on the channel to whoever asked, or on stderr why there is none. A long
// run takes many seconds and much memory, neither of which a screen has to spare.
import { messageOf } from '../../errors.ts';
import { readJournalFrom } from '../../metrics/read-journal.ts';
import { resultOf } from '../../verdict/result.ts';
import { piecesOf } from '../pieces-of.ts';

const [path = ''] = process.argv.slice(2);
try {
  const { events, ...journal } = readJournalFrom(piecesOf(path));
  process.send?.(resultOf(events, journal));
} catch (error) {
  process.stderr.write(messageOf(error));
  process.exitCode = 1;
}
process.disconnect?.();
