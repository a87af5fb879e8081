import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  SetMetadata,
  StreamableFile,
  UseInterceptors,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { create as contentDisposition } from 'content-disposition';
import { type Options, stringify } from 'csv-stringify';
import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import Negotiator from 'negotiator';
import { map, type Observable } from 'rxjs';
import type { Edges } from '../../availability/availability.service';
import { checkRows, REPORT_LIMITS, type ReportLimits } from '../limits/report-limits';
import { csvFormat } from './csv.columns';

/** The part of a response that is a table. */
interface CsvTable {
  /** First part of the file name. */
  name: string;
  /** The field of the response that holds the rows. */
  rows: string;
  /** Fields of a row, in order; they are the header. */
  columns: (query: Request['query']) => string[];
}

interface Request {
  headers: IncomingHttpHeaders;
  params: { orgId: string };
  query: { startDate?: string; endDate?: string; format?: string; bom?: string; edges?: Edges; timezone?: string };
}

/** What the responses of Express and Fastify have in common. */
interface Response {
  getHeader(name: string): number | string | string[] | undefined;
  header(name: string, value: string): void;
}

const CSV_TABLE = 'chat-reports:csv-table';
const CSV = 'text/csv';

/** Lets clients request a response as CSV, with `format=csv` or `Accept: text/csv`. */
export function OrCsv(table: CsvTable): MethodDecorator {
  return applyDecorators(SetMetadata(CSV_TABLE, table), UseInterceptors(CsvInterceptor));
}

/** Answers with CSV (RFC 4180), streamed row by row. */
@Injectable()
class CsvInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    @Inject(REPORT_LIMITS) private readonly limits: Required<ReportLimits>,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<object>): Observable<unknown> {
    const table = this.reflector.get<CsvTable>(CSV_TABLE, context.getHandler());
    const request = context.switchToHttp().getRequest<Request>();
    addVary(context.switchToHttp().getResponse<Response>());
    return next.handle().pipe(map((body) => (wantsCsv(request) ? toFile(table, request, body) : this.check(body))));
  }

  private check(body: object): object {
    const lists: unknown[] = Object.values(body).filter((value) => Array.isArray(value));
    checkRows(Math.max(...(lists as object[][]).map(({ length }) => length)), this.limits);
    return body;
  }
}

function rowsOf(body: object, field: string): object[] {
  return (body as Record<string, object[]>)[field]!;
}

/** Caches must not mix up the two formats, or responses that differ for another reason, such as the origin. */
function addVary(response: Response): void {
  const others = response.getHeader('Vary') ?? [];
  response.header('Vary', [others, 'Accept'].flat().join(', '));
}

function wantsCsv({ headers, query }: Request): boolean {
  if (query.format) return query.format === 'csv';
  return new Negotiator({ headers }).mediaType(['application/json', CSV]) === CSV;
}

function toFile({ name, rows, columns }: CsvTable, { params, query }: Request, body: object): StreamableFile {
  const parts = [name, params.orgId, query.startDate, query.endDate].filter((part) => part !== undefined);
  const file = parts.join('_').replace(/[^\p{L}\p{N}._-]/gu, '-');
  const options: Options = {
    // An empty parameter counts as not given.
    ...csvFormat(columns(query), query.timezone || undefined),
    bom: query.bom === 'true',
    record_delimiter: 'windows',
  };
  // Rows are written only as fast as the client reads.
  return new StreamableFile(Readable.from(rowsOf(body, rows)).pipe(stringify(options)), {
    type: `${CSV}; charset=utf-8; header=present`,
    disposition: contentDisposition(`${file}.csv`),
  });
}
