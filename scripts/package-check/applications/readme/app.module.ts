import { ReportsModule } from '@chat-reports/nestjs';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

@Module({
  imports: [
    TypeOrmModule.forRoot({ type: 'postgres', url: process.env.DATABASE_URL }),
    ReportsModule.forRoot({
      auth: { secret: process.env.JWT_SECRET! },
      messages: {
        table: 'messages',
        columns: {
          organization: 'account_id',
          channel: 'inbox_id',
          session: 'conversation_id',
          createdAt: 'created_at',
          id: 'id',
        },
        filter: { where: 'message_type in (:...types)', parameters: { types: [0, 1] } },
      },
    }),
  ],
})
export class AppModule {}
