import { expect, it } from 'vitest';
import { faultSchema } from '../fault.ts';
import { faultWords } from './fault-words.ts';

it.each([
  [
    { type: 'latency', link: 'order->payment', latency: '3s' },
    'every answer of payment over order->payment comes 3 s late',
  ],
  [
    { type: 'latency', link: 'order->db', latency: '50ms', jitter: '10ms', stream: 'upstream', toxicity: 0.5 },
    'on 50 % of the connections, every request over order->db reaches the database 50 ms late, give or take 10 ms',
  ],
  [
    { type: 'bandwidth', link: 'order->db', rate: '10KB/s' },
    'the answers of the database get through order->db at no more than 10 KB/s',
  ],
  [
    { type: 'slowClose', link: 'order->user', delay: '1s' },
    'a connection of order->user that user closes stays open for another 1 s',
  ],
  [
    { type: 'timeout', link: 'order->user' },
    'no answer of user gets through order->user; its connections stay open and silent',
  ],
  [
    { type: 'timeout', link: 'order->user', timeout: '2s', stream: 'upstream' },
    'no request of order gets through order->user; a connection is closed after 2 s',
  ],
  [
    { type: 'resetPeer', link: 'order->user' },
    'the connections of order->user are reset at once, on the side of the answers',
  ],
  [
    { type: 'slicer', link: 'order->user', averageSize: 64, sizeVariation: 8, delay: '10ms' },
    'the answers of user come over order->user in slices of 64 bytes, give or take 8, 10 ms apart',
  ],
  [
    { type: 'limitData', link: 'order->user', bytes: 1 },
    'a connection of order->user is closed once one byte of its answers went through',
  ],
  [
    { type: 'down', link: 'order->payment' },
    'order->payment is down: its connections are cut and new ones are refused',
  ],
  [
    { type: 'httpError', service: 'payment', status: 503, probability: 0.3, route: 'POST /charges' },
    'payment answers 503 to 30 % of the requests to POST /charges',
  ],
  [
    { type: 'httpDelay', service: 'user', delay: '200ms', skipFirst: 2, failCount: 3 },
    'user waits 200 ms before it does the work of every request, after it has let two requests pass, at most three times',
  ],
  [
    { type: 'decline', service: 'payment' },
    'payment declines every request with 402, which is an answer and not a failure',
  ],
])('of %j', (written, words) => {
  expect(faultWords(faultSchema.parse(written))).toBe(words);
});
