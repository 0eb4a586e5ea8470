// How the room between header and footer is shared. Two columns from 100 cells on.

export interface Layout {
  /** Of the links. */
  readonly left: number;
  /** Of the expectations beside them; 0: there is one column. */
  readonly right: number;
  readonly upper: number;
  /** 0: no room for it. */
  readonly timeline: number;
  readonly lower: number;
}

const wideFrom = 100;
const linksCells = 70;
const leastLower = 5;
const leastTimeline = 6;
const breakers = 6;

export interface Content {
  readonly width: number;
  readonly height: number;
  readonly links: number;
  /** Lines of the timeline, were there room for all. */
  readonly lanes: number;
}

export function layoutOf({ width, height, links, lanes }: Content): Layout {
  const isWide = width >= wideFrom;
  const all = links + 2;
  const upper = height >= all + leastTimeline + leastLower + 3 ? all : Math.min(breakers + 2, height - leastLower);
  const rest = height - upper;
  const wanted = Math.max(leastTimeline, Math.min(lanes + 2, Math.round(rest * 0.5)));
  const timeline = rest - wanted >= leastLower ? wanted : 0;
  const right = isWide ? Math.max(30, width - Math.max(linksCells, Math.floor(width * 0.55))) : 0;
  return { left: width - right, right, upper, timeline, lower: rest - timeline };
}
