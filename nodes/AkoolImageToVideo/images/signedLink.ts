// Gives Akool a binary file of the workflow, by a signed n8n link that expires. Nothing is uploaded. If the link cannot work (Akool
// cannot reach n8n, files are kept in memory, or the file is of another kind), it is refused before anything is spent.

import type { IBinaryData } from 'n8n-workflow';

import type { AkoolAccount } from '../akool/account';
import { reachFrom } from '../akool/reach';
import { shortened, trimInvisible } from '../akool/text';
import { causeOf } from '../messages/causes';
import { fileInputMessages } from '../messages/fileInputs';
import { imageMessages, type NoImage } from '../messages/images';
import type { UserMessage } from '../messages/userMessage';
import { withoutSecrets } from '../messages/redact';
import { fileNames, findBinary, storeFile, type FileHost, type StoredFile } from './binaryInput';
import type { ImageToCheck } from './imageToCheck';
import { judge } from './judgeImage';
import type { OwnFile } from './ownFile';

/** Akool fetches a file when it starts the job, which may be queued for a while. */
const LINK_LIFETIME = '60m';

export type FileLink =
	{ kind: 'link'; url: string; ownFile: OwnFile; toCheck: ImageToCheck } | { kind: 'refused'; message: UserMessage };

/** A run with its account. */
type LinkHost = FileHost & { account: AkoolAccount };

/** What the file is for. */
export interface FileUse {
	/** The display name of the parameter that names it. */
	parameter: string;
	/** The display name of the parameter by which an address can be given instead. */
	source: string;
	bodyField: OwnFile['bodyField'];
}

function refused(message: UserMessage): FileLink {
	return { kind: 'refused', message };
}

function sign({ context }: FileHost, binary: IBinaryData): string | undefined {
	if (binary.id === undefined) return undefined;
	return context.helpers.createBinarySignedUrl(binary, LINK_LIFETIME);
}

const kindOfUse = ({ bodyField }: FileUse): 'image' | 'audio' => (bodyField === 'audio_url' ? 'audio' : 'image');

/** The kind of an unusable file; undefined where it can be used. */
function unfitKindOf({ facts, isEmpty }: StoredFile, use: FileUse): NoImage | undefined {
	if (isEmpty) return 'empty';
	const judgment = judge(facts, kindOfUse(use));
	return judgment.kind === 'noImage' ? judgment.what : undefined;
}

async function stored(host: LinkHost, binary: IBinaryData, { parameter }: FileUse): Promise<StoredFile | UserMessage> {
	try {
		return (await storeFile(host, binary)) ?? fileInputMessages.withoutContent(parameter);
	} catch (error) {
		return fileInputMessages.notReadable(parameter, withoutSecrets(causeOf(error), host.account));
	}
}

/** Creates a link (valid for an hour) to a binary file of an item, which a parameter names or holds. Never throws. */
export async function signedFileLink(
	host: LinkHost,
	itemIndex: number,
	given: unknown,
	use: FileUse,
): Promise<FileLink> {
	const binary = findBinary(host, itemIndex, given);
	if (binary === undefined) {
		const name = typeof given === 'string' ? shortened(given) : undefined;
		if (name !== undefined && /^https?:\/\//i.test(trimInvisible(name)))
			return refused(fileInputMessages.isAddress(use.parameter, name, use.source));
		return refused(fileInputMessages.notInItem(use.parameter, name, fileNames(host, itemIndex)));
	}
	const file = await stored(host, binary, use);
	if ('title' in file) return refused(file);
	const unfit = unfitKindOf(file, use);
	if (unfit !== undefined) {
		return refused(
			kindOfUse(use) === 'audio'
				? fileInputMessages.notAudio(use.parameter, unfit)
				: imageMessages.fileIsNoImage(use.parameter, unfit),
		);
	}
	const url = sign(host, file.binary);
	if (url === undefined) return refused(fileInputMessages.keptInMemory(use.parameter, use.source));
	if (reachFrom(host.account.baseUrl, url) !== 'reachable')
		return refused(fileInputMessages.notReachable(use.parameter, use.source));
	const freshUrl = (): string => sign(host, file.binary) ?? url;
	const toCheck: ImageToCheck = { parameter: use.parameter, of: kindOfUse(use), url, facts: file.facts };
	return { kind: 'link', url, ownFile: { bodyField: use.bodyField, key: file.key, freshUrl }, toCheck };
}
