// Every message with sample values, by subject, for the page that shows them all and for the tests. Rule: an entry that is missing here, or whose values have
// other types, does not compile.
import { addressMessages } from '../../nodes/AkoolImageToVideo/messages/addresses';
import {
	callbackMessages,
	malformedMessages,
	refusalMessages,
	unreadableMessages,
} from '../../nodes/AkoolImageToVideo/messages/callbacks';
import { callMessages } from '../../nodes/AkoolImageToVideo/messages/calls';
import { codeMessages } from '../../nodes/AkoolImageToVideo/messages/codes';
import { connectionMessages } from '../../nodes/AkoolImageToVideo/messages/connection';
import { credentialMessages } from '../../nodes/AkoolImageToVideo/messages/credential';
import { downloadMessages } from '../../nodes/AkoolImageToVideo/messages/downloads';
import { fileInputMessages } from '../../nodes/AkoolImageToVideo/messages/fileInputs';
import { fileMessages } from '../../nodes/AkoolImageToVideo/messages/files';
import { imageMessages } from '../../nodes/AkoolImageToVideo/messages/images';
import { inputMessages } from '../../nodes/AkoolImageToVideo/messages/inputs';
import { listMessages } from '../../nodes/AkoolImageToVideo/messages/lists';
import { logMessages } from '../../nodes/AkoolImageToVideo/messages/log';
import { orderMessages } from '../../nodes/AkoolImageToVideo/messages/orders';
import { outcomeMessages } from '../../nodes/AkoolImageToVideo/messages/outcome';
import { runMessages } from '../../nodes/AkoolImageToVideo/messages/run';
import { triggerMessages } from '../../nodes/AkoolImageToVideo/messages/trigger';
import { videoMessages } from '../../nodes/AkoolImageToVideo/messages/videos';
import { obstacleMessages, waitingMessages } from '../../nodes/AkoolImageToVideo/messages/waiting';
import { ENDPOINTS } from '../../nodes/AkoolImageToVideo/akool/endpoints';
import type { LimitBreach } from '../../nodes/AkoolImageToVideo/akool/models';
import { parseVideo, type AkoolVideo, type VideoId } from '../../nodes/AkoolImageToVideo/akool/video';
import type { AddressField } from '../../nodes/AkoolImageToVideo/messages/addresses';
import type { UserMessage } from '../../nodes/AkoolImageToVideo/messages/userMessage';

/** A message and the values to show it with. */
export interface ShownMessage {
	example(): UserMessage | string;
}

const shown = <Values extends unknown[]>(
	write: (...values: Values) => UserMessage | string,
	sample: NoInfer<Values>,
): ShownMessage => ({ example: () => write(...sample) });

type Shown<Table> = { [Name in keyof Table]: ShownMessage };

const ID: VideoId = '6891abe782f7cd2a890c44ba';
const BREACHES: LimitBreach[] = [
	{ about: 'resolution', value: '4k', allowed: ['480p', '720p'] },
	{ about: 'videoLength', value: 30, allowed: [5, 10] },
];
const IMAGE: AddressField = { parameter: 'Image URL', of: 'image', source: 'Image Source' };

function sampleVideo(row: { status: number; error_reason?: string }): AkoolVideo {
	const video = parseVideo({ _id: ID, ...row });
	if (video === undefined) throw new Error('The sample is no video');
	return video;
}

const address: Shown<typeof addressMessages> = {
	notAnAddress: shown(addressMessages.notAnAddress, [IMAGE, 'see attachment']),
	fileName: shown(addressMessages.fileName, [IMAGE, 'product.png']),
	pathOnComputer: shown(addressMessages.pathOnComputer, [IMAGE, String.raw`C:\Photos\product.png`]),
	fileItself: shown(addressMessages.fileItself, [IMAGE, 'data:image/png;base64,iVBORw0KGgo']),
	binaryObject: shown(addressMessages.binaryObject, [IMAGE]),
	otherScheme: shown(addressMessages.otherScheme, [IMAGE, 's3', 's3://bucket/product.png']),
	severalAddresses: shown(addressMessages.severalAddresses, [
		IMAGE,
		2,
		'https://a.example/1.png, https://a.example/2.png',
	]),
	moreThanAnAddress: shown(addressMessages.moreThanAnAddress, [
		IMAGE,
		'https://a.example/1.png front view',
		'front view',
	]),
	shortenedAddress: shown(addressMessages.shortenedAddress, [IMAGE, 'https://a.example/…/1.png']),
	emptyPart: shown(addressMessages.emptyPart, [IMAGE, 'undefined', 'https://a.example/undefined/1.png']),
	noHost: shown(addressMessages.noHost, [IMAGE, 'https:///product.png']),
	hostNotValid: shown(addressMessages.hostNotValid, [IMAGE, 'a b.example', 'https://a b.example/1.png']),
	holdsPassword: shown(addressMessages.holdsPassword, [IMAGE]),
	holdsToken: shown(addressMessages.holdsToken, [IMAGE, 'Telegram']),
	privateHost: shown(addressMessages.privateHost, [IMAGE, 'http://192.168.1.20/1.png']),
	hintTestAddress: shown(addressMessages.hintTestAddress, []),
	showsAPage: shown(addressMessages.showsAPage, [IMAGE, 'Google Photos', { by: 'imageAddress' }]),
};

const call: Shown<typeof callMessages> = {
	apiError: shown(callMessages.apiError, [1006, 'Your quota is not enough', ENDPOINTS.create.purpose]),
	httpError: shown(callMessages.httpError, [404, ENDPOINTS.models.purpose]),
	unauthorized: shown(callMessages.unauthorized, [ENDPOINTS.models.purpose]),
	notSent: shown(callMessages.notSent, ['the host name was not found', ENDPOINTS.create.purpose]),
	noToken: shown(callMessages.noToken, ["'Client ID' is empty."]),
	stopped: shown(callMessages.stopped, [ENDPOINTS.results.purpose]),
	noAnswer: shown(callMessages.noAnswer, ['no answer came in time', ENDPOINTS.results.purpose]),
	outcomeUnknown: shown(callMessages.outcomeUnknown, ['no answer came in time']),
};

const connection: Shown<typeof connectionMessages> = {
	refused: shown(connectionMessages.refused, []),
	hostUnknown: shown(connectionMessages.hostUnknown, []),
	lookUpFailed: shown(connectionMessages.lookUpFailed, []),
	hostUnreachable: shown(connectionMessages.hostUnreachable, []),
	networkUnreachable: shown(connectionMessages.networkUnreachable, []),
	notConnected: shown(connectionMessages.notConnected, []),
	certificate: shown(connectionMessages.certificate, ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY']),
	noAgreement: shown(connectionMessages.noAgreement, ['ERR_SSL_WRONG_VERSION_NUMBER']),
	handshakeClosed: shown(connectionMessages.handshakeClosed, []),
	proxyRefused: shown(connectionMessages.proxyRefused, []),
	proxyAuthentication: shown(connectionMessages.proxyAuthentication, []),
	blocked: shown(connectionMessages.blocked, []),
	unusableRequest: shown(connectionMessages.unusableRequest, ['ERR_INVALID_CHAR']),
	closed: shown(connectionMessages.closed, []),
	noAnswerInTime: shown(connectionMessages.noAnswerInTime, []),
	cutOff: shown(connectionMessages.cutOff, []),
	brokeOff: shown(connectionMessages.brokeOff, []),
	status: shown(connectionMessages.status, [429]),
	httpStatus: shown(connectionMessages.httpStatus, [502]),
	otherStatus: shown(connectionMessages.otherStatus, [403]),
	namesVideo: shown(connectionMessages.namesVideo, []),
	notAnAnswer: shown(connectionMessages.notAnAnswer, []),
	otherCode: shown(connectionMessages.otherCode, [1015, 'Create video error, please try again later']),
	noBalance: shown(connectionMessages.noBalance, []),
	othersUntold: shown(connectionMessages.othersUntold, []),
	oddAnswer: shown(connectionMessages.oddAnswer, []),
	namedNoVideo: shown(connectionMessages.namedNoVideo, []),
};

const credential: Shown<typeof credentialMessages> = {
	severalAccounts: shown(credentialMessages.severalAccounts, [[[0, 2], [1]]]),
	baseUrlUnusable: shown(credentialMessages.baseUrlUnusable, []),
	keyOnlyToBaseUrl: shown(credentialMessages.keyOnlyToBaseUrl, ['https://openapi.akool.com', 'example.com']),
	keyOnlyDirectly: shown(credentialMessages.keyOnlyDirectly, ['https://openapi.akool.com']),
	clientIdMissing: shown(credentialMessages.clientIdMissing, []),
	tokenRefused: shown(credentialMessages.tokenRefused, [
		'Akool does not know this API key',
		1109,
		'account not exist',
		'Check the API Key.',
	]),
	noTokenInAnswer: shown(credentialMessages.noTokenInAnswer, []),
	tokenNotFetched: shown(credentialMessages.tokenNotFetched, ['the connection was refused']),
	tokenTooFrequent: shown(credentialMessages.tokenTooFrequent, []),
	tokenNotAllowed: shown(credentialMessages.tokenNotAllowed, [
		'Domain not allowed: This credential is restricted from accessing openapi.akool.com.',
	]),
	codeOfTest: shown(credentialMessages.codeOfTest, ['Akool does not know this API key', 1109, 'Check the API Key.']),
	notAkool: shown(credentialMessages.notAkool, []),
};

const download: Shown<typeof downloadMessages> = {
	notOnTheWeb: shown(downloadMessages.notOnTheWeb, []),
	privateHost: shown(downloadMessages.privateHost, ['127.0.0.1']),
	blockedByN8n: shown(downloadMessages.blockedByN8n, ['internal.example.com']),
	tooManyRedirects: shown(downloadMessages.tooManyRedirects, [5]),
	tooLarge: shown(downloadMessages.tooLarge, [2_147_483_648]),
	tooSlow: shown(downloadMessages.tooSlow, [15]),
	silent: shown(downloadMessages.silent, [60]),
	brokenOff: shown(downloadMessages.brokenOff, []),
	notReached: shown(downloadMessages.notReached, ['the host name was not found']),
	httpStatus: shown(downloadMessages.httpStatus, [500]),
	notThereYet: shown(downloadMessages.notThereYet, [404, '2026-01-22T12:00:00.000Z']),
	expired: shown(downloadMessages.expired, [404, '2026-01-22T12:00:00.000Z']),
	gone: shown(downloadMessages.gone, [410]),
	wrongType: shown(downloadMessages.wrongType, ['text/html', 'a video']),
	notAFile: shown(downloadMessages.notAFile, ['a video']),
	empty: shown(downloadMessages.empty, []),
	notWhole: shown(downloadMessages.notWhole, [20, 40]),
	storageFull: shown(downloadMessages.storageFull, []),
	notStored: shown(downloadMessages.notStored, ['EROFS']),
};

const fileInput: Shown<typeof fileInputMessages> = {
	notInItem: shown(fileInputMessages.notInItem, ['Input Data Field Name', 'data', ['photo']]),
	isAddress: shown(fileInputMessages.isAddress, [
		'Input Data Field Name',
		'https://example.com/product.png',
		'Image Source',
	]),
	withoutContent: shown(fileInputMessages.withoutContent, ['Input Data Field Name']),
	notReadable: shown(fileInputMessages.notReadable, ['Input Data Field Name', 'The file could not be found']),
	notAudio: shown(fileInputMessages.notAudio, ['Audio Data Field Name', 'pdf']),
	keptInMemory: shown(fileInputMessages.keptInMemory, ['Input Data Field Name', 'Image Source']),
	notReachable: shown(fileInputMessages.notReachable, ['Input Data Field Name', 'Image Source']),
};

const file: Shown<typeof fileMessages> = {
	notDownloaded: shown(fileMessages.notDownloaded, [
		'6891abe782f7cd2a890c44ba',
		'The host of the file answered with HTTP status 404.',
	]),
	filesMissing: shown(fileMessages.filesMissing, [['6891abe782f7cd2a890c44ba']]),
	noLink: shown(fileMessages.noLink, []),
	stopped: shown(fileMessages.stopped, []),
	galleryTitle: shown(fileMessages.galleryTitle, [24]),
	galleryHowTo: shown(fileMessages.galleryHowTo, []),
	galleryPreview: shown(fileMessages.galleryPreview, []),
	thumbnailsMissing: shown(fileMessages.thumbnailsMissing, [['Squish', 'Samurai']]),
};

const image: Shown<typeof imageMessages> = {
	notThere: shown(imageMessages.notThere, ['Image URL', 404, 'https://example.com/product.png']),
	noSuchHost: shown(imageMessages.noSuchHost, ['Image URL', 'exmaple.com']),
	leadsToPrivateHost: shown(imageMessages.leadsToPrivateHost, ['Image URL', 'https://example.com/1']),
	notAnImage: shown(imageMessages.notAnImage, ['Image URL', 'image', 'page', 'https://example.com/product']),
	fileIsNoImage: shown(imageMessages.fileIsNoImage, ['Input Data Field Name', 'pdf']),
	hintFormat: shown(imageMessages.hintFormat, ['WebP', [0, 2]]),
	hintSide: shown(imageMessages.hintSide, [200, 200, [0]]),
	hintShape: shown(imageMessages.hintShape, [1600, 400, [0]]),
	hintNotSeen: shown(imageMessages.hintNotSeen, ['image', 'its host answered with HTTP status 403', [0]]),
	becauseStatus: shown(imageMessages.becauseStatus, [403]),
	becauseSlow: shown(imageMessages.becauseSlow, [10]),
	becauseLate: shown(imageMessages.becauseLate, []),
	becauseRedirects: shown(imageMessages.becauseRedirects, []),
	becauseBlocked: shown(imageMessages.becauseBlocked, []),
	becauseConnection: shown(imageMessages.becauseConnection, ['the certificate of the server is not trusted']),
};

const input: Shown<typeof inputMessages> = {
	empty: shown(inputMessages.empty, ['Prompt', false, 'Say in a sentence how the image should move.']),
	severalValues: shown(inputMessages.severalValues, ['Prompt', ['a', 'b']]),
	notAText: shown(inputMessages.notAText, ['Prompt', { output: 'The bottle turns' }]),
	objectInText: shown(inputMessages.objectInText, ['Prompt', 'Show [object Object] slowly']),
	expressionInText: shown(inputMessages.expressionInText, ['Prompt', '{{ $json.prompt }}']),
	expressionFailed: shown(inputMessages.expressionFailed, ['Prompt', "Can't get data for expression"]),
	whatAnIdIs: shown(inputMessages.whatAnIdIs, []),
	errorInsteadOfId: shown(inputMessages.errorInsteadOfId, ['Video IDs', 'Akool did not accept a value']),
	notAnId: shown(inputMessages.notAnId, ['Video IDs', 'my video']),
	linkInsteadOfId: shown(inputMessages.linkInsteadOfId, ['Video IDs', 'https://example.com/1.mp4']),
	notRead: shown(inputMessages.notRead, ['The file is gone']),
	differs: shown(inputMessages.differs, ['Wait: Timeout (Minutes)', 30, 60, 2]),
	notABoolean: shown(inputMessages.notABoolean, ['Wait for Completion', 'maybe']),
	notANumber: shown(inputMessages.notANumber, ['Count', 'many']),
	twoNumbers: shown(inputMessages.twoNumbers, ['Limit: Minimum Balance', '1.000']),
	numberOutOfRange: shown(inputMessages.numberOutOfRange, ['Count', 11, { minimum: 1, maximum: 10, isWhole: true }]),
	notAChoice: shown(inputMessages.notAChoice, ['Resolution', '8k', [{ name: '720p', value: '720p' }]]),
	sheetError: shown(inputMessages.sheetError, ['Prompt', '#N/A']),
	notAFieldName: shown(inputMessages.notAFieldName, ['Fields', 'video url']),
	notJson: shown(inputMessages.notJson, ['Additional Body Fields', '{seed', 'Unexpected token']),
	notAnObject: shown(inputMessages.notAnObject, ['Additional Body Fields', [1]]),
};

const list: Shown<typeof listMessages> = {
	noEffects: shown(listMessages.noEffects, []),
	noModels: shown(listMessages.noModels, []),
	bestForModel: shown(listMessages.bestForModel, []),
	setByModel: shown(listMessages.setByModel, []),
	seconds: shown(listMessages.seconds, [5]),
	listedCredits: shown(listMessages.listedCredits, [5]),
	modelNotChosen: shown(listMessages.modelNotChosen, []),
	modelNotListed: shown(listMessages.modelNotListed, ['sora-9']),
	modelsNotChecked: shown(listMessages.modelsNotChecked, []),
	unknownEffect: shown(listMessages.unknownEffect, ['Sqish', ['Squish', 'Melt']]),
	unknownModel: shown(listMessages.unknownModel, [
		'sora-9',
		['AkoolImage2VideoFastV1', 'seedance-1-0-lite-i2v-250428'],
	]),
	notOffered: shown(listMessages.notOffered, ['Seedance Lite', BREACHES]),
	audioMayBeIgnored: shown(listMessages.audioMayBeIgnored, ['Seedance Lite']),
	video: shown(listMessages.video, ['2026-11-29 12:00', 'The bottle turns slowly', 'completed']),
	noVideos: shown(listMessages.noVideos, []),
	onlyNewest: shown(listMessages.onlyNewest, [1000]),
	laterPageMissing: shown(listMessages.laterPageMissing, ['Too many requests to Akool']),
	nothingNew: shown(listMessages.nothingNew, []),
	notAList: shown(listMessages.notAList, []),
	videosNotListed: shown(listMessages.videosNotListed, ['HTTP status 404']),
};

const log: Shown<typeof logMessages> = {
	videoCreated: shown(logMessages.videoCreated, ['6891abe782f7cd2a890c44ba', 20, '4711', false]),
	customDataNotWritten: shown(logMessages.customDataNotWritten, ['the value is too long']),
	customDataNotRead: shown(logMessages.customDataNotRead, ['the value is too long']),
	noResumeUrl: shown(logMessages.noResumeUrl, ['Invalid URL']),
	orderAnswer: shown(logMessages.orderAnswer, [
		3,
		'its outcome is not known',
		'{"code":1015,"msg":"Create video error"}',
	]),
	tokenNotRenewed: shown(logMessages.tokenNotRenewed, []),
	orderBrokenOff: shown(logMessages.orderBrokenOff, ['creating the video']),
	credentialUnreadable: shown(logMessages.credentialUnreadable, ['The credential could not be decrypted']),
	noEgressFilter: shown(logMessages.noEgressFilter, []),
	fileNotStored: shown(logMessages.fileNotStored, [
		'6891abe782f7cd2a890c44ba',
		'ENOSPC: no space left on device, write',
	]),
	unforeseen: shown(logMessages.unforeseen, ['Akool Image to Video', 'TypeError: Cannot read properties of undefined']),
	effectsNotRead: shown(logMessages.effectsNotRead, ['A request to Akool did not succeed: listing the effects']),
	modelsNotRead: shown(logMessages.modelsNotRead, ['A request to Akool did not succeed: listing the models']),
};

const order: Shown<typeof orderMessages> = {
	maxVideosExceeded: shown(orderMessages.maxVideosExceeded, [10, 3, 12]),
	balanceTooLow: shown(orderMessages.balanceTooLow, [100, 40]),
	maxCreditsReached: shown(orderMessages.maxCreditsReached, [500, 480, 100]),
	priceUnknown: shown(orderMessages.priceUnknown, [500]),
	maxCreditsSpent: shown(orderMessages.maxCreditsSpent, [500, 620]),
	unknownOutcome: shown(orderMessages.unknownOutcome, [
		{ reason: 'no answer came in time' },
		{ expected: 480, found: 460 },
		['6891abe782f7cd2a890c44ba'],
		['6891abe782f7cd2a890c44bb'],
	]),
	cleared: shown(orderMessages.cleared, [{ reason: 'Akool answered (code 1015)', code: 1015 }, 500, 20, 480, 30]),
	ledgerUnreadable: shown(orderMessages.ledgerUnreadable, [['6891abe782f7cd2a890c44ba']]),
	runUnknown: shown(orderMessages.runUnknown, []),
	lengthsNotRead: shown(orderMessages.lengthsNotRead, ['A request to Akool did not succeed: looking up the videos']),
	proofNotRead: shown(orderMessages.proofNotRead, ['A request to Akool did not succeed: looking up the videos']),
	stopped: shown(orderMessages.stopped, []),
	earlierItem: shown(orderMessages.earlierItem, []),
	orderedOnce: shown(orderMessages.orderedOnce, []),
};

const outcome: Shown<typeof outcomeMessages> = {
	created: shown(outcomeMessages.created, [
		3,
		{ credits: 60, isComplete: true },
		{ "Video not created: it would exceed 'Limit: Maximum Credits'": 2 },
	]),
	limitPassed: shown(outcomeMessages.limitPassed, [10, 20]),
	timedOut: shown(outcomeMessages.timedOut, [2]),
	failed: shown(outcomeMessages.failed, [1]),
	notWaitedFor: shown(outcomeMessages.notWaitedFor, []),
};

const run: Shown<typeof runMessages> = {
	unknownOperation: shown(runMessages.unknownOperation, ['video', 'paint']),
	baseUrlNotAnAddress: shown(runMessages.baseUrlNotAnAddress, ['openapi.akool']),
	credentialUnreadable: shown(runMessages.credentialUnreadable, ['Credentials could not be decrypted.']),
	sameForAll: shown(runMessages.sameForAll, [3]),
	unforeseen: shown(runMessages.unforeseen, ['Cannot read properties of undefined']),
};

const trigger: Shown<typeof triggerMessages> = {
	noEvent: shown(triggerMessages.noEvent, []),
	expressionFails: shown(triggerMessages.expressionFails, ['ExpressionError: Referenced node does not exist']),
	fileMissing: shown(triggerMessages.fileMissing, [ID, 'The host of the file answered with HTTP status 404.']),
};

const video: Shown<typeof videoMessages> = {
	failed: shown(videoMessages.failed, [sampleVideo({ status: 4, error_reason: 'invalid image' }), true]),
	notFound: shown(videoMessages.notFound, [ID]),
	unreadableRow: shown(videoMessages.unreadableRow, [ID, ['{"_id":17}']]),
	unknownStatus: shown(videoMessages.unknownStatus, [sampleVideo({ status: 7 })]),
	notCompleted: shown(videoMessages.notCompleted, [ID, 'processing']),
	notCreated: shown(videoMessages.notCreated, ['count exceeds the limit', 2, 3]),
	notDeleted: shown(videoMessages.notDeleted, [ID, 'video resource is processing, please try again later']),
};

const waiting: Shown<typeof waitingMessages> = {
	callbackImpossible: shown(waitingMessages.callbackImpossible, [
		obstacleMessages.privateAddress(),
		"Set 'Wait: Mode' under Options to Automatic or Polling.",
	]),
	chooseOtherMode: shown(waitingMessages.chooseOtherMode, []),
	letTriggerAnswer: shown(waitingMessages.letTriggerAnswer, ['Webhook']),
	letNodeAnswer: shown(waitingMessages.letNodeAnswer, ['Wait']),
	parentRunsOnce: shown(waitingMessages.parentRunsOnce, []),
	emptyAnswerInQueueMode: shown(waitingMessages.emptyAnswerInQueueMode, ['Webhook']),
	laterNodeWaits: shown(waitingMessages.laterNodeWaits, ['Wait']),
	itemsNotKept: shown(waitingMessages.itemsNotKept, []),
	polledLong: shown(waitingMessages.polledLong, [obstacleMessages.privateAddress()]),
	parked: shown(waitingMessages.parked, []),
	progress: shown(waitingMessages.progress, [3, 10]),
	goesOn: shown(waitingMessages.goesOn, [10]),
	parking: shown(waitingMessages.parking, []),
	notPolled: shown(waitingMessages.notPolled, ['connect ECONNREFUSED']),
	nothingAwaited: shown(waitingMessages.nothingAwaited, []),
	notAwaited: shown(waitingMessages.notAwaited, [ID]),
	namedElsewhere: shown(waitingMessages.namedElsewhere, []),
	stillProcessing: shown(waitingMessages.stillProcessing, [ID]),
	notRead: shown(waitingMessages.notRead, ['Akool could not read the results']),
	wentOn: shown(waitingMessages.wentOn, []),
	unverified: shown(waitingMessages.unverified, [
		"The signature does not fit. If the callback did come from Akool, 'Client ID' belongs to another account.",
	]),
	heldAlready: shown(waitingMessages.heldAlready, []),
	resultsLag: shown(waitingMessages.resultsLag, []),
	notReadAgain: shown(waitingMessages.notReadAgain, ['database is locked']),
	credentialLost: shown(waitingMessages.credentialLost, ['Credential with ID "1" does not exist']),
	notShown: shown(waitingMessages.notShown, []),
	stateUnreadable: shown(waitingMessages.stateUnreadable, []),
	parkedStateUnreadable: shown(waitingMessages.parkedStateUnreadable, []),
	pageTitle: shown(waitingMessages.pageTitle, []),
	waitsSince: shown(waitingMessages.waitsSince, ['2 min 10 s']),
	stateNotKnown: shown(waitingMessages.stateNotKnown, []),
	moreVideos: shown(waitingMessages.moreVideos, [12]),
	waitsUntil: shown(waitingMessages.waitsUntil, ['2026-11-30 12:00 UTC']),
	visitorCannotBeTold: shown(waitingMessages.visitorCannotBeTold, []),
	noPageHere: shown(waitingMessages.noPageHere, []),
};

const obstacle: Shown<typeof obstacleMessages> = {
	noCreate: shown(obstacleMessages.noCreate, []),
	tool: shown(obstacleMessages.tool, []),
	ownWebhookUrl: shown(obstacleMessages.ownWebhookUrl, []),
	notSaved: shown(obstacleMessages.notSaved, []),
	credentialOfItems: shown(obstacleMessages.credentialOfItems, []),
	privateAddress: shown(obstacleMessages.privateAddress, []),
	noAddress: shown(obstacleMessages.noAddress, []),
	otherExecution: shown(obstacleMessages.otherExecution, []),
	triggerWaits: shown(obstacleMessages.triggerWaits, ['Webhook']),
	resumedNodeWaits: shown(obstacleMessages.resumedNodeWaits, ['Wait']),
	answerNodeWaits: shown(obstacleMessages.answerNodeWaits, ['Webhook']),
	subWorkflow: shown(obstacleMessages.subWorkflow, []),
	callerEnded: shown(obstacleMessages.callerEnded, []),
	workflowTool: shown(obstacleMessages.workflowTool, []),
	chat: shown(obstacleMessages.chat, []),
	evaluation: shown(obstacleMessages.evaluation, []),
	unknownMode: shown(obstacleMessages.unknownMode, ['cli']),
};

const callback: Shown<typeof callbackMessages> = {
	repeated: shown(callbackMessages.repeated, []),
	notAskedFor: shown(callbackMessages.notAskedFor, [2]),
	beingHandled: shown(callbackMessages.beingHandled, []),
	notHandled: shown(callbackMessages.notHandled, ['TypeError: undefined is not a function']),
	notReadBack: shown(callbackMessages.notReadBack, [ID]),
	unknownVideo: shown(callbackMessages.unknownVideo, [ID]),
	notFinished: shown(callbackMessages.notFinished, [ID]),
	resultsBehind: shown(callbackMessages.resultsBehind, [ID]),
	finishedMeanwhile: shown(callbackMessages.finishedMeanwhile, [ID]),
};

const malformed: Shown<typeof malformedMessages> = {
	'body-too-large': shown(malformedMessages['body-too-large'], []),
	'body-not-json': shown(malformedMessages['body-not-json'], []),
	signature: shown(malformedMessages.signature, []),
	'data-encrypt': shown(malformedMessages['data-encrypt'], []),
	timestamp: shown(malformedMessages.timestamp, []),
	nonce: shown(malformedMessages.nonce, []),
};

const refusal: Shown<typeof refusalMessages> = {
	signature: shown(refusalMessages.signature, []),
	decryption: shown(refusalMessages.decryption, []),
	'payload-id': shown(refusalMessages['payload-id'], []),
	'payload-status': shown(refusalMessages['payload-status'], []),
	'too-old': shown(refusalMessages['too-old'], []),
	'from-the-future': shown(refusalMessages['from-the-future'], []),
};

const unreadable: Shown<typeof unreadableMessages> = {
	noClientId: shown(unreadableMessages.noClientId, []),
	keyLength: shown(unreadableMessages.keyLength, [20]),
	cannotBeRead: shown(unreadableMessages.cannotBeRead, []),
};

const code = Object.fromEntries(
	Object.entries(codeMessages).map(([number, message]): [string, ShownMessage] => [number, { example: () => message }]),
);

export const MESSAGES: Readonly<Record<string, Readonly<Record<string, ShownMessage>>>> = {
	addresses: address,
	calls: call,
	codes: code,
	connection: connection,
	credential: credential,
	downloads: download,
	'files of the workflow': fileInput,
	files: file,
	images: image,
	inputs: input,
	lists: list,
	log: log,
	orders: order,
	outcome: outcome,
	run: run,
	trigger: trigger,
	videos: video,
	waiting: waiting,
	'waiting: why not parked': obstacle,
	callbacks: callback,
	'callbacks: not a callback': malformed,
	'callbacks: not accepted': refusal,
	'callbacks: credential': unreadable,
};
