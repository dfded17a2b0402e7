/** The same request to another place, as after a 307. */
export async function redirect(
  request: Request,
  to: string,
  {signal, hasBody}: {readonly signal: AbortSignal; readonly hasBody: boolean},
): Promise<Request> {
  const {method, headers, mode, credentials, cache} = request;
  return new Request(to, {
    method,
    headers,
    // No script can make one of the other mode, which is of a navigation.
    mode: mode === 'navigate' ? 'same-origin' : mode,
    credentials,
    cache,
    redirect: request.redirect,
    referrer: request.referrer,
    referrerPolicy: request.referrerPolicy,
    integrity: request.integrity,
    signal,
    // Not as a stream, which not every server and browser takes.
    ...(hasBody ? {body: await request.blob()} : {}),
  });
}
