import { expect, it } from 'vitest';
import { nearest, unknownWord } from './nearest.ts';

const keys = ['failureThreshold', 'openFor', 'timeout'];

it('finds the word that was meant', () => {
  expect(['failureTreshold', 'OPENFOR', 'time', 'openfro'].map((word) => nearest(word, keys))).toEqual([
    'failureThreshold',
    'openFor',
    'timeout',
    'openFor',
  ]);
});

it('prefers a word that only lacks its end', () => {
  expect(nearest('order->pay', ['order->db', 'order->payment'])).toBe('order->payment');
});

it('lists everything known where nothing is near', () => {
  expect(unknownWord('key', 'bananas', keys)).toBe('unknown key "bananas"; known: failureThreshold, openFor, timeout');
});
