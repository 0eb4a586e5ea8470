// `node judge-main.js <journal>`: the result of a run, told on the channel to whoever asked, or on stderr why there is none. A long
// run takes many seconds and much memory, neither of which a screen has to spare.
import { dirname } from 'node:path';
import { messageOf } from '../../errors.ts';
import { judgedFrom } from '../journal-of.ts';

const [path = ''] = process.argv.slice(2);
try {
  process.send?.(judgedFrom({ folder: dirname(path), journal: path }));
} catch (error) {
  process.stderr.write(messageOf(error));
  process.exitCode = 1;
}
process.disconnect?.();
