import { ReportsModule } from '@chat-reports/nestjs';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

@Module({
  imports: [
    TypeOrmModule.forRoot({ type: 'postgres', url: process.env.DATABASE_URL }),
    ReportsModule.forRoot({
      auth: { secret: process.env.JWT_SECRET! },
      messages: {
        columns: { organization: 'account_id', channel: 'inbox_id', session: 'conversation_id' },
        filter: { where: 'message_type <> :activity', parameters: { activity: 2 } },
      },
    }),
  ],
})
export class AppModule {}
