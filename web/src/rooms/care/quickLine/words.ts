/** The words around a customer's name in a sentence. */

export const BREAK = /[\s,，.。;；:：、!！?？“”"（）()]/gu;
export const LEADING = /^[\s,，。;；:：、]+/u;

const DEEDS_TOWARDS =
  "打电话给|发给|寄给|送给|交给|报给|拜访|拜会|走访|回访|探访|致电|路过|会见|陪同|对接|邀请|联系(?!人|方式)";
const TOWARDS_WORDS =
  "给|和|找|帮|替|催(?!款)|跟(?!进)|(?<!参)与|(?<![合共])同(?![意步行事样时])|(?<![意再])见(?!面)|" +
  "(?<![合大节])约(?![定好])|(?<!拜)访(?!问)|到(?![货期店场付账位了])|(?<![过出回])去(?!年)|(?<!申)请(?![示假教])|" +
  "(?<!方)向|(?<![绝面核])对(?![方比账一])|(?<![顾访])问(?![题价了一])";

/** Whom they stand before: 给天栎打了电话, 和朱梦瑶聊了, 拜访曜岭. */
export const TOWARDS = new RegExp(`${DEEDS_TOWARDS}|${TOWARDS_WORDS}`, "gu");

/** Those of them a name may as well begin with: 和平饭店. */
export const AMBIGUOUS = /[和同向与访]/gu;

/** What may stand between: 拜访了客户天栎. */
export const PARTICLES = /^(?:[上完好到]了|了|过|一下|一趟|[新老]?客户|的)+/u;

const VERBS =
  "打了|打过|打个|打电|发了|发过|发去|发来|发报|发样|定了|订了|提了|提到|收了|收到|退了|换了|报价|报了|沟通|介绍|" +
  "演示|参观|确认|商量|讨论|汇报|反馈|觉得|答应|同意|表示|吃饭|喝茶|开会|开了|培训|" +
  "[聊谈说讲签催看吃送寄约见去在要嫌做付把被让叫问]|(?<!未)来|(?<![理联思梦])想|交(?!通)|回(?!民)|对[一了账接]|到[了货场]";
const TIMES =
  "今天|明天|后天|昨天|前天|上午|下午|中午|晚上|早上|刚才|刚刚|[上下本这]+个?(?:周|星期|礼拜)[一二三四五六日天末]?|周[一二三四五六日末]|[上下本这]个?月";
/** When it was, before whom it was: 今天天栎说…. */
export const WHEN = new RegExp(`^(?:${TIMES})+`, "u");
const OTHERS =
  "电话|微信|邮件|短信|那边|这边|那里|这里|家里|先生|女士|[的了着过没已又还也是和跟给与]|不[在接同要想行]|有(?!限)";

/** Where a name ends at the latest: what was done, when, and by which means. */
export const STOP = new RegExp(`${VERBS}|${TIMES}|${OTHERS}`, "gu");

export const ORGANISATION =
  /有限公司|公司|集团|酒店|宾馆|饭店|餐厅|医院|诊所|药房|大学|学院|中学|小学|学校|幼儿园|银行|工厂|科技|教育|物流|餐饮|超市|商场|商贸|贸易|传媒|农业|会展|地产|物业|建材|家居|电器|汽车|服饰|食品|工作室|事务所|研究院|合作社/gu;

/** What follows 和 and 给 as well, and is nobody's name. */
export const NO_NAMES: ReadonlySet<string> = new Set(
  (
    "财务 采购 技术 老板 同事 客户 领导 对方 我们 他们 她们 你们 咱们 公司 我司 总部 工厂 现场 人事 法务 厂家 大家 自己 " +
    "合同 报价 价格 样机 样品 资料 方案 预算 项目 产品 设备 订单 发票 付款 需求 问题 时间 事情 团队 部门 经理 老师 医生"
  ).split(" "),
);
