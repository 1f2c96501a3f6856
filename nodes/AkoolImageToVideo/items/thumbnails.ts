// Downloads the images of effects. A failed download is reported in a hint and ends nothing.

import type { IBinaryKeyData } from 'n8n-workflow';

import type { Effect } from '../akool/effects';
import { fetchFile, IMAGE_FILE } from '../transport/downloadFile';
import { fileMessages } from '../messages/files';
import { withoutSecrets } from '../messages/redact';
import { addHint } from './hints';
import { DEFAULT_CONCURRENCY, inPool } from '../transport/pool';
import type { Run } from '../orders/run';

async function fetchThumbnail(
	run: Run,
	{ code, logoUrl }: Effect,
	fieldName: string,
): Promise<IBinaryKeyData | undefined> {
	if (logoUrl === undefined) return undefined;
	const outcome = await fetchFile(run.context, IMAGE_FILE, {
		name: withoutSecrets(code, run.account),
		url: logoUrl,
	});
	return outcome.kind === 'stored' ? { [fieldName]: outcome.binary } : undefined;
}

/** Downloads the images of effects, a few at a time. Returns one entry for each effect, undefined where there is no image. Never throws. */
export async function fetchThumbnails(
	run: Run,
	effects: readonly Effect[],
	fieldName: string,
): Promise<Array<IBinaryKeyData | undefined>> {
	const thumbnails = await inPool(
		effects,
		DEFAULT_CONCURRENCY,
		async (effect) => await fetchThumbnail(run, effect, fieldName),
	);
	const without = effects.filter((_, index) => thumbnails[index] === undefined).map(({ name }) => name);
	if (without.length > 0) addHint(run, fileMessages.thumbnailsMissing(without));
	return thumbnails;
}
