// Chromium for tests of pages, where the machine has one: the package playwright-core brings none along.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const known = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const howToGet = 'Debian: apt-get install chromium; elsewhere: CHROMIUM=/path/to/chromium';

/** null: there is none, and it is no gate that would need it. */
export const chromiumPath = findChromium();

export function startChromium(): Promise<Browser> {
  if (chromiumPath === null) throw new Error(`there is no Chromium (${howToGet})`);
  // Its sandbox refuses root, and many a container; what is opened here are pages of our own.
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

// --- internal ---

function findChromium(): string | null {
  const found = [process.env.CHROMIUM ?? '', ...known].find((path) => path !== '' && existsSync(path));
  if (found !== undefined) return found;
  // In a gate, a test that does not run is a test that failed.
  if (process.env.CI !== undefined || process.env.SMARTORDERS_TEST_RESULTS !== undefined) {
    throw new Error(`the pages' tests need Chromium (${howToGet})`);
  }
  return null;
}
