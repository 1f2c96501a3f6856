// What the ledger keeps of a video: what it cost at most, and no more of Akool's answer than an execution can carry.

import type { AkoolVideo } from '../../nodes/AkoolImageToVideo/akool/video';
import { keptAnswer, keptVideo, videosOf, withUpdate } from '../../nodes/AkoolImageToVideo/orders/keptVideo';
import { videoOf } from './samples';

const ID = '6891abe782f7cd2a890c44ba';

const video = (deductionCredit: number | undefined, more: Partial<AkoolVideo> = {}): AkoolVideo => ({
	...videoOf(ID),
	deductionCredit,
	...more,
});

it.each<[string, Array<number | undefined>, { deduction?: number; price?: number }]>([
	['no price', [undefined], {}],
	['a price', [20], { deduction: 20, price: 20 }],
	['a price of nothing', [0], { deduction: 0 }],
	['less than nothing', [-5], {}],
	['a price later', [undefined, 20], { deduction: 20, price: 20 }],
	['a higher price later', [20, 30], { deduction: 30, price: 30 }],
	['a refund later', [20, 0], { deduction: 0, price: 20 }],
	['no price any more', [20, undefined], { deduction: 20, price: 20 }],
	['less than nothing later', [20, -5], { deduction: 20, price: 20 }],
])('keeps the deduction and the highest price if Akool names %s', (_, [first, ...later], expected) => {
	const kept = later.reduce((before, credits) => withUpdate(before, video(credits)), keptVideo(video(first)));
	const { deduction, price } = kept;
	expect({ deduction, price }).toEqual({ deduction: undefined, price: undefined, ...expected });
});

it('keeps the latest status that Akool has named', () => {
	const kept = keptVideo(video(20, { status: 2 }));
	expect(withUpdate(kept, video(20, { status: undefined })).status).toBe(2);
	expect(withUpdate(kept, video(20, { status: 3 })).status).toBe(3);
});

it.each([
	[19_000, true],
	[21_000, false],
])('shortens a very long row: with %d characters of prompt all of it is kept: %p', (characters, isWhole) => {
	const prompt = 'a'.repeat(characters);
	const webhookUrl = 'https://n8n.example.com/webhook-waiting/1/akool?signature=secret';
	const { row } = keptVideo(videoOf(ID, { prompt, video_duration: 5, webhookUrl }));
	expect(JSON.stringify(row).includes('secret')).toBe(false);
	expect(row).toMatchObject({ _id: ID, status: 1, deduction_credit: 20, video_duration: 5 });
	expect(row.prompt === prompt).toBe(isWhole);
});

it.each([
	['refunded later', 20, 0, 0],
	['of a price below nothing, which is none', -5, -5, undefined],
])('returns an order’s videos as described on creation, with the current cost: %s', (_, first, later, cost) => {
	const kept = withUpdate(keptVideo(videoOf(ID, { deduction_credit: first })), video(later));
	expect(videosOf({ videos: [kept, { id: 'damaged', row: {} }] })).toEqual([
		expect.objectContaining({ id: ID, deductionCredit: cost }),
	]);
});

it('keeps an answer without secrets, and shortened', () => {
	expect(keptAnswer({ url: 'https://n8n.example.com/?signature=secret' })).toBe(
		'{"url":"https://n8n.example.com/?signature=***"}',
	);
	expect(keptAnswer('a'.repeat(5_000)).length).toBeLessThan(2_100);
});
