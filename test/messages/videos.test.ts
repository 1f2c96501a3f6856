import { parseVideo } from '../../nodes/AkoolImageToVideo/akool/video';
import { videoMessages } from '../../nodes/AkoolImageToVideo/messages/videos';

const ID = '6891abe782f7cd2a890c44ba';

it.each([
	[7, '7'],
	['paused', '"paused"'],
	[{ toString: 3 }, '{"toString":3}'],
	[[{ toString: 3 }], '[{"toString":3}]'],
	[null, 'null'],
	[undefined, 'undefined'],
])('shows an unknown status as it came: %j', (status, shown) => {
	const video = parseVideo({ _id: ID, status });
	const title = video === undefined ? '' : videoMessages.unknownStatus(video).title;
	expect(title).toBe(`Akool reports an unknown status for video ${ID}: ${shown}`);
});
