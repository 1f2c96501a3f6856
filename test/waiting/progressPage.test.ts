import { progressPage, type PageContent } from '../../nodes/AkoolImageToVideo/waiting/progressPage';
import { callParked } from '../integration/calls';
import { credentialFor } from '../integration/engine';
import { at, create, madeIds, setUpHarness } from '../integration/harness';

const harness = setUpHarness();
const LONG = '[sandbox: seconds=1000000]';

const CONTENT: PageContent = {
	sentence: '0 of 1 video finished',
	progress: { finished: 0, total: 1 },
	videos: [],
	nowMs: 130_000,
	parkedAtMs: 0,
	endMs: 1_800_000,
	isWaiting: true,
};
const VIDEO = {
	id: '6891abe782f7cd2a890c44ba',
	state: 'processing',
	imageUrl: 'https://example.com/a.png',
	prompt: 'The bottle turns',
	createTimeMs: 5_000,
};

describe('the progress page', () => {
	it('shows each video’s image, state, time and ID, and refreshes itself', () => {
		const page = progressPage({ ...CONTENT, videos: [VIDEO] });
		for (const part of ['src="https://example.com/a.png"', 'processing', '2 min 5 s', VIDEO.id, VIDEO.prompt])
			expect(page).toContain(part);
		expect(page).toContain('waiting for 2 min 10 s');
		expect(page).toContain('<meta http-equiv="refresh" content="10">');
		expect(progressPage({ ...CONTENT, isWaiting: false })).not.toContain('http-equiv="refresh"');
	});

	it('says how many videos are finished, since when and until when it waits', () => {
		const page = progressPage({ ...CONTENT, progress: { finished: 1, total: 3 }, nowMs: 59_000, videos: [VIDEO] });
		for (const part of [
			'<progress value="1" max="3">',
			'for 59 s.',
			'until <time>1970-01-01 00:30 UTC</time> at',
			'</span>54 s<',
		])
			expect(page).toContain(part);
		expect(progressPage({ ...CONTENT, progress: undefined })).not.toContain('<progress ');
		expect(progressPage({ ...CONTENT, isWaiting: false })).not.toContain('It waits until');
	});

	it.each(['completed', 'failed'])('shows no time of a video that is %s', (state) => {
		expect(progressPage({ ...CONTENT, videos: [{ ...VIDEO, state }] })).toContain(`${state}</span></small>`);
	});

	it('shows what it knows of a video, and the beginning of a long prompt', () => {
		const unseen = { id: VIDEO.id, state: undefined, imageUrl: undefined, prompt: undefined, createTimeMs: undefined };
		expect(progressPage({ ...CONTENT, videos: [unseen] })).toContain(
			`<li><span class="none"></span><div><code>${VIDEO.id}</code></div><small><span>not looked up yet</span></small></li>`,
		);
		const prompt = 'a'.repeat(139) + 'bc';
		expect(progressPage({ ...CONTENT, videos: [{ ...VIDEO, prompt }] })).toContain(`<b>${prompt.slice(0, -1)}</b>`);
	});

	it('escapes Akool’s text, and loads only images of web addresses', () => {
		const evil = '"><script>alert(1)</script>';
		const videos = [
			{ ...VIDEO, id: evil, state: evil, prompt: evil },
			{ ...VIDEO, imageUrl: 'javascript:alert(1)' },
			{ ...VIDEO, imageUrl: `https://example.com/${evil}` },
		];
		const page = progressPage({ ...CONTENT, sentence: evil, videos });
		expect(page).not.toMatch(/<script|javascript:/);
		expect(page.match(/<img /g)).toHaveLength(2);
	});

	it('says how many further videos there are', () => {
		const page = progressPage({ ...CONTENT, videos: Array.from({ length: 60 }, () => VIDEO) });
		expect(page.match(/<li>/g)).toHaveLength(50);
		expect(page).toContain('And 10 more.');
		expect(progressPage({ ...CONTENT, videos: [VIDEO] })).not.toContain(' more.');
	});

	it('shows a visitor Akool’s latest status', async () => {
		const parked = await harness.run(create({ prompt: LONG, options: { waitMode: 'callback' } }));
		const credential = credentialFor(harness.sandbox);
		const { text, items } = await callParked(parked, credential, undefined, { method: 'GET' });
		expect(items).toBeUndefined();
		expect(text).toContain(at(madeIds(harness.sandbox), 0));
		expect(text).toMatch(/class="(?:queued|processing)"/);
		expect(text).toContain('product.png');
		expect(text).toContain('0 of 1 video finished');
	});
});
