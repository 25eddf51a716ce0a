import PlanModel

/// The API's description (OpenAPI 3.1), made from the declarations of the records and the list of operations.
enum OpenAPI {
    static func document(_ language: Language) -> JSONValue {
        var paths: [String: [String: JSONValue]] = [:]
        for operation in operations { paths[operation.path, default: [:]][operation.method] = operation.json(language) }
        return [
            "openapi": "3.1.0",
            "info": ["title": .string(Label("灯塔 API", "Pharos API")[language]), "version": "1"],
            "servers": [["url": "/api/v1"]],
            "paths": .object(Dictionary(uniqueKeysWithValues: paths.map { ($0, withParameters($1, of: $0)) })),
            "components": ["schemas": .object(schemas(language))],
        ]
    }

    static var operations: [Operation] {
        workspaceOperations + planOperations + computedOperations + marketOperations + processOperations + fileOperations
            + Kind.all.filter { $0 != Kind.of(PlanHeader.self) }.flatMap { recordOperations($0) }
    }

    /// A path says which of its parts are to be filled in.
    private static func withParameters(_ path: [String: JSONValue], of address: String) -> JSONValue {
        let names = address.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
        guard !names.isEmpty else { return .object(path) }
        var object = path
        object["parameters"] = .array(
            names.map { name in
                ["name": .string(name), "in": "path", "required": true, "schema": name == "revision" ? Shape.whole : Shape.text]
            })
        return .object(object)
    }

    // MARK: Schemas

    static func schema(_ kind: Kind, _ language: Language) -> JSONValue {
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

}
