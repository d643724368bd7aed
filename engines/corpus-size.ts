/** How many events the organisation logs; `ENGINES_EVENTS` chooses another number. */
const USUAL = 200_000;
const events = Number(process.env['ENGINES_EVENTS'] ?? USUAL);

export const SIZE = { events, isOther: events !== USUAL };
