import { expect, it } from 'vitest';
import { linkIds } from '../../services/fleet.ts';
import { linkArgument, typed } from './link-argument.ts';

it('reads every link in both spellings', () => {
  for (const link of linkIds) {
    expect([linkArgument(link), linkArgument(typed(link))]).toEqual([
      { ok: true, link },
      { ok: true, link },
    ]);
  }
});

it.each([
  ['order-', /^"order-" is what a shell leaves .* such as order->payment: .* named payment; write order:payment/],
  ['gateway-', /; write gateway:inventory, and remove the file/],
  ['user-', /; write user:db, and remove the file/],
  ['nobody-', /; write order:payment, and remove the file/],
  ['order:paymnt', /^unknown link "order:paymnt"; did you mean "order:payment"\?$/],
])('says what to write instead of %s', (text, message) => {
  expect(linkArgument(text)).toEqual({ ok: false, message: expect.stringMatching(message) });
});
