// The proxies of a fleet's links, spoken to through toxiproxy-node-client only: any Toxiproxy server will do.
import { type ICreateToxicBody, Toxiproxy } from 'toxiproxy-node-client';
import { z } from 'zod';
import { linkIds, type Ports } from '../../services/fleet.ts';

/** A link's proxy is named so that a shell takes it as it is: `order:payment`. */
export const proxyNameOf = (link: string): string => link.replace('->', ':');

/** Where a fleet's Toxiproxy API is. */
export const toxiproxyUrl = ({ toxiproxy }: Pick<Ports, 'toxiproxy'>): string => `http://127.0.0.1:${toxiproxy}`;

export interface LinkPlan {
  readonly link: string;
  readonly listen: string;
  readonly upstream: string;
}

export interface LinkView {
  readonly link: string;
  readonly enabled: boolean;
  readonly toxics: readonly string[];
}

export type Toxic = ICreateToxicBody<Readonly<Record<string, number>>>;

export interface Links {
  populate(plans: readonly LinkPlan[]): Promise<void>;
  addToxic(link: string, toxic: Toxic): Promise<void>;
  removeToxic(link: string, toxic: string): Promise<void>;
  setEnabled(link: string, enabled: boolean): Promise<void>;
  /** The fleet's own proxies only: others may live on the same Toxiproxy. */
  list(): Promise<readonly LinkView[]>;
}

const proxiesSchema = z.record(
  z.string(),
  z.object({ name: z.string(), enabled: z.boolean(), toxics: z.array(z.object({ name: z.string() })) }),
);

/** `url`: of the Toxiproxy API, as `toxiproxyUrl` tells it. */
export function connectLinks(url: string): Links {
  const client = new Toxiproxy(url);
  // The client's Proxy leaves the toxics out of what the server says, so the listing is read as the server sends it.
  const list = async (): Promise<readonly LinkView[]> =>
    Object.values(proxiesSchema.parse((await client.getApi().get(`${url}/proxies`)).data)).flatMap(
      ({ name, enabled, toxics }) => {
        const link = linkIds.find((id) => proxyNameOf(id) === name);
        return link === undefined ? [] : [{ link, enabled, toxics: toxics.map((toxic) => toxic.name) }];
      },
    );
  const proxyOf = (link: string) => client.get(proxyNameOf(link));
  return {
    list,
    populate: async (plans) => {
      await client.populate(
        plans.map(({ link, listen, upstream }) => ({ name: proxyNameOf(link), listen, upstream, enabled: true })),
      );
    },
    addToxic: async (link, toxic) => {
      await (await proxyOf(link)).addToxic(toxic);
    },
    // A toxic that is gone already is undone.
    removeToxic: async (link, name) => {
      const isThere = (await list()).some((view) => view.link === link && view.toxics.includes(name));
      if (isThere) await (await (await proxyOf(link)).getToxic(name)).remove();
    },
    setEnabled: async (link, enabled) => {
      const proxy = await proxyOf(link);
      await proxy.update({ enabled, listen: proxy.listen, upstream: proxy.upstream });
    },
  };
}
