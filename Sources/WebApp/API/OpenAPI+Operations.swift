import PlanExchange
import PlanInsight
import PlanModel

/// One thing that can be asked of the API.
struct Operation {
    enum Answer {
        case json(JSONValue)
        /// A file of one of these media types.
        case file([String])
    }

    struct Query {
        let name: String
        let schema: JSONValue
        let help: Label
    }

    let method: String
    let path: String
    let name: String
    let summary: Label
    var query: [Query] = []
    var body: JSONValue?
    var bodyTypes = ["application/json"]
    /// Whether it changes something that somebody else may have changed meanwhile: it takes a base, and may be a conflict.
    var isBased = false
    var status = "200"
    let answer: Answer

    func json(_ language: Language) -> JSONValue {
        var object: [String: JSONValue] = [
            "operationId": .string(name), "summary": .string(summary[language]), "responses": .object(responses(language)),
        ]
        if let body {
            object["requestBody"] = [
                "required": .bool(!isBased || method != "delete" && !path.hasSuffix("/reversal")),
                "content": content(bodyTypes, body),
            ]
        }
        var parameters = query.map { parameter($0, in: "query", language) }
        if isBased { parameters.append(parameter(Self.ifMatch, in: "header", language)) }
        if !parameters.isEmpty { object["parameters"] = .array(parameters) }
        return .object(object)
    }

    private static let ifMatch = Query(
        name: "If-Match", schema: Shape.text,
        help: Label("你所依据的版次，可代替内容中的 base。", "The revision you had before you; may stand in place of base in the body."))

    private func responses(_ language: Language) -> [String: JSONValue] {
        let made: JSONValue =
            switch answer {
            case .json(let schema): content(["application/json"], schema)
            case .file(let types): content(types, ["type": "string", "format": "binary"])
            }
        var responses: [String: JSONValue] = [
            status: ["description": "OK", "content": made],
            "default": [
                "description": .string(Label("出错", "Problem")[language]),
                "content": content(["application/problem+json"], Shape.of("Problem")),
            ],
        ]
        if isBased {
            let words = Label("别人同时改了同一处：给出双方的值。", "Somebody else changed the same meanwhile: both values are given.")
            responses["409"] = [
                "description": .string(words[language]), "content": content(["application/problem+json"], Shape.of("Problem")),
            ]
        }
        return responses
    }

    private func content(_ types: [String], _ schema: JSONValue) -> JSONValue {
        .object(Dictionary(types.map { ($0, ["schema": schema]) }, uniquingKeysWith: { first, _ in first }))
    }

    private func parameter(_ query: Query, in place: String, _ language: Language) -> JSONValue {
        [
            "name": .string(query.name), "in": .string(place), "schema": query.schema,
            "description": .string(query.help[language]),
        ]
    }
}

extension OpenAPI {
    // MARK: All plans

    static let workspaceOperations: [Operation] = [
        Operation(
            method: "get", path: "/openapi.json", name: "getDescription", summary: Label("本说明", "This description"),
            answer: .json(Shape.report)),
        Operation(
            method: "get", path: "/plans", name: "listPlans", summary: Label("全部计划", "All plans"),
            answer: .json(Shape.list(Shape.of("PlanSummary")))),
        Operation(
            method: "post", path: "/plans", name: "createPlan",
            summary: Label(
                "新建计划：从范式、已有计划，或计划文件的文本", "Create a plan: of a kind, from another plan, or from the text of a plan file"),
            body: planBody, status: "201", answer: .json(Shape.of("PlanSummary"))),
        Operation(
            method: "get", path: "/home", name: "listDue", summary: Label("到期与逾期的事", "What is due and overdue"),
            query: [
                .init(name: "days", schema: Shape.whole, help: Label("往后看几天，默认 7。", "How many days ahead, 7 if left out.")),
                .init(name: "who", schema: Shape.text, help: Label("只要此人的事。", "Only what waits for this person.")),
            ],
            answer: .json(Shape.list(Shape.of("DueItem")))),
        Operation(
            method: "get", path: "/findings", name: "listFindings", summary: Label("全部计划的检查发现", "Findings of all plans"),
            answer: .json(Shape.list(Shape.of("PlacedFinding")))),
        Operation(
            method: "get", path: "/cascade", name: "getCascade",
            summary: Label("跨计划的目标承接与进度", "Goals over all plans, what they support, and progress"),
            answer: .json(Shape.list(Shape.of("CascadeGoal")))),
        Operation(
            method: "get", path: "/search", name: "search", summary: Label("搜索", "Search"),
            query: [
                .init(name: "q", schema: Shape.text, help: Label("要找的词。", "The words looked for.")),
                .init(name: "plan", schema: Shape.text, help: Label("只在这份计划中。", "In this plan alone.")), limit,
            ], answer: .json(Shape.list(Shape.of("SearchHit")))),
    ]

    private static let limit = Operation.Query(
        name: "limit", schema: ["type": "integer", "minimum": 1, "maximum": 500],
        help: Label("最多几条，默认 50。", "How many at most, 50 if left out."))
    private static let before = Operation.Query(
        name: "before", schema: Shape.whole, help: Label("只要此版次之前的。", "Those before this revision."))
    private static let secrets = Operation.Query(
        name: "secrets", schema: Shape.one(of: ["yes"]),
        help: Label("yes：包含只有负责人可见的内容。", "yes: with what only the plan's owner sees."))

    // MARK: One plan

    static let planOperations: [Operation] = [
        Operation(
            method: "get", path: "/plans/{plan}", name: "getPlan", summary: Label("一份计划的全部内容", "A whole plan"),
            answer: .json(Shape.of("Plan"))),
        Operation(
            method: "patch", path: "/plans/{plan}", name: "patchPlan", summary: Label("修改计划的字段", "Change the plan's own fields"),
            body: patchBody("plan"), isBased: true, answer: .json(Shape.of("plan.answer"))),
        Operation(
            method: "put", path: "/plans/{plan}/prose/{section}", name: "writeProse",
            summary: Label("写一个章节的文字", "Write a section's prose"), body: proseBody, isBased: true,
            answer: .json(Shape.of("Revision"))),
        Operation(
            method: "patch", path: "/plans/{plan}/prose/{section}", name: "patchProse",
            summary: Label("同上，文字作为字段 text", "The same, with the text as a field"),
            body: Shape.object(
                ["base": Shape.whole, "fields": Shape.object(["text": Shape.text])], optional: ["base"]),
            isBased: true, answer: .json(Shape.of("Revision"))),
        Operation(
            method: "get", path: "/plans/{plan}/choices", name: "listChoices",
            summary: Label("可以引用的记录，本计划的在前", "Records to refer to, the plan's own first"),
            query: [
                .init(name: "kinds", schema: Shape.text, help: Label("编号字母，如 T,RO。", "Letters of ids, such as T,RO.")),
                .init(name: "q", schema: Shape.text, help: Label("编号的开头或标题的一部分。", "The start of an id or a part of a title.")),
            ], answer: .json(Shape.list(Shape.object(["id": Shape.text, "title": Shape.text, "plan": Shape.text])))),
        Operation(
            method: "get", path: "/plans/{plan}/history", name: "listHistory",
            summary: Label("变更日志，新的在前", "The journal, newest first"), query: [limit, before],
            answer: .json(Shape.list(Shape.of("JournalEntry")))),
        Operation(
            method: "get", path: "/plans/{plan}/history/{revision}/effect", name: "getEffect",
            summary: Label(
                "一次变更带来的影响：移动的日期、完工、进度、新增与消除的发现",
                "What a change brought about: dates moved, finish, progress, findings that came and went"),
            answer: .json(
                Shape.object([
                    "revision": Shape.whole, "moved": Shape.list(Shape.text),
                    "finish": Shape.object(["before": Shape.textOrNull, "after": Shape.textOrNull]),
                    "progress": Shape.object(["before": Shape.numberOrNull, "after": Shape.numberOrNull]),
                    "found": Shape.list(Shape.of("Finding")), "gone": Shape.list(Shape.of("Finding")),
                    "words": Shape.list(Shape.text),
                ]))),
        Operation(
            method: "post", path: "/plans/{plan}/history/{revision}/reversal", name: "reverseChange",
            summary: Label("撤销一次变更", "Take a change back"), body: baseBody, isBased: true, status: "201",
            answer: .json(Shape.of("Revision"))),
        Operation(
            method: "get", path: "/plans/{plan}/file", name: "getPlanFile", summary: Label("计划文件", "The plan file"),
            answer: .file(["application/yaml"])),
        Operation(
            method: "get", path: "/plans/{plan}/calendar.ics", name: "getCalendar",
            summary: Label("营销活动与到期事项的日历，可供订阅", "Marketing activities and what is due as a calendar to subscribe to"),
            query: [.init(name: "who", schema: Shape.text, help: Label("只要此人的事。", "Only what waits for this person."))],
            answer: .file(["text/calendar"])),
        Operation(
            method: "get", path: "/plans/{plan}/document/{format}", name: "getDocument",
            summary: Label("文档：docx、pdf、html 或 md", "The document: docx, pdf, html or md"),
            query: [
                secrets,
                .init(
                    name: "part", schema: Shape.one(of: DocumentPart.allCases.map(\.rawValue)),
                    help: Label("项目计划中单独成文的部分；默认整份计划。", "A part of a project's plan on its own; the whole plan if left out.")),
            ],
            answer: .file(DocumentFormat.allCases.map { String($0.mediaType.prefix { $0 != ";" }) })),
        Operation(
            method: "get", path: "/plans/{plan}/tables/{kind}", name: "getTable",
            summary: Label("一类记录的 CSV 表", "Records of a kind as CSV"), query: [secrets], answer: .file(["text/csv"])),
        Operation(
            method: "get", path: "/plans/{plan}/pictures", name: "listPictures",
            summary: Label("有数据可画的图", "The pictures there is data for"), answer: .json(Shape.list(Shape.of("Picture")))),
        Operation(
            method: "get", path: "/plans/{plan}/pictures/{name}", name: "getPicture", summary: Label("一幅图", "A picture"),
            answer: .file(["image/svg+xml"])),
    ]

    // MARK: Computed

    static let computedOperations: [Operation] = [
        Operation(
            method: "get", path: "/plans/{plan}/findings", name: "getFindings", summary: Label("检查发现", "Findings"),
            answer: .json(Shape.list(Shape.of("Finding")))),
        Operation(
            method: "get", path: "/plans/{plan}/progress", name: "getProgress",
            summary: Label("各目标进度及其构成", "Progress of each goal, with its parts"),
            answer: .json(Shape.list(Shape.of("GoalProgress")))),
        Operation(
            method: "get", path: "/plans/{plan}/schedule", name: "getSchedule", summary: Label("排期", "The schedule"),
            answer: .json(Shape.list(Shape.of("ScheduledTask")))),
        Operation(
            method: "get", path: "/plans/{plan}/schedule-paths", name: "getSchedulePaths",
            summary: Label(
                "决定完工的路径，最长的在前，各可拖延多久", "The paths that decide the finish, the longest first, and by how much each may slip"),
            answer: .json(Shape.list(Shape.object(["relativeFloatDays": Shape.number, "tasks": Shape.list(Shape.text)])))),
        Operation(
            method: "get", path: "/plans/{plan}/schedule-quality", name: "getScheduleQuality",
            summary: Label("排期质量的十四点", "The fourteen points of schedule quality"),
            answer: .json(Shape.list(Shape.of("QualityPoint")))),
        Operation(
            method: "get", path: "/plans/{plan}/network", name: "getNetwork",
            summary: Label("任务与它们之间的连线", "Activities and the links between them"), answer: .json(Shape.of("Network"))),
        Operation(
            method: "post", path: "/plans/{plan}/baseline", name: "takeBaseline",
            summary: Label("以当前排期为基线", "Take the present schedule as baseline"), body: baseBody, isBased: true, status: "201",
            answer: .json(Shape.of("Revision"))),
        Operation(
            method: "get", path: "/plans/{plan}/levelling", name: "previewLevelling",
            summary: Label("资源平衡的预览", "What levelling would change"), query: levellingQuery, answer: .json(levelling)),
        Operation(
            method: "post", path: "/plans/{plan}/levelling/preview", name: "startLevelling",
            summary: Label("开始资源平衡的搜索，返回任务编号", "Start the search of levelling; answers with the job's number"),
            query: levellingQuery, status: "202", answer: .json(Shape.object(["job": Shape.text]))),
        Operation(
            method: "post", path: "/plans/{plan}/levelling", name: "acceptLevelling",
            summary: Label("接受资源平衡，作为一次变更", "Accept levelling, as one change"),
            body: Shape.object(
                [
                    "base": Shape.whole, "aim": aim.schema, "within": within.schema, "seconds": seconds.schema,
                    "seed": seed.schema, "seen": Shape.text,
                ], optional: ["base", "aim", "within", "seconds", "seed", "seen"]),
            isBased: true, status: "201", answer: .json(Shape.of("Revision"))),
        Operation(
            method: "get", path: "/plans/{plan}/simulation", name: "getSimulation",
            summary: Label("完工与成本的分布、驱动因素与里程碑", "Distribution of finish and cost, drivers, milestones"),
            query: outlookQuery, answer: .json(simulation)),
        Operation(
            method: "post", path: "/plans/{plan}/simulation", name: "startSimulation",
            summary: Label("开始风险模拟，返回任务编号", "Start a risk simulation; answers with the job's number"),
            query: outlookQuery, status: "202", answer: .json(Shape.object(["job": Shape.text]))),
        Operation(
            method: "get", path: "/plans/{plan}/earned-value", name: "getEarnedValue",
            summary: Label("挣值：各项指数、估算、工作包与曲线", "Earned value: indices, estimates, packages, curve"),
            answer: .json(earnedValue)),
        Operation(
            method: "get", path: "/plans/{plan}/tasks/{record}/reasons", name: "getReasons",
            summary: Label("任务为什么排在这里", "Why a task lies where it does"),
            answer: .json(Shape.list(Shape.of("Reason")))),
        Operation(
            method: "get", path: "/plans/{plan}/goals/{record}/reasons", name: "getGoalReasons",
            summary: Label("目标的进度由来，逐级到指标的数值", "Where a goal's progress comes from, down to the values"),
            answer: .json(Shape.of("ProgressReason"))),
        Operation(
            method: "get", path: "/plans/{plan}/measures/{record}/reasons", name: "getMeasureReasons",
            summary: Label("指标的达成率由来，公式各部分的值", "Where a measure's attainment comes from, and the parts of its formula"),
            answer: .json(Shape.report)),
        Operation(
            method: "get", path: "/plans/{plan}/people/{record}/reasons", name: "getSharedPerson",
            summary: Label("几个计划合计要求一个人投入多少", "What several plans together ask of somebody"),
            answer: .json(Shape.report)),
        Operation(
            method: "get", path: "/plans/{plan}/causes/{record}/reasons", name: "getCauseTest",
            summary: Label("原因经数据检验的结论", "What the data say of a cause"),
            answer: .json(Shape.object(["verdict": Shape.text, "reason": Shape.text, "supported": Shape.flag]))),
        Operation(
            method: "get", path: "/plans/{plan}/measures/{record}/forecast", name: "getMeasureForecast",
            summary: Label("指标的预测，逐期带区间，流量另有全期合计", "A measure's forecast by period with intervals, and the total of flows"),
            answer: .json(Shape.of("MeasureForecast"))),
        Operation(
            method: "post", path: "/plans/{plan}/values", name: "importValues",
            summary: Label(
                "从表格文本导入指标数值；dryRun 只试算", "Import values of measures from the text of a table; dryRun only tries it"),
            body: Shape.object(
                [
                    "base": Shape.whole, "text": Shape.text, "dryRun": Shape.flag, "note": Shape.text,
                    "columns": Shape.object(
                        ["series": Shape.text, "time": Shape.text, "value": Shape.text, "measure": Shape.text],
                        optional: ["series", "time", "value", "measure"]),
                ], optional: ["base", "dryRun", "note", "columns"]),
            isBased: true, answer: .json(Shape.of("ValueImport"))),
        Operation(
            method: "post", path: "/plans/{plan}/risk-notes/{record}/risk", name: "makeRisk",
            summary: Label("把风险便签变成风险", "Make a risk of a note"), body: Shape.object(["base": Shape.whole], optional: ["base"]),
            isBased: true, status: "201", answer: .json(Shape.of("risk.answer"))),
        Operation(
            method: "get", path: "/plans/{plan}/procedures/{record}/difference", name: "compareProcedure",
            summary: Label("与上一版标准操作程序的差别", "What a version of a procedure says otherwise than the one before"),
            query: [
                .init(
                    name: "from", schema: Shape.text,
                    help: Label(
                        "与之相比的版本，例如 SP-1；不填为上一版。", "The version to compare with, such as SP-1; the one before if left out."))
            ], answer: .json(Shape.of("ProcedureDifference"))),
        Operation(
            method: "get", path: "/plans/{plan}/reviews/{record}/facts", name: "getReviewFacts",
            summary: Label("复盘期间的事实", "What happened in a review's period"), answer: .json(Shape.of("ReviewFacts"))),
        Operation(
            method: "get", path: "/plans/{plan}/reviews/{record}/report/{format}", name: "getReviewReport",
            summary: Label("一次复盘的一页报告：docx、pdf、html 或 md", "A review on one page: docx, pdf, html or md"),
            answer: .file(DocumentFormat.allCases.map { String($0.mediaType.prefix { $0 != ";" }) })),
    ]

    private static let aim = Operation.Query(
        name: "aim", schema: Shape.one(of: ["fewestChanges", "earliestFinish", "deadlines"]),
        help: Label("目标：改动最少、最早完工或守住期限。", "Fewest changes, earliest finish, or deadlines."))
    private static let within = Operation.Query(
        name: "within", schema: Shape.one(of: ["float"]),
        help: Label("float：只用时差，完工不变。", "float: within float, the finish stays."))

    private static let seconds = Operation.Query(
        name: "seconds", schema: Shape.number,
        help: Label(
            "最多搜索几秒，至多 \(LevellingRequest.mostSeconds)；不填约一秒。",
            "Search for so many seconds at most, up to \(LevellingRequest.mostSeconds); about one if left out."))
    private static let seed = Operation.Query(
        name: "seed", schema: Shape.whole, help: Label("同样的种子得到同样的结果。", "The same seed gives the same result."))
    private static let again = Operation.Query(
        name: "again", schema: Shape.text, help: Label("1：停止过的再计算一次。", "1: compute once more what was stopped."))
    private static let levellingQuery = [aim, within, seconds, seed, again]
    private static let outlookQuery = [
        Operation.Query(
            name: "confidence", schema: Shape.number,
            help: Label("储备的把握，百分数；不填则按计划的。", "Confidence of the reserves, per cent; the plan's if left out.")),
        Operation.Query(name: "runs", schema: Shape.whole, help: Label("模拟次数。", "How many runs.")), seed, again,
    ]

    private static let levelling = Shape.object(
        [
            "aim": Shape.text, "finishBefore": Shape.text, "finishAfter": Shape.text, "overloadBefore": Shape.number,
            "overloadAfter": Shape.number, "gap": Shape.number, "excessive": Shape.list(Shape.text),
            "schedulesGenerated": Shape.whole, "wasStopped": Shape.flag, "digest": Shape.text,
            "ways": Shape.list(
                Shape.object(["task": Shape.text, "alternative": Shape.text, "title": Shape.text, "words": Shape.text])),
            "overtaken": Shape.list(
                Shape.object([
                    "id": Shape.text, "title": Shape.text, "predecessor": Shape.text, "earliest": Shape.text, "words": Shape.text,
                ])),
            "moves": Shape.list(
                Shape.object([
                    "id": Shape.text, "title": Shape.text, "startBefore": Shape.text, "finishBefore": Shape.text,
                    "startAfter": Shape.text, "finishAfter": Shape.text, "reason": Shape.text,
                ])),
        ], optional: ["finishBefore", "finishAfter"])

    private static let simulation = Shape.object(
        [
            "runs": Shape.whole, "openTasks": Shape.whole, "estimatedTasks": Shape.whole, "risks": Shape.whole,
            "planned": Shape.text, "deadline": Shape.text, "currency": Shape.text, "present": Shape.report,
            "responded": Shape.report, "reserveDays80": Shape.number, "reserveDays90": Shape.number,
            "confidence": Shape.number, "reserveDays": Shape.number, "reserveCost": Shape.number, "jointConfidence": Shape.number,
            "reserveLeft": Shape.number, "reserveLeftConfidence": Shape.number,
            "ending": Shape.text, "precisionDays": Shape.number,
            "milestones": Shape.list(Shape.report), "drivers": Shape.list(Shape.report), "criticality": Shape.list(Shape.report),
            "drawDown": Shape.object([
                "reserve": Shape.number,
                "points": Shape.list(
                    Shape.object(
                        [
                            "until": Shape.day, "used": Shape.list(Shape.number), "stillNeeded": Shape.number,
                            "exhausted": Shape.number,
                        ], optional: ["until"])),
            ]),
        ],
        optional: [
            "deadline", "reserveCost", "jointConfidence", "reserveLeft", "reserveLeftConfidence", "precisionDays", "drawDown",
        ])

    private static let earnedValue: JSONValue = {
        let always = [
            "budgetAtCompletion", "plannedValue", "earnedValue", "actualCost", "scheduleVariance", "costVariance",
        ]
        let sometimes = [
            "schedulePerformanceIndex", "costPerformanceIndex", "toCompletePerformanceIndex", "estimateAtCompletion",
            "varianceAtCompletion", "earnedSchedule",
            "scheduleVarianceTime", "schedulePerformanceIndexTime",
        ]
        var properties: [String: JSONValue] = [
            "unit": Shape.text, "statusDay": Shape.day, "estimatedFinish": Shape.text, "packages": Shape.list(Shape.report),
            "curve": Shape.list(Shape.report), "estimates": Shape.list(Shape.report),
        ]
        for name in always + sometimes { properties[name] = Shape.number }
        return Shape.object(properties, optional: Set(sometimes + ["estimatedFinish"]))
    }()

    // MARK: Processes and files

    static let processOperations: [Operation] = [
        Operation(
            method: "get", path: "/plans/{plan}/processes/{record}/log", name: "getProcessLog",
            summary: Label("事件日志里的流程：统计、瓶颈、符合性", "The process in its log: statistics, bottlenecks, conformance"),
            query: [
                .init(name: "from", schema: Shape.day, help: Label("只要这天起的案例。", "Cases from this day on.")),
                .init(name: "to", schema: Shape.day, help: Label("只要这天止的案例。", "Cases until this day.")),
                .init(
                    name: "coverage", schema: Shape.text,
                    help: Label(
                        "案例与这些日子的关系：started、completed、contained 或 intersecting。",
                        "How cases lie to these days: started, completed, contained or intersecting.")),
                .init(
                    name: "with", schema: Shape.text,
                    help: Label("经过这些活动之一，用 | 分隔。", "With one of these activities, parted by |.")),
                .init(name: "without", schema: Shape.text, help: Label("不经过这些活动。", "With none of these activities.")),
                .init(name: "only", schema: Shape.text, help: Label("只要这些活动的事件。", "Events of these activities alone.")),
                .init(name: "variants", schema: Shape.number, help: Label("最常见的这么多种路径。", "The so many most frequent variants.")),
                .init(name: "variant", schema: Shape.number, help: Label("第几种路径。", "The variant of this number.")),
                .init(name: "attribute", schema: Shape.text, help: Label("列=值，如 渠道=电话。", "Column=value, such as channel=phone.")),
                .init(name: "person", schema: Shape.text, help: Label("经这些人之一的手。", "Worked on by one of these people.")),
                .init(name: "longer", schema: Shape.text, help: Label("全程不短于，如 36h。", "Lead time at least, such as 36h.")),
                .init(name: "shorter", schema: Shape.text, help: Label("全程不长于。", "Lead time at most.")),
                .init(name: "split", schema: Shape.day, help: Label("以此日为界对比。", "Compare around this day.")),
                .init(
                    name: "compare", schema: Shape.text,
                    help: Label("与另一部分对比：上面的条件用 & 相连。", "Compare with another part: the fields above, joined by &.")),
                .init(name: "clock", schema: Shape.text, help: Label("work：只计工作时间。", "work: working time only.")),
            ], answer: .json(Shape.report)),
        Operation(
            method: "post", path: "/plans/{plan}/processes/{record}/discovery", name: "discoverProcess",
            summary: Label("从日志画出流程", "Draw a process from its log"), body: baseBody, isBased: true, status: "201",
            answer: .json(Shape.object(["id": Shape.text]))),
        Operation(
            method: "get", path: "/plans/{plan}/processes/{record}/simulation", name: "simulateProcess",
            summary: Label("流程仿真：现状与改进后及其差异", "Process simulation: as is, to be, difference"),
            query: simulationQuery, answer: .json(Shape.report)),
        Operation(
            method: "post", path: "/plans/{plan}/processes/{record}/simulation", name: "startProcessSimulation",
            summary: Label("开始流程仿真，返回任务编号", "Start a process simulation; answers with the job's number"),
            query: simulationQuery, status: "202", answer: .json(Shape.object(["job": Shape.text]))),
        Operation(
            method: "get", path: "/jobs/{job}", name: "getJob",
            summary: Label(
                "长任务的状态与进度；五分钟没有人询问的任务会自行停止",
                "How a long job stands, and the part done; one that nobody asks about for five minutes stops by itself"),
            answer: .json(Shape.object(["state": Shape.text, "progress": Shape.number]))),
        Operation(
            method: "delete", path: "/jobs/{job}", name: "stopJob", summary: Label("停止一个长任务", "Stop a long job"),
            answer: .json(Shape.object(["job": Shape.text]))),
    ]

    /// Up to three changes, the further ones with `-2` and `-3` behind their names.
    private static let simulationQuery: [Operation.Query] =
        [
            .init(name: "toBe", schema: Shape.text, help: Label("与之比较的流程。", "The process compared with.")),
            .init(
                name: "cost", schema: Shape.number,
                help: Label("每小时成本；不写则取计划的人天成本。", "Cost per hour; the plan's cost per day if left out.")),
            .init(name: "perWeek", schema: Shape.number, help: Label("每周案例数。", "Cases a week.")),
            again,
        ]
        + ProcessSimulationRequest.suffixes.flatMap { suffix -> [Operation.Query] in
            [
                .init(name: "change" + suffix, schema: Shape.text, help: Label("改动一步的方式。", "How a step is changed.")),
                .init(name: "step" + suffix, schema: Shape.text, help: Label("被改动的步骤。", "The step that is changed.")),
                .init(name: "value" + suffix, schema: Shape.number, help: Label("改动的倍数或秒数。", "Factor or seconds of the change.")),
            ]
        }

    static let fileOperations: [Operation] = [
        Operation(
            method: "get", path: "/files", name: "listFiles", summary: Label("计划旁边的文件", "Files beside the plans"),
            answer: .json(Shape.of("Files"))),
        Operation(
            method: "get", path: "/files/history", name: "listFileHistory",
            summary: Label("文件的变更日志，新的在前", "The journal of files, newest first"),
            query: [.init(name: "name", schema: Shape.text, help: Label("只要这个文件的。", "Of this file alone.")), limit, before],
            answer: .json(Shape.list(Shape.of("FileChange")))),
        Operation(
            method: "post", path: "/files/history/{revision}/reversal", name: "reverseFileChange",
            summary: Label("撤销一次文件变更", "Take a file's change back"), status: "201", answer: .json(Shape.of("FileChange"))),
        Operation(
            method: "get", path: "/files/{name}", name: "getFile", summary: Label("一个文件", "A file"),
            answer: .file(["application/octet-stream"])),
        Operation(
            method: "put", path: "/files/{name}", name: "putFile",
            summary: Label("放入一个文件；版次写在 If-Match 中", "Put a file; its base stands in If-Match"),
            query: [
                .init(
                    name: "for", schema: Shape.one(of: FileKind.allCases.map(\.rawValue)),
                    help: Label("文件是什么；不写则按内容判断。", "What the file is; told from its content if absent."))
            ],
            body: ["type": "string", "format": "binary"], bodyTypes: ["application/octet-stream", "application/gzip"],
            isBased: true, status: "201", answer: .json(Shape.of("FileChange"))),
        Operation(
            method: "delete", path: "/files/{name}", name: "deleteFile", summary: Label("移除一个文件", "Remove a file"),
            body: baseBody, isBased: true, answer: .json(Shape.of("FileChange"))),
    ]

    // MARK: Records

    static func recordOperations(_ kind: Kind) -> [Operation] {
        let (names, list) = (kind.names, "/plans/{plan}/\(kind.names.plural)")
        let one = list + "/{record}"
        return [
            Operation(
                method: "get", path: list, name: "list_\(names.plural)",
                summary: Label("全部\(names.many.zh)", "All \(names.many.en.lowercased())"),
                answer: .json(Shape.of("\(kind.key).list"))),
            Operation(
                method: "post", path: list, name: "create_\(kind.key)",
                summary: Label("新增\(names.one.zh)", "Add \(names.indefinite)"), body: createBody(kind), isBased: true,
                status: "201", answer: .json(Shape.of("\(kind.key).answer"))),
            Operation(
                method: "get", path: one, name: "get_\(kind.key)", summary: names.one,
                answer: .json(Shape.of("\(kind.key).answer"))),
            Operation(
                method: "patch", path: one, name: "patch_\(kind.key)",
                summary: Label("修改\(names.one.zh)", "Change \(names.indefinite)"), body: patchBody(kind.key),
                isBased: true, answer: .json(Shape.of("\(kind.key).answer"))),
            Operation(
                method: "delete", path: one, name: "delete_\(kind.key)",
                summary: Label("删除\(names.one.zh)", "Delete \(names.indefinite)"), body: baseBody, isBased: true,
                answer: .json(Shape.of("Revision"))),
            Operation(
                method: "post", path: one + "/move", name: "move_\(kind.key)",
                summary: Label("移动\(names.one.zh)", "Move \(names.indefinite)"), body: moveBody, isBased: true,
                answer: .json(Shape.of("Revision"))),
        ]
    }

    // MARK: Bodies

    private static let baseBody = Shape.object(["base": Shape.whole, "note": Shape.text], optional: ["base", "note"])

    private static func patchBody(_ kind: String) -> JSONValue {
        Shape.object(["base": Shape.whole, "note": Shape.text, "fields": Shape.of(kind)], optional: ["base", "note"])
    }

    private static func createBody(_ kind: Kind) -> JSONValue {
        let required = kind.fields.filter { $0.spec.isRequired && $0.spec.initial == nil }.map { JSONValue.string($0.key) }
        let fields: JSONValue = ["allOf": [Shape.of(kind.key)], "required": .array(required)]
        return Shape.object(
            ["base": Shape.whole, "note": Shape.text, "parent": Shape.text, "fields": fields],
            optional: ["base", "note", "parent"])
    }

    private static let moveBody = Shape.object(
        ["base": Shape.whole, "parent": Shape.textOrNull, "after": Shape.textOrNull], optional: ["base", "parent", "after"])

    private static let proseBody = Shape.object(["base": Shape.whole, "text": Shape.text], optional: ["base"])

    private static let planBody = Shape.object(
        [
            "key": Shape.text, "kind": Shape.one(of: Blueprint.all.map(\.key)), "title": Shape.text, "from": Shape.text,
            "start": Shape.day, "finish": Shape.day, "file": Shape.text,
        ], optional: ["key", "kind", "title", "from", "start", "finish", "file"])
}
