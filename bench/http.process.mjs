/** The product's server with two routes more, which stand where its own do: behind the same guards, hooks and filters. */
import { Session } from 'node:inspector/promises';
import { ReportsModule } from '@chat-reports/nestjs';
import { Controller, Get, Param, UseGuards } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { readEnvironment } from '../dist/environment.js';
import { startServer } from '../dist/server.js';

class FloorController {
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

// What decorators do, which JavaScript does not have yet.
Controller('backend/reports/:orgId/chats/floor')(FloorController);
Reflect.defineMetadata('design:paramtypes', [DataSource], FloorController);
for (const name of ['constant', 'probe']) {
  Get(name)(FloorController.prototype, name, Object.getOwnPropertyDescriptor(FloorController.prototype, name));
}
Param('orgId')(FloorController.prototype, 'probe', 0);

for (const name of ['forRoot', 'forRootAsync']) {
  const original = ReportsModule[name].bind(ReportsModule);
  ReportsModule[name] = (options) => {
    const module = original(options);
    const own = module.controllers ?? [];
    const [reportController] = own.length > 0 ? own : Reflect.getMetadata('controllers', ReportsModule);
    UseGuards(...Reflect.getMetadata('__guards__', reportController))(FloorController);
    return { ...module, controllers: [...own, FloorController] };
  };
}

const server = await startServer(readEnvironment(), () => undefined);
const inspector = new Session();
inspector.connect();
process.on('message', async (order) => {
  if (order === 'stop') return void server.close().finally(() => process.exit(0));
  if (order === 'start profile') await inspector.post('Profiler.enable');
  const { profile } = (await inspector.post(order === 'start profile' ? 'Profiler.start' : 'Profiler.stop')) ?? {};
  process.send(profile ?? 'started');
});
process.send(server.address);
