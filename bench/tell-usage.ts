// Preloaded into a measured process: at its end it tells on stderr, as a line of JSON, what it used by the system's own count.
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, maxRssMb: maxRSS / 1024 };
  process.stderr.write(`\n${JSON.stringify(usage)}\n`);
});
