"""Words that make up Chinese company names: places, trades, legal forms, short names.

Places: provinces and prefecture-level places of the official division codes, with a few strong
county-level cities. Legal forms: 公司法, 合伙企业法, 企业名称登记管理规定实施办法. Trades, common
names and short names are our own lists from names in daily use; a missing word costs a hint, never
a wrong merge, because names alone never merge anything.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Province, then its places, "省:市 市 …".
_DIVISIONS = """
北京: | 天津: | 上海: | 重庆: | 香港: | 澳门: | 台湾:台北 高雄 台中 台南 新竹
河北:石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水
山西:太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁
内蒙古:呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 兴安 锡林郭勒 阿拉善
辽宁:沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛
吉林:长春 四平 辽源 通化 白山 松原 白城 延边
黑龙江:哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 大兴安岭
江苏:南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 昆山 江阴 张家港 常熟
  太仓
浙江:杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 义乌 慈溪 余姚 诸暨
安徽:合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城
福建:福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 晋江
江西:南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶
山东:济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽
河南:郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店
  济源
湖北:武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 仙桃 潜江 天门
湖南:长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西
广东:广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山
  潮州 揭阳 云浮
广西:南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左
海南:海口 三亚 三沙 儋州
四川:成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳
  阿坝 甘孜 凉山
贵州:贵阳 六盘水 遵义 安顺 毕节 铜仁 黔西南 黔东南 黔南
云南:昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 红河 文山 西双版纳 大理 德宏 怒江 迪庆
西藏:拉萨 日喀则 昌都 林芝 山南 那曲 阿里
陕西:西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛
甘肃:兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏 甘南
青海:西宁 海东 海北 黄南 玉树 海西
宁夏:银川 石嘴山 吴忠 固原 中卫
新疆:乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 博尔塔拉 巴音郭楞 阿克苏 喀什 和田 伊犁 塔城 阿勒泰
  石河子
"""


def _read_divisions() -> dict[str, tuple[str, str]]:
    places: dict[str, tuple[str, str]] = {}
    for entry in _DIVISIONS.replace("\n ", " ").replace("|", "\n").split("\n"):
        province, _, cities = entry.strip().partition(":")
        for city in cities.split():
            places[city] = (province, city)
        if province:
            places[province] = (province, "")
    for municipality in ("北京", "天津", "上海", "重庆", "香港", "澳门"):
        places[municipality] = (municipality, municipality)
    places["吉林市"] = ("吉林", "吉林")  # 吉林 alone is the province
    return places


# Short name of a place → (province, city); a province alone has an empty city.
PLACES: dict[str, tuple[str, str]] = _read_divisions()
PLACE_LENGTHS: tuple[int, ...] = tuple(sorted({len(name) for name in PLACES}, reverse=True))
PLACE_ENDINGS: tuple[str, ...] = (
    *("壮族自治区", "回族自治区", "维吾尔自治区", "特别行政区", "自治区", "自治州"),
    *("地区", "省", "市", "盟", "州"),
)
# Places that may stand at the end of a name (IBM中国, 移动通信集团广东) without being a word of it.
END_PLACES: frozenset[str] = _words(
    """中国 大中华区 北京 天津 上海 重庆 香港 澳门 台湾 河北 山西 辽宁 黑龙江 江苏 浙江 安徽
    福建 江西 山东 河南 湖北 湖南 广东 广西 海南 四川 贵州 云南 陕西 甘肃 青海 内蒙古 西藏
    宁夏 新疆 深圳 广州 杭州 南京 苏州 成都 武汉 西安 青岛 大连 宁波 厦门 郑州 长沙 济南
    沈阳 合肥 福州 无锡 佛山 东莞 昆明 天津 哈尔滨 石家庄 太原 南昌 贵阳 南宁 珠海 惠州 常州
    温州 烟台 昆山"""
)
# Districts written without 区, recognised only after their city.
SHORT_DISTRICTS: frozenset[str] = _words(
    """浦东 徐汇 闵行 静安 虹口 杨浦 普陀 长宁 嘉定 松江 青浦 奉贤 海淀 丰台 石景山 通州 昌平
    顺义 大兴 南山 福田 罗湖 宝安 龙岗 天河 越秀 番禺 白云 黄埔 滨海 滨江 萧山 余杭 江北
    渝北 武侯 锦江 高新"""
)
REGIONS: frozenset[str] = _words(
    """华东 华南 华北 华中 西南 西北 东北 江浙 长三角 珠三角 亚太 全国 北方 南方 中国"""
)
# Words like a place: alone they name nobody, so the trade after them belongs to the name.
WEAK_BRANDS: frozenset[str] = _words(
    """东方 西部 南方 北方 东部 中部 国家 中国 中华 全国 国际 世界 亚洲 华东 华南 华北 华中
    西南 西北 东北 环球 第一 中央 人民 大众 现代 新华 国泰 中外"""
)
# Names that begin with a place which is part of the brand.
PROTECTED: tuple[str, ...] = (
    *_words(
        """阿里巴巴 阿里云 阿里健康 阿里妈妈 阿里体育 宁德时代 云南白药 吉林敖东 海南岛 上海滩
    上海石化 上海家化 中山装 海南航空 青海湖 桂林三金 大理石 天水围 朝阳群众 长治久安
    白银时代 白山黑水 玉树临风 大同小异 安康之家 德州扑克 北京现代 北京奔驰 上海大众
    上海通用 广汽 金华火腿 文山三七 保山堂"""
    ),
)
INSTITUTIONS: tuple[str, ...] = (
    *("大学", "学院", "医院", "中学", "小学", "学校", "幼儿园", "研究院", "研究所", "设计院"),
    *("人民政府", "委员会", "法院", "检察院", "协会", "学会", "商会", "基金会", "图书馆", "博物馆"),
    *("管理局", "公安局", "税务局", "工程局", "卫生院", "党校", "附中", "附小"),
)

# Trades that say little: a name without them is the usual short form of the name with them.
GENERIC_TRADES: frozenset[str] = _words(
    """中心 科技 技术 科学 高新技术 高科 信息 信息技术 信息科技 网络 网络科技 网络技术 数字
    数字技术 数码 智能 智能科技 电子 电子科技 电子商务 实业 企业 发展 开发 创新 工业 产业
    商贸 贸易 经贸 工贸 商业 控股 投资 管理 咨询 企业管理 国际 国际贸易 进出口 制造 系统
    计算机 计算机系统 软件 通信 通讯 文化 文化传播 环保 新能源 新材料 材料 生物 生物科技
    生物技术 设备 机械 机械设备 电器 工程 有限 互联网 集成 装备 研发 股份 乳业 酒 酒业
    发动机 酿造 教育科技 培训 信息系统 自动化 自动化科技 精密 精密工业 总厂 厂 连锁"""
)
# Trades of the daughters that big companies found: 万科 and 万科物业 are two customers.
SISTER_TRADES: frozenset[str] = _words(
    """物业 物业管理 物业服务 地产 房地产 房地产开发 置业 置地 物流 供应链 快递 速运 运输
    云计算 云 云服务 数据 大数据 终端 金融 财务 融资租赁 租赁 小额贷款 典当 担保 保理
    资产管理 资本 基金 私募基金 股权投资 创业投资 保险 财产保险 人寿保险 养老保险 保险代理
    保险经纪 证券 期货 信托 银行 服务 技术服务 售后 售后服务 传媒 文化传媒 影视 影业 音乐
    娱乐 游戏 体育 健康 酒店 酒店管理 人力资源 劳务 家政 养老 旅游 零售 电商 直播 汽车销售
    汽车服务 汽车配件 配件 部件 医疗 教育 能源"""
)
# Every other trade: 金螳螂 and 金螳螂建筑装饰 are one, 晨光 and 晨光乳业 may be.
OTHER_TRADES: frozenset[str] = _words(
    """客车 商用车 家电 视像 金行 货运 医疗器械 医药 药业 制药 大药房 药房 药店 医疗科技 诊所
    教育咨询 食品 饮料 餐饮 餐饮管理 火锅 面馆 饭店 宾馆 酒楼 烧烤 咖啡 烘焙 茶业 茶叶 酒厂
    农业 农业科技 农产品 种业 牧业 渔业 林业 化工 化学 化妆品 石油 石化 石油化工 天然气 燃气
    电力 电网 电气 电源 电池 光电 光伏 太阳能 半导体 微电子 芯片 集成电路 通信技术 通讯技术
    移动通信 电信 广告 广告传媒 广告设计 品牌 品牌管理 设计 装饰 装修 装饰工程 建筑 建筑工程
    建筑装饰 建设 建设工程 建设集团 建材 园林 园林绿化 市政 路桥 消防 安装 钢铁 钢结构 金属
    五金 五金制品 铝业 铜业 矿业 塑料 塑胶 橡胶 玻璃 陶瓷 水泥 纸业 包装 印刷 印务 纺织 服装
    服饰 鞋业 皮具 家具 家居 家纺 日化 用品 日用品 百货 超市 便利店 商场 商城 文具 玩具 礼品
    珠宝 汽车 汽车零部件 摩托车 轮胎 船舶 船舶重工 航空 航天 航运 海运 铁路 地铁 港口 港务
    机场 旅行社 国际旅行社 会展 展览 劳务派遣 保安 保洁 环境 环境科技 环境工程 水务 水利
    净化 检测 检测技术 认证 测绘 勘察 监理 工程咨询 工程管理 律师事务所 会计师事务所
    税务师事务所 专利代理 知识产权 财税 代理记账 会计 法律 翻译 出版 出版社 报业 日报 电视台
    广播 图书 书店 影院 摄影 美容 美发 美容美发 理发店 健身 宠物 母婴 热水器 空调 厨具 照明
    灯饰 仪器 仪表 仪器仪表 模具 工具 轴承 阀门 泵业 电机 电缆 线缆 电线电缆 电梯 重工
    重型机械 机电 机床 机器人 无人机 日化用品 啤酒 白酒 葡萄酒 糖果 食品加工 粮油 水产 肉类
    蔬菜 水果 生鲜 农牧 饲料 化肥 农药 兽药 中药 积体电路制造 文化创意 文化艺术 艺术 营销
    营销策划 策划 批发 经营部 商行 商店 门市部 工作室 加工厂 修理厂 零部件 制品 皮革 木业
    门窗 幕墙 防水 涂料 油漆 颜料 化纤 针织 印染 刺绣 城市 交通 公交 出租车 停车 充电 储能
    氢能 风电 核电 水电 热力 煤炭 煤业 焦化 黄金 有色金属 稀土 磁材 安防 监控 视频 图像 语音
    人工智能 区块链 物联网 信息安全 网络安全 房地产经纪 经纪 调味 调味品 调味食品 在线
    新药开发 药品 机电设备 智能装备 医院管理 门诊部 粮食 海鲜 小吃 早餐 奶茶 茶饮 甜品 眼镜
    钟表 乐器 花卉 花店 五金店 杂货 维修 洗涤 干洗 驾校 驾驶培训 职业培训 艺术培训 幼教 托育"""
)
TRADES: frozenset[str] = GENERIC_TRADES | SISTER_TRADES | OTHER_TRADES
TRADE_LENGTHS: tuple[int, ...] = tuple(sorted({len(word) for word in TRADES}, reverse=True))

# Legal forms, longest first in their family: limited, share company, partnership, individual,
# cooperative, or a company of an unnamed kind.
LEGAL_FORMS: dict[str, str] = {
    "有限责任公司": "limited",
    "有限公司": "limited",
    "有限责任公": "limited",
    "有限公": "limited",
    "股份有限公司": "shares",
    "股份公司": "shares",
    "股份有限公": "shares",
    "股份": "shares",
    "无限公司": "company",
    "总公司": "company",
    "公司": "company",
    "有限合伙": "partnership",
    "普通合伙": "partnership",
    "特殊普通合伙": "partnership",
    "特殊的普通合伙": "partnership",
    "合伙企业": "partnership",
    "个体工商户": "individual",
    "个体户": "individual",
    "个体": "individual",
    "个人独资企业": "individual",
    "个人独资": "individual",
    "农民专业合作社": "cooperative",
    "专业合作社": "cooperative",
    "合作社": "cooperative",
}

# Short names in daily use, for companies and universities known to everybody: core → core.
SHORT_NAMES: dict[str, str] = dict(
    pair.split("=")
    for pair in _words(
        """工行=工商银行 建行=建设银行 农行=农业银行 中行=中国银行 交行=交通银行 招行=招商银行
    邮储=邮政储蓄银行 中石油=中国石油天然气 中石化=中国石油化工 中海油=中国海洋石油
    国网=国家电网 南网=南方电网 中移动=中国移动通信 移动=中国移动通信 中电信=中国电信
    中联通=联合网络通信 联通=联合网络通信 中建=中国建筑 中铁=中国铁路工程 中交=中国交通建设
    中车=中车 上汽=上海汽车 一汽=第一汽车 东风=东风汽车 广汽=广州汽车 北汽=北京汽车
    长安=长安汽车 中粮=中国粮油食品 中航=中国航空工业 国航=中国国际航空 东航=东方航空
    南航=南方航空 海航=海南航空 青啤=青岛啤酒 台积电=台湾积体电路制造 北大=北京大学
    清华=清华大学 复旦=复旦大学 上交大=上海交通大学 上海交大=上海交通大学 浙大=浙江大学
    武大=武汉大学 中大=中山大学 南大=南京大学 哈工大=哈尔滨工业大学 西交大=西安交通大学
    人大=中国人民大学 央视=中国中央电视台 人保=中国人民保险 太保=太平洋保险 宝钢=宝山钢铁
    鞍钢=鞍山钢铁 武钢=武汉钢铁 首钢=首都钢铁 新浪=新浪网 讯飞=科大讯飞
    普华永道=普华永道中天会计师事务所 ibm=国际商业机器 tencent=腾讯 huawei=华为
    alibaba=阿里巴巴 baidu=百度 xiaomi=小米 haier=海尔 lenovo=联想 midea=美的 apple=苹果
    microsoft=微软 google=谷歌 siemens=西门子 samsung=三星 sony=索尼 bosch=博世
    foxconn=富士康 byd=比亚迪 jd=京东 catl=宁德时代 dji=大疆 gree=格力 icbc=工商银行
    ccb=建设银行 abc=农业银行 boc=中国银行"""
    )
)
# Names given so often that the bare name points at nobody.
COMMON_BRANDS: frozenset[str] = _words(
    """华信 华兴 华盛 华泰 华宇 华源 华丰 华美 华诚 宏达 宏远 宏源 宏图 宏盛 宏发 宏伟 恒通
    恒达 恒信 恒源 恒泰 恒丰 恒盛 鑫源 鑫达 鑫盛 鑫鑫 鑫隆 鑫泰 金鼎 金诚 金源 金桥 金龙
    金泰 天成 天达 天宇 天源 天润 永兴 永盛 永安 永利 永丰 永信 鸿运 鸿达 鸿图 鸿泰 鸿源
    兴达 兴盛 兴旺 兴隆 兴业 盛世 盛达 盛源 盛大 诚信 诚达 众诚 众信 众鑫 中天 中信达 中泰
    中兴达 东方 东升 东盛 大众 大华 大成 大地 长城 长江 长虹 长青 长兴 新世纪 新时代 新世界
    新天地 新希望 新星 博远 博雅 博达 瑞丰 瑞达 瑞祥 祥瑞 祥云 顺达 顺通 顺发 通达 通利 万通
    万达 万里 万家 万鑫 佳和 佳美 嘉和 嘉美 德信 德隆 德利 富达 富源 广源 广达 海天 海源
    海达 宝丰 宝源 百盛 昌盛 昌达 福源 福满 光大 光明 国泰 和平 和谐 和顺 红太阳 红星 汇丰
    汇源 汇通 吉祥 吉利 京华 巨星 凯达 康达 康泰 利达 联创 联合 联众 明珠 明达 南方 平安
    前程 荣盛 荣达 三和 三星 双龙 四海 泰达 泰和 腾飞 腾达 同创 同心 伟业 伟达 信达 信诚
    旭日 亚太 扬帆 阳光 一诺 益民 银河 宇通 远大 远航 远洋 云帆 正大 正源 志远 智远 中科
    众和 卓越 启航 锦程"""
)

# Traditional characters seen in company names, each followed by its simplified form.
_TRADITIONAL = """
烏乌華华國国業业東东廣广電电機机訊讯騰腾計计統统積积體体製制臺台灣湾證证鴻鸿藥药團团貿贸實实
發发髮发興兴運运輸输進进設设備备車车輛辆輪轮達达遠远陽阳陰阴陸陆銀银錢钱鐵铁鋼钢銅铜鋁铝鑄铸
鍋锅鏈链鎖锁鐘钟鍾钟針针錄录錦锦鏡镜開开關关閣阁門门間间閃闪聞闻閩闽閱阅聯联聖圣聲声職职藝艺
蘇苏蘭兰葉叶萬万莊庄蓋盖蕭萧薩萨蔣蒋衛卫術术裝装褲裤襯衬複复補补見见規规視视親亲觀观覺觉覽览
訂订記记許许評评詞词試试詩诗話话該该詳详誠诚語语誤误說说課课調调談谈請请論论諮咨講讲謝谢識识
議议護护讀读變变讓让豐丰貝贝負负財财貢贡貨货販贩責责貴贵貸贷費费資资賓宾賞赏賢贤質质賬账賴赖
購购賽赛贈赠贏赢趙赵軌轨軍军軒轩軟软軸轴較较載载輝辉輕轻輔辅輯辑轉转轎轿農农連连週周遊游過过
違违還还邊边郵邮鄉乡鄭郑鄧邓醫医釀酿釋释鄰邻釣钓鈦钛鈴铃鉅巨鋒锋鋪铺錫锡鍵键鎮镇鎂镁鑽钻長长
際际隊队階阶險险隱隐雙双雜杂雲云霧雾靈灵靜静韓韩響响頁页頂顶項项順顺須须預预領领頭头題题額额
顏颜願愿類类顧顾風风飛飞飯饭飲饮飼饲飽饱飾饰館馆餅饼養养餘余馬马馮冯駕驾駿骏驗验驛驿鬆松魚鱼
鮮鲜鯨鲸鳥鸟鳳凤鴿鸽鵬鹏鷹鹰鶴鹤麗丽麥麦麵面黃黄點点黨党齊齐齒齿齡龄龍龙龜龟亞亚億亿們们個个
倉仓價价優优儀仪傳传債债傑杰偉伟側侧傷伤僑侨儲储兒儿內内兩两冊册凱凯創创劃划劇剧劉刘劍剑動动
務务勞劳勝胜勢势勳勋勵励區区協协單单卻却參参員员問问啟启喬乔嘗尝嚴严園园圓圆圖图圍围場场塊块
塗涂壓压報报壇坛墻墙牆墙壯壮夢梦夾夹奧奥獎奖婦妇媽妈嬰婴學学寧宁寶宝審审寫写宮宫將将專专尋寻
對对導导屆届層层屬属島岛峯峰崗岗嶺岭嶽岳巖岩師师帥帅帳帐帶带幣币幫帮幹干庫库廈厦廚厨廠厂廟庙
廢废廳厅張张強强彈弹彌弥彙汇後后從从徵征徑径復复恆恒愛爱態态慶庆應应憶忆懷怀戰战戲戏戶户拋抛
掃扫採采揚扬換换損损搖摇擁拥擇择擊击擔担據据擬拟擴扩攝摄數数敵敌斂敛斷断於于時时晉晋晝昼曉晓
暉晖暢畅書书會会朧胧柵栅條条楊杨極极榮荣構构樂乐樓楼標标樣样樹树橋桥檢检櫃柜權权歐欧歡欢歲岁
歷历歸归殘残殼壳氣气氫氢決决沖冲況况淨净淺浅減减測测湯汤溝沟溫温準准滅灭滬沪漁渔漢汉滿满漸渐
潔洁潤润澤泽濃浓濕湿濟济濱滨瀾澜灑洒灘滩災灾為为無无煙烟煉炼燈灯營营燒烧熱热燦灿爐炉爾尔爭争
牽牵狀状獅狮獨独獲获獵猎現现瑪玛環环璽玺瓊琼產产畝亩畫画異异當当療疗皚皑盡尽監监盤盘眾众睏困
確确碼码磚砖礦矿礎础禮礼祿禄禎祯種种稅税稱称穀谷穩稳穌稣窯窑競竞筆笔節节範范築筑簡简簽签籌筹
籤签糧粮紀纪約约紅红紋纹納纳紐纽純纯紙纸級级紛纷紡纺細细紳绅組组結结絕绝絡络給给絨绒絲丝經经
綠绿維维綱纲網网緊紧緣缘編编線线緯纬練练縣县縫缝總总績绩織织繡绣繪绘繼继續续纖纤羅罗義义習习
翹翘聰聪肅肃腦脑腳脚膠胶臉脸臨临舉举舊旧艙舱艦舰蘆芦處处號号蝦虾蟲虫蠟蜡蠶蚕鹽盐麼么龐庞佈布
佔占併并係系傢家侖仑崑昆崙仑髙高鑑鉴鑒鉴甦苏啓启
"""


def _read_traditional() -> dict[int, str]:
    letters = "".join(_TRADITIONAL.split())
    pairs = zip(letters[::2], letters[1::2], strict=True)
    return {ord(old): new for old, new in pairs}


TRADITIONAL: dict[int, str] = _read_traditional()
