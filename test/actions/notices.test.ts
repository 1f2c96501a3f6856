import { NodeHelpers, type INodeParameters } from 'n8n-workflow';

import { AkoolImageToVideo } from '../../nodes/AkoolImageToVideo/AkoolImageToVideo.node';
import { create, createBatch, onVideos, updateAudio } from '../integration/harness';

const { description } = new AkoolImageToVideo();
const DEFAULTS: INodeParameters = { imageSource: 'url', waitForCompletion: true, options: {} };

/** The words in yellow that n8n shows with these parameters, by their names. */
function noticesWith(parameters: INodeParameters, nodeType = description): string[] {
	const values = { ...DEFAULTS, ...parameters };
	const shown = description.properties.filter((property) =>
		NodeHelpers.displayParameter(values, property, null, nodeType),
	);
	return shown.filter(({ type }) => type === 'notice').map(({ name }) => name);
}

describe('the notices', () => {
	it.each([
		['create', 'videoLength'],
		['createBatch', 'count'],
	])('and hints say of %s, which has many fields, in one line that it costs credits', (operation, name) => {
		const field = description.properties.find(
			(property) => property.name === name && property.displayOptions?.show?.operation?.includes(operation),
		);
		expect(field?.hint).toMatch(/costs credits/i);
		expect(field?.hint?.length).toBeLessThan(65);
	});

	it('say that links expire where a finished video is not downloaded', () => {
		expect(noticesWith(create())).toContain('linkNotice');
		expect(noticesWith(onVideos('get', '', { waitForCompletion: false, downloadVideo: false }))).toContain(
			'linkNotice',
		);
		expect(noticesWith(create({ waitForCompletion: false, options: {} }))).not.toContain('linkNotice');
		expect(noticesWith(create({ downloadVideo: true }))).not.toContain('linkNotice');
		expect(noticesWith(create({ waitForCompletion: false }))).not.toContain('linkNotice');
	});

	it('say where n8n must be reachable: with an image of the workflow, and with Callback', () => {
		expect(noticesWith(create({ options: {}, downloadVideo: true }))).toEqual([]);
		expect(noticesWith(create({ imageSource: 'binary' }))).toContain('imageBinaryNotice');
		expect(noticesWith(create({ options: { waitMode: 'callback' } }))).toContain('callbackNotice');
		expect(noticesWith(create({ waitForCompletion: false, options: { waitMode: 'callback' } }))).not.toContain(
			'callbackNotice',
		);
		expect(noticesWith(updateAudio('', { options: { waitMode: 'callback' } }))).not.toContain('callbackNotice');
	});

	it.each([
		['create', create(), ['toolNotice']],
		['createBatch', createBatch(), ['toolNotice']],
		['updateAudio', updateAudio(''), ['toolNotice']],
		['get', onVideos('get', ''), ['toolNotice']],
		['download', onVideos('download', ''), ['toolNotice']],
		['delete', onVideos('delete', ''), ['deleteNotice', 'toolNotice']],
	])(
		'say with a tool of an agent what %s needs, and nothing of files, which an agent cannot take',
		(_, parameters, notices) => {
			const tool = { ...description, name: `${description.name}Tool` };
			expect(noticesWith({ ...parameters, options: {} }, tool)).toEqual(notices);
		},
	);

	it('say that a deleted video is gone', () => {
		expect(noticesWith(onVideos('delete', ''))).toContain('deleteNotice');
	});
});

describe('what decides whether a field shows', () => {
	it('is a field beside it, or named from the root: an older n8n runs no workflow otherwise', () => {
		const names = description.properties.map(({ name }) => name);
		const conditions = description.properties.flatMap(({ displayOptions }) =>
			[displayOptions?.show, displayOptions?.hide].flatMap((rule) => Object.keys(rule ?? {})),
		);
		expect(conditions.filter((condition) => !/^[/@]/.test(condition) && !names.includes(condition))).toEqual([]);
	});
});
