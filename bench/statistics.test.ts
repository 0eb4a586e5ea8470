import { expect, it } from 'vitest';
import { spreadOf, spreadText } from './statistics.ts';

it('says median, least and greatest', () => {
  expect(spreadOf([5, 1, 9, 3, 2])).toEqual({ n: 5, median: 3, min: 1, max: 9 });
});

it('takes the lower of the two middle values', () => {
  expect(spreadOf([4, 1, 2, 3])?.median).toBe(2);
});

it('says nothing of nothing', () => {
  expect(spreadOf([])).toBeNull();
  expect(spreadText(null, 'ms')).toBe('none');
});

it('is told with its unit', () => {
  expect(spreadText(spreadOf([1.26, 2, 3]), 's', 1)).toBe('median 2.0 s, min 1.3, max 3.0 (n 3)');
});
