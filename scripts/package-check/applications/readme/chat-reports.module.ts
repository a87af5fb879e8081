import { ReportsModule } from '@chat-reports/nestjs';
import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';

@Module({
  imports: [
    ReportsModule.forRootAsync({
      imports: [ConfigModule],
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        auth: { secret: config.getOrThrow<string>('JWT_SECRET') },
        messages: { columns: { organization: 'account_id', channel: 'inbox_id', session: 'conversation_id' } },
      }),
    }),
  ],
  exports: [ReportsModule],
})
export class ChatReportsModule {}
