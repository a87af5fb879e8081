import { Backend } from './backend';
import { TestDatabase } from './database';

/**
 * The product on a database of its own, for the tests of a describe block; each finds the database empty.
 *
 * @param isIndexed whether the table has its indexes
 */
export function useProduct(isIndexed = true): { database: TestDatabase; backend: Backend } {
  const product = {} as { database: TestDatabase; backend: Backend };
  beforeAll(async () => {
    product.database = await TestDatabase.create();
    if (!isIndexed) await product.database.dropIndexes();
    product.backend = await Backend.start({ databaseUrl: product.database.url });
  });
  afterEach(() => product.database.clear());
  afterAll(async () => {
    await product.backend.close();
    await product.database.drop();
  });
  return product;
}
