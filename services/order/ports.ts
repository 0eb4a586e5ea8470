// What placing an order needs of the world, named by role. All of them throw a `dependency-*` or `unavailable` problem
// (ProblemError) when they cannot say.
import type { CallContext } from '../shared/call-context.ts';

export interface Users {
  /** undefined: there is no such user. */
  readonly find: (userId: string, context: CallContext) => Promise<{ readonly run: string | null } | undefined>;
}

export interface Hold {
  readonly orderId: string;
  readonly itemId: string;
  readonly quantity: number;
}

export type ReserveAnswer =
  | { readonly kind: 'held'; readonly priceCents: number }
  | { readonly kind: 'item-not-found' }
  | { readonly kind: 'out-of-stock' };

export interface Stock {
  readonly reserve: (hold: Hold, context: CallContext) => Promise<ReserveAnswer>;
  readonly release: (orderId: string, context: CallContext) => Promise<void>;
  readonly commit: (orderId: string, context: CallContext) => Promise<void>;
}

export interface Charge {
  /** The same for every try of this order's charge. */
  readonly key: string;
  readonly orderId: string;
  readonly amountCents: number;
  readonly run: string | null;
}

export interface Bank {
  readonly charge: (charge: Charge, context: CallContext) => Promise<'captured' | 'declined'>;
}

export type OrderStatus =
  | 'PENDING'
  | 'RESERVED'
  | 'CHARGING'
  | 'UNKNOWN'
  | 'CAPTURED'
  | 'CONFIRMED'
  | 'VOIDING'
  | 'FAILED';

export interface Order {
  readonly id: string;
  readonly userId: string;
  readonly itemId: string;
  readonly quantity: number;
  readonly amountCents: number;
  readonly status: OrderStatus;
  readonly reason: string | null;
  readonly key: string | null;
  readonly arrival: string | null;
  readonly run: string | null;
}

export interface Orders {
  readonly add: (order: Order) => Promise<void>;
  readonly confirm: (orderId: string, key?: string) => Promise<void>;
  readonly fail: (orderId: string, reason: string, key?: string) => Promise<void>;
  readonly find: (orderId: string, key?: string) => Promise<Order | undefined>;
}
