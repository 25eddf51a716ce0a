import ArgumentParser
import Foundation
import PlanModel
import WorkingTime

extension Language {
    /// The language of this run: `--lang`, else `PHAROS_LANG`, else the language of the machine if we have it, else Chinese.
    static let spoken: Language = {
        let words = CommandLine.arguments
        let asked =
            words.last { $0.hasPrefix("--lang=") }.map { String($0.dropFirst(7)) }
            ?? words.lastIndex(of: "--lang").flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
        let environment = ProcessInfo.processInfo.environment
        let names = [asked] + ["PHAROS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"].map { environment[$0] }
        return names.lazy.compactMap { $0.flatMap(Language.init(argument:)) }.first ?? .chinese
    }()
}

/// `zh`, `zh-Hans`, `zh_CN.UTF-8`; `en`, `en_GB`.
extension Language: ExpressibleByArgument {
    public init?(argument: String) {
        let name = argument.lowercased()
        if name.hasPrefix("zh") { self = .chinese } else if name.hasPrefix("en") { self = .english } else { return nil }
    }
}

/// The language of messages, as every command takes it.
struct LanguageOption: ParsableArguments {
    @Option(help: .both("语言（也可设 PHAROS_LANG 或 LANG）。", "The language (or set PHAROS_LANG or LANG).")) var lang: Language?

    var language: Language { .spoken }
}

extension ArgumentHelp {
    /// What an argument is for, in the language of this run.
    static func both(_ zh: String, _ en: String, valueName: String? = nil) -> ArgumentHelp {
        ArgumentHelp(Label(zh, en)[.spoken], valueName: valueName)
    }
}

extension CommandConfiguration {
    /// A command described in the language of this run, with examples of its use.
    init(
        _ name: String, _ abstract: Label, _ words: Label? = nil, examples: [String], version: String = "",
        subcommands: [any ParsableCommand.Type] = []
    ) {
        let paragraphs =
            [words?[.spoken]].compactMap(\.self) + [
                ([Label("例如：", "Examples:")[.spoken]] + examples.map { "  \($0)" }).joined(separator: "\n")
            ]
        self.init(
            commandName: name, abstract: abstract[.spoken], discussion: paragraphs.joined(separator: "\n\n"), version: version,
            subcommands: subcommands)
    }
}

extension ClosedRange where Bound: Numeric {
    /// Refuses a value outside.
    /// - Throws: `ValidationError` that names the option and what it takes.
    func check(_ option: String, _ value: Bound?) throws {
        guard let value, !contains(value) else { return }
        let (lowest, highest, given) = (Self.text(lowerBound), Self.text(upperBound), Self.text(value))
        throw ValidationError(
            Label(
                "\(option) 须在 \(lowest) 到 \(highest) 之间，不能是 \(given)。", "\(option) takes \(lowest) to \(highest), not \(given).")[
                    .spoken])
    }

    /// A whole number without decimals.
    private static func text(_ number: Bound) -> String {
        let text = "\(number)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

extension Day {
    /// Refuses a text that is no day.
    /// - Throws: `ValidationError` that names the option and what it takes.
    static func check(_ option: String, _ text: String?) throws {
        guard let text, Day(text) == nil else { return }
        throw ValidationError(
            Label(
                "\(option) 不能是「\(text)」：写成 2026-12-31 这样的日期。", "\(option) cannot be “\(text)”: write a day such as 2026-12-31.")[
                    .spoken])
    }
}
