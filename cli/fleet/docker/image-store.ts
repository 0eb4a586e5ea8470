// Sees to it that the engine has the images of a fleet: the project's own is built, others are pulled where they are missing.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Readable } from 'node:stream';
import type { Engine } from 'dockerode';
import { SmartOrdersError } from '../../errors.ts';
import { statusOf, told } from './engine.ts';
import { buildVariables, type ImageName, imageFrom } from './images.ts';

export interface ImageStore {
  readonly engine: Engine;
  /** The project's own folder, with the Dockerfile. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress: (text: string) => void;
}

/** What the build needs of the folder, as .dockerignore has it. */
const sources = [
  'Dockerfile',
  '.dockerignore',
  'package.json',
  'package-lock.json',
  '.npmrc',
  'tsconfig.json',
  'tsconfig.build.json',
  'services',
  'toxiproxy',
];

/** Errors: `image-missing`, `registry-unreachable`, `image-build`. */
export async function haveImages(store: ImageStore, names: readonly ImageName[]): Promise<void> {
  for (const name of names) {
    if (name === 'smartorders') await build(store);
    else if (!(await isThere(store.engine, imageFrom(name, store.env)))) await pull(store, imageFrom(name, store.env));
  }
}

// --- internal ---

async function isThere(engine: Engine, image: string): Promise<boolean> {
  try {
    await engine.getImage(image).inspect();
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

async function pull({ engine, onProgress }: ImageStore, image: string): Promise<void> {
  onProgress(`pulling ${image}`);
  await told(`pulling ${image}`, async () => finished(engine, await engine.pull(image), () => {}));
}

async function build(store: ImageStore): Promise<void> {
  const { engine, folder, env, onProgress } = store;
  const image = imageFrom('smartorders', env);
  if (!existsSync(join(folder, 'Dockerfile'))) {
    // An installed package has no sources: then the image has to be there.
    if (await isThere(engine, image)) return;
    throw new SmartOrdersError(
      'image-missing',
      `there is no image ${image}, and no Dockerfile in ${folder} to build it`,
      {
        hint: 'build it in a checkout (docker compose build), or name one that you have: SMARTORDERS_IMAGE',
      },
    );
  }
  onProgress(`building ${image}`);
  const { EXTRA_CA_FILE: certificate = '' } = env;
  const given = buildVariables.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []));
  const options = {
    t: image,
    rm: true,
    // Else the container of a step that fails stays.
    forcerm: true,
    buildargs: { NODE_IMAGE: imageFrom('node', env), ...Object.fromEntries(given) },
  };
  const src = (certificate === '' ? sources : [...sources, certificate]).flatMap((name) => filesIn(folder, name));
  await told(`building ${image}`, async () => {
    const stream = await engine.buildImage({ context: folder, src }, options);
    await finished(engine, stream, (line) => {
      if (/^Step \d/.test(line)) onProgress(line);
    });
  });
}

/** File by file: dockerode asks .dockerignore about absolute paths once it walks a folder itself, and leaves all out. */
function filesIn(folder: string, name: string): readonly string[] {
  const path = join(folder, name);
  if (!existsSync(path))
    throw new SmartOrdersError('image-build', `the build needs ${name}, which is not in ${folder}`);
  if (!statSync(path).isDirectory()) return [name];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name: file }) => relative(folder, join(parentPath, file)));
}

const tailLines = 4;

/** Reads a build or a pull to its end, whose failures come in the stream. */
function finished(engine: Engine, stream: Readable, onLine: (line: string) => void): Promise<void> {
  const textOf = (event: object, key: 'stream' | 'error'): string =>
    key in event ? String(Object.entries(event).find(([name]) => name === key)?.[1]).trim() : '';
  return new Promise((resolve, reject) => {
    engine.modem.followProgress(
      stream,
      (error, output) => {
        const failure = output?.map((event) => textOf(event, 'error')).find((text) => text !== '');
        const said = (output ?? []).map((event) => textOf(event, 'stream')).filter((text) => text !== '');
        if (error !== null) reject(error);
        else if (failure !== undefined) reject(new Error([failure, ...said.slice(-tailLines)].join(' / ')));
        else resolve();
      },
      (event) => onLine(textOf(event, 'stream')),
    );
  });
}
