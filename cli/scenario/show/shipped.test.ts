import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseScenario } from '../parse.ts';
import { showLines } from './show.ts';

const folder = new URL('../../../scenarios/', import.meta.url);
const journeys = new URL('journeys/', folder);

const yamlIn = (where: URL): readonly string[] => readdirSync(where).filter((file) => file.endsWith('.yaml'));
const textOf = (where: URL, file: string): string => readFileSync(new URL(file, where), 'utf8');

it.each(yamlIn(folder))('scenarios/%s is explained as in its snapshot (vitest -u writes it again)', async (file) => {
  const hasJourneys = readdirSync(folder).includes('journeys');
  const journeyFiles = Object.fromEntries(
    (hasJourneys ? yamlIn(journeys) : []).map((name) => [
      name.replace('.yaml', ''),
      { path: `scenarios/journeys/${name}`, text: textOf(journeys, name) },
    ]),
  );
  const text = textOf(folder, file);
  const path = `scenarios/${file}`;
  const parsed = parseScenario(text, path, { journeyFiles });
  const shown = parsed.ok ? showLines(parsed.scenario, { path, text }, { width: 80 }) : parsed.problems;

  await expect(`${shown.join('\n')}\n`).toMatchFileSnapshot(`__snapshots__/${file.replace('.yaml', '.txt')}`);
});
