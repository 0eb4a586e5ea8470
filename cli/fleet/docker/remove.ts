// Takes away what a container fleet made: containers, network, volumes, by the fleet's own label and nothing else.
import type { Engine } from 'dockerode';
import { connectEngine, statusOf, told } from './engine.ts';
import { madeFor } from './labels.ts';

/** What is gone already is what was wanted. */
async function gone(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    const [missing, underWay] = [404, 409];
    const status = statusOf(error);
    if (status !== missing && status !== underWay) throw error;
  }
}

export async function removeContainers(fleet: string, given?: Engine): Promise<void> {
  const engine = given ?? (await connectEngine());
  await told(`removing the containers of fleet ${fleet}`, async () => {
    const filters = madeFor(fleet);
    const containers = async () => engine.listContainers({ all: true, filters });
    const remove = async (): Promise<void> => {
      const found = await containers();
      await Promise.all(found.map(({ Id: id }) => gone(engine.getContainer(id).remove({ force: true, v: true }))));
    };
    // A removal that another one is under way with answers before it is done; the network cannot go before.
    while ((await containers()).length > 0) await remove();
    for (const { Id: id } of await engine.listNetworks({ filters })) await gone(engine.getNetwork(id).remove());
    const { Volumes: volumes } = await engine.listVolumes({ filters });
    for (const { Name: name } of volumes ?? []) await gone(engine.getVolume(name).remove());
  });
}
