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
	])('tell in one line that %s costs credits', (operation, name) => {
		const field = description.properties.find(
			(property) => property.name === name && property.displayOptions?.show?.operation?.includes(operation),
		);
		expect(field?.hint).toMatch(/costs credits/i);
		expect(field?.hint?.length).toBeLessThan(65);
	});

	it('warn that the link expires if the file of a finished video is not downloaded', () => {
		expect(noticesWith(create())).toContain('linkNotice');
		expect(noticesWith(onVideos('get', '', { waitForCompletion: false, downloadVideo: false }))).toContain(
			'linkNotice',
		);
		expect(noticesWith(create({ waitForCompletion: false, options: {} }))).not.toContain('linkNotice');
		expect(noticesWith(create({ downloadVideo: true }))).not.toContain('linkNotice');
		expect(noticesWith(create({ waitForCompletion: false }))).not.toContain('linkNotice');
	});

	it('say that Akool must reach n8n for a binary image and for Callback', () => {
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
		'tell somebody who uses %s as a tool what to let the model define, and hide everything about files',
		(_, parameters, notices) => {
			const tool = { ...description, name: `${description.name}Tool` };
			expect(noticesWith({ ...parameters, options: {} }, tool)).toEqual(notices);
		},
	);

	it('warn that deleted videos cannot be brought back', () => {
		expect(noticesWith(onVideos('delete', ''))).toContain('deleteNotice');
	});
});

describe('display conditions', () => {
	it('refer only to fields of the node or to paths from the root, since older n8n versions refuse others', () => {
		const names = description.properties.map(({ name }) => name);
		const conditions = description.properties.flatMap(({ displayOptions }) =>
			[displayOptions?.show, displayOptions?.hide].flatMap((rule) => Object.keys(rule ?? {})),
		);
		expect(conditions.filter((condition) => !/^[/@]/.test(condition) && !names.includes(condition))).toEqual([]);
	});
});
