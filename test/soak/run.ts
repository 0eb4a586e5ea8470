// `npm run soak -- --scenario payment-outage --runs 20`: a scenario, again and again (scenario.ts).
// `npm run soak -- parser --cases 100000`: the parser against mutated files (parser.ts).
const [job] = process.argv.slice(2);
if (job === 'parser') process.argv.splice(2, 1);
await (job === 'parser' ? import('./parser.ts') : import('./scenario.ts'));
