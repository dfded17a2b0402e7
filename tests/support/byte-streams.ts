/** Whether scripts may make byte streams, and bring buffers: not in WebKitGTK. */
export const HAS_BYTE_STREAMS = 'ReadableStreamBYOBReader' in globalThis;
