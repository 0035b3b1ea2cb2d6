import { type Situation, GOOD_READS } from './guard-situation';
import { SITUATIONS } from './guard-scenarios';
import { guardsOf, type StackName, STACKS } from './guard-stacks';
import { type Phase, phaseOf } from './guard-verdict';
import { element, expectHolds } from './promtool';
import { testRules } from './rules';

const names = Object.keys(STACKS) as StackName[];
const GUARDS = new Map(names.map((name) => [name, guardsOf(name)]));

const about = (stack: StackName): Situation[] =>
  SITUATIONS.filter(({ stacks }) => stacks === undefined || stacks.includes(stack));

/** What a metric must read in a situation. */
function readOf({ reads = {} }: Situation, name: string): number | undefined {
  return name in reads ? reads[name] : GOOD_READS[name];
}

/** Seconds between scrapes, and minutes of them. */
const SCRAPE = 15;
const MINUTES = 10;

/** The last digits differ with the order in which series are added. */
const PLACES = 1e6;
const rounded = (value: number | undefined): number | undefined => value && Math.round(value * PLACES) / PLACES;

const caseOf = (stack: StackName, situation: Situation) => ({
  name: `${stack}: ${situation.title}`,
  series: [...new Map(situation.series)],
  minutes: MINUTES,
  questions: (GUARDS.get(stack) ?? []).map(({ name, query }) => ({
    query: `round(${query}, ${1 / PLACES})`,
    samples: element(rounded(readOf(situation, name))),
  })),
});

let verdicts: ReadonlyMap<string, string>;

beforeAll(() => {
  const cases = names.flatMap((stack) => about(stack).map((situation) => caseOf(stack, situation)));
  verdicts = testRules([{ groups: [], cases }], { scrape: SCRAPE, evaluation: SCRAPE });
});

test.each(names)('a stack %s has both faults, and each guard once', (stack) => {
  const found = (GUARDS.get(stack) ?? []).map(({ name }) => name);
  const old = stack.startsWith('of vLLM');
  const expected = Object.keys(GOOD_READS).filter((name) => !old || !name.startsWith('inter-token'));
  expect([...found].sort()).toEqual([...expected].sort());
});

describe.each(names)('in a stack %s, with at most one element of each metric,', (stack) => {
  test.each(about(stack))('$title', ({ title }) => {
    expectHolds(verdicts.get(`${stack}: ${title}`));
  });

  test.each(about(stack))('the verdicts: $title', (situation) => {
    const { fails = [], undecided = [] } = situation;
    const phases = (GUARDS.get(stack) ?? []).map((guard) => {
      const value = readOf(situation, guard.name);
      return [guard.name, phaseOf(guard, value === undefined ? [] : [value])] as const;
    });
    const namesOf = (phase: Phase): string[] => phases.filter(([, each]) => each === phase).map(([name]) => name);
    const measured = (list: readonly string[]) => phases.map(([name]) => name).filter((name) => list.includes(name));
    expect(namesOf('Failed')).toEqual(measured(fails));
    expect(namesOf('Inconclusive')).toEqual(measured(undecided));
  });
});
