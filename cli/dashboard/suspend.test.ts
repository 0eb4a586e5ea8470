// That it stops where a shell controls jobs is shown in test/system/dashboard.test.ts: there it cannot stop the tests along.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

const program = `
  import { suspendProcess } from '${new URL('./suspend.ts', import.meta.url)}';
  await suspendProcess();
  process.exit(7);
`;

it('goes on where nobody could call it back: in a session of its own the kernel ignores the stop', async () => {
  const alone = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit'],
  });

  expect(await once(alone, 'close')).toEqual([7, null]);
});
