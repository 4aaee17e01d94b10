// oxfmt-ignore
const NAMES = [
  'Amira Haddad', 'Ben Okafor', 'Chiara Rossi', 'Daan de Vries', 'Elif Yilmaz', 'Femi Adeyemi', 'Greta Lindqvist',
  'Hugo Martin', 'Ines Carvalho', 'Jonas Weber', 'Keiko Tanaka', 'Liam Murphy', 'Marta Nowak', 'Nils Berg',
  'Olga Petrova', 'Priya Nair', 'Quinn Taylor', 'Rosa Jimenez', 'Sven Eriksen', 'Tess Janssen', 'Umar Farooq',
  'Vera Horvat', 'Wout Peeters', 'Xin Li', 'Yara Mansour', 'Zoe Papadaki', 'Anton Dvorak', 'Bo Nguyen',
  'Clara Smit', 'David Cohen',
]

/** An invented name for the student of this index. */
export function studentName(index: number): string {
  const again = Math.floor(index / NAMES.length)
  const name = NAMES[index % NAMES.length] ?? 'A Student'
  return again === 0 ? name : `${name} ${again + 1}`
}
