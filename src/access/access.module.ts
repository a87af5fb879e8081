import { type DynamicModule, Module } from '@nestjs/common';
import { AccessController } from './access.controller';

/** What a token allows. */
@Module({ controllers: [AccessController] })
export class AccessModule {
  /** @param authentication the module that verifies tokens */
  static forRoot(authentication: DynamicModule): DynamicModule {
    return { module: AccessModule, imports: [authentication] };
  }
}
