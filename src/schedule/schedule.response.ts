import { formatInstant } from '@chat-reports/nestjs/internal';
import { ApiProperty, ApiPropertyOptional, getSchemaPath, ApiExtraModels } from '@nestjs/swagger';
import type { Schedule, Timetable } from './schedule';
import type { ScheduleChange } from './schedule.service';

/** The hours of a week, from a date on. */
export class ScheduleVersionBody {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description:
      'First date, such as `2026-01-01`. The version with the first date also applies to all dates before it.',
  })
  valid_from!: string | null;

  @ApiProperty({ description: 'Such as `Mo-Fr 09:00-12:00,13:00-17:30; Sa 10:00-14:00`, or `24/7`.' })
  hours!: string;
}

/** What replaces the hours of a date. */
export class ScheduleExceptionBody {
  @ApiProperty({ description: 'Such as `2026-12-25`.' })
  date!: string;

  @ApiProperty({ description: 'Such as `10:00-14:00`, or `off`. They replace what starts on that date.' })
  hours!: string;

  @ApiPropertyOptional({ description: 'Such as `Christmas`.' })
  name?: string;
}

/** Time that does not count, whatever the hours say. */
export class ScheduleExclusionBody {
  @ApiProperty({ description: 'ISO 8601 with an offset, such as `2026-03-10T10:00:00Z`.' })
  start!: string;

  @ApiProperty({ description: 'ISO 8601 with an offset, later than `start`.' })
  end!: string;

  @ApiProperty({ description: 'Why it does not count, as reports name it.' })
  reason!: string;
}

/** Opening hours: local times in a time zone. */
export class TimetableBody implements Timetable {
  @ApiProperty({ description: 'A name in the IANA database, such as `Europe/Berlin`.' })
  timezone!: string;

  @ApiProperty({ type: [ScheduleVersionBody], description: 'At least one; in responses in order of their dates.' })
  versions!: ScheduleVersionBody[];

  @ApiProperty({ type: [ScheduleExceptionBody], required: false, description: 'At most 200.' })
  exceptions!: ScheduleExceptionBody[];

  @ApiProperty({ type: [ScheduleExclusionBody], required: false, description: 'At most 200.' })
  exclusions!: ScheduleExclusionBody[];
}

/** The opening hours of an organization. */
@ApiExtraModels(TimetableBody)
export class ScheduleBody extends TimetableBody implements Schedule {
  @ApiProperty({
    selfRequired: false,
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(TimetableBody) },
    description:
      'Channels with hours of their own, by their names. They take nothing from the hours of the organization.',
  })
  channels!: Record<string, TimetableBody>;
}

/** A change of a schedule. */
export class ScheduleChangeResponse {
  @ApiProperty({ description: 'The version that it made, as in the `ETag`.' })
  version!: number;

  @ApiProperty({ description: 'ISO 8601 in UTC.' })
  changed_at!: string;

  @ApiProperty({ description: 'Subject of the token, `api-key:` and the ID of a key, or `command-line`.' })
  changed_by!: string;

  @ApiProperty({
    type: ScheduleBody,
    nullable: true,
    description: 'The schedule from then on; null if it was deleted.',
  })
  schedule!: ScheduleBody | null;
}

/** The changes of a schedule. */
export class ScheduleHistoryResponse {
  @ApiProperty({ type: [ScheduleChangeResponse], description: 'The latest 100, the last one first.' })
  changes!: ScheduleChangeResponse[];

  static of(changes: ScheduleChange[]): ScheduleHistoryResponse {
    return {
      changes: changes.map(({ version, changedAt, changedBy, schedule }) => ({
        version,
        changed_at: formatInstant(changedAt),
        changed_by: changedBy,
        schedule,
      })),
    };
  }
}
