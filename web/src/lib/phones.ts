/** A telephone number in readable groups, masked or not: 138 0013 8000. */
export function phoneText(phone: string): string {
  const mobile = phone.match(/^(1[\d*]{2})([\d*]{4})([\d*]{4})$/);
  return mobile ? `${mobile[1]} ${mobile[2]} ${mobile[3]}` : phone;
}

/** Does this read like a telephone number people would type into a name field by mistake? */
export function looksLikePhone(text: string): boolean {
  return /^(\+?86)?[\s-]?1[3-9]\d([\s-]?\d{4}){2}$/.test(text.trim());
}
