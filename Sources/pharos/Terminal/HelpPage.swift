import ArgumentParser
import Foundation
import PlanExchange
import PlanModel

/// The help of one command, made from what the commands declare, in the language of this run and in lines that fit the terminal.
struct HelpPage {
    private let path: [Command]

    /// The page of the command that the first words name; of `pharos` itself where they name none.
    init(of words: some Sequence<String>) {
        var path = [Command.pharos]
        for word in words {
            guard let next = path[path.count - 1].subcommands?.first(where: { $0.commandName == word }) else { break }
            path.append(next)
        }
        self.path = path
    }

    /// The name that begins the words and is none of a command; nil where they begin with a command or an option.
    static func unknownCommand(in words: [String]) -> (name: String, remedy: Label)? {
        guard let name = words.first, !name.hasPrefix("-"), HelpPage(of: words).path.count == 1 else { return nil }
        return (name, Suggestion.remedy(for: name, among: Command.pharos.subcommands?.map(\.commandName) ?? []))
    }

    /// The page that words such as `help serve` or `serve --help` ask for; nil where they ask for none.
    static func asked(for words: [String]) -> HelpPage? {
        if words.isEmpty { return HelpPage(of: words) }
        if words[0] == "help" { return HelpPage(of: words.dropFirst()) }
        return words.prefix { $0 != "--" }.contains { $0 == "-h" || $0 == "--help" } ? HelpPage(of: words) : nil
    }

    var text: String {
        let command = path[path.count - 1]
        let arguments = (command.arguments ?? []).filter(\.shouldDisplay)
        let subcommands = (command.subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
        let parts = [
            Self.wrapped(command.abstract ?? ""),
            (command.discussion ?? "").split(separator: "\n", omittingEmptySubsequences: false)
                .map { $0.hasPrefix(" ") ? String($0) : Self.wrapped(String($0)) }.joined(separator: "\n"),
            usage,
            Self.section(Label("参数", "Arguments"), arguments.filter { $0.kind == "positional" }.map { ($0.name, $0.words) }),
            Self.section(Label("选项", "Options"), arguments.filter { $0.kind != "positional" }.map { ($0.name, $0.words) }),
            Self.section(Label("命令", "Commands"), subcommands.map { ($0.commandName, $0.abstract ?? "") }),
            subcommands.isEmpty
                ? "" : Label("用 pharos help 命令名 查看各命令的说明。", "pharos help COMMAND tells more of a command.")[.spoken],
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    /// How the command is used, and where to read more.
    var hint: String {
        usage + "\n" + Label("详见 \(name) --help。", "See \(name) --help.")[.spoken]
    }

    private var name: String { path.map(\.commandName).joined(separator: " ") }

    private var usage: String {
        let command = path[path.count - 1]
        let needed = (command.arguments ?? []).filter { $0.shouldDisplay && !$0.isOptional }
            .map(\.name)
        let hasOptions = (command.arguments ?? []).contains { $0.kind != "positional" && $0.isOptional }
        let words =
            [name] + (command.subcommands?.isEmpty == false ? [Label("<命令>", "<command>")[.spoken]] : []) + needed
            + (hasOptions ? [Label("[选项]", "[options]")[.spoken]] : [])
        return Label("用法：", "Usage: ")[.spoken] + words.joined(separator: " ")
    }

    // MARK: Lines

    private static let nameColumns = 26
    private static let columns = min(max(Terminal.columns, 60), 110)

    private static func section(_ title: Label, _ rows: [(name: String, words: String)]) -> String {
        guard !rows.isEmpty else { return "" }
        let lines = rows.map { row in
            let name = "  " + row.name
            let words = wrapped(row.words, indent: nameColumns)
            return Terminal.width(name) < nameColumns - 1
                ? Terminal.padded(name, to: nameColumns) + words
                : name + "\n" + String(repeating: " ", count: nameColumns) + words
        }
        return title[.spoken] + Label("：", ":")[.spoken] + "\n" + lines.joined(separator: "\n")
    }

    private static func wrapped(_ text: String, indent: Int = 0) -> String {
        Terminal.wrapped(text, to: columns - indent).joined(separator: "\n" + String(repeating: " ", count: indent))
    }
}

// MARK: What the parser says of the commands

/// The part of the parser's description of its commands that help is made of.
private struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let shouldDisplay: Bool
    let subcommands: [Command]?
    let arguments: [Argument]?

    struct Argument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String

            var text: String { (kind == "long" ? "--" : "-") + name }
        }

        let kind: String
        let shouldDisplay: Bool
        let isOptional: Bool
        let isRepeating: Bool
        let names: [Name]?
        let valueName: String?
        let abstract: String?
        let defaultValue: String?
        let allValues: [String]?

        /// `-o, --output <output>`, `<file>`.
        var name: String {
            let names = (names ?? []).sorted { $0.kind != "long" && $1.kind == "long" }.map(\.text).joined(separator: ", ")
            let value = kind == "flag" ? "" : "<\(valueName ?? "")>" + (isRepeating && kind == "positional" ? " ..." : "")
            return [names, value].filter { !$0.isEmpty }.joined(separator: " ")
        }

        /// What it is for, what it takes, and what it is if left out.
        var words: String {
            let purpose = names?.contains { $0.name == "help" || $0.name == "version" } == true ? builtIn : abstract ?? ""
            let separator = Label("、", ", ")[.spoken]
            let values = allValues.map { Label("可用：", "one of ")[.spoken] + $0.joined(separator: separator) }
            let fallback = kind == "flag" ? nil : defaultValue.map { Label("默认 \($0)", "default \($0)")[.spoken] }
            let notes = [values, fallback].compactMap(\.self).joined(separator: Label("；", "; ")[.spoken])
            return notes.isEmpty ? purpose : purpose + Label("（\(notes)）", " (\(notes))")[.spoken]
        }

        private var builtIn: String {
            names?.contains { $0.name == "version" } == true
                ? Label("显示版本。", "Show the version.")[.spoken] : Label("显示这份说明。", "Show this help.")[.spoken]
        }
    }

    static let pharos: Command = {
        struct Tool: Decodable { let command: Command }
        do { return try JSONDecoder().decode(Tool.self, from: Data(Pharos._dumpHelp().utf8)).command } catch {
            fatalError("The parser describes its commands in a form that is not known: \(error)")
        }
    }()
}
