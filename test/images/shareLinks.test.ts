import { readAddress } from '../../nodes/AkoolImageToVideo/images/address';
import { readShareLink } from '../../nodes/AkoolImageToVideo/images/shareLinks';

const ID = '1aBcD_eFgHiJkLmNoPqRsTuVwXyZ012345';

describe('a share link becomes the address of its file if that is certain', () => {
	const drive = `https://drive.google.com/uc?export=download&id=${ID}`;
	it.each([
		[`https://drive.google.com/file/d/${ID}/view?usp=sharing`, drive],
		[`https://drive.google.com/file/d/${ID}/preview`, drive],
		[`https://drive.google.com/a/example.com/file/d/${ID}/view`, drive],
		[`https://drive.google.com/open?id=${ID}`, drive],
		[`https://drive.google.com/uc?id=${ID}`, drive],
		[`https://drive.google.com/u/0/uc?id=${ID}&export=download`, drive],
		[`https://docs.google.com/uc?id=${ID}`, drive],
		[`https://drive.google.com/file/d/${ID}/view?resourcekey=0-abc`, `${drive}&resourcekey=0-abc`],
		['https://www.dropbox.com/s/abc123/bottle.png?dl=0', 'https://www.dropbox.com/s/abc123/bottle.png?raw=1'],
		[
			'https://www.dropbox.com/scl/fi/abc/bottle.png?rlkey=xyz&st=1&dl=0',
			'https://www.dropbox.com/scl/fi/abc/bottle.png?rlkey=xyz&st=1&raw=1',
		],
		[
			'https://contoso.sharepoint.com/:i:/s/Team/EabcDEF?e=4xY',
			'https://contoso.sharepoint.com/:i:/s/Team/EabcDEF?e=4xY&download=1',
		],
		['https://imgur.com/aBc1234', 'https://i.imgur.com/aBc1234.png'],
		[
			'https://commons.wikimedia.org/wiki/File:Bottle.jpg',
			'https://commons.wikimedia.org/wiki/Special:Redirect/file/Bottle.jpg',
		],
		[
			'https://de.wikipedia.org/wiki/Datei:Bottle.jpg',
			'https://de.wikipedia.org/wiki/Special:Redirect/file/Bottle.jpg',
		],
		[
			'https://en.wikipedia.org/wiki/Bottle#/media/File:Bottle.jpg',
			'https://en.wikipedia.org/wiki/Special:Redirect/file/Bottle.jpg',
		],
		[
			'https://commons.wikimedia.org/wiki/File:Bottle.tif',
			'https://commons.wikimedia.org/wiki/Special:Redirect/file/Bottle.tif',
		],
		['https://docs.google.com/file/d/1aBcDeFgHiJk/edit', 'https://drive.google.com/uc?export=download&id=1aBcDeFgHiJk'],
		['https://tmpfiles.org/123/a.png', 'https://tmpfiles.org/dl/123/a.png'],
		['https://tmpfiles.org/dl/123/a.png', 'https://tmpfiles.org/dl/123/a.png'],
		['https://storage.cloud.google.com/b/a.png', 'https://storage.googleapis.com/b/a.png'],
		['https://bitbucket.org/o/r/src/main/a.png', 'https://bitbucket.org/o/r/raw/main/a.png'],
		[
			'https://firebasestorage.googleapis.com/v0/b/x.appspot.com/o/a.png?token=1',
			'https://firebasestorage.googleapis.com/v0/b/x.appspot.com/o/a.png?token=1&alt=media',
		],
		[
			'https://files.slack.com/files-pri/T1-F1/a.png?pub_secret=1',
			'https://files.slack.com/files-pri/T1-F1/a.png?pub_secret=1',
		],
		['https://github.com/o/r/blob/main/a.png', 'https://github.com/o/r/raw/main/a.png'],
		['https://gitlab.com/o/r/-/blob/main/a.png', 'https://gitlab.com/o/r/-/raw/main/a.png'],
		['https://huggingface.co/o/r/blob/main/a.png', 'https://huggingface.co/o/r/resolve/main/a.png'],
		['https://www.google.com/imgres?imgurl=https%3A%2F%2Fexample.com%2Fa.png&imgrefurl=x', 'https://example.com/a.png'],
		['https://www.google.com/url?q=https://example.com/a.png&sa=D', 'https://example.com/a.png'],
		['https://www.google.com/url?q=http://example.com/a.png', 'http://example.com/a.png'],
		[
			'https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.com%2Fa.png&data=05',
			'https://example.com/a.png',
		],
		// one service leads to another
		[`https://www.google.com/url?q=https%3A%2F%2Fdrive.google.com%2Ffile%2Fd%2F${ID}%2Fview`, drive],
	])('%s', (link, direct) => {
		expect(readShareLink(link)).toEqual({ kind: 'direct', url: direct });
		expect(readShareLink(direct)).toEqual({ kind: 'direct', url: direct });
	});
});

describe('a share link of a page is refused with a way to get the file', () => {
	it.each([
		['https://drive.google.com/drive/folders/1aBc', 'Google Drive', 'single file'],
		['https://drive.google.com/drive/u/0/my-drive', 'Google Drive', 'Google Drive node'],
		['https://docs.google.com/document/d/1aBc/edit', 'Google Docs', 'Google Drive node'],
		['https://photos.app.goo.gl/aBc', 'Google Photos', 'https://lh3.googleusercontent.com/'],
		['https://photos.google.com/share/AF1Q', 'Google Photos', 'copy that address'],
		['https://drive.google.com/open', 'Google Drive', 'Google Drive node'],
		['https://www.google.com/search?q=bottle&udm=2', 'Google Search', 'copy that address'],
		['https://www.google.com/url?q=ftp://example.com/http://a.png', 'Google Images', 'copy that address'],
		['https://www.google.com/url?q=https%3A%2F%2F', 'Google Images', 'copy that address'],
		['https://en.wikipedia.org/wiki/Bottle', 'Wikimedia', 'copy that address'],
		['https://www.dropbox.com/scl/fo/abc/def?dl=0', 'Dropbox', 'single file'],
		['https://1drv.ms/i/s!Abc', 'OneDrive', 'Microsoft OneDrive node'],
		['https://onedrive.live.com/?id=1&cid=2', 'OneDrive', 'Microsoft OneDrive node'],
		['https://contoso.sharepoint.com/:f:/s/Team/EabcDEF', 'SharePoint', 'Microsoft SharePoint node'],
		['https://share.icloud.com/photos/0abc', 'iCloud', 'Download the file'],
		['https://www.icloud.com/iclouddrive/0abc', 'iCloud', 'Download the file'],
		['https://app.box.com/s/abc', 'Box', '/shared/static/'],
		['https://we.tl/t-abc', 'WeTransfer', 'Download the file'],
		['https://imgur.com/a/abc', 'Imgur', 'https://i.imgur.com/'],
		['https://ibb.co/abc', 'ImgBB', 'https://i.ibb.co/'],
		['https://www.notion.so/Product-123', 'Notion', 'Notion node'],
		['https://www.canva.com/design/DAF/view', 'Canva', 'Download the file'],
		['https://www.pinterest.com/pin/123/', 'Pinterest', 'https://i.pinimg.com/'],
		['https://pin.it/abc', 'Pinterest', 'https://i.pinimg.com/'],
		['https://www.instagram.com/p/abc/', 'Instagram', 'Download the file'],
		['https://www.facebook.com/photo/?fbid=1', 'Facebook', 'Download the file'],
		['https://x.com/someone/status/1', 'X', 'https://pbs.twimg.com/'],
		['https://unsplash.com/photos/a-bottle-abc', 'Unsplash', 'https://images.unsplash.com/'],
		['https://airtable.com/appAbc/tblDef', 'Airtable', '{{ $json.Attachments[0].url }}'],
		['https://files.slack.com/files-pri/T1-F1/a.png', 'Slack', 'Slack node'],
		['https://t.me/channel/1', 'Telegram', 'Telegram node'],
		['https://www.youtube.com/watch?v=abc', 'YouTube', 'Download the file'],
	])('%s', (link, service, way) => {
		const address = readAddress({ parameter: 'Image URL', of: 'image', source: 'Image Source' }, link);
		expect(address).toEqual({
			kind: 'refused',
			message: {
				title: `'Image URL' is a link of ${service} that shows a page, not the image`,
				description: expect.stringContaining(way),
			},
		});
	});

	it('a Telegram file address is refused, since it holds the bot’s secret', () => {
		const link = 'https://api.telegram.org/file/bot123:secret/photos/file_1.jpg';
		const address = readAddress({ parameter: 'Image URL', of: 'image', source: 'Image Source' }, link);
		expect(address).toMatchObject({ message: { title: "'Image URL' holds the secret token of a Telegram bot" } });
		expect(JSON.stringify(address)).not.toContain('secret/');
	});
});

it.each([
	'https://example.com/a.png',
	'https://lh3.googleusercontent.com/d/abc',
	'https://drive.google.com/thumbnail?id=abc&sz=w2000',
	'https://i.imgur.com/aBc1234.jpg',
	'https://i.pinimg.com/originals/a.jpg',
	'https://v5.airtableusercontent.com/v3/u/1/a.png',
	'https://cdn.discordapp.com/attachments/1/2/a.png?ex=1',
	'https://app.box.com/shared/static/abc.png',
	'https://scontent.cdninstagram.com/v/a.jpg',
	'https://dl.dropboxusercontent.com/s/abc/a.png',
	'https://docs.google.com/drawings/d/abc/export/png',
	'https://www.google.com/images/branding/logo.png',
	'https://upload.wikimedia.org/a.png',
	'https://example.com/file/bot123:secret/photos/file_1.jpg',
])('a direct file address is not changed: %s', (link) => {
	expect(readShareLink(link)).toEqual({ kind: 'direct', url: link });
});

it('a webhook address may be on a service that has share links', () => {
	const url = 'https://hooks.slack.com/services/T1/B1/x';
	expect(readAddress({ parameter: 'Webhook URL', of: 'webhook' }, url)).toEqual({ kind: 'address', url });
});
