import { bar } from './en/bar';
import { calculation } from './en/calculation';
import { channels } from './en/channels';
import { dashboard } from './en/dashboard';
import { downtimes } from './en/downtimes';
import { history } from './en/history';
import { hours } from './en/hours';
import { now } from './en/now';
import { organizations } from './en/organizations';
import { problems } from './en/problems';
import { session } from './en/session';
import { wall } from './en/wall';

/** Every phrase of the page in English, by area. */
export const en = {
  bar,
  calculation,
  channels,
  dashboard,
  downtimes,
  history,
  hours,
  now,
  organizations,
  problems,
  session,
  wall,
};

/** The phrases that every other language must translate. */
export type Phrases = typeof en;
