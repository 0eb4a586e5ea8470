// The process itself: event loop, processor time, memory, under the names that Prometheus' own clients use. Not prom-client's
// defaults: those break the naming rules (gauges that end in `_total`) and listen to every garbage collection.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, type Registry } from 'prom-client';
import { processCpuMs } from './stalls.ts';

const percentiles = [
  ['p50', 50],
  ['p99', 99],
  ['max', 100],
] as const;

export function registerProcessMetrics(registry: Registry): void {
  const registers = [registry];
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  for (const [index, [name, percentile]] of percentiles.entries()) {
    const gauge = new Gauge({
      name: `nodejs_eventloop_delay_${name}_seconds`,
      help: `How late the event loop was since the scrape before: ${name}.`,
      registers,
      collect: () => {
        gauge.set(delay.percentile(percentile) / 1e9);
        // Registered in this order, read in this order.
        if (index === percentiles.length - 1) delay.reset();
      },
    });
  }
  const cpu = new Counter({
    name: 'process_cpu_seconds_total',
    help: 'User and system time that the process has used.',
    registers,
    collect: () => {
      cpu.reset();
      cpu.inc(processCpuMs() / 1_000);
    },
  });
  const memory = new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Memory of the process that is in RAM.',
    registers,
    collect: () => {
      memory.set(process.memoryUsage.rss());
    },
  });
  new Gauge({
    name: 'process_start_time_seconds',
    help: 'When the process started, in seconds since the epoch.',
    registers,
  }).set(Math.round(Date.now() / 1_000 - process.uptime()));
}
