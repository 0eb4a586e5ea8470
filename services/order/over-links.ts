// The order service's dependencies as seen over its links: answers become values, what cannot be used a 503.
import type { z } from 'zod';
import { cutOff } from '../shared/cut-off.ts';
import { lazy } from '../shared/lazy.ts';
import type { HttpLink } from '../shared/link.ts';
import type { LinkResult } from '../shared/link-result.ts';
import type { Bank, Stock, Users } from './ports.ts';

const schemas = lazy(() => import('./schemas.ts'));

type CallableLink = Pick<HttpLink, 'id' | 'call'>;

export const usersOver = (link: CallableLink): Users => ({
  find: async (userId, context) => {
    const path = `/users/${encodeURIComponent(userId)}`;
    const result = await link.call({ method: 'GET', route: '/users/:id', path, context });
    if (isProblem(result, 'user-not-found')) return undefined;
    const { userAnswerSchema } = await schemas();
    return answered(link, result, userAnswerSchema);
  },
});

export const stockOver = (link: CallableLink): Stock => {
  const step = (name: 'release' | 'commit'): Stock['release'] => {
    return async (orderId, context) => {
      const path = `/reservations/${encodeURIComponent(orderId)}/${name}`;
      const result = await link.call({ method: 'POST', route: `/reservations/:order_id/${name}`, path, context });
      if (!isSuccess(result)) throw cutOff(link.id, result);
    };
  };
  return {
    reserve: async ({ orderId, itemId, quantity }, context) => {
      const body = { order_id: orderId, item_id: itemId, quantity };
      const result = await link.call({ method: 'POST', route: '/reservations', body, context });
      for (const kind of ['item-not-found', 'out-of-stock'] as const) if (isProblem(result, kind)) return { kind };
      const { reservationAnswerSchema } = await schemas();
      return { kind: 'held', priceCents: answered(link, result, reservationAnswerSchema).price_cents };
    },
    release: step('release'),
    commit: step('commit'),
  };
};

export const bankOver = (link: CallableLink): Bank => ({
  charge: async ({ key, orderId, amountCents, run }, context) => {
    const body = { key, order_id: orderId, amount_cents: amountCents, run };
    const result = await link.call({ method: 'POST', route: '/charges', body, context });
    if (isProblem(result, 'payment-declined')) return 'declined';
    if (!isSuccess(result)) throw cutOff(link.id, result);
    return 'captured';
  },
});

function answered<S extends z.ZodType>(link: CallableLink, result: LinkResult, schema: S): z.output<S> {
  if (!isSuccess(result)) throw cutOff(link.id, result);
  const parsed = schema.safeParse(result.body);
  if (!parsed.success) throw cutOff(link.id, result);
  return parsed.data;
}

const isSuccess = (result: LinkResult): result is Extract<LinkResult, { kind: 'answer' }> =>
  result.kind === 'answer' && result.status < 300;

const isProblem = (result: LinkResult, code: string): boolean =>
  result.kind === 'answer' &&
  typeof result.body === 'object' &&
  result.body !== null &&
  'code' in result.body &&
  result.body.code === code;
