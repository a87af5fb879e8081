import { openapiMetadata } from '@chat-reports/nestjs/openapi';
import type { INestApplication } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiProperty, DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The body of all errors. */
class ErrorResponse {
  @ApiProperty()
  statusCode!: number;

  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] })
  message!: string | string[];

  @ApiProperty()
  error!: string;
}

const ERRORS = [
  [400, 'A parameter is invalid. The message names it and its accepted form.'],
  [401, 'The token is missing, invalid or expired.'],
  [403, 'The token is for another organization, or lacks the required scope.'],
  [429, 'Too many requests from this address or with this token. Retry after the number of seconds in `Retry-After`.'],
  [
    503,
    'The database or the token keys are unreachable, or the database is too slow. Retry after the number of seconds in `Retry-After`.',
  ],
] as const;

const PAGE = '/backend/docs';
const DOCUMENT = '/backend/openapi.json';

/**
 * Serves the OpenAPI document of the backend, which contains nothing but the public contract, and a page to browse it.
 *
 * @param options `basePath` as in `describeApi`. Without the page, its address leads to the document, so that links to it
 * remain valid.
 */
export async function serveApiDocument(
  app: NestFastifyApplication,
  { basePath, hasPage = true }: { basePath?: string; hasPage?: boolean },
): Promise<void> {
  const document = await describeApi(app, basePath);
  SwaggerModule.setup(PAGE, app, document, {
    jsonDocumentUrl: DOCUMENT,
    raw: ['json'],
    ui: hasPage,
    customSiteTitle: 'Chat Reports API',
  });
  if (hasPage) return;
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get(PAGE, (_request, reply) => reply.redirect(DOCUMENT));
}

/**
 * Describes the routes of an application as an OpenAPI document.
 *
 * @param basePath path below which a proxy serves the application; default: none
 */
export async function describeApi(app: INestApplication, basePath = ''): Promise<OpenAPIObject> {
  await SwaggerModule.loadPluginMetadata(openapiMetadata);
  const builder = new DocumentBuilder()
    .setTitle('Chat Reports')
    .setDescription('Was our chat alive, when did it go silent, in which conversation?')
    .setVersion('0.1.0')
    .addServer(basePath || '/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .addSecurityRequirements('bearer');
  for (const [status, description] of ERRORS) builder.addGlobalResponse({ status, description, type: ErrorResponse });
  const document = SwaggerModule.createDocument(app, builder.build(), { extraModels: [ErrorResponse] });
  addCsv(document);
  return document;
}

/** Adds CSV to the responses of operations with a `format` parameter, which the plugin metadata does not mention. */
function addCsv({ paths }: OpenAPIObject): void {
  for (const { get } of Object.values(paths)) {
    const hasFormat = get?.parameters?.some((parameter) => 'name' in parameter && parameter.name === 'format');
    const response = get?.responses['200'];
    if (hasFormat && response && 'content' in response) response.content!['text/csv'] = { schema: { type: 'string' } };
  }
}
