import { describe, expect, it } from 'vitest';
import { startPostgres } from '../testing/postgres.ts';
import { openServiceDatabase } from '../testing/service-database.ts';
import { createUsers } from './repository.ts';

describe('users in PostgreSQL', () => {
  it('knows the seeded, the registered and those of a run', { timeout: 30_000 }, async () => {
    await using postgres = await startPostgres();
    await using database = await openServiceDatabase(postgres, 'user');
    const users = createUsers(database);
    await users.add({ id: 'u9', name: 'Barbara' });
    await users.addAll({
      run: 'r1',
      users: [
        { id: 'r1-1', name: 'One' },
        { id: 'u9', name: 'Not Barbara' },
      ],
    });

    expect(await users.find('1')).toEqual({ id: '1', name: 'Ada', run: null });
    expect(await users.find('u9')).toEqual({ id: 'u9', name: 'Barbara', run: null });
    expect(await users.find('r1-1')).toEqual({ id: 'r1-1', name: 'One', run: 'r1' });
    expect(await users.find('none')).toBeUndefined();
  });
});
