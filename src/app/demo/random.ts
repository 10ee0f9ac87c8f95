/** The same company every time: a seeded generator (mulberry32). */
export interface Random {
  next(): number;
  below(n: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
  uuid(): string;
}

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    next,
    below,
    pick: (list) => list[below(list.length)] ?? list[0],
    uuid: () => {
      const hex = Array.from({ length: 32 }, () => below(16).toString(16)).join('');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
  };
}

/** Invented people; any likeness is chance. */
export const firstNames = [
  'Anna',
  'Bas',
  'Carmen',
  'Daan',
  'Emine',
  'Finn',
  'Grietje',
  'Hamza',
  'Iris',
  'Joost',
  'Kim',
  'Lars',
  'Mira',
  'Noor',
  'Omar',
  'Pleun',
  'Quinten',
  'Roos',
  'Sem',
  'Tess',
] as const;
export const lastNames = [
  'de Beer',
  'Bakker',
  'Çelik',
  'Dijkstra',
  'van Essen',
  'Faber',
  'de Groot',
  'Hoekstra',
  "in 't Veld",
  'Jansen',
  'Kaya',
  'van der Linden',
  'Mulder',
  'Nguyen',
  'Özdemir',
  'Postma',
  'Ramdin',
  'Smit',
  'Timmer',
  'de Wit',
] as const;
export const companies = [
  'Bakkerij De Korst',
  'Fysio Maasoever',
  'Garage Van Zand',
  'Kwekerij Groenrijk',
  'Notaris Ter Horst',
  'Basisschool De Vlinder',
  'Tandarts Brugzicht',
  'Makelaardij Peel',
  'Transport Kuypers',
  'Drukkerij Letter & Zet',
] as const;

export function wav(random: Random): Buffer {
  // A short tone, 8 kHz, 8 bit, mono: small, and any player plays it.
  const samples = 1200 + random.below(1600);
  const tone = 300 + random.below(500);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(8000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples, 40);
  const sound = Buffer.from(
    Uint8Array.from({ length: samples }, (_, i) => 128 + Math.round(60 * Math.sin((2 * Math.PI * tone * i) / 8000))),
  );
  return Buffer.concat([header, sound]);
}
