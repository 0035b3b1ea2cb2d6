import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { choicesFor, didYouMean } from '../../preflight/nearest';
import type { Fields } from '../catalogue/catalogue';
import type { JsonObject } from '../../shapes/json-object';
import { whatToDo, whenItExists } from './missing';
import type { Place } from './place';
import { severityOf } from './place';

/** Finds the keys that a JSON flag needs and does not have. */
export function missingKeys({ origin, flag, context }: Place, value: JsonObject): Finding[] {
  const fields = [...(context.catalogue.fields(flag)?.known.values() ?? [])];
  const absent = fields.filter(({ name, required }) => required && !(name in value));
  return absent.map(({ name }) => {
    const problem = `${flag} has no key "${name}", which vLLM needs`;
    return error('missing-json-key', origin, problem, `add "${name}"`);
  });
}

/** A key that vLLM fills. */
export function computedKey(place: Place): Finding {
  const problem = `the key "${place.path}" of ${place.flag} is filled by vLLM, which refuses it when it is set`;
  return severityOf(place)('unknown-json-key', place.origin, problem, 'remove it');
}

/** A key that the release does not have. */
export function unknownKey(place: Place, owner: string, key: string, fields: Fields): Finding {
  const { origin, flag, path, context } = place;
  const { text } = context.catalogue.release;
  const reason = context.catalogue.missingField(owner, key);
  if (reason) {
    const id = reason.goneIn === undefined ? 'json-key-too-new' : 'json-key-removed';
    const problem = `the key "${path}" of ${flag} ${whenItExists(reason)}, and the pinned version is ${text}`;
    return severityOf(place)(id, origin, problem, whatToDo(reason));
  }
  const settable = [...fields.known.values()].filter(({ computed }) => !computed).map(({ name }) => name);
  const problem = `${flag} of vLLM ${text} has no key "${path}"${didYouMean(key, settable)}`;
  return severityOf(place)('unknown-json-key', origin, problem, `give one of ${choicesFor(key, settable)}`);
}
