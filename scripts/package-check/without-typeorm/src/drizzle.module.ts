import { ReportsModule } from '@chat-reports/nestjs';
import { Logger, Module } from '@nestjs/common';
import { drizzle } from 'drizzle-orm/node-postgres';
import { messages } from './messages.js';

const db = drizzle(process.env.DATABASE_URL!);
db.$client.on('error', (error) => new Logger('Drizzle').warn(error.message));

@Module({
  imports: [ReportsModule.forRoot({ auth: { secret: process.env.JWT_SECRET! }, database: db.$client, messages })],
})
export class AppModule {}
