import type { Principal } from '@chat-reports/nestjs';
import { ApiProperty } from '@nestjs/swagger';

/** What a token may read. */
export class AccessResponse {
  @ApiProperty({ description: 'Organizations whose reports the token may read.' })
  organization_ids!: string[];

  @ApiProperty({ description: 'Scopes of the token; `reports:read` allows reading reports.' })
  scopes!: string[];

  @ApiProperty({
    required: false,
    description: 'Where conversations are: a URL with `{session_id}` in place of a session.',
  })
  conversation_url?: string;

  static of({ organizationIds, scopes }: Principal, conversationUrl?: string): AccessResponse {
    const url = conversationUrl === undefined ? {} : { conversation_url: conversationUrl };
    return { organization_ids: organizationIds, scopes, ...url };
  }
}
