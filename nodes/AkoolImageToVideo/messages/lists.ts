// What is said in dropdowns that have nothing to show, and of the live lists of effects and models.

import { define, parameterMessage } from './define';

export const listMessages = {
	noEffects: define([], () => ({
		title: 'Akool offers no effects to this account at the moment',
		description: 'Try again later, or enter an effect By Code.',
	})),

	noModels: define([], () => ({
		title: 'Akool offers no models to this account at the moment',
		description: 'Try again later, or enter a model By Name.',
	})),

	modelsNotChecked: define(
		[],
		() => "Akool's model list could not be read, so resolution, length and count were not checked before creating",
	),

	unknownModel: define(
		['sora-9', ['AkoolImage2VideoFastV1', 'seedance-1-0-lite-i2v-250428']],
		(name: string, listed: readonly string[]) =>
			parameterMessage('Model', `is "${name}", which Akool does not list`, `Listed are: ${listed.join(', ')}.`),
	),
};
