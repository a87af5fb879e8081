import { openapiMetadata } from '@chat-reports/nestjs/openapi';
import type { INestApplication } from '@nestjs/common';
import { ApiProperty, DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The body of every error. */
class ErrorResponse {
  @ApiProperty()
  statusCode!: number;

  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] })
  message!: string | string[];

  @ApiProperty()
  error!: string;
}

const ERRORS = [
  [400, 'A parameter is wrong: the message names it and the accepted form'],
  [401, 'The token is missing, invalid or expired'],
  [403, 'The token is for another organization, or lacks the scope'],
  [429, 'Too many requests from the address or with the token: ask again after the seconds in Retry-After'],
  [503, 'The database is away or too slow: try again after the seconds in Retry-After'],
] as const;

/** Serves the OpenAPI document of the backend, and a page to browse it. */
export async function serveApiDocument(app: INestApplication): Promise<void> {
  const document = await describeApi(app);
  SwaggerModule.setup('backend/docs', app, document, {
    jsonDocumentUrl: 'backend/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Chat Reports API',
  });
}

/** Describes the routes of an application as an OpenAPI document. */
export async function describeApi(app: INestApplication): Promise<OpenAPIObject> {
  await SwaggerModule.loadPluginMetadata(openapiMetadata);
  const builder = new DocumentBuilder()
    .setTitle('Chat Reports')
    .setDescription('Was our chat alive, when did it go silent, in which conversation?')
    .setVersion('0.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .addSecurityRequirements('bearer');
  for (const [status, description] of ERRORS) builder.addGlobalResponse({ status, description, type: ErrorResponse });
  const document = SwaggerModule.createDocument(app, builder.build(), { extraModels: [ErrorResponse] });
  addCsv(document);
  return document;
}

/** The plugin metadata does not tell that what takes a `format` also answers CSV. */
function addCsv({ paths }: OpenAPIObject): void {
  for (const { get } of Object.values(paths)) {
    const takesFormat = get?.parameters?.some((parameter) => 'name' in parameter && parameter.name === 'format');
    const answer = get?.responses['200'];
    if (takesFormat && answer && 'content' in answer) answer.content!['text/csv'] = { schema: { type: 'string' } };
  }
}
