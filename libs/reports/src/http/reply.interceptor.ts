import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { map, type Observable } from 'rxjs';

/**
 * Sends the responses of the module. Interceptors of the application, which might serialize, wrap or cache them, only
 * see `undefined`.
 */
@Injectable()
export class ReplyInterceptor implements NestInterceptor {
  constructor(private readonly server: HttpAdapterHost) {}

  intercept(context: ExecutionContext, next: CallHandler<object>): Observable<undefined> {
    const response: unknown = context.switchToHttp().getResponse();
    return next.handle().pipe(map((body) => void this.server.httpAdapter.reply(response, body)));
  }
}
