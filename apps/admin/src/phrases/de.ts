import { bar } from './de/bar';
import { calculation } from './de/calculation';
import { channels } from './de/channels';
import { dashboard } from './de/dashboard';
import { downtimes } from './de/downtimes';
import { history } from './de/history';
import { hours } from './de/hours';
import { now } from './de/now';
import { organizations } from './de/organizations';
import { problems } from './de/problems';
import { session } from './de/session';
import { wall } from './de/wall';
import type { Phrases } from './en';

/** Every phrase of the page in German. */
export const de: Phrases = {
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
