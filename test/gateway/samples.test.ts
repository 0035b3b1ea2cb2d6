import { evaluate } from '../support/route-evaluator';
import { send } from './client';
import type { Echo } from './pods';
import { endpointOf, fullName, placed, portOf, type Sample, titleOf } from './scenario';
import { SCENARIOS } from './scenarios';
import { servicesByAddress } from './services';

let services: Map<string, string[]>;
beforeAll(() => {
  services = servicesByAddress();
});

describe.each(SCENARIOS.filter(({ samples }) => samples.length > 0))('$name', (scenario) => {
  const rows = scenario.samples.map((sample) => [titleOf(sample), sample] as const);
  const target = (to: string | number) => (typeof to === 'string' ? fullName(scenario, to) : to);

  describe('the evaluator', () => {
    const manifests = placed(SCENARIOS, scenario);

    test.each(rows)('%s', (_, sample) => {
      const request = { ...sample, ...(sample.port && { port: portOf(SCENARIOS, scenario, sample.port) }) };
      const outcome = evaluate(manifests, request);
      if (!('backend' in outcome)) {
        expect(outcome.status).toBe(target(sample.to));
        return;
      }
      expect(`${outcome.backend.namespace}/${outcome.backend.name}`).toBe(target(sample.to));
      expect(received(sample, { path: outcome.path, headers: { ...outcome.headers, host: outcome.host } })).toEqual(
        expected(sample),
      );
    });
  });

  describe('the gateway', () => {
    test.each(rows)('%s', async (_, sample) => {
      const { status, body } = await send(endpointOf(SCENARIOS, scenario, sample.port), sample);
      const to = target(sample.butEnvoyGateway ?? sample.to);
      if (typeof to === 'number') {
        expect(status).toBe(to);
        return;
      }
      expect({ status, body }).toMatchObject({ status: 200 });
      const echo = JSON.parse(body) as Echo;
      expect(services.get(echo.address)).toContain(to);
      expect(received(sample, echo)).toEqual(expected(sample));
    });
  });
});

function expected({ path, as, receives = {} }: Sample) {
  return { path: as ?? path, ...receives };
}

function received({ receives = {} }: Sample, { path, headers }: Pick<Echo, 'path' | 'headers'>) {
  return { path, ...Object.fromEntries(Object.keys(receives).map((name) => [name, headers[name]])) };
}
