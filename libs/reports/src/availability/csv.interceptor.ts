import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
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
import Negotiator from 'negotiator';
import { map, type Observable } from 'rxjs';
import type { Edges } from './availability.service';

/** What of an answer is a table. */
interface CsvTable {
  /** First part of the file's name. */
  name: string;
  /** Field of the answer that holds the rows. */
  rows: string;
  columns: (query: Request['query']) => string[];
}

interface Request {
  headers: IncomingHttpHeaders;
  params: { orgId: string };
  query: { startDate: string; endDate: string; format?: string; edges?: Edges };
}

const CSV_TABLE = 'chat-reports:csv-table';
const CSV = 'text/csv';

/** Lets clients have an answer as CSV too, with `format=csv` or `Accept: text/csv`. */
export function OrCsv(table: CsvTable): MethodDecorator {
  return applyDecorators(SetMetadata(CSV_TABLE, table), UseInterceptors(CsvInterceptor));
}

/** Answers CSV (RFC 4180), row by row as the client takes them. */
@Injectable()
class CsvInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler<object>): Observable<unknown> {
    const table = this.reflector.get<CsvTable>(CSV_TABLE, context.getHandler());
    const request = context.switchToHttp().getRequest<Request>();
    // A cache must keep the two forms apart.
    context.switchToHttp().getResponse<{ header(name: string, value: string): void }>().header('Vary', 'Accept');
    return next.handle().pipe(map((answer) => (wantsCsv(request) ? toFile(table, request, answer) : answer)));
  }
}

function wantsCsv({ headers, query }: Request): boolean {
  if (query.format !== undefined) return query.format === 'csv';
  return new Negotiator({ headers }).mediaType(['application/json', CSV]) === CSV;
}

function toFile({ name, rows, columns }: CsvTable, { params, query }: Request, answer: object): StreamableFile {
  const file = [name, params.orgId, query.startDate, query.endDate].join('_').replace(/[^\p{L}\p{N}._-]/gu, '-');
  // A session or channel named like a formula must not become one in a spreadsheet.
  const options: Options = {
    header: true,
    columns: columns(query),
    escape_formulas: true,
    record_delimiter: 'windows',
    cast: { boolean: String },
  };
  return new StreamableFile(stringify((answer as Record<string, object[]>)[rows]!, options), {
    type: `${CSV}; charset=utf-8; header=present`,
    disposition: contentDisposition(`${file}.csv`),
  });
}
