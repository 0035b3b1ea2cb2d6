import { build as ingress } from '../../examples/ingress/main';
import { build as regions } from '../../examples/regions-and-tiers/main';
import { build as lengths } from '../../examples/short-and-long/main';
import { build as models } from '../../examples/three-models/main';
import * as entry from '../../lib/routing/entry-plan';
import { routesFindings } from '../../lib/routing/routes-findings';
import { routesManifests } from '../../lib/routing/manifests/routes-manifests';

jest.mock('../../lib/routing/entry-plan', () => {
  const actual = jest.requireActual<typeof entry>('../../lib/routing/entry-plan');
  return { ...actual, planEntry: jest.fn(actual.planEntry) };
});

const META = { namespace: 'llm', labels: {}, annotations: {} };

describe('the plan of routes is data', () => {
  test.each(Object.entries({ ingress, lengths, models, regions }))('in the example of %s', (_, build) => {
    const planEntry = jest.mocked(entry.planEntry);
    planEntry.mockClear();
    build();
    const plans = planEntry.mock.results.map(({ value }) => value as entry.EntryPlan);
    expect(plans).toHaveLength(1);
    for (const plan of plans) {
      const copy = JSON.parse(JSON.stringify(plan)) as entry.EntryPlan;
      expect(copy).toEqual(plan);
      // Findings and manifests need nothing but the plan.
      expect(routesFindings(copy)).toEqual(routesFindings(plan));
      expect(routesManifests(copy, META)).toEqual(routesManifests(plan, META));
    }
  });
});
