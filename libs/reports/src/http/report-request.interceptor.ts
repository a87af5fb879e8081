import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  Param,
  Query,
  Res,
  SetMetadata,
  type Type,
  UseInterceptors,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Observable } from 'rxjs';
import { QueryValidationPipe } from './query-validation.pipe';
import { endingOf } from './response-ending';

/** A request of the framework (Express or Fastify) with the parameters of its report. */
export interface ReportRequest<Query> {
  asked: {
    organizationId: string;
    /** Validated. */
    query: Query;
    /** Aborted if the client disconnects before it has its response. */
    signal: AbortSignal;
  };
}

const QUERY_TYPE = 'chat-reports:query-type';

const validation = new QueryValidationPipe();

/**
 * Adds `asked` to the request that a handler gets as its only parameter. The application's own pipes, which Nest
 * applies to parameters, can neither change nor refuse it, because interceptors run before pipes. The
 * `ReplyInterceptor` sends the response.
 *
 * @param type class of the query
 */
export function Asks(type: Type<object>): MethodDecorator {
  return applyDecorators(
    SetMetadata(QUERY_TYPE, type),
    UseInterceptors(ReportRequestInterceptor),
    declareParameters(type),
  );
}

/**
 * Declares parameters that handlers do not use: `Res`, so that Nest sends no response, and the others for
 * @nestjs/swagger.
 */
function declareParameters(type: Type<object>): MethodDecorator {
  return (target, name) => {
    Res()(target, name, 1);
    // The OpenAPI document lists parameters in reverse order.
    Query()(target, name, 2);
    Param('orgId')(target, name, 3);
    Reflect.defineMetadata('design:paramtypes', [Object, Object, type, String], target, name);
  };
}

@Injectable()
class ReportRequestInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context
      .switchToHttp()
      .getRequest<{ params: { orgId: string }; query: object } & ReportRequest<unknown>>();
    const metatype = this.reflector.get<Type<object>>(QUERY_TYPE, context.getHandler());
    request.asked = {
      organizationId: request.params.orgId,
      query: await validation.transform(request.query, { type: 'query', metatype }),
      signal: endingOf(context).disconnect,
    };
    return next.handle();
  }
}
