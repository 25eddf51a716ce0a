import PlanInsight
import PlanModel

/// Words for JSON schemas.
enum Shape {
    static let text: JSONValue = ["type": "string"]
    static let whole: JSONValue = ["type": "integer"]
    static let number: JSONValue = ["type": "number"]
    static let flag: JSONValue = ["type": "boolean"]
    static let day: JSONValue = ["type": "string", "format": "date"]
    static let numberOrNull: JSONValue = ["type": ["number", "null"]]
    static let textOrNull: JSONValue = ["type": ["string", "null"]]
    /// An object of which more is said in the manual of the engine that makes it.
    static let report: JSONValue = ["type": "object"]

    static func list(_ item: JSONValue) -> JSONValue { ["type": "array", "items": item] }
    static func of(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }
    static func one(of values: [String]) -> JSONValue { ["type": "string", "enum": .array(values.map { .string($0) })] }

    /// - Parameter optional: properties that may be absent.
    static func object(_ properties: [String: JSONValue], optional: Set<String> = []) -> JSONValue {
        [
            "type": "object", "properties": .object(properties),
            "required": .array(properties.keys.filter { !optional.contains($0) }.sorted().map { .string($0) }),
        ]
    }
}

extension OpenAPI {
    /// Everything that answers and bodies are made of, by name.
    static func schemas(_ language: Language) -> [String: JSONValue] {
        var schemas = answers
        for kind in Kind.all {
            schemas[kind.key] = schema(kind, language)
            var properties: [String: JSONValue] = ["id": Shape.text, "parent": Shape.text, "fields": Shape.of(kind.key)]
            // What follows from the spending booked, where it is other than what was entered.
            if kind == Kind.of(BudgetLine.self) { properties["standing"] = Shape.of(kind.key) }
            let record = Shape.object(properties, optional: ["parent", "standing"])
            schemas["\(kind.key).record"] = record
            schemas["\(kind.key).answer"] = Shape.object(["revision": Shape.whole, "record": Shape.of("\(kind.key).record")])
            var list = ["revision": Shape.whole, "records": Shape.list(Shape.of("\(kind.key).record"))]
            if kind == Kind.of(Benefit.self) { list["payback"] = payback }
            schemas["\(kind.key).list"] = Shape.object(list, optional: ["payback"])
        }
        let tables = Kind.all.filter { $0 != Kind.of(PlanHeader.self) }.map {
            ($0.names.plural, Shape.list(Shape.of("\($0.key).record")))
        }
        var whole = summary
        whole["fields"] = Shape.of(Kind.of(PlanHeader.self).key)
        whole["prose"] = ["type": "object", "additionalProperties": Shape.text]
        whole.merge(tables) { first, _ in first }
        schemas["Plan"] = Shape.object(whole, optional: Set(tables.map(\.0)))
        return schemas
    }

    private static let payback = Shape.object([
        "currency": Shape.text, "yearly": Shape.number, "realised": Shape.number, "cost": Shape.number,
        "months": Shape.numberOrNull, "words": Shape.text,
    ])

    private static let summary: [String: JSONValue] = [
        "key": Shape.text, "kind": Shape.one(of: Blueprint.all.map(\.key)), "title": Shape.text, "revision": Shape.whole,
        "records": Shape.whole,
    ]

    private static let finding: [String: JSONValue] = [
        "code": Shape.text, "severity": Shape.one(of: ["error", "warning"]), "title": Shape.text, "reason": Shape.text,
        "remedy": Shape.text, "record": Shape.text, "field": Shape.text,
    ]

    private static let status = Shape.one(of: Status.allCases.map(\.rawValue))

    /// What a value may be: of any type of field.
    private static let anyValue: JSONValue = ["type": ["string", "number", "boolean", "array", "object", "null"]]

    private static let answers: [String: JSONValue] = [
        "Problem": [
            "type": "object", "description": "RFC 9457", "required": ["type", "code", "title"],
            "properties": [
                "type": Shape.text, "code": Shape.text, "title": Shape.text, "remedy": Shape.text, "revision": Shape.whole,
                "problems": Shape.list(
                    Shape.object(
                        [
                            "code": Shape.text, "message": Shape.text, "remedy": Shape.text, "record": Shape.text,
                            "field": Shape.text, "file": Shape.text, "line": Shape.whole, "column": Shape.whole,
                        ], optional: ["code", "record", "field", "file", "line", "column"])),
                "conflicts": Shape.list(
                    Shape.object(
                        [
                            "record": Shape.text, "field": Shape.text, "file": Shape.text, "author": Shape.text, "base": anyValue,
                            "mine": anyValue, "theirs": anyValue,
                        ], optional: ["record", "field", "file", "author", "base"])),
            ],
        ],
        "PlanSummary": Shape.object(summary),
        "Revision": Shape.object(["revision": Shape.whole]),
        "Finding": Shape.object(finding, optional: ["record", "field"]),
        "PlacedFinding": Shape.object(finding.merging(["plan": Shape.text]) { $1 }, optional: ["record", "field"]),
        "DueItem": Shape.object(
            [
                "plan": Shape.text, "revision": Shape.whole, "record": Shape.text,
                "reason": Shape.one(of: DueItem.Reason.allCases.map(\.rawValue)), "title": Shape.text, "day": Shape.day,
                "inDays": Shape.whole, "purpose": Shape.text,
            ], optional: ["purpose"]),
        "CascadeGoal": Shape.object([
            "goal": Shape.text, "title": Shape.text, "supports": Shape.list(Shape.text), "progress": Shape.numberOrNull,
            "expected": Shape.numberOrNull, "status": status,
        ]),
        "GoalProgress": Shape.object([
            "goal": Shape.text, "progress": Shape.numberOrNull, "expected": Shape.number, "status": status, "basis": Shape.text,
            "coverage": Shape.number,
            "parts": Shape.list(
                Shape.object(["record": Shape.text, "weight": Shape.number, "progress": Shape.numberOrNull])),
        ]),
        "ScheduledTask": Shape.object([
            "id": Shape.text, "start": Shape.day, "finish": Shape.day, "earlyStart": Shape.day, "earlyFinish": Shape.day,
            "lateStart": Shape.day, "lateFinish": Shape.day, "durationDays": Shape.number, "totalFloatDays": Shape.number,
            "freeFloatDays": Shape.number, "critical": Shape.flag, "summary": Shape.flag, "nearCritical": Shape.flag,
            "onLongestPath": Shape.flag, "driver": Shape.textOrNull,
            "tooLateFor": ["anyOf": [Shape.object(["task": Shape.textOrNull, "words": Shape.text]), ["type": "null"]]],
        ]),
        "QualityPoint": Shape.object(
            [
                "point": Shape.whole, "name": Shape.text, "passes": Shape.flag, "found": Shape.whole, "of": Shape.whole,
                "index": Shape.number, "limit": Shape.number, "tasks": Shape.list(Shape.text),
            ], optional: ["passes", "found", "of", "index", "limit"]),
        "Network": Shape.object([
            "tasks": Shape.list(
                Shape.object([
                    "id": Shape.text, "title": Shape.text, "start": Shape.day, "finish": Shape.day, "critical": Shape.flag,
                    "totalFloatDays": Shape.number,
                ])),
            "links": Shape.list(Shape.object(["from": Shape.text, "to": Shape.text, "link": Shape.text])),
        ]),
        "ProgressReason": Shape.object(
            [
                "record": Shape.textOrNull, "number": Shape.numberOrNull, "expected": Shape.numberOrNull,
                "weight": Shape.numberOrNull, "contribution": Shape.numberOrNull, "coverage": Shape.number,
                "reason": Shape.text, "parts": Shape.list(Shape.of("ProgressReason")), "formula": Shape.report,
            ], optional: ["formula"]),
        "MeasureForecast": Shape.object([
            "status": Shape.text, "words": Shape.text, "notes": Shape.list(Shape.text), "missesTarget": Shape.flag,
            "points": Shape.list(
                Shape.object([
                    "day": Shape.day, "value": Shape.number, "50": Shape.list(Shape.number), "80": Shape.list(Shape.number),
                    "95": Shape.list(Shape.number),
                ])),
            "total": ["type": ["object", "null"]],
        ]),
        "ValueImport": Shape.object([
            "revision": Shape.whole, "words": Shape.text, "same": Shape.whole, "refused": Shape.list(Shape.text),
            "entries": Shape.list(
                Shape.object([
                    "measure": Shape.text, "day": Shape.day, "before": Shape.numberOrNull, "after": Shape.number,
                ])),
            "badRows": Shape.object([
                "count": Shape.whole, "rows": Shape.list(Shape.object(["line": Shape.whole, "reason": Shape.text])),
            ]),
        ]),
        "Reason": Shape.object([
            "id": Shape.text, "start": Shape.day, "reason": Shape.text, "predecessor": Shape.textOrNull,
        ]),
        "ProcedureDifference": Shape.object([
            "earlier": Shape.text, "later": Shape.text,
            "parts": Shape.list(
                Shape.object([
                    "field": Shape.text, "label": Shape.text,
                    "lines": Shape.list(
                        Shape.object(["change": Shape.one(of: ["same", "removed", "added"]), "text": Shape.text])),
                ])),
        ]),
        "ReviewFacts": Shape.object([
            "start": Shape.day, "finish": Shape.day, "text": Shape.text,
            "groups": Shape.list(Shape.object(["title": Shape.text, "lines": Shape.list(Shape.text)])),
        ]),
        "JournalEntry": Shape.object(
            [
                "revision": Shape.whole, "author": Shape.text, "at": Shape.whole, "note": Shape.text, "undoes": Shape.whole,
                "edits": Shape.list(Shape.report),
            ], optional: ["note", "undoes"]),
        "SearchHit": Shape.object(
            ["plan": Shape.text, "record": Shape.text, "section": Shape.text, "title": Shape.text],
            optional: ["record", "section"]),
        "FileChange": Shape.object(
            [
                "revision": Shape.whole, "name": Shape.text, "digest": Shape.textOrNull, "bytes": Shape.whole,
                "author": Shape.text, "at": Shape.whole, "undoes": Shape.whole,
            ], optional: ["undoes"]),
        "Files": Shape.object(["revision": Shape.whole, "files": Shape.list(Shape.of("FileChange"))]),
        "Picture": Shape.object(["name": Shape.text, "title": Shape.text, "sentence": Shape.text]),
    ]
}
