// The rules for services whose links people copy: the address of the file where the service documents or clearly has one, otherwise
// the way to get one. A new service is a line here. The first matching line counts.

import { parseUrl } from '../akool/url';
import type { BetterWay } from '../messages/addresses';
import { PAGE_RULES } from './sharePages';
import { ANY, DOWNLOAD, file, node, onHost, OPEN_IMAGE, page, type ShareRule } from './shareRule';

const ONE_FILE: BetterWay = { by: 'oneFile' };
const BOX: BetterWay = { by: 'boxDirectLink' };
const ATTACHMENT: BetterWay = { by: 'airtableField' };

function driveFile(url: URL): string | undefined {
	const id = /\/d\/([\w-]{10,})/.exec(url.pathname)?.[1] ?? url.searchParams.get('id');
	if (id === null) return undefined;
	const resourceKey = url.searchParams.get('resourcekey');
	const query = new URLSearchParams({ export: 'download', id, ...(resourceKey && { resourcekey: resourceKey }) });
	return `https://drive.google.com/uc?${query.toString()}`;
}

/** The same address with another query. */
const withQuery =
	(name: string, value: string, without = name) =>
	(url: URL) => {
		const direct = new URL(url);
		direct.searchParams.delete(without);
		direct.searchParams.set(name, value);
		return direct.href;
	};

/** The address that a link of a search engine or a mail filter leads to. */
const inQuery =
	(...names: string[]) =>
	(url: URL) => {
		const inner = names.map((name) => url.searchParams.get(name)).find((value) => value !== null) ?? '';
		return /^https?:\/\//i.test(inner) && parseUrl(inner) !== undefined ? inner : undefined;
	};

const replaced = (from: string, to: string) => (url: URL) => url.href.replace(from, to);

const imgurFile = ({ pathname }: URL): string => `https://i.imgur.com/${pathname.replaceAll('/', '')}.png`;

/** The page of a file, whatever "File:" is in its language, or a file that is opened over an article. */
function wikiFile({ origin, pathname, hash }: URL): string | undefined {
	if (pathname.startsWith('/wiki/Special:Redirect/file/')) return `${origin}${pathname}`;
	const name = /^(?:\/wiki\/|#\/media\/)[^/:]+:([^/]+\.(?:png|jpe?g|webp|gif|tiff?))$/i;
	const found = (name.exec(hash) ?? name.exec(pathname))?.[1];
	return found === undefined ? undefined : `${origin}/wiki/Special:Redirect/file/${found}`;
}

const DRIVE = /^drive\.google\.com$/;
const GOOGLE = /^(?:www|images)\.google\.[a-z.]+$/;
const DROPBOX = /^(?:www\.)?dropbox\.com$/;
const SHAREPOINT = /\.sharepoint\.com$/;
const IMGUR = /^(?:www\.|m\.)?imgur\.com$/;

const SHARE_RULES_OF_FILES: readonly ShareRule[] = [
	page('Google Drive', DRIVE, ONE_FILE, /\/folders?(?:view)?\b/),
	file('Google Drive', DRIVE, /^\/(?:a\/[^/]+\/|u\/\d+\/)?(?:file|open|uc)\b/, driveFile, node('Google Drive')),
	page('Google Drive', DRIVE, node('Google Drive'), /^\/(?!thumbnail)/),
	page('Google Drive', /^lh3\.google\.com$/, node('Google Drive')),
	file('Google Drive', /^docs\.google\.com$/, /^\/(?:uc\b|file\/d\/)/, driveFile, node('Google Drive')),
	page('Google Docs', /^docs\.google\.com$/, node('Google Drive'), /^(?!\/drawings\/d\/[^/]+\/export\/)/),
	page('Google Photos', /^photos\.(?:google\.com|app\.goo\.gl)$/, onHost('lh3.googleusercontent.com')),
	file('Google Images', GOOGLE, /^\/(?:imgres|url)\b/, inQuery('imgurl', 'q', 'url')),
	page('Google Search', GOOGLE, OPEN_IMAGE, /^\/search\b/),
	file('Google Cloud Storage', /^storage\.cloud\.google\.com$/, ANY, replaced('.cloud.google.', '.googleapis.')),
	page('Google Photos', /^goo\.gl$/, onHost('lh3.googleusercontent.com'), /^\/photos\//),
	page('Google Images', /^(?:images\.app\.goo\.gl|share\.google)$/, OPEN_IMAGE),
	page('Gmail', /^mail\.google\.com$/, node('Gmail')),
	page('Gemini', /^gemini\.google\.com$/, DOWNLOAD),
	file('Yandex Images', /^(?:www\.)?yandex\.[a-z.]+$/, /^\/images\//, inQuery('img_url')),
	file('Bing Images', /^(?:www\.)?bing\.com$/, /^\/images\//, inQuery('mediaurl')),
	file('Outlook', /\.safelinks\.protection\.outlook\.com$/, ANY, inQuery('url')),
	file('Facebook', /^l\.(?:facebook|instagram)\.com$/, ANY, inQuery('u')),
	file('Reddit', /^(?:www\.)?reddit\.com$/, /^\/media\b/, inQuery('url'), onHost('i.redd.it')),
	file('Dropbox', DROPBOX, /^\/(?:s|scl\/fi)\//, withQuery('raw', '1', 'dl'), node('Dropbox')),
	page('Dropbox', DROPBOX, ONE_FILE),
	page('Dropbox', /^(?:db\.tt|(?:capture|paper)\.dropbox\.com)$/, node('Dropbox')),
	file('SharePoint', SHAREPOINT, /^\/:[iu]:\//, withQuery('download', '1'), node('Microsoft SharePoint')),
	page('SharePoint', SHAREPOINT, node('Microsoft SharePoint'), /^\/:[a-z]:\/|\/_layouts\/|\/Forms\//i),
	page('OneDrive', /^(?:1drv\.ms|onedrive\.live\.com|photos\.onedrive\.com)$/, node('Microsoft OneDrive')),
	page('iCloud', /^(?:(?:www|share)\.)?icloud\.com(?:\.cn)?$/, DOWNLOAD),
	page('Box', /(?:^|\.)box\.com$/, BOX, /^\/(?!shared\/static\/)/),
	page('WeTransfer', /^(?:we\.tl|(?:[\w-]+\.)?wetransfer\.com)$/, DOWNLOAD),
	file('tmpfiles.org', /^tmpfiles\.org$/, /^\/\d+\//, replaced('tmpfiles.org/', 'tmpfiles.org/dl/'), DOWNLOAD),
	// Its links open only once: the image check would use them up.
	page('file.io', /^(?:www\.)?file\.io$/, DOWNLOAD),
	page('MEGA', /^mega\.(?:nz|io|co\.nz)$/, DOWNLOAD),
	page('pCloud', /^(?:u|my|e)\.pcloud\.(?:link|com)$/, DOWNLOAD),
	page('Proton Drive', /^drive\.proton\.me$/, DOWNLOAD),
	page('Amazon Photos', /^(?:www\.)?amazon\.[a-z.]+$/, DOWNLOAD, /^\/(?:photos|clouddrive)\//),
	page('Adobe', /^(?:adobe\.ly|(?:lightroom|assets|acrobat|express)\.adobe\.com)$/, DOWNLOAD),
	file('Imgur', IMGUR, /^\/\w{5,8}\/?(?:\?|$)/, imgurFile, onHost('i.imgur.com')),
	page('Imgur', IMGUR, onHost('i.imgur.com'), /^\/(?!\w+\.\w+$)/),
	page('ImgBB', /^ibb\.co$/, onHost('i.ibb.co')),
	page('Postimages', /^postimg\.cc$/, onHost('i.postimg.cc')),
	page('Gyazo', /^gyazo\.com$/, onHost('i.gyazo.com')),
	page('Lightshot', /^prnt\.sc$/, OPEN_IMAGE),
	page('Flickr', /^(?:(?:www\.)?flickr\.com|flic\.kr)$/, onHost('live.staticflickr.com')),
	page('Giphy', /^(?:www\.)?giphy\.com$/, OPEN_IMAGE),
	page('Unsplash', /^(?:www\.)?unsplash\.com$/, onHost('images.unsplash.com'), /^\/(?!photos\/[\w-]+\/download)/),
	page('Pexels', /^(?:www\.)?pexels\.com$/, onHost('images.pexels.com')),
	page('Pixabay', /^(?:www\.)?pixabay\.com$/, OPEN_IMAGE, /^\/(?!get\/)/),
	page('Freepik', /^(?:www\.)?freepik\.[a-z]+$/, DOWNLOAD),
	page('Shutterstock', /^(?:www\.)?shutterstock\.com$/, DOWNLOAD),
	file('Wikimedia', /\.wiki[pm]edia\.org$/, /^\/wiki\//, wikiFile),
	file('GitHub', /^github\.com$/, /^\/[^/]+\/[^/]+\/blob\//, replaced('/blob/', '/raw/')),
	file('GitLab', /^gitlab\.com$/, /\/-\/blob\//, replaced('/-/blob/', '/-/raw/')),
	file('Bitbucket', /^bitbucket\.org$/, /^\/[^/]+\/[^/]+\/src\//, replaced('/src/', '/raw/')),
	file('Firebase', /^firebasestorage\.googleapis\.com$/, /^\/v0\/b\/[^/]+\/o\//, withQuery('alt', 'media')),
	file('Hugging Face', /^huggingface\.co$/, /\/blob\//, replaced('/blob/', '/resolve/')),
	page(
		'Notion',
		/^(?:www\.)?notion\.so$|\.notion\.site$|^(?:www\.|app\.)?notion\.com$/,
		node('Notion'),
		/^\/(?!image\/)/,
	),
	page('Canva', /^(?:(?:www\.)?canva\.com|canva\.link)$/, DOWNLOAD),
	page('Figma', /^(?:www\.)?figma\.com$/, DOWNLOAD),
	page('Miro', /^miro\.com$/, DOWNLOAD),
	page('Airtable', /^(?:www\.)?airtable\.com$/, ATTACHMENT),
	page('Trello', /^trello\.com$/, node('Trello')),
	page('Slack', /^(?:[\w-]+\.slack\.com|slack-files\.com)$/, node('Slack'), /^(?!.*[?&]pub_secret=)/),
	page('Discord', /^(?:www\.)?discord\.com$/, onHost('cdn.discordapp.com')),
	page('Telegram', /^(?:t\.me|web\.telegram\.org)$/, node('Telegram')),
	page(
		'WhatsApp',
		/^(?:lookaside\.fbsbx\.com|wa\.me|web\.whatsapp\.com|mmg\.whatsapp\.net)$/,
		node('WhatsApp Business Cloud'),
	),
	page('Pinterest', /^(?:[a-z]{2,3}\.|www\.)?pinterest\.[a-z.]+$|^pin\.it$/, onHost('i.pinimg.com')),
	page('Instagram', /^(?:www\.)?(?:instagram\.com|instagr\.am)$/, DOWNLOAD),
	page('Facebook', /^(?:(?:www|m|web)\.)?(?:facebook\.com|fb\.com|fb\.me|fb\.watch)$/, DOWNLOAD, /^\/(?!ads\/image)/),
	page('X', /^(?:(?:www|mobile)\.)?(?:x|twitter)\.com$/, onHost('pbs.twimg.com')),
	page('LinkedIn', /^(?:www\.)?linkedin\.com$/, OPEN_IMAGE),
	page('Reddit', /^(?:(?:www|old|new)\.)?reddit\.com$/, onHost('i.redd.it')),
	page('TikTok', /^(?:www\.|vm\.)?tiktok\.com$/, DOWNLOAD),
	page('YouTube', /^(?:(?:www|m|music)\.)?youtube\.com$|^youtu\.be$/, DOWNLOAD),
	page('Spotify', /^open\.spotify\.com$/, DOWNLOAD),
	page('SoundCloud', /^(?:(?:www|m|on)\.)?soundcloud\.com$/, DOWNLOAD),
];

export const SHARE_RULES: readonly ShareRule[] = [
	...SHARE_RULES_OF_FILES,
	// n8n's own address of a file, which opens only for signed-in users.
	page('the n8n editor', ANY, DOWNLOAD, /^\/(?:[\w-]+\/)*rest\/binary-data\?/),
	...PAGE_RULES,
];
