import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sampleFiles, sampleFolder } from './sample.ts';

it('the committed sample is what its journal tells today; else: npm run sample', () => {
  const committed = readdirSync(sampleFolder).map((name) => [name, readFileSync(new URL(name, sampleFolder), 'utf8')]);

  expect(Object.fromEntries(committed)).toEqual(sampleFiles());
});

it('is a page that needs no other file, and a text', () => {
  const { 'report.html': page = '', 'report.md': text = '', ...others } = sampleFiles();

  expect(others).toEqual({});
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).not.toMatch(/(src|href)="(?!data:)/);
  expect(text).toMatch(/^# short: ✘ failed\n/);
});
