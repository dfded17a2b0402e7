import type {ConditionsMemory, Remembered} from '../conditions/conditions.js';
import {Database, whenSucceeded} from '../engine/storage/database.js';

const STORE = 'remembered';

/** What conditions of a worker outlive it with; made when there is anything. */
export function createConditionsMemory(scope: string): ConditionsMemory {
  const database = new Database({
    name: 'background-fetch-conditions',
    steps: [
      (created) => {
        created.createObjectStore(STORE);
      },
    ],
  });
  return {
    read: () =>
      database.transact([STORE], 'readonly', (transaction) =>
        whenSucceeded<Remembered | undefined>(
          transaction.objectStore(STORE).get(scope),
        ),
      ),
    write: (remembered) =>
      database.transact([STORE], 'readwrite', async (transaction) => {
        await whenSucceeded(
          transaction.objectStore(STORE).put(remembered, scope),
        );
      }),
  };
}
