"""The dictionaries of the built-in fields, each written once for server, forms, import and API.

Labels are the words of the requirements (R04, R05, R09, R12, R13, R23, R34, R39, R44); synonyms are
the words other sheets and people use for the same value.
"""

from __future__ import annotations

from zhike.base.text import name_key
from zhike.fields.vocabulary import ALL as ALL
from zhike.fields.vocabulary import Choice as Choice
from zhike.fields.vocabulary import Dictionary as Dictionary
from zhike.fields.vocabulary import bare, ship
from zhike.fields.vocabulary import get as get
from zhike.fields.vocabulary import overlay as overlay

KIND = ship(
    "kind",
    "客户类别",
    ("company", "企业(B端)", "blue", "B端 B端客户 企业 企业客户 公司 单位 法人 toB B"),
    ("person", "个人(C端)", "purple", "C端 C端客户 个人 个人客户 自然人 toC C"),
)

TYPE = ship(
    "type",
    "客户类型",
    ("prospect", "潜在客户", "gold", "潜在 意向客户 意向 准客户 潜客 线索"),
    ("new", "新客户", "green", "新 新增客户 首次合作"),
    ("existing", "老客户", "blue", "老 存量客户 合作客户 成交客户 已成交客户 正式客户"),
    ("lost", "流失客户", "default", "流失 已流失 流失的客户 停止合作"),
)

# 重点客户 stands in the type column of the 21-column sheet, but is a flag of its own (R05). Words
# such as VIP are no synonyms: what a company means by them is for a person to say.
_KEY_WORDS = frozenset({"重点客户", "重点", "重要客户", "关键客户"})


def means_key_customer(text: str) -> bool:
    """Whether a cell of the type column says that the customer is a key customer."""
    return bare(name_key(text)) in _KEY_WORDS


TIER = ship(
    "tier",
    "客户分层",
    ("core", "核心", "red", "核心客户 核心层"),
    ("growth", "潜力", "orange", "潜力客户 成长客户 潜力层"),
    ("normal", "普通", "default", "普通客户 一般客户 一般 普通层"),
)

GRADE = ship(
    "grade",
    "客户等级",
    ("A", "A级(高价值)", "red", "A级 A类 A级客户 A类客户 高价值 高价值客户 高"),
    ("B", "B级(中价值)", "orange", "B级 B类 B级客户 B类客户 中价值 中价值客户 中"),
    ("C", "C级(低价值)", "default", "C级 C类 C级客户 C类客户 低价值 低价值客户 低"),
)

SOURCE = ship(
    "source",
    "客户来源",
    ("exhibition", "展会推广", "", "展会 线下展会 展览 展览会 会展 行业展会 参展"),
    ("referral", "转介绍", "", "老客户介绍 老客户转介绍 客户介绍 客户推荐 朋友介绍 介绍 熟人介绍"),
    ("online_ads", "线上广告", "", "网络广告 广告 广告投放 信息流 百度推广 搜索广告 竞价"),
    ("self_visit", "自主拜访", "", "主动拜访 陌生拜访 陌拜 上门拜访 自主开发 自行开发 扫街"),
    ("partner", "合作伙伴推荐", "", "合作伙伴 伙伴推荐 渠道推荐 渠道 代理商 合作方推荐 经销商"),
    (
        "online",
        "线上推广",
        "",
        "网络推广 线上 网络 官网 公司官网 网站 公众号 微信公众号 新媒体 抖音",
    ),
    ("visit", "线下拜访", "", "线下 线下推广 地推 实地拜访 来访 自然到访 到店 门店 上门 自主上门"),
)

WAY = ship(
    "way",
    "跟进方式",
    ("phone", "电话", "blue", "电话沟通 电话跟进 电话联系 电话回访 通话 致电 来电 打电话 手机"),
    ("visit", "拜访", "green", "上门拜访 面谈 上门 登门拜访 实地拜访 当面沟通 见面 来访 客户来访"),
    ("email", "邮件", "cyan", "电子邮件 邮件沟通 邮箱 email e-mail mail"),
    ("event", "活动", "magenta", "客户活动 市场活动 沙龙 展会 会议活动"),
    (
        "meeting",
        "线上会议",
        "purple",
        "视频会议 线上 腾讯会议 远程会议 会议 电话会议 在线会议 视频",
    ),
    ("social", "社交媒体", "orange", "社交平台 微博 抖音 小红书 QQ 领英 短信"),
    ("wecom", "企业微信", "lime", "企微 微信 微信沟通 微信联系 微信聊天 wecom 钉钉 飞书"),
)

RESPONSE = ship(
    "response",
    "客户响应",
    ("accepted", "认可", "green", "接受 同意 满意 积极 肯定"),
    ("doubtful", "疑虑", "orange", "犹豫 观望 考虑 考虑中 有疑虑 待定"),
    ("refused", "拒绝", "red", "不认可 不同意 否定 无意向"),
)

CARE_WAY = ship(
    "care_way",
    "维护方式",
    ("festival", "节日问候", "red", "节日 节日祝福 节日关怀 节假日问候 问候"),
    (
        "product_update",
        "产品更新",
        "blue",
        "产品推送 新品推送 产品更新通知 产品升级 新品介绍 产品资讯",
    ),
    ("problem_solved", "问题解决", "green", "解决问题 问题处理 售后处理 投诉处理 售后"),
    ("salon", "客户沙龙", "purple", "沙龙 客户活动 活动邀请 客户答谢会 答谢会 活动"),
    ("discount", "专属折扣", "orange", "折扣 优惠 专属优惠 优惠券 促销"),
    ("gift", "礼品", "magenta", "送礼 礼物 赠送礼品 礼品赠送 赠品"),
    ("birthday", "生日祝福", "gold", "生日 生日问候 生日关怀 生日礼物"),
)

COOPERATION_STAGE = ship(
    "cooperation_stage",
    "合作阶段",
    ("negotiating", "洽谈中", "gold", "洽谈 商谈中 谈判中"),
    ("running", "执行中", "green", "执行 合作中 履行中 进行中"),
    ("renewing", "续约中", "blue", "续约 待续约 续签中 续签"),
)

# R12 (未明确 → 明确 → 跟进中 → 已解决) and the core data table (待确认 … 已流失) in one order:
# equal words share a value, every other word keeps its own, so that nothing is lost on the way.
NEED_STATUS = ship(
    "need_status",
    "需求状态",
    ("unclear", "待确认", "default", "未明确 不明确 待明确 需求待确认 需求未明确 未确认"),
    ("clear", "需求明确", "blue", "明确 已明确 需求已明确 已确认"),
    ("following", "跟进中", "cyan", "需求跟进中 正在跟进 跟进"),
    ("proposing", "方案洽谈", "purple", "方案洽谈中 方案沟通 方案阶段 洽谈"),
    ("closing", "成交中", "orange", "签约中 合同流程中 待签约"),
    ("won", "已成交", "green", "成交 已签约 已签单"),
    ("solved", "已解决", "green", "解决 需求已解决 已满足 需求已满足"),
    ("lost", "已流失", "red", "流失 已放弃 已丢单"),
)

DEAL_STAGE = ship(
    "deal_stage",
    "成交阶段",
    ("contact", "初步接触", "default", "初步沟通 初次接触 接触"),
    ("needs", "需求确认", "blue", "确认需求 需求分析 需求沟通"),
    ("proposal", "方案提交", "cyan", "提交方案 方案报价 报价 方案"),
    ("negotiation", "商务谈判", "orange", "谈判 商务洽谈 合同谈判"),
    ("won", "成交", "green", "已成交 赢单 签约 已签约"),
    ("after_sales", "售后维护", "purple", "售后 售后服务 售后阶段"),
    ("lost", "流失", "red", "已流失 丢单 输单 已丢单 失败"),
)

FEEDBACK_STATUS = ship(
    "feedback_status",
    "处理状态",
    ("pending", "待处理", "red", "未处理 待跟进 新建"),
    ("processing", "处理中", "orange", "进行中 跟进中 正在处理"),
    ("done", "已完成", "green", "完成 已处理 已解决 已关闭 处理完成"),
)

FEEDBACK_DIMENSION = ship(
    "feedback_dimension",
    "评价维度",
    ("product", "产品", "", "产品质量 质量 产品体验 产品功能"),
    ("service", "服务", "", "服务态度 服务质量 售后服务 售后 人员服务"),
    ("responsiveness", "响应速度", "", "服务响应速度 响应 及时性 响应及时性 反馈速度 响应时间"),
    ("price", "价格", "", "性价比 费用 报价"),
    ("delivery", "交付", "", "交付进度 交期 物流 交货 交付时间 实施"),
    ("expertise", "专业能力", "", "专业性 技术能力 专业度 技术支持"),
    ("overall", "整体", "", "整体满意度 综合 总体 其他 其它 综合评价"),
)

CONTACT_ROLE = ship(
    "contact_role",
    "决策链角色",
    ("decides", "决策", "red", "决策人 决策者 拍板人 最终决策"),
    ("influences", "影响", "orange", "影响人 影响者 建议者"),
    ("uses", "使用", "blue", "使用人 使用者 最终用户 用户"),
    ("buys", "采购", "green", "采购人 采购者 购买者 采购负责人"),
)

GENDER = ship(
    "gender",
    "性别",
    ("male", "男", "", "男性 先生 男士"),
    ("female", "女", "", "女性 女士 小姐"),
)

SCALE = ship(
    "scale",
    "企业规模",
    ("micro", "微型(20人以下)", "", "微型 微型企业 微企 20人以下"),
    ("small", "小型(20–99人)", "", "小型 小型企业 小企业 20-99人"),
    ("medium", "中型(100–499人)", "", "中型 中型企业 100-499人"),
    ("large", "大型(500人以上)", "", "大型 大型企业 集团 500人以上"),
)

RENEWAL_INTENT = ship(
    "renewal_intent",
    "续约意向",
    ("yes", "愿意续约", "green", "愿意 有意向 续约 意向强"),
    ("unsure", "还在考虑", "orange", "考虑中 待定 犹豫 未定"),
    ("no", "不再续约", "red", "不愿意 无意向 不续约"),
)

PAYMENT_CYCLE = ship(
    "payment_cycle",
    "付款周期",
    ("once", "一次性付清", "", "一次性 全款 一次付清"),
    ("monthly", "按月", "", "月付 每月 月结"),
    ("quarterly", "按季", "", "季付 每季度 季结"),
    ("half_yearly", "按半年", "", "半年付 半年"),
    ("yearly", "按年", "", "年付 每年 年结"),
    ("milestone", "按节点", "", "分期 按进度 里程碑 按阶段"),
)

STANCE = ship(
    "stance",
    "态度",
    ("supports", "支持", "green", "赞成 支持我们"),
    ("neutral", "中立", "default", "观望 不表态"),
    ("against", "反对", "red", "不支持 偏向对手"),
)

CONSENT = ship(
    "consent",
    "联系意愿",
    ("unknown", "未询问", "default", "未知 没问过"),
    ("given", "同意联系", "green", "同意 愿意 可以联系"),
    ("refused", "不愿被联系", "red", "拒绝 不同意 不要联系"),
)

LIFE = ship(
    "life",
    "客户状态",
    ("active", "跟进中", "green", "正常 在跟进"),
    ("paused", "暂停跟进", "orange", "暂停"),
    ("archived", "已归档", "default", "归档"),
)

# R21: 需求变更/预算调整/竞争对手介入/其他.
PAUSE_REASON = ship(
    "pause_reason",
    "暂停原因",
    ("need_changed", "需求变更", "", "需求变了"),
    ("budget", "预算调整", "", "没有预算 预算不足"),
    ("competitor", "竞争对手介入", "", "被竞品抢走 选了别家"),
    ("other", "其他", "", "其它"),
)

ARCHIVE_REASON = ship(
    "archive_reason",
    "归档原因",
    ("won", "成交并完成", "", "已完成 完结 成交"),
    ("lost", "已流失", "", "流失"),
    ("closed", "客户已停业", "", "停业 注销 倒闭"),
    ("other", "其他", "", "其它"),
)

PROBLEM_STATE = ship(
    "problem_state",
    "问题状态",
    ("open", "待处理", "red", "未处理 新发现"),
    ("handling", "处理中", "orange", "进行中"),
    ("solved", "已解决", "green", "解决 完成"),
)
