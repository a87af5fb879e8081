import * as reports from '@chat-reports/nestjs';
import { openapiMetadata } from '@chat-reports/nestjs/openapi';

/** Uses each entry point, so that the compiler reads all of its declarations. */
export const used: [typeof reports, typeof openapiMetadata] = [reports, openapiMetadata];
