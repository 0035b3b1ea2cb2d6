/**
 * Why Prometheus refuses a regular expression, or undefined. It has the syntax of RE2. JavaScript's differs, so only
 * what both refuse is certain, and look-around, which RE2 does not have.
 */
export function regexProblem(value: string): string | undefined {
  if (value.includes('\\Q')) return undefined;
  const flagless = value.replace(/\(\?[a-zA-Z-]+\)/g, '').replace(/\(\?(?:P?<\w+>|[a-zA-Z-]*:)/g, '(');
  // Without the escaped characters and sets, in which everything below is plain text.
  const bare = value.replace(/\\./gs, '-').replace(/\[\^?\]?[^\]]*\]/g, '-');
  if (/\(\?<?[=!]/.test(bare)) return 'RE2 has no look-around';
  try {
    new RegExp(flagless);
    return undefined;
  } catch (cause) {
    return (cause as Error).message.replace(/^.*: /s, '').toLowerCase();
  }
}

/** Whether a regular expression matches all of a text; undefined if JavaScript cannot read it. */
export function matchesAll(value: string, text: string): boolean | undefined {
  try {
    return new RegExp(`^(?:${value})$`, 's').test(text);
  } catch {
    return undefined;
  }
}
