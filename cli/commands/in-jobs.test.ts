import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inJobs, tasksOf } from './in-jobs.ts';

const always = (): boolean => true;

describe('jobs', () => {
  it('never has more tasks under way than it may, and does all of them once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 12 }), async (jobs, count) => {
        let [underWay, most] = [0, 0];
        const tasks = Array.from({ length: count }, (_, index) => index);
        const { done, left } = await inJobs(tasks, {
          jobs,
          goesOn: always,
          work: async (task, job) => {
            underWay += 1;
            most = Math.max(most, underWay);
            await Promise.resolve();
            underWay -= 1;
            return { task, job };
          },
        });
        expect(done.map(({ task }) => task)).toEqual(tasks);
        expect(left).toEqual([]);
        expect(most).toBeLessThanOrEqual(jobs);
        expect(done.every(({ result }) => result.job < jobs)).toBe(true);
      }),
    );
  });

  it('begins no other after one that says stop, and ends those under way', async () => {
    const first = Promise.withResolvers<string>();
    const running = inJobs(['a', 'b', 'c', 'd'], {
      jobs: 2,
      goesOn: (result) => result !== 'bad',
      work: async (task) => (task === 'a' ? first.promise : 'bad'),
    });
    first.resolve('good');

    expect(await running).toEqual({
      done: [
        { task: 'a', result: 'good' },
        { task: 'b', result: 'bad' },
      ],
      left: ['c', 'd'],
      failure: null,
    });
  });

  it('keeps what was done where one throws, and what it threw', async () => {
    const error = new Error('no port');
    const { done, left, failure } = await inJobs(['a', 'b', 'c'], {
      jobs: 1,
      goesOn: always,
      work: async (task) => {
        if (task === 'b') throw error;
        return task;
      },
    });

    expect([done.map(({ task }) => task), left, failure]).toEqual([['a'], ['b', 'c'], { error }]);
  });
});

describe('tasks', () => {
  it('are repeated in rounds', () => {
    expect(tasksOf(['a', 'b'], 3, { part: 1, of: 1 })).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
  });

  it('are dealt out to shards: each to one, and no shard has two more than another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 6 }), (count, of) => {
        const all = Array.from({ length: count }, (_, index) => index);
        const shards = Array.from({ length: of }, (_, index) => tasksOf(all, 1, { part: index + 1, of }));
        expect(shards.flat().sort((a, b) => a - b)).toEqual(all);
        const sizes = shards.map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
