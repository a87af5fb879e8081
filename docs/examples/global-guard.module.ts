import { ReportsModule } from '@chat-reports/nestjs';
import {
  type ArgumentsHost,
  type CanActivate,
  Catch,
  type ExceptionFilter,
  type ExecutionContext,
  HttpException,
  Injectable,
  Module,
  UnauthorizedException,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, HttpAdapterHost } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';

interface UserRequest {
  headers: Record<string, string | undefined>;
  user?: { teams: number[] };
}

/** Stands in for the global guard of your backend. */
@Injectable()
export class LoginGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<UserRequest>();
    if (request.headers['x-user-key'] !== 'key of team 7') throw new UnauthorizedException('Log in first');
    request.user = { teams: [7] };
    return true;
  }
}

/** Stands in for the filter of your backend: answers errors as problem details (RFC 9457). */
@Catch(HttpException)
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly server: HttpAdapterHost) {}

  catch(error: HttpException, host: ArgumentsHost): void {
    const response: unknown = host.switchToHttp().getResponse();
    const { message } = error.getResponse() as { message: string | string[] };
    const problem = { status: error.getStatus(), detail: [message].flat().join('; ') };
    this.server.httpAdapter.setHeader(response, 'Content-Type', 'application/problem+json');
    this.server.httpAdapter.reply(response, problem, problem.status);
  }
}

@Module({
  imports: [
    TypeOrmModule.forRoot({ type: 'postgres', url: process.env.CHAT_DATABASE_URL }),
    ReportsModule.forRoot({
      auth: { organizations: (request: UserRequest) => request.user!.teams },
      messages: { table: 'events', columns: { organization: 'team', channel: null, session: 'thread' } },
    }),
  ],
  providers: [
    { provide: APP_GUARD, useClass: LoginGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
export class AppModule {}
