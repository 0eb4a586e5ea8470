// The payment service: takes money once a key. A refusal of the bank is simulated by a `decline` failpoint.
import type { FastifyInstance } from 'fastify';
import { contextOf } from '../shared/call-context.ts';
import type { Door } from '../shared/door.ts';
import { lazy } from '../shared/lazy.ts';
import { problemError } from '../shared/problem.ts';
import { buildServer } from '../shared/server.ts';
import { checked } from '../shared/validate.ts';
import type { Charges } from './repository.ts';

const schemas = lazy(() => import('./schemas.ts'));

export interface PaymentParts {
  readonly door: Door;
  readonly charges: Charges;
}

export const buildPaymentApp = ({ door, charges }: PaymentParts): FastifyInstance =>
  buildServer({
    door,
    about: 'SmartOrders payment service: charges an amount once per key',
    declinableRoute: 'POST /charges',
    routes: (scope) => {
      scope.post('/charges', async (request, reply) => {
        const { chargeRequestSchema } = await schemas();
        const wanted = checked(chargeRequestSchema, request.body);
        const { charge, isNew } = await charges.make(wanted, contextOf(request).key);
        if (charge.order_id !== wanted.order_id || charge.amount_cents !== wanted.amount_cents) {
          throw problemError('conflict', { detail: `key ${wanted.key} was used for another charge` });
        }
        return reply.code(isNew ? 201 : 200).send(charge);
      });
      scope.get<{ Params: { key: string } }>('/charges/:key', async (request) => {
        const { key } = request.params;
        const charge = await charges.find(key, contextOf(request).key);
        if (charge === undefined) throw problemError('not-found', { detail: `no charge under key ${key}` });
        return charge;
      });
    },
  });
