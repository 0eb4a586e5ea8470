#!/usr/bin/env node
// Starts on any Node >= 16 (nothing newer than that in here): runs the CLI on this Node where it is new enough, else on the one
// that `npm ci` brought (node_modules/node), else says in one line what to do. Must not know anything of the CLI.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const needed = [22, 19];

function isNewEnough(version) {
  const parts = version.split('.').map(Number);
  return parts[0] > needed[0] || (parts[0] === needed[0] && parts[1] >= needed[1]);
}

function fail(message) {
  process.stderr.write(`smartorders: ${message}\n`);
  process.exit(5);
}

function bundledNode(from) {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', 'node', 'bin', 'node');
    if (fs.existsSync(candidate)) return candidate;
    if (folder === path.dirname(folder)) return null;
  }
}

// The wrapper passes signals on and leaves as its child left; the IPC channel tells the child when the wrapper was killed.
function runOn(node) {
  const child = require('node:child_process').spawn(node, [__filename].concat(process.argv.slice(2)), {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: Object.assign({}, process.env, { SMARTORDERS_WRAPPED: '1' }),
  });
  ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach((signal) => {
    process.on(signal, () => child.kill(signal));
  });
  child.on('error', (error) => {
    fail(`cannot start ${node}: ${error.message}. Run \`npm rebuild node\`.`);
  });
  child.on('exit', (code, signal) => {
    process.exit(signal ? 128 + require('node:os').constants.signals[signal] : code);
  });
}

if (['linux', 'darwin'].indexOf(process.platform) < 0) {
  fail(`runs on Linux, macOS and WSL2, not on ${process.platform}. On Windows, use it inside WSL2.`);
} else if (!isNewEnough(process.versions.node)) {
  const node = process.env.SMARTORDERS_WRAPPED ? null : bundledNode(path.dirname(__dirname));
  if (node) runOn(node);
  else
    fail(
      'needs Node ' +
        needed.join('.') +
        ' or newer, this is ' +
        process.versions.node +
        '. Install one, or run `npm ci` with install scripts enabled in the checkout: it brings Node 24.',
    );
} else if (!fs.existsSync(path.join(__dirname, '..', 'dist', 'cli', 'main.js'))) {
  fail(`is not built yet. Run \`npm run build\` in ${path.dirname(__dirname)}.`);
} else {
  import('../dist/cli/main.js').catch((error) => {
    process.stderr.write(`${error?.stack ? error.stack : String(error)}\n`);
    process.exit(70);
  });
}
