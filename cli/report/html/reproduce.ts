// What it takes to bring the same run about again: the command, the seed, the versions, the machine, and the scenario's text.
import type { RunResult } from '../../verdict/run-result.ts';
import { html, type Markup } from './markup.ts';
import { none, section } from './table.ts';

export function reproduce({ command, seed, versions, machine, run, notes }: RunResult): Markup {
  const on = machine === null ? 'unknown' : `${machine.platform}, ${machine.cpus} CPUs, ${machine.memoryMb} MB`;
  const facts = [['run', run], ['seed', String(seed)], ...Object.entries(versions), ['machine', on]];
  const again =
    command === ''
      ? none('the journal does not tell the command')
      : html`<div class="command"><code id="command">${command}</code><button type="button" id="copy" hidden>Copy</button><span role="status" id="copied"></span></div>`;
  return html`${section(
    'Reproduce',
    html`${again}
<dl class="facts">${facts.map(([title = '', value = '']) => html`<div><dt>${title}</dt><dd>${value}</dd></div>\n`)}</dl>`,
  )}${notes.length === 0 ? '' : section('Notes', html`<ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>`)}`;
}

export const scenarioText = ({ scenario: { text, path } }: RunResult): Markup =>
  section(
    'Scenario',
    text === ''
      ? none('not recorded')
      : html`<details open><summary>${path}</summary><pre class="source" tabindex="0" aria-label="${path}">${text}</pre></details>`,
  );
