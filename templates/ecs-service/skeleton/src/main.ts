import { createServer } from './createServer.ts';

const server = createServer({
  serviceName: process.env.SERVICE_NAME ?? '${{ values.name }}',
});
server.listen(Number(process.env.PORT ?? 8080));

// Amazon ECS says so before it takes the task away: answer what has arrived, take nothing new.
process.on('SIGTERM', () => server.close(() => process.exit(0)));
