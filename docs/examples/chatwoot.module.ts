import { ReportsModule } from '@chat-reports/nestjs';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

@Module({
  imports: [
    TypeOrmModule.forRoot({ type: 'postgres', url: process.env.CHATWOOT_DATABASE_URL }),
    ReportsModule.forRoot({
      auth: { secret: process.env.JWT_SECRET! },
      messages: {
        columns: { organization: 'account_id', channel: 'inbox_id', session: 'conversation_id' },
        // System notices such as "Conversation was resolved" are not chat messages.
        filter: { where: 'message_type <> :activity', parameters: { activity: 2 } },
      },
    }),
  ],
})
export class AppModule {}
