import ArgumentParser
import Foundation
import PlanExchange
import PlanModel

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        "init",
        Label("新建某一类型的计划文件：大纲、写法提示和可以填写的记录。", "Make a plan file of a kind: its outline, guidance, and the records to fill in."),
        examples: ["pharos init department --key support-2026 --title 技术支持部2026年度计划 -o support-2026.yaml"])

    @Argument(
        help: .both(
            "计划类型：company（公司目标）、department（部门）、growth（个人成长）、project（项目）、sales（销售与市场）或 improvement（运营改进）。",
            "company, department, growth, project, sales or improvement.")) var kind: String
    @Option(help: .both("计划代号：小写字母、数字和连字符。", "The plan's key: lower-case letters, digits and hyphens.")) var key: String?
    @Option(help: .both("计划标题。", "The plan's title.")) var title: String?
    @Option(name: .shortAndLong, help: .both("写到哪里；默认写到标准输出。", "Where to write; standard output if left out.")) var output:
        String?
    @OptionGroup var options: LanguageOption

    func run() throws {
        let language = options.language
        guard let blueprint = Blueprint.named(kind) else {
            let kinds = Blueprint.all.map { "\($0.key)(\($0.name[language]))" }.joined(separator: ", ")
            throw ValidationError(
                language == .chinese ? "没有计划类型「\(kind)」。可用：\(kinds)。" : "There is no kind of plan “\(kind)”. Use one of \(kinds)."
            )
        }
        guard let key = PlanKey(key ?? "\(kind)-\(Terminal.today.year)") else {
            throw ValidationError(
                language == .chinese
                    ? "计划代号只用小写字母、数字和连字符，不能是 new。"
                    : "A plan's key takes lower-case letters, digits and hyphens, and is not “new”.")
        }
        if let title, title.trimmed.isEmpty {
            throw ValidationError(language == .chinese ? "标题不能是空的。" : "The title cannot be blank.")
        }
        var editor = PlanEditor(Plan(key: key, blueprint: blueprint))
        editor.set(editor.plan.header.id, "title", .text(title ?? blueprint.name[language]))
        let text = PlanFileOutline.write(editor.plan, language)
        guard let output else { return print(text, terminator: "") }
        if FileManager.default.fileExists(atPath: output) {
            throw ValidationError(language == .chinese ? "\(output) 已存在，没有覆盖。" : "\(output) exists and was not overwritten.")
        }
        try Data(text.utf8).write(to: URL(filePath: output), options: .atomic)
    }
}
