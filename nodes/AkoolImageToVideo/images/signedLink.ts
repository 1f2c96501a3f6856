// Gives Akool a picture that is in the workflow: through a signed n8n link that ends by itself. Nothing is uploaded anywhere. Where the link
// cannot work (an n8n that Akool cannot reach, pictures kept in memory), that is said before anything is spent.

import type { IBinaryData } from 'n8n-workflow';

import { reachFrom } from '../akool/reach';
import type { Run } from '../orders/run';
import type { OwnFile } from './ownFile';

/** Akool fetches a picture when it takes up the job; a queue may keep it waiting for a while. */
const LINK_LIFETIME = '60m';

export type PictureLink =
	{ kind: 'link'; url: string; ownFile: OwnFile } | { kind: 'refused'; what: string; advice: string };

const USE_URL = 'You can also set Image Source to URL and give a public address of the picture.';

function refused(what: string, advice: string): PictureLink {
	return { kind: 'refused', what, advice: `${advice} ${USE_URL}` };
}

function sign(run: Run, binary: IBinaryData): string | undefined {
	try {
		return run.context.helpers.createBinarySignedUrl(binary, LINK_LIFETIME);
	} catch {
		return undefined;
	}
}

/** Makes a short-lived link to the binary picture of an item. Never throws. */
export function signedPictureUrl(run: Run, itemIndex: number, fieldName: string): PictureLink {
	const binary = run.items[itemIndex]?.binary?.[fieldName];
	if (binary === undefined) {
		const others = Object.keys(run.items[itemIndex]?.binary ?? {});
		const there =
			others.length === 0
				? 'The item holds no file: a node before this one has to load the picture.'
				: `The item holds: ${others.join(', ')}. Enter ${others.length === 1 ? 'that name' : 'one of these'}.`;
		return refused(`"${fieldName}" is not in the item`, there);
	}
	if (!binary.mimeType.startsWith('image/'))
		return refused('holds no picture', `It holds ${binary.mimeType}. Akool needs a PNG or JPEG.`);
	const url = sign(run, binary);
	if (url === undefined) {
		return refused(
			'cannot be given to Akool',
			'This n8n keeps binary data in memory, so there is no link to it (see N8N_DEFAULT_BINARY_DATA_MODE).',
		);
	}
	if (reachFrom(run.account.baseUrl, url) === 'reachable')
		return {
			kind: 'link',
			url,
			ownFile: { bodyField: 'image_url', key: binary.id ?? binary.data, freshUrl: () => sign(run, binary) ?? url },
		};
	return refused(
		'cannot be given to Akool',
		'Akool cannot reach this n8n: its address is local or private (see WEBHOOK_URL).',
	);
}
