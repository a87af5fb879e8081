/* Made by `npm run generate`. */
/* eslint-disable */
export interface paths {
  '/backend/reports/{orgId}/chats/availability': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** When it was down between two instants. */
    get: operations['AvailabilityController_report'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/backend/reports/{orgId}/chats/availability/trend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How available it was in each hour, day, week or month. */
    get: operations['AvailabilityController_trend'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/backend/reports/{orgId}/chats/availability/breakdown': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How available each of its channels was. */
    get: operations['AvailabilityController_breakdown'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/backend/reports/{orgId}/chats/availability/current': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether it is alive now. */
    get: operations['AvailabilityController_current'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/backend/access': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the token may read. */
    get: operations['AccessController_access'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    ErrorResponse: {
      statusCode: number;
      message: string | string[];
      error: string;
    };
    DowntimeResponse: {
      /** @description When it began, the threshold (two minutes by default) after the last message: ISO 8601 in UTC. */
      start_time: string;
      /** @description When the next message, the end of the range or now ended it: ISO 8601 in UTC. */
      end_time: string;
      /** @description Milliseconds from start to end. */
      duration: number;
      /** @description Session of the last message before the silence. */
      session_id: string;
      /** @description True, and there, only if no message has ended it until now. */
      ongoing?: boolean;
    };
    SummaryResponse: {
      /** @description Number of downtimes. */
      outages: number;
      longest_down_time: number | null;
      /** @description Mean duration of a downtime. */
      mean_time_to_recovery: number | null;
      /** @description Mean time in which the chat was up, per downtime. */
      mean_time_between_failures: number | null;
      /** @description ISO 8601 in UTC; null if the range has no message, which tells "no data" from 100 %. */
      first_message_at: string | null;
      last_message_at: string | null;
    };
    AvailabilityResponse: {
      /** @description In order of time. */
      down_times: components['schemas']['DowntimeResponse'][];
      /** @description Only with `include=summary`. */
      summary?: components['schemas']['SummaryResponse'];
      /** @description Share of the time in which the chat was not down, from 0 to 100, not rounded. */
      availability_percentage: number;
      /** @description Sum of all durations in milliseconds. */
      total_down_time: number;
      /** @description Milliseconds from startDate to endDate. */
      total_time: number;
    };
    TrendBucketResponse: {
      /** @description Beginning, on the calendar of the time zone or with the range: ISO 8601 in UTC. */
      start_time: string;
      /** @description Beginning of the next part, or end of the range: ISO 8601 in UTC. */
      end_time: string;
      /** @description From 0 to 100, not rounded; null if messages tell nothing about this part. */
      availability_percentage: number | null;
      /** @description Milliseconds. */
      total_down_time: number;
      /** @description Milliseconds from start to end. */
      total_time: number;
      /** @description Downtimes that touch this part. */
      outages: number;
    };
    TrendResponse: {
      /** @description Number of downtimes in the range; one in two buckets counts once. */
      outages: number;
      /** @description In order of time, without gaps. */
      buckets: components['schemas']['TrendBucketResponse'][];
      /** @description Share of the time in which the chat was not down, from 0 to 100, not rounded. */
      availability_percentage: number;
      /** @description Sum of all durations in milliseconds. */
      total_down_time: number;
      /** @description Milliseconds from startDate to endDate. */
      total_time: number;
    };
    ChannelResponse: {
      channel: string;
      /** @description Number of downtimes. */
      outages: number;
      /** @description Last message in the range: ISO 8601 in UTC; null if there is none, which tells "no data" from 100 %. */
      last_message_at: string | null;
      /** @description Share of the time in which the chat was not down, from 0 to 100, not rounded. */
      availability_percentage: number;
      /** @description Sum of all durations in milliseconds. */
      total_down_time: number;
      /** @description Milliseconds from startDate to endDate. */
      total_time: number;
    };
    BreakdownResponse: {
      /** @description Number of downtimes of all channels as one stream. */
      outages: number;
      /** @description The worst first. */
      channels: components['schemas']['ChannelResponse'][];
      /** @description Share of the time in which the chat was not down, from 0 to 100, not rounded. */
      availability_percentage: number;
      /** @description Sum of all durations in milliseconds. */
      total_down_time: number;
      /** @description Milliseconds from startDate to endDate. */
      total_time: number;
    };
    CurrentResponse: {
      /**
       * @description `down` when the last message is longer ago than the threshold, `no_data` when there never was one.
       * @enum {string}
       */
      state: 'up' | 'down' | 'no_data';
      /** @description Up: the last message. Down: when the downtime began. ISO 8601 in UTC; null without data. */
      since: string | null;
      /** @description ISO 8601 in UTC; null without data. */
      last_message_at: string | null;
      /** @description Session of the last message; null without data. */
      session_id: string | null;
    };
    AccessResponse: {
      /** @description Organizations whose reports the token may read. */
      organization_ids: string[];
      /** @description What the token allows: `reports:read` to read reports. */
      scopes: string[];
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  AvailabilityController_report: {
    parameters: {
      query: {
        /** @description `summary` adds the figures of reliability. */
        include?: 'summary';
        /** @description Exact name of a channel; without it, all channels together. */
        channel?: string;
        /** @description First instant looked at: an ISO 8601 time (UTC without an offset), or a date for the beginning of that day. */
        startDate: string;
        /** @description Last instant looked at: an ISO 8601 time (UTC without an offset), or a date for the end of that day. */
        endDate: string;
        /** @description `count`: silence across the edges of the range counts, until now. `ignore` (default): only between its messages. */
        edges?: 'ignore' | 'count';
        /** @description `csv` answers a file for spreadsheets, as `Accept: text/csv` does. */
        format?: 'json' | 'csv';
      };
      header?: never;
      path: {
        orgId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AvailabilityResponse'];
          'text/csv': string;
        };
      };
      /** @description A parameter is wrong: the message names it and the accepted form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description The token is missing, invalid or expired */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description The token is for another organization, or lacks the scope */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Too many requests from the address or with the token: ask again after the seconds in Retry-After */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description The database is away or too slow: try again after the seconds in Retry-After */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
  AvailabilityController_trend: {
    parameters: {
      query: {
        /** @description Length of a bucket: `hour`, `day`, `week` (ISO 8601, from Monday) or `month` of the time zone's calendar. */
        interval: 'hour' | 'day' | 'week' | 'month';
        /** @description Name in the IANA time zone database; default `UTC`. */
        timezone?: string;
        /** @description Exact name of a channel; without it, all channels together. */
        channel?: string;
        /** @description First instant looked at: an ISO 8601 time (UTC without an offset), or a date for the beginning of that day. */
        startDate: string;
        /** @description Last instant looked at: an ISO 8601 time (UTC without an offset), or a date for the end of that day. */
        endDate: string;
        /** @description `count`: silence across the edges of the range counts, until now. `ignore` (default): only between its messages. */
        edges?: 'ignore' | 'count';
        /** @description `csv` answers a file for spreadsheets, as `Accept: text/csv` does. */
        format?: 'json' | 'csv';
      };
      header?: never;
      path: {
        orgId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TrendResponse'];
          'text/csv': string;
        };
      };
      /** @description A parameter is wrong: the message names it and the accepted form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description The token is missing, invalid or expired */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description The token is for another organization, or lacks the scope */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Too many requests from the address or with the token: ask again after the seconds in Retry-After */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description The database is away or too slow: try again after the seconds in Retry-After */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
  AvailabilityController_breakdown: {
    parameters: {
      query: {
        /** @description First instant looked at: an ISO 8601 time (UTC without an offset), or a date for the beginning of that day. */
        startDate: string;
        /** @description Last instant looked at: an ISO 8601 time (UTC without an offset), or a date for the end of that day. */
        endDate: string;
        /** @description `count`: silence across the edges of the range counts, until now. `ignore` (default): only between its messages. */
        edges?: 'ignore' | 'count';
        /** @description `csv` answers a file for spreadsheets, as `Accept: text/csv` does. */
        format?: 'json' | 'csv';
      };
      header?: never;
      path: {
        orgId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BreakdownResponse'];
          'text/csv': string;
        };
      };
      /** @description A parameter is wrong: the message names it and the accepted form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description The token is missing, invalid or expired */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description The token is for another organization, or lacks the scope */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Too many requests from the address or with the token: ask again after the seconds in Retry-After */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description The database is away or too slow: try again after the seconds in Retry-After */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
  AvailabilityController_current: {
    parameters: {
      query?: {
        /** @description Exact name of a channel; without it, all channels together. */
        channel?: string;
      };
      header?: never;
      path: {
        orgId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CurrentResponse'];
        };
      };
      /** @description A parameter is wrong: the message names it and the accepted form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description The token is missing, invalid or expired */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description The token is for another organization, or lacks the scope */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Too many requests from the address or with the token: ask again after the seconds in Retry-After */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description The database is away or too slow: try again after the seconds in Retry-After */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
  AccessController_access: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AccessResponse'];
        };
      };
      /** @description A parameter is wrong: the message names it and the accepted form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description The token is missing, invalid or expired */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description The token is for another organization, or lacks the scope */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Too many requests from the address or with the token: ask again after the seconds in Retry-After */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description The database is away or too slow: try again after the seconds in Retry-After */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
}
