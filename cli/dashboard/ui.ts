// What a person has chosen to look at. It says nothing of the run.
import { type ServiceName, serviceNames } from '../../services/fleet.ts';
import type { Tone } from './view.ts';

export const panes = ['metrics', 'expectations', 'log'] as const;
export type Pane = (typeof panes)[number];

export interface Ui {
  readonly screen: 'main' | 'link' | 'service' | 'help';
  readonly pane: Pane;
  /** Its place among the links. */
  readonly link: number;
  readonly service: ServiceName;
  readonly filter: string;
  /** The filter is being typed. */
  readonly isTyping: boolean;
  /** The fault chosen in the menu; null: the menu is shut. */
  readonly menu: number | null;
  /** Lines back from the end of the log, or down from the start of the expectations. */
  readonly scroll: number;
  readonly message: Message | null;
}

export interface Message {
  readonly text: string;
  readonly tone: Tone;
}

export const firstUi: Ui = {
  screen: 'main',
  pane: 'metrics',
  link: 5,
  service: serviceNames[0],
  filter: '',
  isTyping: false,
  menu: null,
  scroll: 0,
  message: null,
};
