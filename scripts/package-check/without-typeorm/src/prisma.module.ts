import { ReportsModule } from '@chat-reports/nestjs';
import { Injectable, Module } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client.js';
import { messages } from './messages.js';

@Injectable()
export class PrismaService extends PrismaClient {
  constructor() {
    super({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) });
  }
}

@Module({ providers: [PrismaService], exports: [PrismaService] })
export class PrismaModule {}

@Module({
  imports: [
    ReportsModule.forRootAsync({
      imports: [PrismaModule],
      inject: [PrismaService],
      useFactory: (prisma: PrismaService) => ({
        auth: { secret: process.env.JWT_SECRET! },
        database: (text, values) => prisma.$queryRawUnsafe(text, ...values),
        messages,
      }),
    }),
  ],
})
export class AppModule {}
