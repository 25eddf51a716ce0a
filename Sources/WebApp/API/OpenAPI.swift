import PlanModel

/// The API's description, made from the declarations of the records.
enum OpenAPI {
    static func document(_ language: Language) -> JSONValue {
        var paths: [String: JSONValue] = [
            "/plans": .object([
                "get": operation("listPlans", Label("全部计划", "All plans"), language),
                "post": operation(
                    "createPlan", Label("新建计划：从类型，或从计划文件的文本", "Create a plan: of a kind, or from the text of a plan file"),
                    language, body: planBody, status: "201"),
            ]),
            "/plans/{plan}": .object([
                "get": operation("getPlan", Label("一份计划的全部内容", "A whole plan"), language),
                "patch": operation(
                    "patchPlan", Label("修改计划的字段", "Change the plan's own fields"), language, body: patchBody("plan")),
            ]),
            "/plans/{plan}/schedule": .object(["get": operation("getSchedule", Label("排期", "The schedule"), language)]),
            "/plans/{plan}/levelling": .object([
                "get": operation(
                    "previewLevelling",
                    Label(
                        "资源平衡的预览；aim 为 fewestChanges、earliestFinish 或 deadlines，within=float 只用时差",
                        "What levelling would change; aim is fewestChanges, earliestFinish or deadlines, within=float keeps the finish"
                    ), language),
                "post": operation(
                    "acceptLevelling", Label("接受资源平衡，作为一次变更", "Accept levelling, as one change"), language, body: levellingBody,
                    status: "201"),
            ]),
            "/plans/{plan}/simulation": .object([
                "get": operation(
                    "getSimulation", Label("完工与成本的分布、驱动因素与里程碑", "Distribution of finish and cost, drivers, milestones"), language)
            ]),
            "/plans/{plan}/earned-value": .object([
                "get": operation(
                    "getEarnedValue", Label("挣值：各项指数、估算、工作包与曲线", "Earned value: indices, estimates, packages, curve"), language)
            ]),
            "/plans/{plan}/tasks/{record}/reasons": .object([
                "get": operation("getReasons", Label("任务为什么排在这里", "Why a task lies where it does"), language)
            ]),
            "/plans/{plan}/goals/{record}/reasons": .object([
                "get": operation(
                    "getGoalReasons", Label("目标的进度由来，逐级到指标的数值", "Where a goal's progress comes from, down to the values"),
                    language)
            ]),
            "/plans/{plan}/measures/{record}/reasons": .object([
                "get": operation("getMeasureReasons", Label("指标的达成率由来", "Where a measure's attainment comes from"), language)
            ]),
            "/plans/{plan}/reviews/{record}/facts": .object([
                "get": operation("getReviewFacts", Label("复盘期间的事实", "What happened in a review's period"), language)
            ]),
            "/plans/{plan}/processes/{record}/log": .object([
                "get": operation(
                    "getProcessLog", Label("事件日志里的流程：统计、瓶颈、符合性", "The process in its log: statistics, bottlenecks, conformance"),
                    language)
            ]),
            "/plans/{plan}/processes/{record}/discovery": .object([
                "post": operation("discoverProcess", Label("从日志画出流程", "Draw a process from its log"), language, status: "201")
            ]),
            "/plans/{plan}/processes/{record}/simulation": .object([
                "get": operation(
                    "simulateProcess", Label("流程仿真：现状与改进后及其差异", "Process simulation: as is, to be, difference"), language)
            ]),
            "/files": .object(["get": operation("listFiles", Label("计划旁边的文件", "Files beside the plans"), language)]),
            "/files/{name}": .object([
                "put": operation("putFile", Label("放入一个事件日志", "Put an event log"), language, status: "201"),
                "delete": operation("deleteFile", Label("移除一个文件", "Remove a file"), language),
            ]),
            "/plans/{plan}/findings": .object(["get": operation("getFindings", Label("检查发现", "Findings"), language)]),
            "/plans/{plan}/progress": .object([
                "get": operation("getProgress", Label("各目标进度及其构成", "Progress of each goal, with its parts"), language)
            ]),
            "/plans/{plan}/history": .object([
                "get": operation("listHistory", Label("变更日志，新的在前", "The journal, newest first"), language)
            ]),
            "/plans/{plan}/history/{revision}/reversal": .object([
                "post": operation("reverseChange", Label("撤销一次变更", "Take a change back"), language, status: "201")
            ]),
            "/plans/{plan}/prose/{section}": .object([
                "put": operation("writeProse", Label("写一个章节的文字", "Write a section's prose"), language, body: proseBody)
            ]),
            "/search": .object(["get": operation("search", Label("搜索", "Search"), language)]),
        ]
        var schemas: [String: JSONValue] = ["Problem": problem]
        for kind in Kind.all {
            schemas[kind.key] = schema(kind, language)
            guard kind != Kind.of(PlanHeader.self) else { continue }
            let many = Label("全部\(kind.names.many.zh)", "All \(kind.names.many.en.lowercased())")
            paths["/plans/{plan}/\(kind.names.plural)"] = .object([
                "get": operation("list_\(kind.names.plural)", many, language),
                "post": operation(
                    "create_\(kind.key)", Label("新增\(kind.names.one.zh)", "Add a \(kind.names.one.en.lowercased())"), language,
                    body: createBody(kind.key), status: "201"),
            ])
            paths["/plans/{plan}/\(kind.names.plural)/{record}"] = .object([
                "get": operation("get_\(kind.key)", kind.names.one, language),
                "patch": operation(
                    "patch_\(kind.key)", Label("修改\(kind.names.one.zh)", "Change a \(kind.names.one.en.lowercased())"), language,
                    body: patchBody(kind.key)),
                "delete": operation(
                    "delete_\(kind.key)", Label("删除\(kind.names.one.zh)", "Delete a \(kind.names.one.en.lowercased())"), language),
            ])
        }
        return [
            "openapi": "3.1.0",
            "info": ["title": .string(Label("灯塔 API", "Pharos API")[language]), "version": "1"],
            "servers": [["url": "/api/v1"]],
            "paths": .object(Dictionary(uniqueKeysWithValues: paths.map { ($0, withParameters($1, of: $0)) })),
            "components": ["schemas": .object(schemas)],
        ]
    }

    // MARK: Schemas

    private static func schema(_ kind: Kind, _ language: Language) -> JSONValue {
        [
            "type": "object", "title": .string(kind.names.one[language]), "description": .string(kind.names.help[language]),
            "additionalProperties": false,
            "properties": .object(Dictionary(uniqueKeysWithValues: kind.fields.map { ($0.key, property($0, language)) })),
        ]
    }

    private static func property(_ field: FieldInfo, _ language: Language) -> JSONValue {
        var object: [String: JSONValue] = ["title": .string(field.label[language])]
        let notes = [field.spec.help?[language], note(field)?[language]].compactMap { $0 }
        if !notes.isEmpty { object["description"] = .string(notes.joined(separator: " ")) }
        if let range = field.spec.range {
            object["minimum"] = .number(range.lowerBound)
            object["maximum"] = .number(range.upperBound)
        }
        switch field.type {
        case .whole: object["type"] = "integer"
        case .number, .percent: object["type"] = "number"
        case .flag: object["type"] = "boolean"
        case .date:
            object["type"] = "string"
            object["format"] = "date"
        case .choice(let options):
            object["type"] = "string"
            object["enum"] = .array(options.map { .string($0.key) })
        case .references, .links, .shares:
            object["type"] = "array"
            object["items"] = ["type": "string"]
        case .series:
            object["type"] = "object"
            object["additionalProperties"] = ["type": "number"]
        case .line, .prose, .money, .duration, .reference: object["type"] = "string"
        }
        return .object(object)
    }

    private static func note(_ field: FieldInfo) -> Label? {
        switch field.type {
        case .reference, .references:
            Label(
                "指向\(field.spec.targets.map { "\($0.names.one.zh)(\($0.names.prefix)-1)" }.joined(separator: "、"))。",
                "Points to \(field.spec.targets.map { "\($0.names.one.en) (\($0.names.prefix)-1)" }.joined(separator: ", ")).")
        case .links, .shares, .money, .duration: Label("写作\(field.type.name.zh)。", "Written as \(field.type.name.en).")
        case .series: Label("日期到数值。", "Numbers by date.")
        default: nil
        }
    }

    private static let problem: JSONValue = [
        "type": "object", "description": "RFC 9457",
        "properties": [
            "type": ["type": "string"], "code": ["type": "string"], "title": ["type": "string"], "problems": ["type": "array"],
            "conflicts": ["type": "array"], "revision": ["type": "integer"],
        ],
    ]

    // MARK: Operations

    private static func operation(
        _ name: String, _ summary: Label, _ language: Language, body: JSONValue? = nil, status: String = "200"
    ) -> JSONValue {
        var object: [String: JSONValue] = [
            "operationId": .string(name), "summary": .string(summary[language]),
            "responses": .object([
                status: ["description": "OK", "content": ["application/json": .object([:])]],
                "default": [
                    "description": "Problem",
                    "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
                ],
            ]),
        ]
        if let body { object["requestBody"] = ["required": true, "content": ["application/json": ["schema": body]]] }
        return .object(object)
    }

    /// A path says which of its parts are to be filled in.
    private static func withParameters(_ path: JSONValue, of address: String) -> JSONValue {
        guard case .object(var object) = path else { return path }
        let names = address.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
        if !names.isEmpty {
            object["parameters"] = .array(
                names.map {
                    [
                        "name": .string($0), "in": "path", "required": true,
                        "schema": ["type": $0 == "revision" ? "integer" : "string"],
                    ]
                })
        }
        return .object(object)
    }

    private static func patchBody(_ kind: String) -> JSONValue {
        [
            "type": "object", "required": ["base", "fields"],
            "properties": [
                "base": ["type": "integer"], "note": ["type": "string"],
                "fields": ["$ref": .string("#/components/schemas/\(kind)")],
            ],
        ]
    }

    private static func createBody(_ kind: String) -> JSONValue {
        [
            "type": "object", "required": ["fields"],
            "properties": [
                "parent": ["type": "string"], "note": ["type": "string"],
                "fields": ["$ref": .string("#/components/schemas/\(kind)")],
            ],
        ]
    }

    private static let planBody: JSONValue = [
        "type": "object",
        "properties": [
            "key": ["type": "string"], "kind": ["type": "string", "enum": .array(Blueprint.all.map { .string($0.key) })],
            "title": ["type": "string"], "file": ["type": "string"],
        ],
    ]
    private static let levellingBody: JSONValue = [
        "type": "object", "required": ["base"],
        "properties": [
            "base": ["type": "integer"], "aim": ["type": "string", "enum": ["fewestChanges", "earliestFinish", "deadlines"]],
            "within": ["type": "string", "enum": ["float"]],
        ],
    ]

    private static let proseBody: JSONValue = [
        "type": "object", "required": ["base", "text"], "properties": ["base": ["type": "integer"], "text": ["type": "string"]],
    ]
}
