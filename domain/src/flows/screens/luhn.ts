/** Every second digit from the right doubled, the sum of all digits ends in 0. */
export function isLuhn(text: string): boolean {
  if (!/^\d{2,40}$/.test(text)) return false;
  const sum = [...text].reverse().reduce((all, digit, index) => {
    const doubled = index % 2 ? Number(digit) * 2 : Number(digit);
    return all + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
