// A branch of a plural or select is written 'one{…}', its brace right behind a letter or digit; an argument never is.
// biome-ignore format: one row
type Letter = 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h' | 'i' | 'j' | 'k' | 'l' | 'm' | 'n' | 'o' | 'p' | 'q' | 'r' | 's' | 't' | 'u' | 'v' | 'w' | 'x' | 'y' | 'z' | '0' | '1' | '2' | '3';

/** Names of the arguments of a message, read from its type. */
export type ArgumentsOf<M extends string> = M extends `${infer Before}{${infer Inside}}${infer After}`
  ? Before extends `${string}${Letter}`
    ? ArgumentsOf<`${Inside}}${After}`>
    : Inside extends `${infer Name},${infer Rest}`
      ? Name | ArgumentsOf<`${Rest}}${After}`>
      : Inside | ArgumentsOf<After>
  : never;
