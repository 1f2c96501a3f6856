// What is said beside the output of a run that has created videos.

interface Charged {
	credits: number;
	/** False where Akool has not named the price of each. */
	isComplete: boolean;
}

const PREFIX = /^Video not created: /;

export const outcomeMessages = {
	created: (videos: number, { credits, isComplete }: Charged, notCreated: Readonly<Record<string, number>>) => {
		const counts = Object.values(notCreated);
		const reasons = Object.keys(notCreated).map((title) => title.replace(PREFIX, ''));
		const missing = counts.reduce((sum, count) => sum + count, 0);
		const rest = missing === 0 ? '' : `; ${missing} not created (${reasons.join('; ')})`;
		const least = isComplete ? '' : 'at least ';
		return `${videos} ${videos === 1 ? 'video' : 'videos'}, ${least}${credits} credits charged${rest}`;
	},

	/** Nobody knows the price of the first video of a kind before it is charged. */
	limitPassed: (limit: number, spent: number) =>
		`'Limit: Maximum Credits' is ${limit}, but ${spent} credits were charged: the first video of each kind is created before its price is known`,

	timedOut: (videos: number) =>
		`${videos} ${videos === 1 ? 'video was' : 'videos were'} not finished in time. To keep waiting, connect Get with 'Wait for Completion', or send the items back to this node in the same execution: nothing is ordered again.`,

	failed: (videos: number) => `Akool could not create ${videos} ${videos === 1 ? 'video' : 'videos'}`,

	notWaitedFor: () =>
		"Akool is still creating these videos. Use Get with 'Wait for Completion', or the Akool trigger, to go on when they are finished.",
};
