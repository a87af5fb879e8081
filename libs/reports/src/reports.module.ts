import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BearerStrategy } from './auth/bearer.strategy';
import { AvailabilityController } from './availability/availability.controller';
import { AvailabilityService } from './availability/availability.service';
import { Message } from './messages/message.entity';
import { MessageRepository } from './messages/message.repository';
import { ConfigurableReportsModule } from './reports.options';

/**
 * Reports on an organization's chat, from the messages in the application's TypeORM data source.
 *
 * Import it once, with `ReportsModule.forRoot(options)` or `ReportsModule.forRootAsync(options)`.
 */
@Module({
  imports: [TypeOrmModule.forFeature([Message])],
  controllers: [AvailabilityController],
  providers: [BearerStrategy, MessageRepository, AvailabilityService],
  exports: [AvailabilityService, BearerStrategy],
})
export class ReportsModule extends ConfigurableReportsModule {}
