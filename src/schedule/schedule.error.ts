import { UnavailableError } from '@chat-reports/nestjs';

/** A schedule does not have the accepted form. Each problem names a field and the accepted form. */
export class ScheduleError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join('; '));
    this.name = new.target.name;
  }
}

/** There is a schedule, and the request does not say which version of it to replace. */
export class ScheduleVersionRequiredError extends Error {
  constructor() {
    super('There is a schedule already: send its ETag as If-Match, so that no change of somebody else is lost');
    this.name = new.target.name;
  }
}

/** The schedule is not in one of the versions that the request wants to replace. */
export class ScheduleChangedError extends Error {
  /** @param version the current one; undefined if there is no schedule */
  constructor(version: number | undefined) {
    super(
      version === undefined
        ? 'There is no schedule that If-Match could match'
        : `The schedule has changed: its ETag is "${version}" now. Read it again, and repeat the change`,
    );
    this.name = new.target.name;
  }
}

/** The schedules can be neither read nor changed at the moment. */
export class SchedulesUnavailableError extends UnavailableError {
  constructor(cause: unknown) {
    super('The schedules cannot be read or changed at the moment', cause);
  }
}
