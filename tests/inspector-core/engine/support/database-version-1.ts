import {NO_PROGRESS} from '../../../../inspector-core/engine/core/record.js';
import {whenSucceeded} from '../../../../inspector-core/engine/storage/database.js';
import {bytes, newFetch, storedRequest} from './fetches.js';
import {head} from './responses.js';

/**
 * A database as the first version of the engine left it, with a fetch in the
 * middle of its first record: all bodies in rows. The code of that version is
 * gone; this is what it stored, and must never be changed.
 *
 * @param url of both records
 * @param content what there is of the first
 */
export async function makeVersion1(
  name: string,
  url = storedRequest().url,
  content = bytes(0, 9),
): Promise<void> {
  const opening = indexedDB.open(name, 1);
  opening.addEventListener('upgradeneeded', () => {
    const {result: database} = opening;
    const fetches = database.createObjectStore('fetches', {
      keyPath: 'key',
      autoIncrement: true,
    });
    const records = database.createObjectStore('records');
    const parts = database.createObjectStore('parts');
    fetches.add({
      ...newFetch({id: 'old', downloadTotal: 30}),
      isFinished: true,
    });
    const progress = {
      ...NO_PROGRESS,
      response: {...head(200, {ETag: '"1"'}), url},
      length: content.length,
    };
    records.add({request: storedRequest({url}), progress}, [1, 0]);
    records.add(
      {
        request: storedRequest({url, method: 'POST', bodyLength: 8}),
        progress: NO_PROGRESS,
      },
      [1, 1],
    );
    parts.add(content.slice(0, 4), [1, 0, 1, 0]);
    parts.add(content.slice(4), [1, 0, 1, 4]);
    parts.add(bytes(0, 8), [1, 1, 0, 0]);
  });
  (await whenSucceeded(opening)).close();
}
