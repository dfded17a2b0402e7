import {createHash} from 'node:crypto';
import {sendJson, sendText, waitUntilDue, type Exchange} from './exchange.js';
import {parseFaults} from './faults.js';
import {corsHeaders} from './send-content.js';

/** Reads what is sent, at the asked pace, and answers with what it was. */
export async function receiveUpload(exchange: Exchange): Promise<void> {
  const {request, url, attempt, entry, signal} = exchange;
  const faults = parseFaults(url.searchParams, attempt, 0);
  const digest = createHash('sha256');
  const began = performance.now();
  let received = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    received += bytes.length;
    entry?.addReceived(bytes.length);
    digest.update(bytes);
    if (faults.rate !== undefined) {
      await waitUntilDue(began, received, faults.rate, signal);
    }
  }
  const cors = corsHeaders(exchange, faults);
  if (faults.status !== undefined) {
    sendText(
      exchange,
      faults.status,
      `Status ${faults.status}, as asked.\n`,
      cors,
    );
    return;
  }
  sendJson(
    exchange,
    {
      received,
      type: request.headers['content-type'] ?? '',
      sha256: digest.digest('hex'),
    },
    cors,
  );
}
