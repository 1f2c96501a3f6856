// Which fields of the last image the editor offers. Rule: none that its source makes meaningless.
import { NodeHelpers, type INodeParameters } from 'n8n-workflow';

import { AkoolImageToVideo } from '../../nodes/AkoolImageToVideo/AkoolImageToVideo.node';
import { lastImageOptions } from '../../nodes/AkoolImageToVideo/actions/fields/lastImage';
import { node } from '../integration/engine';

const { description } = new AkoolImageToVideo();

function offered(options: INodeParameters): string[] {
	const theNode = node('Akool', 'akoolImageToVideo', { parameters: { options } });
	return lastImageOptions
		.filter((field) => NodeHelpers.displayParameter(options, field, theNode, description))
		.map(({ name }) => name);
}

it.each([
	[{}, ['lastImage', 'lastImageUrl']],
	[{ lastImage: 'url' }, ['lastImage', 'lastImageUrl']],
	[{ lastImage: 'binary' }, ['lastImage', 'lastImageBinaryField']],
	[{ lastImage: 'same' }, ['lastImage']],
	[{ lastImage: 'none' }, ['lastImage']],
])('offers for %j the fields %j', (options, names) => expect(offered(options)).toEqual(names));
