"""Words that make up Chinese and Latin names, titles, and what only looks like a name."""

from __future__ import annotations

import re

DOUBLE = (
    "欧阳|司马|上官|诸葛|东方|尉迟|公孙|慕容|司徒|令狐|皇甫|夏侯|宇文|长孙|轩辕|端木|"
    "南宫|独孤|呼延|澹台"
)
SURNAMES = (
    "王"
    "李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢"
    "蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
    "任"
    "姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "庞樊兰殷施陶洪翟安颜倪严牛温芦季"
    "俞"
    "章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童"
    "欧甄项曲成游阳裴席卫查屈鲍位覃霍"
    "翁"
    "隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺"
    "苟全褚廉简娄盖符奚木穆党燕郎邸冀谈"
    "姬"
    "屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗"
    "匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥"
    "保佘蔺邝农苏占裘骆尚岳麻区朴于闫肖付邰厉"
)
RARE = (
    "缪蒲宿尉储芮荀嵇戎甄牧隗伊仰秋祖束幸韶怀索阴闻莘贡劳逄扶堵宰雍濮寿扈浦茹宦慎戈暨衡弘寇禄"
    "阙沃蔚隆晁訾阚乜巢蒯逯桓帅佴仝亓雒麦谯笪展代南庾鄂容贝"
)
"""Surnames that are taken for one only before a title: elsewhere they are common words."""
TITLES = (
    "副总经理|副总裁|总经理助理|总经理|总监|总裁|总工程师|总工(?!程)|总助(?![理里])|"
    "副总|经理|主任|主管|处长|科长|局长|部长|厂长|校长|院长|所长|站长|店长|行长|队长|"
    "组长|"
    "班长|园长|馆长|社长|会长|镇长|村长|区长|县长|秘书长|书记|老板娘|老板|董事长|董事|"
    "董(?!事会)|老师|教授|医生|大夫|护士长|护士|律师|会计师?|秘书|助理|"
    "工程师|设计师|先生|女士|小姐姐?|太太|夫人|阿姨|叔叔|大爷|大妈|大姐|大哥|大叔|大嫂|奶奶|"
    "爷爷|伯伯|妈妈|爸爸|师傅|同学|博士|顾问|代表|专员|总"
    r"(?![共之算体价额计部数量监裁店理\-]|结(?![束清了])|会(?=员))|"
    "工(?![作厂头程期地人艺业资具序商会单行信况时装伤种贸])|姐(?![妹夫])|哥(?![伦斯])|"
    "嫂|姨|叔|爷|妈|爸|局(?![面部域])|处(?![理在于])|院(?!里)|行(?=说|那)|队(?=说)|"
    "(?<![都全来向])导(?=[说那要想问约定带来发回这，。,\\s0-9]|确认|电话|微信|$)|少(?=[说要，])"
)
TITLE = re.compile(TITLES)
ENDS_IN_TITLE = re.compile(f"(?:{TITLES})\\s?$")
"""技术总监Kevin."""
OF_SOMEONE = re.compile(f"的[^，。；,;的]{{0,3}}(?:{TITLES}|[部科处组]|总部|项目)")
"""拜访金蝶的田经理, 给万科的招采部: what comes before is a company."""
BEFORE_TITLE = frozenset(SURNAMES + RARE)
DOUBLES = frozenset(DOUBLE.split("|"))
_PARENT = (
    "妈[妈咪]|爸爸|奶奶|爷爷|外[婆公]|姥[姥爷]|家长|"
    "[妈爸](?=[说要想问来微电约报给又觉带在把嫌不也催转付交买订定加推介今明昨下周，。,\\s]|$)"
)
_NO_CHILD = (
    "一二两三几很多有个位些群每各他她它我你您这那的了是在和跟其所全学孩客业主新老单刚才今昨明天准"
    r"班级部上给找约见问加陪叫来去带帮替试听咨询访报名校昨晚早午周末场续退父妈爸亲A-Za-z\W\d_"
)
PARENT = re.compile(
    f"(?:(?<![一-鿿])|(?<=[跟和给找约见问加陪叫])|(?<=[加问见约]了))(?P<a>[^{_NO_CHILD}]{{2}})"
    f"(?:{_PARENT})|(?P<b>(?!谢谢|天天)(?:(?P<c>[一-鿿])(?P=c)|小(?!区|朋友|[学孩班]|红书)[一-鿿]{{1,2}}))(?:{_PARENT})"
)
NICK = re.compile(
    "(?:(?<![一-鿿])|(?<=[跟和给找约见问加陪户主员]))"
    "(?P<n>(?![大小月军表堂帅靓空学师老阿二三那他她我你的个位两几这有和跟与])[一-鿿][哥姐叔嫂])(?![妹夫弟们伦斯])"
)
"""海哥, 敏姐: a given name where a surname would stand."""
CALLED = re.compile(
    "(?:店[长主]|老板娘?|经理|主管|采购|会计|[业房车]主|房东|租客|学员|家长|客户|"
    "[厂馆园班]长|秘书|新[郎娘]|[买卖]家|中介|厨师)"
    "(?P<a>小(?![样包店区组孩票时会型批单件额程范群规姐朋鸡猪户学伙声心议结聚的量试改修幅卡说问院考料床屋窗桌病忙事图表团口])[一-鿿])"
    "(?=那边|说|讲|[要约让想来问回加跟和的在试订定买提嫌催付给发看也又还]|微信|电话|确认|答应|同意|觉得|"
    "反馈|下单|[今明昨][天早晚]|[，。,：:；;\\s(]|$)"
    "|(?:[女男](?:生|的|孩子?|士)|姑娘|小伙子?|帅哥|美女|[小大]哥|大姐|阿姨|大叔|妹子|名字|姓名|"
    "[对联][接系]人|负责人|店[长主]|[一-鿿]{2}的)(?:名字)?叫做?(?P<b>(?![我他她你])[一-鿿]{2,3}?)"
    "(?=[，。；,;、\\s说想要是的]|$)"
)
"""店长小鹿, 女生叫安琪: a name of any sign after what the person is."""
USUAL_SIGNS = (
    "王"
    "李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡"
    "贾"
    "丁魏薛叶阎余潘杜戴夏钟汪田任姜范石姚谭廖邹熊陆孔崔邱秦顾侯邵孟段钱汤尹黎贺赖龚樊殷"
    "陶翟倪严欧阳"
)
USUAL = frozenset(USUAL_SIGNS)
ALSO_GIVEN = frozenset("华明安宁金龙平江林文方兰梅雷武云海燕景成康阳强军伟敏")
# A surname that ends another word is none: 提高工…, 对方总…, 报价单总….
_NOT_SURNAME = (
    "提高 最高 更高 很高 较高 对方 我方 甲方 乙方 双方 地方 官方 校方 资方 各方 三方 "
    "完成 达成 促成 了解 理解 供应 对应 响应 效应 反应 安全 周全 齐全 "
    "价单 订单 保单 清单 名单 简单 账单 工单 首单 大单 下单 签单 跟单 货单 开单 关于 "
    "由于 对于 属于 至于 等于 在于 集团 公司 分公 和任 主任 "
    "责任 出任 担任 信任 负责 施工 说明 证明 声明 透明 过来 回来 上来 出来 起来 下来 "
    "后来 原来 本来 将来 未来 从来 平时 小时 及时 到时 当时 临时 "
    "随时 有时 准时 黄金 现金 资金 租金 定金 佣金 奖金 首都 全都 都都 温和 总和 还和 "
    "就和 去和 约和 他和 我和 明白 空白 商店 招商 厂商 外商 供商 "
    "合计 设计 预计 估计 累计 总计 统计 财务 项目 包装 计划 房车 停车 汽车 货车 公关 "
    "有关 相关 海关 开关 通关 方向 意向 转向 一向 北京 东方 大方 "
    "学员 成员 官员 党员 位置 单位 到位 岗位 各位 一位 两位 那位 这位 三位 哪位 几位 "
    "医药 中华 精华 年华 繁华 门店 阳台 后台 前台 平台 电台 柜台 "
    "开封 密封 信封 娱乐 快乐 音乐 可乐 应商 谈谈 面谈 洽谈 商谈 座谈 文件 英文 中文 "
    "作文 论文 公文 机房 库房 厂房 楼房 看房 选房 客房 住房 新房 "
    "带来 送来 拿来 寄来 发来 后边 旁边 这边 那边 周边 和安 同安 公安 保安 治安 平安 "
    "是位 有位 了位 新郎 "
    "南区 东区 西区 北区 大区 地区 社区 园区 小区 校区 片区 城区 厂区 市区 景区 新区 港区 "
    "分管 监管 托管 尽管 不管 只管 城管 保管 内容 美容 宝贝 形容 扩容 兼容 整容 "
    "西安 保证 加强 增强 很强 太强 年底 高层 楼层 说要 "
    "仓储 存储 农牧 畜牧 住宿 中秋 秋季 结束 约束 新闻 疲劳 人寿 开展 发展 扩展 参展 "
    "会展 祖国 勤劳 线索 检索 替代 取代 华南 东南 西南 湖南 河南 云南 海南 江南 越南 "
    "济南 岭南 交代 一代 二代 三代 迭代 "
    "园林 箱包 首席 大麦 小麦 拓展 进展 布展 春秋 长寿 时代 年代 现代 当代 近代 会计"
)
NOT_SURNAME = frozenset(_NOT_SURNAME.split())
ROLE = re.compile(
    "(?:项目|销售|采购|技术|产品|市场|运营|客户|区域|行政|人事|财务|生产|工程|设备|"
    "信息|品牌|渠道|商务|安全|常务|管理|执行|高级|资深|前台|应用|方案|包装|计划|施工|"
    "设计|华东|华南|华北|成本|质量|研发|和|跟|与|向|从|于|是|要|都|来|全|时|同|计|谈|连|被|由)"
)
INFORMAL = re.compile(
    rf"(?<![大])(?P<p>老|小)(?P<n>[{SURNAMES}]头?)(?![子客师板户总年是时计程序区项目规包装范围米康红书心单位额层于组队费姐白鼠房"
    rf"都来问题家人朋友])"
)
_NOT_INFORMAL = (
    "老客 老师 老板 老家 老总 老价 老房 老单 老路 老家 老区 老向 老易 老都 老来 老计 "
    "老明 老花 老时 老应 老和 老位 老全 老有 老旧 老台 老车 老保 老连 老官 老原 老乐 老商 "
    "老封 老公"
    " 小时 小计 小程 小区 小项 小单 小包 小范 小费 小路 小米 小房 小车 小台 小心 小易 "
    "小于 小原 小和 小都 小来 小商 小位 小官 小全 小票 小华 小吉 小乐 小强 小应 小连 "
    "小景 小谈 小花 小古 小众 小关 小段 小桂 小司 小明 小封 小席 小党 小保"
)
NOT_INFORMAL = frozenset(_NOT_INFORMAL.split())
_NOT_NAMES = (
    "boss zoom teams excel word ppt pdf demo next monday tuesday wednesday thursday "
    "friday saturday sunday mon tue wed thu fri sat sun email mail wechat python java "
    "oracle "
    "budget follow call meeting proposal iphone wifi windows linux android team poc "
    "msa nda sso erp crm oa the and hi hello ok okay office cloud web app china rmb "
    "q1 q2 q3 q4 ceo cfo cto coo hr it po "
    "manager assistant logo model pro max plus mini new please today tomorrow pm am "
    "by step on done site visit trial license release approve try no answer january "
    "february march april june "
    "july august september october november december linkedin vip ios saas api sap "
    "usd eur demo webinar workshop onsite offline online contract quote sample sales "
    "lead update review kickoff final version"
)
NOT_NAMES = frozenset(_NOT_NAMES.split())
LATIN = re.compile(
    r"(?<![A-Za-z0-9@/.\-])(?:阿"
    r")?(?P<n>[A-Z][a-z]{2,11}|(?<=阿)[A-Za-z]{2,9})(?![A-Za-z0-9\-])(?:\s(?P<s>[A-Z][a-z]{1,11})(?![A-Za-z0-9]))?"
)
_GIVEN_NAMES = (
    "lisa mike david sarah amy jenny grace kevin tom jerry tony jack john james peter "
    "paul mark eric alex andy ben bob bill chris daniel frank gary george harry henry "
    "jason jeff jim joe kelly ken leo "
    "lily linda lucy mary maggie michael nancy nick nina oscar rachel ray richard "
    "robert ryan sam sandy sean simon sophia sophie stella steve steven sue susan "
    "tina tim vicky victor vincent vivian wendy "
    "will william zoe anna ann anne allen alan albert alice amanda angela betty candy "
    "carol cathy cherry cindy coco crystal daisy dennis diana doris eddie edward "
    "elaine ella emily emma eva fiona "
    "flora gina helen hellen ivan ivy jackie jane janet jasmine jean jessica jessie "
    "joan joyce judy julia julie june karen kate kathy kitty laura lynn may mandy "
    "martin max melody mia michelle molly monica "
    "nicole olivia patrick penny phoebe philip rebecca rita rose roy ruby sally "
    "selina shirley sharon sherry sunny tiffany tracy yoyo yvonne abby ada adam aaron "
    "ahmad ahmed ali omar hassan hussein ibrahim khalid mohamed mohammed muhammad fatima aisha "
    "yusuf mustafa abdul raj rajesh ravi kumar priya amit sanjay vijay anil sunil deepak singh "
    "patel carlos jose juan luis miguel pedro diego pablo javier fernando ricardo antonio maria "
    "ana sofia carmen rosa nguyen linh minh huong hans klaus stefan thomas andreas jurgen pierre "
    "marie michel luca marco giovanni paolo dmitri sergey sergei olga natasha igor vladimir "
    "brian jeffrey scott greg larry matt phil simone teresa theresa katie lena nora hana yuki "
    "kenji hiroshi tanaka suzuki sato takashi budi siti somchai"
)
GIVEN_NAMES = frozenset(_GIVEN_NAMES.split())
_NOT_PEOPLE = (
    "房东 房主 车主 花店 银行 农行 农商 农户 农村 车队 车间 石材 金融 金店 米店 商家 商户 "
    "高管 高层 官网 "
    "施工 包工 木工 车工 全工 花工 全局 时局 何处 车行 花行 米行 钱少 包邮 方面 "
    "苏州 郑州 徐州 江苏 江西 唐山 吴江 韩国 许昌 石家庄 秦皇岛 马来 "
    "安排 时间 成本 文案 单位 都市"
)
NOT_PEOPLE = frozenset(_NOT_PEOPLE.split())
FULL = re.compile(
    "(?P<cue>总监|经理|主任|主管|部长|负责人|联系人|对接人|采购|老板|董事长|会计|助理|"
    "店长|厂长|校长|客户|院长|科长|处长|家长|[业车货店户机房雇船园摊厂]主|房东|租客|新[郎娘]|患者|病人|家属|"
    "学[员生]|会员|股东|合伙人|[买卖][家方]|团长|领队|跟|和|与|找|见了?|约了?|给|拜访了?|"
    "(?:跟|和|与|找|见了?|约了?|给|拜访了?|联系了?)[一-鿿]{1,4}(?:部|科|处|中心|办公室)的?|"
    "联系了?|回访了?|陪|通知|致电|打给|参会:|加了|认识了?|同|对接的?|收件人)"
    rf"\s?(?P<n>(?:{DOUBLE}|[{SURNAMES}])[一-鿿]{{1,2}}?)"
    "(?=[今明昨][天日早晚]|[下本上]?周|下[个月]|[说确在表觉想倾认希反微电已聊沟介约问签定同去来很要把到了发打开给提回的谈又也]|沟通|"
    "[，。；、,;:)）\\s]|$|[0-9])"
)
SPEAKS = re.compile(
    "(?:^|(?<=[，。；,;\n]))(?P<n>["
    + USUAL_SIGNS
    + "][一-鿿]{1,2}?)(?=说|表示|反馈|觉得|确认|回复|"
    "(?:这[两几]天|[今明昨后]天|最近|下?周[一二三四五六日]?|[上下]午)[都也还又在要会去]{0,2}"
    "(?:出差|休假|请假|不在|没空|没时间|没来))"
)
LISTED = re.compile(
    rf"(?:^|(?<=[，。；、,;:\n ]))(?P<n>[{USUAL_SIGNS}][一-鿿]{{1,2}})(?=\([^()]{{2,8}}\))"
)
"""张伟（采购）: a name with its work in brackets."""
WEEKDAY = re.compile("周[一二三四五六日天末]")
NOT_GIVEN = re.compile(
    "公司|[的"
    "了在是有不就也都要会说去来到和跟我你他她们这那个点号年月日天周上下前后价格院件样品"
    "货款单程金户案同房车全部门员务事完比]|[释决答]$"
)
OURS_BEFORE = re.compile(
    "(?:让|叫|请|安排|@|交给|转给|留给|(?:交给|转给|留给)(?:前台|客服|售后|财务|行政)|派|我方的?|我们的?|咱们?的?|同事|麻烦|由|带着?|"
    "带上|转交|劳烦|喊|通知|拜托|(?:让|叫|请|派|安排|催|喊)(?:我们?的?)?(?:计调|内勤|外勤|司机|跟单|实施|"
    "工长|监理|[木瓦油泥水电]+工|班组|项目经理|门店|摄影师?|剪辑|教练|班主任|翻译|设计师|"
    "测试|美工|文案|仓管|仓库|物流|车间|生产|品[质管控检]|质[检量]|仓储|配送|安装|店员|导购|教务|后厨|前台|收银|出纳|文员|工程(?:部|师)?|徒弟|助理|业务员|实习生)的?|(?:和|跟)同事|(?:[法财商内]务|技术|售后|客服|设计|"
    "运营|我司)部?)\\s?$"
)
THEIRS_BEFORE = re.compile("(?:[他她]们?|对方|客户|甲方)的?[^，。；,;]{0,3}$")
SENT = re.compile(
    "(?:安排|派)[^，。；,;]{0,5}$|"
    "[让叫喊](?:我们?的?)?$|"
    "[让叫喊催](?:我们?的?)?(?:UI|QA|前端|后端|开发|产品|运维|[法财商内]务|技术|售后|客服|运营|采购|市场)$"
)
ACCOMPANIED = re.compile("(?:陪同?着?|跟着|随|带[着上]?)[^，。；,;]{0,4}$")
WITH_ME = re.compile("我们?(?:和|跟|带)[^，。；,;]{0,5}$")
GOING = re.compile("(?:一起|一道|一块)?去")
VISITING = re.compile("(?:一起|一道|一块)?(?:去)?(?:拜访|走访)")
NAMED = re.compile("(?:^|[，。；,; 名字])叫\\s?$")
"""做美甲的，叫阿May: the customer's name, no order to a colleague."""
HANDED_ON = re.compile(
    "[^，。；,;]{0,8}?(?:把(?!我)|[出做写改画量装修送测印排](?!了))[^，。；,;]{1,20}[，,;；]\\s?我(?!们?[说问让])"
)
"""小赵明天把图做出来，我后天拿给业主看: the first half is a colleague's."""
PAYS = re.compile("[^，。；,;]{0,8}(?:[打付][^，。；,;]{0,4}款|转账|汇款)")
"""财务小林答应31号打款: who pays us is the customer's."""
SHARED_OUT = re.compile(
    "(?:[今明后]天|下?周[一二三四五六日]|[0-9]{1,2}号)[^，。；,;他她]{2,16}(?<![了过])[，,;；]\\s?我(?!们?[说问让]|也|就)"
    "[^，。；,;]{0,6}(?:[前内]|[之以]前)?(?:给|出|发|把|做|报|写|准备|负责)"
)
"""小赵明天带质检过去看，我周五前给书面答复: each of us does a part."""
FROM_OUTSIDE = re.compile("[^，。；,;]*(?:[过回]来|给我|[款钱了]|说|问|想|要)")
ASIDE_BEFORE = re.compile("通过$")
ASIDE_AFTER = re.compile(
    "(?:介绍|推荐|引荐|离职|调走|退休|转岗|的(?:秘书|助理|司机|老婆|太太|爱人|儿子|女儿|同事|下属)(?!打|说|来|微信|想|要|问|在))"
)
"""Someone named only on the way to the one it is about."""
OURS_AFTER = re.compile(
    "^(?:负责|盯(?:着|[，。；,;\\s]|$)|(?:之前|原来)?跟的|陪同|一起去|同事|跟进|去办|去送|"
    "(?:出|做|写|改|整理)(?:效果图|图|"
    "方案|报价|标书|材料|资料|合同|PPT|BOM))"
)
