import type {Realm} from './realms.js';

type Write = (
  this: IDBObjectStore,
  ...row: unknown[]
) => IDBRequest<IDBValidKey>;

/** Has the worker's next write of bytes fail, as it does where storage is full. */
export async function fillStorage(worker: Realm): Promise<void> {
  await worker.run(() => {
    const {prototype} = IDBObjectStore;
    const writes = ['put', 'add'].map(
      (name) => [name, Reflect.get(prototype, name) as Write] as const,
    );
    for (const [name, write] of writes) {
      const refuse: Write = function (...row) {
        if (this.name !== 'parts') return write.apply(this, row);
        for (const [each, original] of writes) {
          Reflect.set(prototype, each, original);
        }
        throw new DOMException('Full, says the test.', 'QuotaExceededError');
      };
      Reflect.set(prototype, name, refuse);
    }
  });
}
