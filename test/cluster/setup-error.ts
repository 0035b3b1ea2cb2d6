/** A mistake in how the tests are set up. Jest prints an error's stack; here the message is all there is to say. */
export class SetupError extends Error {
  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}
