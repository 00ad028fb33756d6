/** A telephone number in readable groups, masked or not: 138 0013 8000. */
export function phoneText(phone: string): string {
  const mobile = phone.match(/^(1[\d*]{2})([\d*]{4})([\d*]{4})$/);
  return mobile ? `${mobile[1]} ${mobile[2]} ${mobile[3]}` : phone;
}
