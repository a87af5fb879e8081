import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ServiceLevelModule, ServiceLevelService } from '../readme/service-level.module.js';

@Module({
  imports: [TypeOrmModule.forRoot({ type: 'postgres', url: process.env.DATABASE_URL }), ServiceLevelModule],
})
class AppModule {}

it('a service of a feature module uses the availability service', async () => {
  const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
  await module.init();
  const services = module.get(ServiceLevelService, { strict: false });
  // Here, the notice in between is a message, too.
  expect(await services.downtimeMinutes('7', new Date('2023-01-01'), new Date('2023-02-01'))).toBe(28);
  await module.close();
});
