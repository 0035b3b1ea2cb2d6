/**
 * What a gateway does with requests while a pool has no ready endpoint picker.
 *
 * Neither mode covers the second in which a picker that has just crashed is still listed as ready: requests get errors then.
 */
export enum FailureMode {
  /**
   * The gateway chooses pods itself. Requests are answered, but without regard to load, cached prefixes and the length
   * of prompts.
   */
  FAIL_OPEN = 'FailOpen',
  /** The gateway refuses every request with status 500. For pools in which a wrong pod is worse than no answer. */
  FAIL_CLOSE = 'FailClose',
}
