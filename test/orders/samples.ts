// Videos and requests for tests of single files of orders/ that need nothing of n8n.

import { parseVideo, type AkoolVideo } from '../../nodes/AkoolImageToVideo/akool/video';
import type { OrderRequest } from '../../nodes/AkoolImageToVideo/orders/orderRequest';

export function videoOf(_id: string, more: object = {}): AkoolVideo {
	const found = parseVideo({ _id, status: 1, deduction_credit: 20, ...more });
	if (found === undefined) throw new Error('no video');
	return found;
}

export const requestFor = (itemIndex: number, more: Partial<OrderRequest> = {}): OrderRequest => ({
	itemIndex,
	place: '',
	endpoint: 'create',
	body: { prompt: 'a', image_url: 'https://example.com/a.png' },
	ownFiles: [],
	images: [],
	videoCount: 1,
	...more,
});
