// How the things of a container fleet are marked: with Compose's own labels, so that `docker compose ps | logs | down` see
// them, and with one of ours, by which `down` finds what it made and nothing else. Pure.
import { defaultFleet } from '../default-fleet.ts';

/** The default fleet is Compose's project `smartorders`: what `docker compose` calls it in a folder of that name. */
export const projectOf = (fleet: string): string => (fleet === defaultFleet ? 'smartorders' : `smartorders-${fleet}`);

const own = 'dev.smartorders.fleet';

export const networkName = (fleet: string): string => `${projectOf(fleet)}_default`;
export const volumeName = (fleet: string, volume: string): string => `${projectOf(fleet)}_${volume}`;
export const containerName = (fleet: string, part: string): string => `${projectOf(fleet)}-${part}-1`;

type Labels = Readonly<Record<string, string>>;

const common = (fleet: string): Labels => ({ 'com.docker.compose.project': projectOf(fleet), [own]: fleet });

export const networkLabels = (fleet: string): Labels => ({
  ...common(fleet),
  'com.docker.compose.network': 'default',
});

export const volumeLabels = (fleet: string, volume: string): Labels => ({
  ...common(fleet),
  'com.docker.compose.volume': volume,
});

export const containerLabels = (fleet: string, part: string, folder: string): Labels => ({
  ...common(fleet),
  'com.docker.compose.service': part,
  'com.docker.compose.container-number': '1',
  'com.docker.compose.oneoff': 'False',
  'com.docker.compose.project.working_dir': folder,
  'com.docker.compose.project.config_files': `${folder}/docker-compose.yml`,
});

/** Whether this fleet's driver made it. */
export const isOwn = (labels: Labels | null, fleet: string): boolean => labels?.[own] === fleet;

/** A filter for what this fleet's driver made. */
export const madeFor = (fleet: string): { readonly label: readonly string[] } => ({ label: [`${own}=${fleet}`] });

export const partOf = (labels: Labels): string => labels['com.docker.compose.service'] ?? '';
