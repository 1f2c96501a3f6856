// The sound of a video. Type 2 needs the address of an audio file; type 3 (none) exists for a create alone.

import type { INodeProperties } from 'n8n-workflow';

import type { AudioType } from '../../akool/bodies';
import type { Run } from '../../orders/run';
import { parametersOf } from '../parameters';
import { readUrl } from './image';

const GENERATE = { name: 'Generate', value: 1, description: 'Let Akool make sound that fits the video' };
const FROM_URL = { name: 'From URL', value: 2, description: 'Use an audio file on the internet' };
const NONE = { name: 'None', value: 3, description: 'Ask for no sound' };

const audioUrl: INodeProperties = {
	displayName: 'Audio URL',
	name: 'audioUrl',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://example.com/music.mp3',
	description: 'The address of the audio file itself. Share links of Google Drive or Dropbox do not work.',
	displayOptions: { show: { audioType: [2] } },
};

const audioOfNewVideo: INodeProperties = {
	displayName: 'Audio',
	name: 'audioType',
	type: 'options',
	options: [FROM_URL, GENERATE, NONE],
	default: 3,
	description: 'The sound of the video',
};

const audioOfOldVideo: INodeProperties = {
	displayName: 'Audio',
	name: 'audioType',
	type: 'options',
	options: [FROM_URL, GENERATE],
	default: 1,
	description: 'The sound of the new video. The old one stays as it is.',
};

export const createAudioFields: INodeProperties[] = [audioOfNewVideo, audioUrl];

export const updateAudioFields: INodeProperties[] = [audioOfOldVideo, audioUrl];

export interface Audio {
	audioType: AudioType;
	audioUrl: string | undefined;
}

/** Reads the sound of an item. */
export function readAudio(run: Run, itemIndex: number, mayBeNone: boolean): Audio {
	const parameters = parametersOf(run, itemIndex);
	const field = mayBeNone ? audioOfNewVideo : audioOfOldVideo;
	switch (parameters.required(parameters.choice(field), field, 'Choose where the audio comes from.')) {
		case 1:
			return { audioType: 1, audioUrl: undefined };
		case 2: {
			const url = readUrl(run, parameters, audioUrl, { of: 'audio' });
			return {
				audioType: 2,
				audioUrl: parameters.required(url, audioUrl, 'Give the address of the audio file itself.'),
			};
		}
		default:
			return { audioType: 3, audioUrl: undefined };
	}
}
