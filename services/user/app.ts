// The user service: who may order. It knows users and nothing of orders.
import type { FastifyInstance } from 'fastify';
import { adminPaths } from '../contract/admin-paths.ts';
import { contextOf } from '../shared/call-context.ts';
import type { Door } from '../shared/door.ts';
import { lazy } from '../shared/lazy.ts';
import { problemError } from '../shared/problem.ts';
import { buildServer } from '../shared/server.ts';
import { checked } from '../shared/validate.ts';
import type { Users } from './repository.ts';

const schemas = lazy(() => import('./schemas.ts'));

export interface UserParts {
  readonly door: Door;
  readonly users: Users;
  readonly newId: () => string;
}

export const buildUserApp = ({ door, users, newId }: UserParts): FastifyInstance =>
  buildServer({
    door,
    about: 'SmartOrders user service: registers users and knows them by id',
    routes: (scope) => {
      scope.post('/register', async ({ body }, reply) => {
        const { registrationSchema } = await schemas();
        const { name } = checked(registrationSchema, body);
        const user = { id: newId(), name };
        await users.add(user);
        return reply.code(201).send(user);
      });
      scope.get<{ Params: { id: string } }>('/users/:id', async (request) => {
        const { id } = request.params;
        const user = await users.find(id, contextOf(request).key);
        if (user === undefined) throw problemError('user-not-found', { detail: `no user ${id}` });
        return user;
      });
    },
    adminRoutes: (scope) => {
      scope.post(adminPaths.users, async ({ body }, reply) => {
        const { newUsersSchema } = await schemas();
        await users.addAll(checked(newUsersSchema, body));
        return reply.code(204).send();
      });
    },
  });
