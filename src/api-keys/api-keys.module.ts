import { Module } from '@nestjs/common';
import { ApiKeyService } from './api-key.service';

/** Keys with which programs read the reports of an organization. */
@Module({ providers: [ApiKeyService], exports: [ApiKeyService] })
export class ApiKeysModule {}
