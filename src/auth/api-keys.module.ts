import { Module } from '@nestjs/common';
import { ApiKeyService } from './api-key.service';

/** API keys, which let programs read the reports of an organization. */
@Module({ providers: [ApiKeyService], exports: [ApiKeyService] })
export class ApiKeysModule {}
