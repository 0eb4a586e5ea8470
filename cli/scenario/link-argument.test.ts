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
  ['order-', '"order-" is no link: a shell took > as a redirection; write order:payment'],
  ['gateway-', '"gateway-" is no link: a shell took > as a redirection; write gateway:user'],
  ['nobody-', '"nobody-" is no link: a shell took > as a redirection; write order:payment'],
  ['order:paymnt', 'unknown link "order:paymnt"; did you mean "order:payment"?'],
])('says what to write instead of %s', (text, message) => {
  expect(linkArgument(text)).toEqual({ ok: false, message });
});
