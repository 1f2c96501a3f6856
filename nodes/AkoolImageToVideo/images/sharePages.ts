// Services whose links only show pages to people, so that n8n's check of such an address says nothing about what Akool would get. A new service is a line here.

import type { BetterWay } from '../messages/addresses';
import { DOWNLOAD, node, onHost, OPEN_IMAGE, page, type ShareRule } from './shareRule';

const PAGES: ReadonlyArray<readonly [service: string, host: RegExp, way: BetterWay]> = [
	['Microsoft Teams', /^teams\.(?:microsoft|live)\.com$/, node('Microsoft Teams')],
	['Outlook', /^outlook\.(?:office|office365|live)\.com$/, node('Microsoft Outlook')],
	['Jira or Confluence', /\.atlassian\.net$/, node('Jira Software')],
	['Asana', /^app\.asana\.com$/, DOWNLOAD],
	['ClickUp', /^app\.clickup\.com$/, DOWNLOAD],
	['monday.com', /^[\w-]+\.monday\.com$/, DOWNLOAD],
	[
		'a cloud console',
		/^(?:console\.(?:aws\.amazon|cloud\.google|firebase\.google|cloudinary)\.com|portal\.azure\.com)$/,
		OPEN_IMAGE,
	],
	['a cloud console', /^(?:[\w-]+\.console\.aws\.amazon\.com|dash\.cloudflare\.com)$/, OPEN_IMAGE],
	['MediaFire', /^(?:www\.)?mediafire\.com$/, DOWNLOAD],
	['Yandex Disk', /^(?:disk\.yandex\.[a-z.]+|yadi\.sk)$/, DOWNLOAD],
	[
		'a file service',
		/^(?:www\.)?(?:4shared|sendspace|swisstransfer|fromsmash|terabox|1024terabox|jumpshare)\.com$/,
		DOWNLOAD,
	],
	[
		'a file service',
		/^(?:gofile\.io|pan\.baidu\.com|cloud\.mail\.ru|workdrive\.zoho\.\w+|kdrive\.infomaniak\.com)$/,
		DOWNLOAD,
	],
	['ChatGPT', /^(?:chatgpt\.com|chat\.openai\.com)$/, DOWNLOAD],
	['Midjourney', /^(?:www\.)?midjourney\.com$/, DOWNLOAD],
	['an image generator', /^(?:(?:app\.)?leonardo\.ai|(?:www\.)?civitai\.com|firefly\.adobe\.com)$/, DOWNLOAD],
	[
		'a stock agency',
		/^(?:www\.)?(?:istockphoto|gettyimages|depositphotos|vecteezy|alamy|123rf|dreamstime|rawpixel)\.[a-z.]+$/,
		DOWNLOAD,
	],
	['Adobe Stock', /^stock\.adobe\.com$/, DOWNLOAD],
	[
		'a portfolio',
		/^(?:www\.)?(?:deviantart|behance|imgbox|imageshack|dribbble|artstation|500px|smugmug|photobucket)\.(?:com|net)$/,
		OPEN_IMAGE,
	],
	['Shopify', /^admin\.shopify\.com$/, OPEN_IMAGE],
	['a shop', /^(?:www\.)?(?:amazon|ebay|etsy|aliexpress)\.[a-z.]+$/, OPEN_IMAGE],
	['Threads', /^(?:www\.)?threads\.(?:net|com)$/, DOWNLOAD],
	['Snapchat', /^(?:www\.)?snapchat\.com$/, DOWNLOAD],
	['Bluesky', /^bsky\.app$/, onHost('cdn.bsky.app')],
	['Vimeo', /^(?:www\.)?vimeo\.com$/, DOWNLOAD],
	['Akool', /^(?:(?:www|app)\.)?akool\.com$/, DOWNLOAD],
	[
		'a music service',
		/^(?:music\.apple\.com|music\.amazon\.[a-z.]+|(?:www\.)?(?:deezer|suno|tidal|audiomack|mixcloud|vocaroo|epidemicsound)\.com)$/,
		DOWNLOAD,
	],
	['Bandcamp', /(?:^|\.)bandcamp\.com$/, DOWNLOAD],
	['Freesound', /^(?:www\.)?freesound\.org$/, DOWNLOAD],
];

/** All paths except those that end like a file. */
const NO_FILE = /^[^?]*(?<!\.(?:png|jpe?g|webp|gif|avif|mp3|wav|m4a))(?:\?|$)/i;

export const PAGE_RULES: readonly ShareRule[] = PAGES.map(([service, host, way]) => page(service, host, way, NO_FILE));
