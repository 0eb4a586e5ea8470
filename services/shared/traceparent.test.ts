import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTraceparent, parseTraceparent } from './traceparent.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';

describe('traceparent', () => {
  it('is read as it was written', () => {
    const hex = (length: number) =>
      fc
        .array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length })
        .map((digits) => digits.join(''))
        .filter((digits) => !/^0+$/.test(digits));
    fc.assert(
      fc.property(hex(32), hex(16), fc.constantFrom(0, 1), (trace, span, traceFlags) => {
        const context = { traceId: trace, spanId: span, traceFlags };
        expect(parseTraceparent(formatTraceparent(context))).toEqual(context);
      }),
    );
  });

  it.each([
    ['of a later version that says more', `01-${traceId}-${spanId}-01-more`],
    ['with flags that are not known yet', `00-${traceId}-${spanId}-ff`],
  ])('%s is read as far as it is known', (_name, text) => {
    expect(parseTraceparent(text)).toEqual({ traceId, spanId, traceFlags: 1 });
  });

  it.each([
    ['none', undefined],
    ['no trace', `00-${'0'.repeat(32)}-${spanId}-01`],
    ['no span', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['a version that cannot be', `ff-${traceId}-${spanId}-01`],
    ['capital letters', `00-${traceId.toUpperCase()}-${spanId}-01`],
    ['this version with more', `00-${traceId}-${spanId}-01-more`],
    ['something else', 'hello'],
  ])('that is wrong begins a new trace: %s', (_name, text) => {
    expect(parseTraceparent(text)).toBeUndefined();
  });
});
