// Orders at a steady rate, for somebody who wants to look at the containers at work: Compose's profile `load`. It judges
// nothing; runs that are judged are `smartorders scenario run`.
const gateway = process.env.GATEWAY_URL ?? 'http://127.0.0.1:5000';
const perSecond = Number(process.env.ORDERS_PER_SECOND ?? '10');
if (!(perSecond > 0 && perSecond <= 1_000)) {
  process.stderr.write('load: ORDERS_PER_SECOND must be a number up to 1000\n');
  process.exit(5);
}

const answers = new Map<string, number>();

async function order(): Promise<void> {
  const status = await fetch(`${gateway}/api/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user_id: '1', item_id: 'item1' }),
  }).then(
    async (answer) => {
      await answer.arrayBuffer();
      return String(answer.status);
    },
    () => 'no answer',
  );
  answers.set(status, (answers.get(status) ?? 0) + 1);
}

setInterval(() => void order(), 1_000 / perSecond);
setInterval(() => process.stdout.write(`${JSON.stringify(Object.fromEntries(answers))}\n`), 5_000);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0));
