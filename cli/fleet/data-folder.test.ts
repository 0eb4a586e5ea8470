import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keepForNext, pristineCopy } from './data-folder.ts';

function aPlace() {
  const root = mkdtempSync(join(tmpdir(), 'smartorders-data-'));
  const template = join(root, 'template-1');
  mkdirSync(join(template, 'base', 'empty'), { recursive: true });
  writeFileSync(join(template, 'base', 'table'), 'pristine');
  writeFileSync(join(template, 'control'), 'zero');
  return {
    root,
    template,
    copy: (name: string) => pristineCopy({ template, place: join(root, name), uid: undefined }),
    keep: (name: string) => keepForNext({ template, place: join(root, name) }),
    content: (name: string) =>
      Object.fromEntries(
        readdirSync(join(root, name), { recursive: true, encoding: 'utf8' })
          .sort()
          .map((path) => [
            path,
            statSync(join(root, name, path)).isFile() ? readFileSync(join(root, name, path), 'utf8') : '',
          ]),
      ),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

const pristine = { base: '', 'base/empty': '', 'base/table': 'pristine', control: 'zero' };

it('copies the template where nothing was kept', async () => {
  using place = aPlace();
  await place.copy('a');
  expect(place.content('a')).toEqual(pristine);
});

it('brings a used folder back: changed, lost and added files alike', async () => {
  using place = aPlace();
  await place.copy('a');
  const inode = statSync(join(place.root, 'a')).ino;
  writeFileSync(join(place.root, 'a', 'base', 'table'), 'written!');
  rmSync(join(place.root, 'a', 'control'));
  mkdirSync(join(place.root, 'a', 'base', 'pgsql_tmp'));
  writeFileSync(join(place.root, 'a', 'base', 'pgsql_tmp', 'sort'), 'x');
  writeFileSync(join(place.root, 'a', 'postmaster.pid'), '1');
  place.keep('a');
  expect(existsSync(join(place.root, 'a'))).toBe(false);
  await place.copy('b');
  expect(statSync(join(place.root, 'b')).ino).toBe(inode);
  expect(place.content('b')).toEqual(pristine);
});

it('keeps one folder, and gives it to one fleet only', async () => {
  using place = aPlace();
  await Promise.all([place.copy('a'), place.copy('b')]);
  place.keep('a');
  place.keep('b');
  expect(readdirSync(place.root).sort()).toEqual(['kept-template-1', 'template-1']);
  await Promise.all([place.copy('c'), place.copy('d')]);
  expect([place.content('c'), place.content('d')]).toEqual([pristine, pristine]);
});
