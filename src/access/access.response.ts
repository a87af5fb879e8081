import type { Caller } from '@chat-reports/nestjs';
import { ApiProperty } from '@nestjs/swagger';

/** What the bearer of a token may read. */
export class AccessResponse {
  @ApiProperty({ description: 'Organizations whose reports the token may read.' })
  organization_ids!: string[];

  @ApiProperty({ description: 'What the token allows: `reports:read` to read reports.' })
  scopes!: string[];

  static of({ organizationIds, scopes }: Caller): AccessResponse {
    return { organization_ids: organizationIds, scopes };
  }
}
