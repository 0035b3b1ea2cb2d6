import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** Free ports of 127.0.0.1. All are open until all are known, so that they differ. */
export async function freePorts(count: number): Promise<number[]> {
  const sockets = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(sockets.map((socket) => once(socket, 'listening')));
  const ports = sockets.map((socket) => (socket.address() as AddressInfo).port);
  await Promise.all(sockets.map((socket) => once(socket.close(), 'close')));
  return ports;
}
