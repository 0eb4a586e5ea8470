import { expect, test } from 'vitest';
import { matchRoute } from './router.ts';

const routes = [
  { path: '/things', methods: { GET: 'list' } },
  { path: '/things/*', methods: { GET: 'read', DELETE: 'remove' } },
  { path: '/anything', methods: { '*': 'any' } },
];

test.each([
  ['GET', '/things', { kind: 'found', handler: 'list', parameters: [] }],
  ['GET', '/things?x=1', { kind: 'found', handler: 'list', parameters: [] }],
  ['DELETE', '/things/a%20b', { kind: 'found', handler: 'remove', parameters: ['a b'] }],
  ['BREW', '/anything', { kind: 'found', handler: 'any', parameters: [] }],
  ['PUT', '/things', { kind: 'wrongMethod' }],
  ['GET', '/things/', { kind: 'unknownPath' }],
  ['GET', '/things/a%2Fb', { kind: 'unknownPath' }],
  ['GET', '/things/%zz', { kind: 'unknownPath' }],
  ['GET', '/Things', { kind: 'unknownPath' }],
  ['GET', '//things///a?x', { kind: 'redirect', to: '/things/a?x' }],
])('%s %s', (method, url, match) => {
  expect(matchRoute(routes, { method, url })).toEqual(match);
});
