import Testing

@testable import PlanModel

@Suite struct BlueprintTests {
    @Test(
        "section keys are unique in a blueprint and chapters come with sections whose keys begin with the chapter's",
        arguments: Blueprint.all)
    func keys(blueprint: Blueprint) {
        let keys = blueprint.sections.map(\.key)
        #expect(Set(keys).count == keys.count)
        #expect(!keys.isEmpty)
        for chapter in blueprint.chapters {
            for section in chapter.withDescendants.dropFirst() {
                #expect(section.key.hasPrefix(chapter.key + "."), "\(section.key)")
            }
        }
    }

    @Test("every section has a title and guidance in both languages", arguments: Blueprint.all)
    func languages(blueprint: Blueprint) {
        #expect(
            !blueprint.name.zh.isEmpty && !blueprint.name.en.isEmpty && !blueprint.help.zh.isEmpty && !blueprint.help.en.isEmpty)
        for section in blueprint.sections {
            #expect(section.title.zh.unicodeScalars.contains { $0.value >= 0x4E00 }, "\(section.key)")
            #expect(
                section.title.en.unicodeScalars.allSatisfy { $0.value < 0x2FFF } && !section.title.en.isEmpty, "\(section.key)")
            #expect(section.guidance.zh.count >= 15 && section.guidance.zh.hasSuffix("。"), "\(section.key)")
            #expect(section.guidance.en.count >= 40 && section.guidance.en.hasSuffix("."), "\(section.key)")
        }
        #expect(Set(blueprint.sections.map(\.guidance.zh)).count == blueprint.sections.count)
    }

    @Test("filters name fields and options that their kind has", arguments: Blueprint.all)
    func filters(blueprint: Blueprint) throws {
        for section in blueprint.sections {
            for case .records(let type, let filter?) in section.contents {
                let kind = Kind.of(type)
                let field = try #require(kind.field(filter.field), "\(section.key): \(kind.key).\(filter.field)")
                let allowed: [String]
                switch field.type {
                case .choice(let options): allowed = options.map(\.key)
                case .flag: allowed = ["true", "false"]
                default: allowed = []
                }
                #expect(!filter.values.isEmpty && filter.values[0] != "", "\(section.key)")
                for value in filter.values where value != "" {
                    #expect(allowed.contains(value), "\(section.key): \(kind.key).\(filter.field) has no \(value)")
                }
            }
        }
    }

    /// Kinds a blueprint takes in part only: other values have no meaning there.
    static let partial: Set<String> = ["department strategy", "growth strategy"]

    @Test(
        "no record can fall out of the outline: a kind is shown whole somewhere, or its filters cover every value",
        arguments: Blueprint.all)
    func coverage(blueprint: Blueprint) throws {
        var filters: [Kind: [Filter]] = [:]
        var whole: Set<Kind> = []
        for section in blueprint.sections {
            for case .records(let type, let filter) in section.contents {
                if let filter { filters[Kind.of(type), default: []].append(filter) } else { whole.insert(Kind.of(type)) }
            }
        }
        for (kind, filters) in filters where !whole.contains(kind) && !Self.partial.contains("\(blueprint.key) \(kind.key)") {
            let covered = Dictionary(grouping: filters, by: \.field).contains { name, filters in
                guard let field = kind.field(name) else { return false }
                var wanted: Set<String> = []
                switch field.type {
                case .choice(let options): wanted = Set(options.map(\.key))
                default: wanted = ["true", "false"]
                }
                if !field.spec.isRequired && field.spec.initial == nil { wanted.insert("") }
                return wanted.isSubset(of: filters.flatMap(\.values))
            }
            #expect(covered, "\(blueprint.key): \(kind.key)")
        }
    }

    @Test(
        "the chapters are those of the model texts, in order",
        arguments: [
            ("department", ["部门使命与愿景", "年度战略目标设定", "关键举措与行动计划", "资源需求与保障", "风险识别与应对", "绩效评估与持续改进"]),
            ("growth", ["自我现状分析与SWOT评估", "长期职业愿景与目标", "短期发展目标与行动计划", "学习与发展路径", "个人效能与身心健康管理", "进度跟踪与复盘调整"]),
            ("project", ["项目概述", "项目组织与团队", "项目里程碑与时间表", "资源需求与预算", "风险管理计划", "沟通管理计划", "质量控制与验收标准", "附录：相关文档清单"]),
            ("sales", ["市场环境分析", "销售/营销目标设定", "销售/营销策略", "行动计划与执行", "预算分配与资源配置", "绩效评估与监控"]),
            ("improvement", ["现状分析与问题识别", "根本原因分析", "改进目标设定", "改进方案设计", "实施计划与资源保障", "效果评估与持续监控", "经验总结与推广"]),
            ("company", ["使命与愿景", "年度目标", "衡量", "复盘"]),
        ])
    func chapters(key: String, titles: [String]) throws {
        #expect(try #require(Blueprint.named(key)).chapters.map(\.title.zh) == titles)
    }

    @Test(
        "the sections are those of the model texts, in order",
        arguments: [
            (
                "department",
                [
                    "承接公司战略目标", "部门核心目标分解", "季度重点工作规划", "月度详细任务安排", "负责人与时间节点", "人力资源配置", "财务预算管理",
                    "技术与工具支持", "潜在风险分析", "风险规避与应对措施", "关键绩效指标（KPI）", "定期复盘与调整机制",
                ]
            ),
            (
                "growth",
                [
                    "个人优势与特长", "待提升能力与知识", "职业兴趣与价值观", "外部机会与潜在威胁", "未来三至五年职业方向", "理想工作状态描绘",
                    "能力提升计划（知识、技能、软实力）", "经验积累计划（项目参与、职责拓展）", "人际网络拓展计划", "课程与培训规划", "阅读与研究清单",
                    "导师与教练机制", "时间管理策略", "压力应对与情绪调节", "业余爱好与生活平衡", "定期自我评估", "反馈收集与修正",
                ]
            ),
            (
                "project",
                [
                    "项目背景与目标", "项目范围与交付物", "角色与职责划分", "团队成员构成", "阶段划分与关键节点", "详细任务分解与排期", "人力资源",
                    "物资与技术支持", "财务预算明细", "风险识别与评估", "风险应对策略", "沟通目标与受众", "沟通方式与频率", "会议机制", "质量保证措施",
                    "验收流程与标准",
                ]
            ),
            (
                "sales",
                [
                    "宏观经济与行业趋势", "目标客户画像与需求", "竞争格局与SWOT分析", "销售额与市场份额", "品牌知名度与客户忠诚度",
                    "转化率与客户生命周期价值", "产品/服务策略", "渠道策略", "推广策略", "客户关系管理策略", "营销活动排期与内容", "销售团队建设与培训",
                    "跨部门协作机制", "营销费用预算明细", "人力与技术资源投入", "关键指标（KPI）", "数据分析与报告", "定期复盘与调整",
                ]
            ),
            (
                "improvement",
                [
                    "现有流程与操作概述", "痛点与瓶颈分析", "数据支持与量化问题", "人、机、料、法、环等维度", "影响分析与优先级排序",
                    "具体、可衡量、可达成、相关、有时限", "预期效益（效率提升、成本降低、质量改善）", "详细改进措施与步骤", "技术引入与流程优化",
                    "标准操作程序（SOP）更新", "责任人与时间表", "所需资源（人力、物力、财力）", "培训与推广", "改进前后对比数据", "监控指标与频率",
                    "风险与应对预案", "成功经验与教训", "标准化与横向推广",
                ]
            ),
        ])
    func sections(key: String, titles: [String]) throws {
        #expect(try #require(Blueprint.named(key)).chapters.flatMap(\.sections).map(\.title.zh) == titles)
    }

    static let rows: [(blueprint: String, row: String, kinds: [any RecordKind.Type])] = [
        ("department", "D1", [Statement.self]), ("department", "D2", [Goal.self]),
        ("department", "D3", [Goal.self, Measure.self]),
        ("department", "D4", [Focus.self, Deliverable.self]), ("department", "D5", [PlanTask.self]),
        ("department", "D6", [Responsibility.self, Agreement.self]),
        ("department", "D7", [Person.self, Role.self, Headcount.self, Ability.self, Training.self, Incentive.self]),
        ("department", "D8", [BudgetLine.self, Spending.self]), ("department", "D9", [Need.self]),
        ("department", "D10", [Risk.self]),
        ("department", "D11", [Measure.self]),
        ("department", "D12", [Review.self, Adjustment.self, Feedback.self, Communication.self, Meeting.self, Lesson.self]),
        ("growth", "G1", [SWOTItem.self, Strategy.self]), ("growth", "G2", [Statement.self]),
        ("growth", "G3", [Ability.self, Commitment.self, Goal.self]),
        ("growth", "G4", [Experience.self]), ("growth", "G5", [Contact.self]),
        ("growth", "G6", [Training.self, BudgetLine.self]),
        ("growth", "G7", [Reading.self]), ("growth", "G8", [Meeting.self]),
        ("growth", "G9", [PlanTask.self, FocusSession.self, DailyNote.self]),
        ("growth", "G10", [Stressor.self, DailyNote.self]), ("growth", "G11", [Commitment.self, LifeArea.self]),
        ("growth", "G12", [Review.self, Measure.self]), ("growth", "G13", [Feedback.self, Adjustment.self]),
        ("project", "P1", [Statement.self, Goal.self, Measure.self]), ("project", "P2", [ScopeItem.self, Deliverable.self]),
        ("project", "P3", [Role.self, Responsibility.self]), ("project", "P4", [Person.self]), ("project", "P5", [Phase.self]),
        ("project", "P6", [PlanTask.self, Baseline.self]),
        ("project", "P7", [Headcount.self, Ability.self, Training.self, Need.self]),
        ("project", "P8", [Need.self]), ("project", "P9", [BudgetLine.self, Spending.self]), ("project", "P10", [Risk.self]),
        ("project", "P11", [Risk.self]), ("project", "P12", [Communication.self]), ("project", "P13", [Meeting.self]),
        ("project", "P14", [QualityActivity.self, Defect.self, Review.self]), ("project", "P15", [AcceptanceCriterion.self]),
        ("project", "P16", [PlanDocument.self, ChangeRequest.self, Baseline.self, Lesson.self]),
        ("sales", "S1", [Trend.self]), ("sales", "S2", [Segment.self, Persona.self]),
        ("sales", "S3", [Competitor.self, SWOTItem.self, Strategy.self]),
        ("sales", "S4", [SalesTarget.self, Goal.self]), ("sales", "S5", [Goal.self, Measure.self]),
        ("sales", "S6", [FunnelStage.self]),
        ("sales", "S7", [Product.self, Strategy.self]), ("sales", "S8", [Channel.self]), ("sales", "S9", [Strategy.self]),
        ("sales", "S10", [Strategy.self, Feedback.self]), ("sales", "S11", [Campaign.self, PlanTask.self]),
        ("sales", "S12", [Person.self, Headcount.self, Training.self, Incentive.self, Process.self, Step.self]),
        ("sales", "S13", [Agreement.self, Communication.self, Meeting.self]),
        ("sales", "S14", [BudgetLine.self, Spending.self, Need.self]),
        ("sales", "S15", [Measure.self]), ("sales", "S16", [SalesTarget.self, Measure.self]),
        ("sales", "S17", [Review.self, Adjustment.self, Campaign.self, Risk.self, Lesson.self]),
        ("improvement", "O1", [Process.self, Step.self]), ("improvement", "O2", [Pain.self]),
        ("improvement", "O3", [Measure.self]),
        ("improvement", "O4", [Cause.self]), ("improvement", "O5", [Cause.self]), ("improvement", "O6", [Goal.self]),
        ("improvement", "O7", [Benefit.self]), ("improvement", "O8", [Improvement.self, Process.self]),
        ("improvement", "O9", [Need.self]),
        ("improvement", "O10", [Procedure.self]),
        ("improvement", "O11", [Phase.self, PlanTask.self, Responsibility.self, Agreement.self]),
        ("improvement", "O12", [Person.self, Headcount.self, BudgetLine.self, Spending.self, Need.self]),
        ("improvement", "O13", [Training.self, Communication.self, Meeting.self]), ("improvement", "O14", [Measure.self]),
        ("improvement", "O15", [Measure.self]), ("improvement", "O16", [Risk.self]),
        ("improvement", "O17", [Lesson.self, Review.self, Adjustment.self]), ("improvement", "O18", [Rollout.self]),
        (
            "company", "X1",
            [Statement.self, Goal.self, Measure.self, Person.self, PlanTask.self, BudgetLine.self, Risk.self, Review.self]
        ),
    ]

    @Test("every kind that a row of the feature list needs has a home section in its blueprint")
    func homes() throws {
        for (key, row, kinds) in Self.rows {
            let blueprint = try #require(Blueprint.named(key))
            for kind in kinds { #expect(blueprint.home(of: Kind.of(kind)) != nil, "\(row): \(kind)") }
        }
        let named: Set<String> = Set(Self.rows.map(\.row))
        #expect(named.count == 77)
    }

    @Test("every plan that is worked has people, tasks, goals, measures, money, risks and reviews", arguments: Blueprint.all)
    func shared(blueprint: Blueprint) {
        let kinds: [any RecordKind.Type] = [
            Person.self, PlanTask.self, Goal.self, Measure.self, BudgetLine.self, Risk.self, Review.self, Adjustment.self,
        ]
        for kind in kinds { #expect(blueprint.home(of: Kind.of(kind)) != nil, "\(blueprint.key): \(kind)") }
    }

    @Test("every kind of record but the plan's own fields has a home in some blueprint, and every picture a place")
    func nothingForgotten() {
        for kind in Kind.all where kind != Kind.of(PlanHeader.self) {
            #expect(Blueprint.all.contains { $0.home(of: kind) != nil }, "\(kind.key)")
        }
        let pictures = Blueprint.all.flatMap(\.sections).flatMap(\.contents).compactMap { content -> PictureName? in
            if case .picture(let name) = content { name } else { nil }
        }
        #expect(Set(pictures) == Set(PictureName.allCases))
    }

    @Test("sections are numbered in the Chinese manner, by letters on request, and by decimals in English")
    func numbers() throws {
        func numbers(_ language: Language, _ style: Numbering) -> [String: String] {
            Dictionary(
                uniqueKeysWithValues: Blueprint.department.numbered(language, style: style).map { ($0.section.key, $0.number) })
        }
        let official = numbers(.chinese, .official)
        #expect(official["purpose"] == "一、" && official["reviews"] == "六、")
        #expect(official["goals.breakdown"] == "（二）" && official["means.tools"] == "（三）")
        #expect(official["goals.team"] == "5." && official["means.people.skills"] == "2.")
        let letters = numbers(.chinese, .letters)
        #expect(letters["goals"] == "二、" && letters["goals.breakdown"] == "B." && letters["goals.team"] == "5.")
        let english = numbers(.english, .official)
        #expect(english["goals"] == "2" && english["goals.breakdown"] == "2.2" && english["goals.team"] == "2.2.5")
        #expect(numbers(.english, .letters)["goals"] == "II" && numbers(.english, .letters)["goals.breakdown"] == "B")
        #expect(Blueprint.department.numbered(.chinese).map(\.section) == Blueprint.department.sections)
    }

    @Test(
        "the steps of a process stand in the chapter that shows it: those of what is where they are listed, others after their process"
    )
    func steps() throws {
        var editor = PlanEditor(Plan(key: PlanTests.key, blueprint: .improvement))
        for kind in [ProcessKind.asIs, .toBe] {
            let process = editor.add(Process.self) { ($0.title, $0.kind) = (kind.rawValue, kind) }
            editor.add(Step.self) { ($0.title, $0.process) = ("\(kind.rawValue) 一步", process) }
        }
        editor.add(Step.self) { $0.title = "还不属于谁的一步" }
        let plan = editor.plan
        var found: [String: [String]] = [:]
        for section in Blueprint.improvement.sections {
            for case .records(let type, let filter) in section.contents {
                for group in plan.groups(Kind.of(type), filter, in: section, of: .improvement) where group.kind == .of(Step.self)
                {
                    found[section.key, default: []] += group.records.map(\.title)
                }
            }
        }
        #expect(found.values.flatMap { $0 }.count == 3)
        #expect(found.values.contains(["asIs 一步", "还不属于谁的一步"]) && found.values.contains(["toBe 一步"]))
    }
}
