/** All pairs of bytes, since most of a record is ids. */
const HEX = Array.from({ length: 2 ** 16 }, (_, pair) => pair.toString(16).padStart(4, '0'));

/** A small seeded generator (mulberry32): the same seed gives the same corpus everywhere. */
export function randomFrom(seed) {
  let state = seed >>> 0;
  const word = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const next = () => word() / 2 ** 32;
  const below = (limit) => Math.floor(next() * limit);
  const pick = (list) => list[below(list.length)];
  const chance = (probability) => next() < probability;
  const hex = (digits) => {
    let text = '';
    for (let length = 0; length < digits; length += 8) {
      const bits = word();
      text += HEX[bits >>> 16] + HEX[bits & 0xffff];
    }
    return text.slice(0, digits);
  };
  const uuid = () =>
    `${hex(8)}-${hex(4)}-4${hex(3)}-${pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`;
  return { next, below, pick, chance, hex, uuid };
}
