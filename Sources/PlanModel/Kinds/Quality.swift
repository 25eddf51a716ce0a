import WorkingTime

public struct QualityActivity: RecordKind {
    public static let names = KindNames(
        "quality", "quality", prefix: "QA", "质量保证", "Quality activity", "Quality activities",
        help: Label("规范、测试、缺陷管理、文档管理与阶段评审的做法。", "Standards, tests, defect handling, document control, stage reviews."))
    public let title = Field<String>("内容", "What", .required)
    public let area = Field<QualityArea>("类别", "Area", .required, .column)
    public let method = Field<String>("做法", "Method", .prose, .column)
    public let tool = Field<String>("工具", "Tool")
    public let owner = Field<RecordID>("负责人", "Owner", .to([Person.self, Role.self]), .foremost)
    public let phase = Field<RecordID>("阶段", "Phase", .to([Phase.self]))
    public let entry = Field<String>("准入条件", "Entry criteria", .prose)
    public let exit = Field<String>("准出条件", "Exit criteria", .prose)
    public let planned = Field<Int>("用例数", "Cases planned", .range(0...1_000_000))
    public let passed = Field<Int>("通过数", "Cases passed", .range(0...1_000_000))
    public let doneOn = Field<Day>("完成日期", "Done on", .column)
    public init() {}
}

public enum QualityArea: String, Choice {
    case standard, unitTest, integrationTest, systemTest, performanceTest, securityTest, acceptanceTest, defects, documents,
        stageReview
    public var label: Label {
        switch self {
        case .standard: Label("规范", "Standard")
        case .unitTest: Label("单元测试", "Unit test")
        case .integrationTest: Label("集成测试", "Integration test")
        case .systemTest: Label("系统测试", "System test")
        case .performanceTest: Label("性能测试", "Performance test")
        case .securityTest: Label("安全测试", "Security test")
        case .acceptanceTest: Label("用户验收测试（UAT）", "User acceptance test")
        case .defects: Label("缺陷管理", "Defect handling")
        case .documents: Label("文档管理", "Document control")
        case .stageReview: Label("阶段评审", "Stage review")
        }
    }
}

public struct Defect: RecordKind {
    public static let names = KindNames(
        "defect", "defects", prefix: "BG", "缺陷", "Defect", "Defects",
        help: Label("发现、分配、修复、回归。", "Found, assigned, fixed, retested."))
    public let title = Field<String>("缺陷", "Defect", .required)
    public let severity = Field<Severity>("严重程度", "Severity", .column)
    public let state = Field<DefectState>("状态", "State", .foremost, .initial(.choice("open")))
    public let foundIn = Field<RecordID>("发现于", "Found in", .to([QualityActivity.self]))
    public let foundOn = Field<Day>("发现日期", "Found on", .column)
    public let owner = Field<RecordID>("负责人", "Owner", .to([Person.self]), .foremost)
    public let fixedOn = Field<Day>("修复日期", "Fixed on")
    public let retestedOn = Field<Day>("回归通过日期", "Retested on")
    public let cause = Field<String>("原因", "Cause", .prose)
    public init() {}
}

public enum Severity: String, Choice {
    case blocker, major, minor, trivial
    public var label: Label {
        switch self {
        case .blocker: Label("致命", "Blocker")
        case .major: Label("严重", "Major")
        case .minor: Label("一般", "Minor")
        case .trivial: Label("轻微", "Trivial")
        }
    }
}

public enum DefectState: String, Choice {
    case open, assigned, fixed, closed, reopened, rejected
    public var label: Label {
        switch self {
        case .open: Label("新建", "Open")
        case .assigned: Label("已分配", "Assigned")
        case .fixed: Label("已修复", "Fixed")
        case .closed: Label("已关闭", "Closed")
        case .reopened: Label("重新打开", "Reopened")
        case .rejected: Label("不是缺陷", "Rejected")
        }
    }
}

public struct AcceptanceCriterion: RecordKind {
    public static let names = KindNames(
        "acceptance", "acceptance", prefix: "AC", "验收标准", "Acceptance criterion", "Acceptance criteria",
        help: Label("标准值与实测值，由谁在哪一步签署。", "Wanted and measured value, signed by whom in which step."))
    public let title = Field<String>("标准", "Criterion", .required)
    public let deliverable = Field<RecordID>("交付物", "Deliverable", .to([Deliverable.self]), .column)
    public let step = Field<AcceptanceStep>("验收步骤", "Step", .column)
    public let direction = Field<Direction>("方向", "Direction", .initial(.choice("up")))
    public let wanted = Field<Double>("标准值", "Target", .column)
    public let measured = Field<Double>("实测值", "Actual", .column)
    public let unit = Field<String>("单位", "Unit", .foremost)
    public let signatory = Field<RecordID>("签署人", "Signatory", .to([Person.self, Role.self]), .foremost)
    public let signedOn = Field<Day>("签署日期", "Signed on", .column)
    public init() {}
}

public enum AcceptanceStep: String, Choice {
    case internalCheck, customerCheck, signOff
    public var label: Label {
        switch self {
        case .internalCheck: Label("内部预验收", "Internal")
        case .customerCheck: Label("客户参与验收", "Customer")
        case .signOff: Label("签署验收报告", "Sign-off")
        }
    }
}

public struct PlanDocument: RecordKind {
    public static let names = KindNames(
        "document", "documents", prefix: "DOC", "相关文档", "Document", "Documents",
        help: Label("与计划有关的文档及其版本。", "Documents that belong to the plan, with their versions."))
    public let title = Field<String>("文档", "Document", .required)
    public let kind = Field<DocumentKind>("类型", "Kind", .column)
    public let version = Field<String>("版本", "Version", .column)
    public let owner = Field<RecordID>("负责人", "Owner", .to([Person.self, Role.self]), .foremost)
    public let updatedOn = Field<Day>("更新日期", "Updated on", .column)
    public let link = Field<String>("位置", "Location", .column)
    public let isArchived = Field<Bool>("已归档", "Archived")
    public init() {}
}

public enum DocumentKind: String, Choice {
    case charter, requirements, design, testPlan, userManual, deploymentManual, minutes, riskLog, changeLog, closingReport, other
    public var label: Label {
        switch self {
        case .charter: Label("项目章程", "Project charter")
        case .requirements: Label("需求规格说明书", "Requirements")
        case .design: Label("系统设计文档", "Design")
        case .testPlan: Label("测试计划与测试用例", "Test plan and cases")
        case .userManual: Label("用户操作手册", "User manual")
        case .deploymentManual: Label("部署手册", "Deployment manual")
        case .minutes: Label("会议纪要", "Minutes")
        case .riskLog: Label("风险日志", "Risk log")
        case .changeLog: Label("变更请求日志", "Change log")
        case .closingReport: Label("项目总结报告", "Closing report")
        case .other: Label("其他", "Other")
        }
    }
}
