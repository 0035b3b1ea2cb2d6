import { send } from './client';
import { endpointOf } from './scenario';
import { SCENARIOS } from './scenarios';
import { modelsScenario } from './scenarios/examples';

test('the gateway itself lists the models of all routes, as OpenAI clients read it', async () => {
  const endpoint = endpointOf(SCENARIOS, modelsScenario);
  const { status, body, contentType } = await send(endpoint, { host: 'models.example.com', path: '/v1/models' });
  const ids = (JSON.parse(body) as { data: { id: string }[] }).data.map(({ id }) => id);
  expect({ status, contentType, ids }).toEqual({
    status: 200,
    contentType: 'application/json',
    ids: ['chat', 'code', 'embeddings'],
  });
});
