import { describe, expect, it } from 'vitest';
import { problemError } from '../shared/problem.ts';
import { aDoor, asAdmin } from '../testing/door.ts';
import { buildUserApp } from './app.ts';
import type { User, Users } from './repository.ts';

function aUserApp(overrides: Partial<Users> = {}) {
  const rows = new Map<string, User>([['1', { id: '1', name: 'Ada', run: null }]]);
  const users: Users = {
    find: async (id) => rows.get(id),
    add: async ({ id, name }) => void rows.set(id, { id, name, run: null }),
    addAll: async ({ run, users: wanted }) => {
      for (const { id, name } of wanted) rows.set(id, { id, name, run });
    },
    ...overrides,
  };
  return { app: buildUserApp({ door: aDoor('user'), users, newId: () => 'new-id' }), rows };
}

describe('user service', () => {
  it('registers a user', async () => {
    const { app, rows } = aUserApp();
    const response = await app.inject({ method: 'POST', url: '/register', payload: { name: ' Barbara ' } });
    expect([response.statusCode, response.json()]).toEqual([201, { id: 'new-id', name: 'Barbara' }]);
    expect(rows.get('new-id')).toEqual({ id: 'new-id', name: 'Barbara', run: null });
  });

  it('knows a user by id', async () => {
    const response = await aUserApp().app.inject('/users/1');
    expect([response.statusCode, response.json()]).toEqual([200, { id: '1', name: 'Ada', run: null }]);
  });

  it('says user-not-found for an unknown id', async () => {
    const response = await aUserApp().app.inject('/users/99');
    expect([response.statusCode, response.json().code]).toEqual([404, 'user-not-found']);
  });

  it('names every issue of an invalid registration', async () => {
    const response = await aUserApp().app.inject({ method: 'POST', url: '/register', payload: { name: '', age: 3 } });
    expect([response.statusCode, response.json().detail]).toEqual([
      400,
      'name: Too small: expected string to have >=1 characters; Unrecognized key: "age"',
    ]);
  });

  it('answers a plain 503 when its database fails', async () => {
    const { app } = aUserApp({ find: async () => Promise.reject(problemError('unavailable')) });
    const response = await app.inject('/users/1');
    expect([response.statusCode, response.json().code]).toEqual([503, 'unavailable']);
  });

  it('makes the users of a run for the admin only', async () => {
    const { app, rows } = aUserApp();
    const payload = { run: 'r1', users: [{ id: 'r1-1', name: 'One' }] };
    const request = { method: 'POST', url: '/admin/users', payload } as const;
    expect((await app.inject(request)).statusCode).toBe(401);
    expect((await app.inject({ ...request, headers: asAdmin })).statusCode).toBe(204);
    expect(rows.get('r1-1')).toEqual({ id: 'r1-1', name: 'One', run: 'r1' });
  });
});
