// Stands for many services in one process: GET /N answers after the delay of service N; N in the
// environment's HUNG never answers. Prints its address when it listens.
import { createServer } from 'node:http';

const delays: number[] = JSON.parse(process.env.DELAYS ?? '[]');
const hung = new Set<number>(JSON.parse(process.env.HUNG ?? '[]'));

const server = createServer((request, response) => {
  const service = Number(request.url?.slice(1));
  if (hung.has(service)) return;
  setTimeout(() => response.end('{"status":"healthy"}'), delays[service] ?? 0);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`);
});
