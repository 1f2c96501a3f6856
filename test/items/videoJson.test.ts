import omit from 'lodash/omit';

import { parseVideo } from '../../nodes/AkoolImageToVideo/akool/video';
import { videoJson } from '../../nodes/AkoolImageToVideo/items/videoJson';

const ROW = {
	_id: '6891abe782f7cd2a890c44ba',
	create_time: 1754377191100,
	uid: 1,
	status: 3,
	video_url: 'https://x/y.mp4',
	video_duration: 5.063,
	resolution: '4k',
	effect_name: 'Squish',
	deduction_credit: 30,
	prompt: 'p',
	webhookUrl: '',
};

function json(row: object, form: 'simplified' | 'raw', made?: object): object {
	const video = parseVideo(row);
	if (video === undefined) throw new Error('no video');
	return videoJson(video, form, parseVideo(made));
}

describe('the item of a video', () => {
	it('has at most ten fields, the most useful first, and none that Akool left out', () => {
		const item = json(ROW, 'simplified');
		expect(Object.entries(item)).toEqual([
			['video_url', ROW.video_url],
			['status_name', 'completed'],
			['deduction_credit', 30],
			['video_duration', 5.063],
			['effect_name', 'Squish'],
			['prompt', 'p'],
			['expires_at', '2025-08-12T06:59:51.100Z'],
			['_id', ROW._id],
			['status', 3],
		]);
	});

	it('has the fields that only the create’s answer holds', () => {
		const made = { ...ROW, model_name: 'm', image_url: 'https://example.com/a.png', status: 1 };
		const simplified = json(ROW, 'simplified', made);
		expect(simplified).toMatchObject({ status: 3, model_name: 'm', image_url: 'https://example.com/a.png' });
		expect(Object.keys(simplified)).toHaveLength(10);
	});

	it('is, as Raw, the create’s answer overlaid with the latest status', () => {
		const made = { ...ROW, status: 1, model_name: 'm', negative_prompt: 'n', batch_id: 'b', video_url: undefined };
		const status = omit(ROW, 'effect_name');
		expect(json(status, 'raw', made)).toMatchObject({
			status: 3,
			status_name: 'completed',
			model_name: 'm',
			negative_prompt: 'n',
			batch_id: 'b',
			effect_name: 'Squish',
			video_url: ROW.video_url,
		});
	});

	it('names an unknown status unknown', () => {
		expect(json({ ...ROW, status: 9 }, 'simplified')).toMatchObject({ status: 9, status_name: 'unknown' });
	});

	it('is, as Raw, Akool’s own object with two more fields', () => {
		expect(json(ROW, 'raw')).toEqual({ ...ROW, status_name: 'completed', expires_at: '2025-08-12T06:59:51.100Z' });
	});

	it.each([
		'https://n8n.example.com/webhook-waiting/4711?signature=abc',
		'https://n8n.example.com/webhook-waiting/4711',
		'https://n8n.example.com/other/4711?signature=abc',
	])('does not hold the execution’s resume address %s', (webhookUrl) => {
		expect(json({ ...ROW, webhookUrl }, 'raw')).not.toHaveProperty('webhookUrl');
		expect(json({ ...ROW, webhookurl: webhookUrl }, 'raw')).not.toHaveProperty('webhookurl');
		expect(JSON.stringify(json({ ...ROW, webhookUrl }, 'simplified'))).not.toContain('4711');
	});

	it('omits n8n’s own links wherever Akool quotes them, and keeps other links whole', () => {
		const ours = [
			'https://n8n.example.com/webhook-waiting/4711?signature=abc',
			'https://n8n.example.com/rest/binary-data/signed?token=abc',
		];
		const theirs = 'https://files.example.com/1.mp4?signature=abc&token=abc';
		for (const form of ['raw', 'simplified'] as const) {
			for (const link of ours)
				expect(JSON.stringify(json({ ...ROW, image_url: link, prompt: { text: [link] } }, form))).not.toContain('abc');
			expect(json({ ...ROW, video_url: theirs }, form)).toMatchObject({ video_url: theirs });
		}
	});

	it('omits what is nested too deep for storage, and keeps the rest', () => {
		const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
		expect(json({ ...ROW, deep }, 'raw')).toEqual(json(ROW, 'raw'));
	});

	it('holds fields that are named like a prototype’s as plain fields', () => {
		const row = JSON.parse('{"constructor":"c","toString":1,"__proto__":{"timed_out":true}}');
		const item = json({ ...ROW, ...row }, 'raw');
		expect(item).toMatchObject({ constructor: 'c', toString: 1 });
		expect('timed_out' in json(Object.assign(JSON.parse('{"__proto__":{"timed_out":true}}'), ROW), 'raw')).toBe(false);
	});
});
