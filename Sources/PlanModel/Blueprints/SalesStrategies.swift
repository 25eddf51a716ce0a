/// The chapter of strategies of the sales and marketing plan: product, channel, promotion, customers.
enum SalesStrategies {
    static let chapter = Section(
        "strategies", "销售/营销策略", "Sales and marketing strategies",
        guide: Label(
            "每条策略都回答：针对哪群客户、凭什么赢、为哪个目标。写得出「不做什么」才算策略。",
            "Each strategy says for which customers, why it wins and for which goal. It is a strategy if it says what not to do."),
        sections: [product, channels, promotion, customers])

    private static let product = Section(
        "strategies.product", "产品/服务策略", "Products and services",
        guide: Label("从客户要完成的事出发，而不是从功能清单出发。", "Begin with what customers want done, not with features."),
        [.prose, .records(Product.self)],
        sections: [
            Section(
                "strategies.positioning", "产品定位与差异化", "Positioning and differentiation",
                guide: Label(
                    "一句话：给谁、解决什么、与谁不同、证据是什么。对手也能说的话不算差异。",
                    "One sentence: for whom, what it solves, unlike whom, by what proof. What a rival can say too is no difference."
                ),
                [.prose, .records(Strategy.self, where: Filter("area", "positioning"))]),
            Section(
                "strategies.portfolio", "产品组合优化", "Product portfolio",
                guide: Label(
                    "给每个产品定角色：引流、主力、利润或退出，并写退出的时间表。",
                    "Give each product a part: draw, main, profit or leaving, with a date for those that leave."),
                [.prose, .records(Strategy.self, where: Filter("area", "portfolio"))]),
            Section(
                "strategies.pricing", "定价策略", "Pricing",
                guide: Label(
                    "写依据是成本、竞争还是价值，折扣由谁批到几折。先在小范围试价。",
                    "Say whether by cost, rivals or value, and who may grant which discount. Try prices on a few first."),
                [.prose, .records(Strategy.self, where: Filter("area", "pricing"))]),
            Section(
                "strategies.iteration", "创新与迭代", "Innovation and iteration",
                guide: Label(
                    "写今年回应哪三条客户反馈、何时上线、怎样验证有用。",
                    "Name the three points of feedback answered this year, when, and how you will know it helped."),
                [.prose, .records(Strategy.self, where: Filter("area", "iteration"))]),
        ])

    private static let channels = Section(
        "strategies.channels", "渠道策略", "Channel strategy",
        guide: Label("先看客户习惯在哪里买，再谈我们想在哪里卖。", "See where customers like to buy before where you want to sell."),
        sections: [
            Section(
                "strategies.online", "线上渠道", "Online channels",
                guide: Label(
                    "官网、应用市场、搜索各写投入与转化，找出单位成本仍在下降的一条加码。",
                    "Give spend and conversion for site, app stores and search; add where unit cost still falls."),
                [
                    .prose, .records(Channel.self, where: Filter("kind", "online", "")),
                    .records(Strategy.self, where: Filter("area", "online")),
                ]),
            Section(
                "strategies.offline", "线下渠道", "Offline channels",
                guide: Label(
                    "写覆盖的城市、拜访节奏和单店或单区产出，跟不上的果断收缩。",
                    "Give cities, rhythm of visits and yield by area; withdraw where it does not follow."),
                [
                    .prose, .records(Channel.self, where: Filter("kind", "offline")),
                    .records(Strategy.self, where: Filter("area", "offline")),
                ]),
            Section(
                "strategies.partners", "合作伙伴策略", "Partners",
                guide: Label(
                    "写双方各得什么、线索归谁、分成怎么算，先跑通一家再复制。",
                    "Say what each side gains, whose the lead is and how income is shared; make one work before you repeat it."),
                [
                    .prose, .records(Channel.self, where: Filter("kind", "partner")),
                    .records(Strategy.self, where: Filter("area", "partner")),
                ]),
            Section(
                "strategies.channelManagement", "渠道优化与管理", "Channel management",
                guide: Label(
                    "约定价格秩序、窜货和冲突的处理，按效率而不是资历分资源。",
                    "Settle price discipline and conflicts, and give means by efficiency, not by seniority."),
                [.prose, .records(Strategy.self, where: Filter("area", "channelManagement"))]),
        ])

    private static let promotion = Section(
        "strategies.promotion", "推广策略", "Promotion strategy",
        guide: Label("一年只讲一个核心信息，各种方式都围着它转。", "One core message a year; every means turns around it."),
        sections: [
            Section(
                "strategies.brand", "品牌建设与传播", "Brand building",
                guide: Label(
                    "写品牌故事的三个事实支点，以及由谁来讲更可信。", "Give the three facts the story rests on, and who tells it most credibly."),
                [.prose, .records(Strategy.self, where: Filter("area", "brand"))]),
            Section(
                "strategies.digital", "数字营销", "Digital marketing",
                guide: Label(
                    "每个平台写受众、内容形式和要拿到的下一步动作，不必处处开号。",
                    "For each platform give audience, form and the next step you want; you need not be everywhere."),
                [.prose, .records(Strategy.self, where: Filter("area", "digital"))]),
            Section(
                "strategies.traditional", "传统营销", "Traditional marketing",
                guide: Label(
                    "只用在目标客户真会看到的地方，并设法衡量，例如专用电话或优惠码。",
                    "Use it only where your customers truly look, and measure it, by a number or a code of its own."),
                [.prose, .records(Strategy.self, where: Filter("area", "traditional"))]),
            Section(
                "strategies.offers", "促销活动", "Sales promotions",
                guide: Label(
                    "写促销要改变的行为和毛利底线，防止只是把以后的订单提前。",
                    "Say which behaviour the offer changes and the floor of margin, lest it only brings later orders forward."),
                [.prose, .records(Strategy.self, where: Filter("area", "promotion"))]),
            Section(
                "strategies.content", "内容营销", "Content marketing",
                guide: Label(
                    "用客户的提问当选题，每篇写给一个画像、引向一个动作。",
                    "Take customers’ questions as subjects; each piece is for one persona and leads to one step."),
                [.prose, .records(Strategy.self, where: Filter("area", "content"))]),
        ])

    private static let customers = Section(
        "strategies.customers", "客户关系管理策略", "Customer relationship management",
        guide: Label("留住一位客户通常比赢得一位便宜，先把留存写清楚。", "To keep a customer is mostly cheaper than to win one; write retention first."),
        sections: [
            Section(
                "strategies.service", "客户服务体系", "Customer service",
                guide: Label(
                    "售前、售中、售后各写承诺的时限和兑现不了时怎么补偿。",
                    "Before, during and after the sale give the time promised and what happens if it is missed."),
                [.prose, .records(Strategy.self, where: Filter("area", "service"))]),
            Section(
                "strategies.membership", "会员体系与忠诚度计划", "Membership and loyalty programme",
                guide: Label(
                    "权益要对客户有用、对我们边际成本低。写清升级和失效规则。",
                    "Benefits should be worth much to customers and cost you little. Give rules for rising and lapsing."),
                [.prose, .records(Strategy.self, where: Filter("area", "membership"))]),
            Section(
                "strategies.customerData", "客户数据管理", "Customer data",
                guide: Label(
                    "只收用得上的数据，写明同意、用途、保管和删除。", "Collect only what you use, and write down consent, use, keeping and deletion."),
                [.prose, .records(Strategy.self, where: Filter("area", "customerData"))]),
            Section(
                "strategies.feedback", "客户反馈机制", "Customer feedback",
                guide: Label(
                    "写响应时限、谁负责闭环，每月公布采纳了哪几条。",
                    "Give response times, who closes the loop, and publish each month what was taken up."),
                [.prose, .records(Strategy.self, where: Filter("area", "feedback")), .records(Feedback.self)]),
        ])
}
