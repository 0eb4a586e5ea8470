// Many tasks, so many at a time; in order of their beginning. What went wrong is told when those under way have ended.

export interface JobsOptions<T, R> {
  /** How many at a time. */
  readonly jobs: number;
  /** `job`: from 0, which of them does it. */
  readonly work: (task: T, job: number) => Promise<R>;
  /** Asked after each: whether another task may begin. */
  readonly goesOn: (result: R, task: T) => boolean;
}

export interface Worked<T, R> {
  /** In the order of the tasks. */
  readonly done: readonly { readonly task: T; readonly result: R }[];
  readonly left: readonly T[];
  /** What the first that failed threw; null: none did. */
  readonly failure: { readonly error: unknown } | null;
}

export async function inJobs<T, R>(
  tasks: readonly T[],
  { jobs, work, goesOn }: JobsOptions<T, R>,
): Promise<Worked<T, R>> {
  const results = new Map<number, R>();
  let next = 0;
  let isOver = false;
  let failure: Worked<T, R>['failure'] = null;

  async function keepWorking(job: number): Promise<void> {
    while (!isOver) {
      const index = next;
      const [task] = tasks.slice(index, index + 1);
      if (task === undefined) return;
      next += 1;
      try {
        const result = await work(task, job);
        results.set(index, result);
        if (!goesOn(result, task)) isOver = true;
      } catch (error) {
        failure ??= { error };
        isOver = true;
      }
    }
  }

  await Promise.all(Array.from({ length: Math.min(jobs, tasks.length) }, (_, job) => keepWorking(job)));
  return {
    done: tasks.flatMap((task, index) => {
      const result = results.get(index);
      return result === undefined ? [] : [{ task, result }];
    }),
    left: tasks.filter((_, index) => !results.has(index)),
    failure,
  };
}

/** Which part of a list one of several machines does: every `of`-th, so that each gets long ones and short ones. */
export interface Shard {
  /** From 1. */
  readonly part: number;
  readonly of: number;
}

/** In rounds, so that what changes in the course of a series meets all alike. */
export function tasksOf<T>(items: readonly T[], repeat: number, { part, of }: Shard): readonly T[] {
  const rounds = Array.from({ length: repeat }, () => items).flat();
  return rounds.filter((_, index) => index % of === part - 1);
}
