import { AvailabilityService, ReportsModule } from '@chat-reports/nestjs';
import { openapiMetadata } from '@chat-reports/nestjs/openapi';

if (![AvailabilityService, ReportsModule, openapiMetadata].every((exported) => typeof exported === 'function'))
  process.exit(1);
