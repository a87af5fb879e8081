/* Made by `npm run generate`. */
/* eslint-disable */
import * as response from './availability/availability.response';
import * as query from './availability/availability.query';
import * as controller from './availability/availability.controller';

/** What @nestjs/swagger is to know of this library: `SwaggerModule.loadPluginMetadata(openapiMetadata)`. */
export const openapiMetadata = async () => {
  const t = {
    ['./availability/availability.response']: response,
  };
  return {
    '@nestjs/swagger': {
      models: [
        [
          query,
          {
            RangeQuery: {
              startDate: {
                required: true,
                type: () => String,
                description:
                  'First instant looked at: an ISO 8601 time (UTC without an offset), or a date for the beginning of that day.',
              },
              endDate: {
                required: true,
                type: () => String,
                description:
                  'Last instant looked at: an ISO 8601 time (UTC without an offset), or a date for the end of that day.',
              },
              edges: {
                required: false,
                description:
                  '`count`: silence across the edges of the range counts, until now. `ignore` (default): only between its messages.',
                enum: ['ignore', 'count'],
              },
              format: {
                required: false,
                description: '`csv` answers a file for spreadsheets, as `Accept: text/csv` does.',
                enum: ['json', 'csv'],
              },
            },
            BreakdownQuery: {},
            ChannelRangeQuery: {
              channel: {
                required: false,
                type: () => String,
                description: 'Exact name of a channel; without it, all channels together.',
              },
            },
            AvailabilityQuery: {
              include: {
                required: false,
                description: '`summary` adds the figures of reliability.',
                enum: ['summary'],
              },
            },
            TrendQuery: {
              interval: {
                required: true,
                description:
                  "Length of a bucket: `hour`, `day`, `week` (ISO 8601, from Monday) or `month` of the time zone's calendar.",
                enum: ['hour', 'day', 'week', 'month'],
              },
              timezone: {
                required: false,
                type: () => String,
                description: 'Name in the IANA time zone database; default `UTC`.',
              },
            },
            CurrentQuery: {
              channel: {
                required: false,
                type: () => String,
                description: 'Exact name of a channel; without it, all channels together.',
              },
            },
          },
        ],
        [
          response,
          {
            DowntimeResponse: {
              start_time: {
                required: true,
                type: () => String,
                description:
                  'When it began, the threshold (two minutes by default) after the last message: ISO 8601 in UTC.',
              },
              end_time: {
                required: true,
                type: () => String,
                description: 'When the next message, the end of the range or now ended it: ISO 8601 in UTC.',
              },
              duration: { required: true, type: () => Number, description: 'Milliseconds from start to end.' },
              session_id: {
                required: true,
                type: () => String,
                description: 'Session of the last message before the silence.',
              },
              ongoing: {
                required: false,
                type: () => Boolean,
                description: 'True, and there, only if no message has ended it until now.',
              },
            },
            SummaryResponse: {
              outages: { required: true, type: () => Number, description: 'Number of downtimes.' },
              longest_down_time: { required: true, type: () => Number, nullable: true },
              mean_time_to_recovery: {
                required: true,
                type: () => Number,
                nullable: true,
                description: 'Mean duration of a downtime.',
              },
              mean_time_between_failures: {
                required: true,
                type: () => Number,
                nullable: true,
                description: 'Mean time in which the chat was up, per downtime.',
              },
              first_message_at: {
                required: true,
                type: () => String,
                nullable: true,
                description: 'ISO 8601 in UTC; null if the range has no message, which tells "no data" from 100 %.',
              },
              last_message_at: { required: true, type: () => String, nullable: true },
            },
            FiguresResponse: {
              availability_percentage: {
                required: true,
                type: () => Number,
                description: 'Share of the time in which the chat was not down, from 0 to 100, not rounded.',
              },
              total_down_time: {
                required: true,
                type: () => Number,
                description: 'Sum of all durations in milliseconds.',
              },
              total_time: {
                required: true,
                type: () => Number,
                description: 'Milliseconds from startDate to endDate.',
              },
            },
            AvailabilityResponse: {
              down_times: {
                required: true,
                type: () => [t['./availability/availability.response'].DowntimeResponse],
                description: 'In order of time.',
              },
              summary: {
                required: false,
                type: () => t['./availability/availability.response'].SummaryResponse,
                description: 'Only with `include=summary`.',
              },
            },
            TrendBucketResponse: {
              start_time: {
                required: true,
                type: () => String,
                description: 'Beginning, on the calendar of the time zone or with the range: ISO 8601 in UTC.',
              },
              end_time: {
                required: true,
                type: () => String,
                description: 'Beginning of the next part, or end of the range: ISO 8601 in UTC.',
              },
              availability_percentage: {
                required: true,
                type: () => Number,
                nullable: true,
                description: 'From 0 to 100, not rounded; null if messages tell nothing about this part.',
              },
              total_down_time: { required: true, type: () => Number, description: 'Milliseconds.' },
              total_time: { required: true, type: () => Number, description: 'Milliseconds from start to end.' },
              outages: { required: true, type: () => Number, description: 'Downtimes that touch this part.' },
            },
            TrendResponse: {
              outages: {
                required: true,
                type: () => Number,
                description: 'Number of downtimes in the range; one in two buckets counts once.',
              },
              buckets: {
                required: true,
                type: () => [t['./availability/availability.response'].TrendBucketResponse],
                description: 'In order of time, without gaps.',
              },
            },
            ChannelResponse: {
              channel: { required: true, type: () => String },
              outages: { required: true, type: () => Number, description: 'Number of downtimes.' },
              last_message_at: {
                required: true,
                type: () => String,
                nullable: true,
                description:
                  'Last message in the range: ISO 8601 in UTC; null if there is none, which tells "no data" from 100 %.',
              },
            },
            BreakdownResponse: {
              outages: {
                required: true,
                type: () => Number,
                description: 'Number of downtimes of all channels as one stream.',
              },
              channels: {
                required: true,
                type: () => [t['./availability/availability.response'].ChannelResponse],
                description: 'The worst first.',
              },
            },
            CurrentResponse: {
              state: {
                required: true,
                description:
                  '`down` when the last message is longer ago than the threshold, `no_data` when there never was one.',
                enum: ['up', 'down', 'no_data'],
              },
              since: {
                required: true,
                type: () => String,
                nullable: true,
                description: 'Up: the last message. Down: when the downtime began. ISO 8601 in UTC; null without data.',
              },
              last_message_at: {
                required: true,
                type: () => String,
                nullable: true,
                description: 'ISO 8601 in UTC; null without data.',
              },
              session_id: {
                required: true,
                type: () => String,
                nullable: true,
                description: 'Session of the last message; null without data.',
              },
            },
          },
        ],
      ],
      controllers: [
        [
          controller,
          {
            AvailabilityController: {
              report: {
                summary: 'When it was down between two instants.',
                type: t['./availability/availability.response'].AvailabilityResponse,
              },
              trend: {
                summary: 'How available it was in each hour, day, week or month.',
                type: t['./availability/availability.response'].TrendResponse,
              },
              breakdown: {
                summary: 'How available each of its channels was.',
                type: t['./availability/availability.response'].BreakdownResponse,
              },
              current: {
                summary: 'Whether it is alive now.',
                type: t['./availability/availability.response'].CurrentResponse,
              },
            },
          },
        ],
      ],
    },
  };
};
