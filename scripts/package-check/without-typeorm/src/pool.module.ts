import { ReportsModule } from '@chat-reports/nestjs';
import { Logger, Module } from '@nestjs/common';
import { Pool } from 'pg';
import { messages } from './messages.js';

const pool = new Pool({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 2_000 });
// Without a listener, an idle connection that breaks ends the process.
pool.on('error', (error) => new Logger('Pool').warn(error.message));

@Module({
  imports: [ReportsModule.forRoot({ auth: { secret: process.env.JWT_SECRET! }, database: pool, messages })],
})
export class AppModule {}
