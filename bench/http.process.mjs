/**
 * Runs the product's server with two additional routes, which are behind the same guards, hooks and filters as its own.
 */
import { Session } from 'node:inspector/promises';
import { ReportsModule } from '@chat-reports/nestjs';
import { Controller, Get, Param, UseGuards } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { readEnvironment } from '../dist/config/environment.js';
import { startServer } from '../dist/server.js';

class BaselineController {
  constructor(dataSource) {
    this.dataSource = dataSource;
  }

  constant() {
    return { availability_percentage: 100, total_down_time: 0, total_time: 86_400_000, down_times: [] };
  }

  probe(organizationId) {
    return this.dataSource.query(
      'select created_at from messages where organization_id = $1 order by created_at limit 1',
      [organizationId],
    );
  }
}

// Applies the decorators by hand, since JavaScript has none yet.
Controller(':orgId/chats/baseline')(BaselineController);
Reflect.defineMetadata('design:paramtypes', [DataSource], BaselineController);
for (const name of ['constant', 'probe']) {
  Get(name)(BaselineController.prototype, name, Object.getOwnPropertyDescriptor(BaselineController.prototype, name));
}
Param('orgId')(BaselineController.prototype, 'probe', 0);

for (const name of ['forRoot', 'forRootAsync']) {
  const original = ReportsModule[name].bind(ReportsModule);
  ReportsModule[name] = (options) => {
    const module = original(options);
    const own = module.controllers ?? [];
    const [reportController] = own.length > 0 ? own : Reflect.getMetadata('controllers', ReportsModule);
    UseGuards(...Reflect.getMetadata('__guards__', reportController))(BaselineController);
    return { ...module, controllers: [...own, BaselineController] };
  };
}

const server = await startServer(readEnvironment(), () => undefined);
const inspector = new Session();
inspector.connect();
process.on('message', async (command) => {
  if (command === 'stop') return void server.close().finally(() => process.exit(0));
  if (command === 'start profile') await inspector.post('Profiler.enable');
  const { profile } = (await inspector.post(command === 'start profile' ? 'Profiler.start' : 'Profiler.stop')) ?? {};
  process.send(profile ?? 'started');
});
process.send(server.address);
