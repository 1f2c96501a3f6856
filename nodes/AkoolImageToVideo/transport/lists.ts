// Akool's lists of effects and models, cached for some minutes for each credential: for dropdowns, checks
// before spending and Get Many. A failed request is never cached.

import { clock } from '../clock';
import { evictOldest } from '../akool/bounded';
import { parseEffects, type Effect } from '../akool/effects';
import { IMAGE_TO_VIDEO_MODEL_TYPE } from '../akool/endpoints';
import { parseModels, type Model } from '../akool/models';
import { readFromAkool } from './client';
import { accountKey, accountOf, cancelSignalOf, type AkoolContext } from './credentials';
import { CallFailure } from './outcome';

const LIFETIME_MS = 5 * 60_000;
const MAX_LISTS = 100;
/** Few, so that a dropdown soon says that Akool does not answer. */
const CATALOGUE_ATTEMPTS = 2;

interface CachedList {
	data: Promise<unknown>;
	endsAtMs: number;
}

const lists = new Map<string, CachedList>();

function remember(key: string, data: Promise<unknown>): void {
	lists.delete(key);
	lists.set(key, { data, endsAtMs: clock.now() + LIFETIME_MS });
	evictOldest(lists, MAX_LISTS);
	data.catch(() => {
		if (lists.get(key)?.data === data) lists.delete(key);
	});
}

function wasStopped(failure: unknown): boolean {
	return failure instanceof CallFailure && failure.outcome.kind === 'canceled';
}

async function cached(context: AkoolContext, name: 'effects' | 'models', qs: Record<string, string>): Promise<unknown> {
	const key = `${name} ${accountKey(await accountOf(context))}`;
	const known = lists.get(key);
	const isKnown = known !== undefined && known.endsAtMs > clock.now();
	const data = isKnown ? known.data : readFromAkool(context, name, { qs }, CATALOGUE_ATTEMPTS);
	if (!isKnown) remember(key, data);
	return await data.catch(async (failure: unknown) => {
		// The execution that sent the request was stopped, but this one was not.
		if (wasStopped(failure) && cancelSignalOf(context)?.aborted !== true)
			return await readFromAkool(context, name, { qs }, CATALOGUE_ATTEMPTS);
		return await Promise.reject(failure);
	});
}

/**
 * The live list of effects. Vendor page: "Get Available Effects".
 *
 * @throws CallFailure where Akool does not answer with it
 */
export async function effectsOf(context: AkoolContext): Promise<Effect[]> {
	return parseEffects(await cached(context, 'effects', {}));
}

/**
 * The live list of Image to Video models, as Akool sorts them. Vendor page: "Get AI Model List".
 *
 * @throws CallFailure where Akool does not answer with it
 */
export async function modelsOf(context: AkoolContext): Promise<Model[]> {
	return parseModels(await cached(context, 'models', { 'types[]': String(IMAGE_TO_VIDEO_MODEL_TYPE) }));
}
