// What is said in dropdowns, of the live lists of effects and models, and of recent videos.

import type { LimitBreach } from '../akool/models';
import { parameterMessage, type UserMessage } from './userMessage';

const EXPRESSION = 'Any other value can be entered By Value: it is checked before anything is created.';

/** Akool has hundreds of effects, and lists of models grow. */
const MOST_LISTED = 30;

function namesText(listed: readonly string[]): string {
	const more = listed.length > MOST_LISTED ? ` and ${listed.length - MOST_LISTED} more` : '';
	return `${listed.slice(0, MOST_LISTED).join(', ')}${more}`;
}

/** One line on a value that a model does not have, as a title and what to do. */
function breachMessage(model: string, breach: LimitBreach): UserMessage {
	switch (breach.about) {
		case 'resolution':
			return parameterMessage(
				'Resolution',
				`is ${breach.value}, which ${model} does not offer`,
				`Use one of: ${breach.allowed.join(', ')}.`,
			);
		case 'videoLength':
			return parameterMessage(
				'Video Length',
				`is ${breach.value} seconds, which ${model} does not offer`,
				`Use one of: ${breach.allowed.join(', ')}.`,
			);
		case 'count':
			return parameterMessage(
				'Count',
				`is ${breach.value}, more than ${model} creates at once`,
				`Use 1 to ${breach.most}.`,
			);
		case 'lastFrame':
			return parameterMessage(
				'Last Image',
				`cannot be used with ${model}`,
				"Remove the option and 'Last Image URL', or choose another model.",
			);
		case 'audio':
			return parameterMessage(
				'Generate Audio',
				`cannot be used with ${model}`,
				'Remove the option, or choose another model.',
			);
	}
}

export const listMessages = {
	noEffects: () => ({
		title: 'Akool offers no effects to this account at the moment',
		description: 'Try again later, or enter an effect By Code.',
	}),

	noModels: () => ({
		title: 'Akool offers no models to this account at the moment',
		description: 'Try again later, or enter a model By Name.',
	}),

	/** Stands in an empty field, and first in its list. */
	bestForModel: () => 'Best for the Model',

	setByModel: () => 'Set by the Model',

	seconds: (seconds: number) => `${seconds} Seconds`,

	/** Beside a resolution: the unit of what the list says is documented nowhere. */
	listedCredits: (credits: number) => `Akool's list says ${credits} credits. The charge may differ.`,

	/** The list follows the model, which is not known while the workflow is edited. */
	modelNotChosen: () => `Choose a model to see what it offers. ${EXPRESSION}`,

	modelNotListed: (name: string) => `Akool does not list the model "${name}". ${EXPRESSION}`,

	modelsNotChecked: () =>
		"Akool's model list could not be read or is empty, so resolution, length and count were not checked before creating",

	unknownModel: (name: string, listed: readonly string[]) =>
		parameterMessage(
			'Model',
			`is "${name}", which Akool does not list`,
			`Choose it from the list, or use one of: ${namesText(listed)}.`,
		),

	unknownEffect: (name: string, listed: readonly string[]) =>
		parameterMessage(
			'Effect',
			`is "${name}", which is neither a code nor the name of a single effect`,
			`Choose it from the list, or use one of: ${namesText(listed)}.`,
		),

	/** All that a model rules out at once, so that it is mended at once. */
	notOffered: (model: string, breaches: readonly LimitBreach[]): UserMessage => {
		const messages = breaches.map((breach) => breachMessage(model, breach));
		const [first] = messages;
		if (first !== undefined && messages.length === 1) return first;
		return {
			title: `${model} does not offer ${messages.length} of the chosen values`,
			description: messages.map(({ title, description }) => `${title}. ${description}`).join('\n\n'),
		};
	},

	audioMayBeIgnored: (model: string) =>
		`Akool's list does not say that ${model} generates audio, so Akool may ignore 'Generate Audio'`,

	/** A recent video in a list: when, what, and how far. */
	video: (date: string, prompt: string, state: string) =>
		[date, prompt.length > 60 ? `${prompt.slice(0, 60)}…` : prompt, state].filter((part) => part !== '').join(' · '),

	noVideos: () => ({
		title: 'Akool lists no recent videos of this account',
		description: 'Enter the ID of a video By ID. Videos that are older than seven days are deleted.',
	}),

	onlyNewest: (count: number) => `Only the newest ${count} videos of the account were read. There may be more.`,

	laterPageMissing: (why: string) =>
		`Akool did not list all videos of the account: ${why}. There may be more than these.`,

	/** Read after a colon. */
	nothingNew: () => 'its next page names no others',

	/** Read after a colon. */
	notAList: () => 'no list of videos was found in its answer',

	/** The vendor documents no list of videos. */
	videosNotListed: (why: string) => ({
		title: 'Akool did not list the recent videos of this account',
		description: `Akool does not document this list, so it may not be available: ${why}.\n\nEnter the ID of the video By ID. The log of n8n and the executions list have the IDs of all videos that were created here.`,
	}),
};
