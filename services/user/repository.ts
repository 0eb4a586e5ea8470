// Users in PostgreSQL. Each change is one statement.
import type { NewUsers } from '../contract/admin.ts';
import type { Sql } from '../shared/database.ts';

export interface User {
  readonly id: string;
  readonly name: string;
  /** The run that made it; null: seeded or registered by hand. */
  readonly run: string | null;
}

export interface Users {
  readonly find: (id: string, key?: string) => Promise<User | undefined>;
  readonly add: (user: { readonly id: string; readonly name: string }) => Promise<void>;
  /** Makes the users of a run; those already there stay as they are. */
  readonly addAll: (users: NewUsers) => Promise<void>;
}

const findUser = { name: 'find-user', text: 'SELECT id, name, run FROM users WHERE id = $1' };
const addUser = { name: 'add-user', text: 'INSERT INTO users (id, name) VALUES ($1, $2)' };
const addUsers = {
  name: 'add-users',
  text: `INSERT INTO users (id, name, run)
         SELECT id, name, $3 FROM unnest($1::text[], $2::text[]) AS wanted (id, name)
         ON CONFLICT (id) DO NOTHING`,
};

export const createUsers = (sql: Sql): Users => ({
  find: async (id, key) =>
    (await sql.query<{ id: string; name: string; run: string | null }>(findUser, [id], { key }))[0],
  add: async ({ id, name }) => {
    await sql.query(addUser, [id, name]);
  },
  addAll: async ({ run, users }) => {
    await sql.query(addUsers, [users.map(({ id }) => id), users.map(({ name }) => name), run]);
  },
});
