import { type DynamicModule, Module } from '@nestjs/common';
import { AccessController, CONVERSATION_URL } from './access.controller';

/** Serves `/backend/access`. */
@Module({ controllers: [AccessController] })
export class AccessModule {
  /**
   * @param authentication the module that verifies tokens
   * @param conversationUrl where conversations are: a URL with `{session_id}`
   */
  static forRoot(authentication: DynamicModule, conversationUrl?: string): DynamicModule {
    const providers = [{ provide: CONVERSATION_URL, useValue: conversationUrl }];
    return { module: AccessModule, imports: [authentication], providers };
  }
}
