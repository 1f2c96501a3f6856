// The dropdown Effect: sorted by name, searchable, with the way to each effect's preview.

import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { listMessages } from '../messages/lists';
import { effectsOf } from '../transport/lists';
import { loadList, matching } from './dropdown';

export async function searchEffects(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const effects = await loadList(this, async () => await effectsOf(this), listMessages.noEffects());
	const entries = effects
		.map(({ code, name, logoUrl, previewUrl }) => ({ name, value: code, icon: logoUrl, url: previewUrl }))
		.sort((a, b) => a.name.localeCompare(b.name));
	return { results: matching(entries, filter) };
}
