/** A mistake in the set-up of the tests. Jest prints the stack of an error; here only the message is useful. */
export class SetupError extends Error {
  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}
