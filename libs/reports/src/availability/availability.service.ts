import { Injectable } from '@nestjs/common';
import { type MessageStream, MessageRepository } from '../messages/message.repository';
import { type Availability, DOWNTIME_THRESHOLD_MS, measureAvailability } from './downtime';

/** What a report is about: one organization, or one of its channels, from start to end, both included. */
export type AvailabilityRequest = MessageStream;

/** Answers whether an organization's chat was alive, and when it was not. Exported for other modules. */
@Injectable()
export class AvailabilityService {
  constructor(private readonly messages: MessageRepository) {}

  /**
   * Reports the availability of an organization's chat, or of one channel, in a period.
   *
   * Messages of all sessions make one stream. Only silence between two messages of the period counts, not the silence
   * before the first and after the last one: without messages the answer is 100 % and no downtime.
   *
   * @throws RangeError when the end is not later than the start
   * @throws MessagesUnavailableError when the database is away or too slow
   */
  async report(request: AvailabilityRequest): Promise<Availability> {
    if (!(request.end > request.start)) throw new RangeError('end must be later than start');
    const silences = await this.messages.findSilences(request, DOWNTIME_THRESHOLD_MS);
    return measureAvailability(request, silences);
  }
}
