// `npm run soak -- --scenario payment-outage --runs 20`: a scenario, again and again (scenario.ts).
// `npm run soak -- drivers`: every shipped scenario on processes and on containers (drivers.ts).
// `npm run soak -- parser --cases 100000`: the parser against mutated files (parser.ts).
// `npm run soak -- compare --runs-folder reports`: how often a comparison of recorded runs is wrong (compare.ts).
// `npm run soak -- record --scenario payment-errors`: runs of the program and of such as were changed for the worse (record.ts).
const jobs: Readonly<Record<string, () => Promise<unknown>>> = {
  drivers: () => import('./drivers.ts'),
  parser: () => import('./parser.ts'),
  compare: () => import('./compare.ts'),
  record: () => import('./record.ts'),
};
const [name = ''] = process.argv.slice(2);
const job = Object.hasOwn(jobs, name) ? jobs[name] : undefined;
if (job !== undefined) process.argv.splice(2, 1);
await (job ?? (() => import('./scenario.ts')))();
