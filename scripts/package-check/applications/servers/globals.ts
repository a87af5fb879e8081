import {
  type ArgumentsHost,
  type CallHandler,
  Catch,
  ClassSerializerInterceptor,
  type INestApplication,
  type NestInterceptor,
  ValidationPipe,
  VersioningType,
} from '@nestjs/common';
import { BaseExceptionFilter, HttpAdapterHost, Reflector } from '@nestjs/core';
import { map } from 'rxjs';

class WrapInterceptor implements NestInterceptor {
  intercept(_context: unknown, next: CallHandler) {
    return next.handle().pipe(map((data: unknown) => ({ data })));
  }
}

/** Marks what passes through it, and leaves the answer to Nest. */
@Catch()
class MarkingFilter extends BaseExceptionFilter {
  override catch(error: unknown, host: ArgumentsHost): void {
    host.switchToHttp().getResponse<{ header(name: string, value: string): void }>().header('X-Filter', 'seen');
    super.catch(error, host);
  }
}

/** What an application may have for all of its routes: reports are not changed by it, and errors pass through its filter. */
export function useGlobals(app: INestApplication): void {
  app.useGlobalInterceptors(
    new WrapInterceptor(),
    new ClassSerializerInterceptor(app.get(Reflector), { strategy: 'excludeAll' }),
  );
  app.useGlobalPipes(
    new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true, errorHttpStatusCode: 422 }),
  );
  app.useGlobalFilters(new MarkingFilter(app.get(HttpAdapterHost).httpAdapter));
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
}
