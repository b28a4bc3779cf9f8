/** Why there is no answer, in the words of access logs. */
export class ContainerError extends Error {
  constructor(
    readonly reason:
      | 'TargetConnectionError'
      | 'TargetDataTimeout'
      | 'TargetConnectionClosed',
    message: string,
  ) {
    super(message);
    this.name = 'ContainerError';
  }
}
