// Spoils JSON documents, the same way in every run.

/** Whole numbers below a bound, from a seed (mulberry32). */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

const odd = [
  null, true, false, 0, -1, 2 ** 53, 1e300, -0.5, '', ' ', '\u0000', 'a\u0000b', 'x'.repeat(20_000), '😀', '\u202e', [], {}, [[[[]]]],
  { number: null }, '+33', '+339392405759999999999', '2026-02-30T25:61:00Z', '99999-01-01', 'null', '<script>', "' OR 1=1 --",
];

/** The text of a document with one to four faults. */
export function mutant(text, random) {
  const document = JSON.parse(text);
  for (let fault = random(4); fault >= 0; fault -= 1) spoil(document, random);
  const written = JSON.stringify(document);
  if (random(12) > 0) return written;
  return written.slice(0, random(written.length));
}

/** One fault, at a random place. */
function spoil(document, random) {
  const place = somewhere(document, random);
  if (!place) return;
  const { holder, key } = place;
  switch (random(6)) {
    case 0:
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
      break;
    case 1:
      holder[key] = [holder[key]];
      break;
    case 2:
      holder[key] = { value: holder[key] };
      break;
    case 3:
      if (Array.isArray(holder)) for (let copy = 0; copy < 50; copy += 1) holder.push(holder[key]);
      else holder[`${key}\u0000`] = holder[key];
      break;
    default:
      holder[key] = odd[random(odd.length)];
  }
}

/** A member of some object or list inside. */
function somewhere(document, random) {
  const places = [];
  const walk = (holder) => {
    if (typeof holder !== 'object' || holder === null || places.length > 5_000) return;
    for (const key of Object.keys(holder)) {
      places.push({ holder, key });
      walk(holder[key]);
    }
  };
  walk(document);
  return places.length ? places[random(places.length)] : null;
}
