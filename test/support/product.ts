import { Backend } from './backend';
import { TestDatabase } from './database';

/** The product on a database of its own, for the tests of a describe block; each finds the database empty. */
export function useProduct(): { database: TestDatabase; backend: Backend } {
  const product = {} as { database: TestDatabase; backend: Backend };
  beforeAll(async () => {
    product.database = await TestDatabase.create();
    product.backend = await Backend.start({ databaseUrl: product.database.url });
  });
  afterEach(() => product.database.clear());
  afterAll(async () => {
    await product.backend.close();
    await product.database.drop();
  });
  return product;
}
