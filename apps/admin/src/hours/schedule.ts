import type { components } from '../api/schema';

/** The opening hours of an organization and of its channels, as the API takes them. */
export type Schedule = components['schemas']['ScheduleBody'];

/** A time that does not count, and why. */
export type Exclusion = components['schemas']['ScheduleExclusionBody'];
