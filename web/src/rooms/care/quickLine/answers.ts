import { addDays, type Day, today, weekStart } from "@/lib/days";

const MOST = 4;
const FESTIVALS = /元旦|春节|清明|五一|劳动节|端午|中秋|国庆|十一|元宵|圣诞/;
const NEW_YEAR = /年后|过年|过完年|年前年后/;
const HOLIDAY = /节|假/;
const SOON = /尽快|尽早|ASAP/i;
const DAYS =
  /几天|两天|改[天日]|择日|哪天|有空|抽空|抽时间|有时间|得空|空了|回头|近期|晚[点些]|稍后/;
const LONG = /段|阵|[两个把]月|隔周|日子|来年|明年/;

/** How to ask the server for the first working day after what a vague word names; null where it
 * names no holiday. Only the server knows which days were announced as holidays. */
export function firstDayPhrase(word: string): string | null {
  const festival = FESTIVALS.exec(word)?.[0];
  if (festival) return `${festival}后第一天联系`;
  if (NEW_YEAR.test(word)) return "年后第一天联系";
  return HOLIDAY.test(word) ? "节后第一天联系" : null;
}

/** Two to four days to choose from for a word that leaves the day open (节后, 过几天, 尽快): working
 * days from the first after the holiday on, or as far ahead as the word usually means. */
export function answersTo(word: string, firstDay: Day | null, from: Day = today()): Day[] {
  const days = firstDay ? afterHoliday(firstDay) : ahead(word, from);
  return [...new Set(days)].filter((day) => day > from).slice(0, MOST);
}

function afterHoliday(first: Day): Day[] {
  const second = onWorkday(addDays(first, 1));
  return [first, second, addDays(weekStart(first), 7), onWorkday(addDays(first, 7))].sort();
}

function ahead(word: string, from: Day): Day[] {
  const monday = addDays(weekStart(from), 7);
  const after = (days: number) => onWorkday(addDays(from, days));
  if (SOON.test(word)) {
    const first = after(1);
    const second = onWorkday(addDays(first, 1));
    return [first, second, onWorkday(addDays(second, 1))];
  }
  if (DAYS.test(word)) return [after(3), monday, after(7)].sort();
  if (LONG.test(word)) return [after(14), after(30), after(60)];
  return [after(1), monday, after(14)].sort();
}

/** Saturday and Sunday become the Monday after. Which other days are free only the server knows. */
function onWorkday(day: Day): Day {
  const weekend = addDays(weekStart(day), 5);
  return day >= weekend ? addDays(weekStart(day), 7) : day;
}
