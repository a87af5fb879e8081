import { applyDecorators, type Type, UseGuards, UseInterceptors } from '@nestjs/common';
import { AccessGuard } from '../auth/access.guard';
import { HttpErrorInterceptor } from './http-error.interceptor';
import { NoStoreInterceptor } from './no-store.interceptor';
import { ReplyInterceptor } from './reply.interceptor';
import { ReportSlotsInterceptor } from './limits/report-slots.interceptor';

/**
 * Derives a controller that has an application's decorators and, after them, the guard and the interceptors of the
 * module. Other applications in the process do not get those decorators.
 */
export function decorate(controller: Type<object>, decorators: ClassDecorator[]): Type<object> {
  const decorated = class extends controller {};
  // @nestjs/swagger describes only methods that are not inherited.
  const methods = Object.entries(Object.getOwnPropertyDescriptors(controller.prototype as object));
  for (const [name, method] of methods)
    if (name !== 'constructor') Object.defineProperty(decorated.prototype, name, method);
  // Operation names in OpenAPI documents begin with the name of the class.
  Object.defineProperty(decorated, 'name', { value: controller.name });
  applyDecorators(
    ...decorators,
    UseGuards(AccessGuard),
    UseInterceptors(HttpErrorInterceptor, ReplyInterceptor, NoStoreInterceptor, ReportSlotsInterceptor),
  )(decorated);
  return decorated;
}
