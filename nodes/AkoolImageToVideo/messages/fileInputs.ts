// What is said of a file of the workflow that cannot be given to Akool, before anything is spent.

import { parameterMessage } from './userMessage';
import { WHAT_IT_IS, type NoImage } from './images';

const useUrl = (source: string): string => `You can also set '${source}' to URL and give a public address.`;

export const fileInputMessages = {
	notInItem: (parameter: string, name: string | undefined, names: readonly string[]) =>
		parameterMessage(
			parameter,
			name === undefined ? 'names no file' : `"${name}" is not in the item`,
			names.length === 0
				? 'The item holds no file: a node before this one has to load it.'
				: `The item holds: ${names.join(', ')}. Enter ${names.length === 1 ? 'that name' : 'one of these'}.`,
		),

	isAddress: (parameter: string, address: string, source: string) =>
		parameterMessage(
			parameter,
			'is an address, not the name of a field',
			`It is ${address}. Set '${source}' to URL and give it there.`,
		),

	withoutContent: (parameter: string) =>
		parameterMessage(
			parameter,
			'holds a file without content',
			"Its data is neither base64 nor stored by n8n. Load the file again, for example with n8n's HTTP Request or Convert to File node.",
		),

	notReadable: (parameter: string, words: string) =>
		parameterMessage(
			parameter,
			'holds a file that n8n cannot read',
			`n8n says: ${words}. Load the file again in this execution.`,
		),

	notAudio: (parameter: string, what: NoImage) =>
		parameterMessage(parameter, `holds ${WHAT_IT_IS[what]}, not an audio file`, 'Give an MP3 or WAV file.'),

	keptInMemory: (parameter: string, source: string) =>
		parameterMessage(
			parameter,
			'cannot be given to Akool',
			`This n8n keeps binary data in memory, so there is no link to it (see N8N_DEFAULT_BINARY_DATA_MODE). ${useUrl(source)}`,
		),

	notReachable: (parameter: string, source: string) =>
		parameterMessage(
			parameter,
			'cannot be given to Akool',
			`Akool cannot reach this n8n: its address is local or private (see WEBHOOK_URL). ${useUrl(source)}`,
		),
};
