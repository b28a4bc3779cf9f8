// The function is configured with the handler `index.handler`.
export { handler } from './handler.ts';
