/** Around the number of a name. No value that a user may set has these control characters (ISO 6429, private use). */
const [OPEN, CLOSE] = ['\u0091', '\u0092'];
const MARK = new RegExp(`${OPEN}(\\d+)${CLOSE}`);

/** Stencils that are kept: a platform has a few kinds of stacks, and one stencil needs about 100 KB. */
const KEPT = 32;

/** A value with holes for names. */
type Stencil = (names: readonly string[]) => unknown;

function textStencil(text: string): (names: readonly string[]) => string {
  const pieces = text.split(MARK);
  if (pieces.length === 1) return () => text;
  return (names) => pieces.map((piece, at) => (at % 2 === 0 ? piece : names[Number(piece)])).join('');
}

function stencilOf(value: unknown): Stencil {
  if (typeof value === 'string') return textStencil(value);
  if (typeof value !== 'object' || value === null) return () => value;
  if (Array.isArray(value)) {
    const items = value.map(stencilOf);
    return (names) => items.map((item) => item(names));
  }
  const fields = Object.entries(value).map(([key, field]) => [textStencil(key), stencilOf(field)] as const);
  return (names) => Object.fromEntries(fields.map(([key, field]) => [key(names), field(names)]));
}

/** A Duration of the user as a number: its fields are private. */
const plainValue = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'toMilliseconds' in value && typeof value.toMilliseconds === 'function'
    ? value.toMilliseconds()
    : value;

/**
 * Evaluates a pure function once for all inputs that differ only in names. It runs with marks instead of names; then
 * the names of each input replace the marks. Rules and dashboards are 120 KB for each stack, and most stacks of a
 * platform are alike.
 *
 * `make` must return plain data, and may only copy a name into a text. If it cut or hashed a name, it would cut or hash
 * the mark. Such a result is a name too: pass it in with the input.
 *
 * @param mark returns the input with each name replaced by its mark
 */
export function fillInNames<Input, Made>(
  make: (input: Input) => Made,
  mark: (input: Input, markOf: (name: string) => string) => Input,
): (input: Input) => Made {
  const stencils = new Map<string, Stencil>();
  return (input) => {
    const names: string[] = [];
    const marked = mark(input, (name) => {
      if (!names.includes(name)) names.push(name);
      return `${OPEN}${names.indexOf(name)}${CLOSE}`;
    });
    const key = JSON.stringify(marked, plainValue);
    const stencil = stencils.get(key) ?? stencilOf(make(marked));
    if (!stencils.has(key) && stencils.size === KEPT) stencils.clear();
    stencils.set(key, stencil);
    return stencil(names) as Made;
  };
}
