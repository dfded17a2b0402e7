/** 32 bits as eight hexadecimal digits. */
export function hex(word: number): string {
  let digits = '';
  for (let shift = 28; shift >= 0; shift -= 4) {
    digits += '0123456789abcdef'[(word >>> shift) & 15];
  }
  return digits;
}
