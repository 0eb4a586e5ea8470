// Ctrl-Z for a program that reads raw keys: it has to stop itself.

/** Where no shell would call us back, the kernel ignores the stop: then we go on after this long. */
const goneOnMs = 200;

/** Stops the whole foreground job, wrappers such as npx included, as the terminal would; resolves when it is continued. */
export function suspendProcess(): Promise<void> {
  return new Promise((resolve) => {
    process.kill(0, 'SIGTSTP');
    // Stopped time does not count for it, nor does it matter: what is overdue fires at once.
    setTimeout(resolve, goneOnMs);
  });
}
