import ArgumentParser
import Foundation
import PlanExchange
import PlanInsight
import PlanModel

struct DocumentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        "document", Label("把计划文件输出为 Word、PDF、HTML 或 Markdown 文档。", "Print a plan file as Word, PDF, HTML or Markdown."),
        examples: [
            "pharos document support-2026.yaml -o support-2026.docx",
            "pharos document support-2026.yaml -o support-2026.pdf --lang en",
            "pharos document portal-2026.yaml --part charter -o charter.docx",
        ])

    @Argument(help: .both("计划文件。", "A plan file."), completion: .file(extensions: ["yaml"])) var file: String
    @Option(
        name: .shortAndLong, help: .both("要写的文件：.docx、.pdf、.html 或 .md。", "The file to write: .docx, .pdf, .html or .md."),
        completion: .file()) var output: String
    @OptionGroup var holidays: HolidayOption
    @Option(
        help: .both(
            "项目计划中单独成文的部分；默认整份计划。", "A part of a project's plan that is a document of its own; the whole plan if left out."))
    var part: DocumentPart?
    @Flag(help: .both("连同只有计划所有者可见的内容。", "With what only the plan's owner sees.")) var secrets = false
    @OptionGroup var options: LanguageOption

    func run() throws {
        let language = options.language
        guard let format = DocumentFormat(rawValue: URL(filePath: output).pathExtension.lowercased()) else {
            throw ValidationError(
                language == .chinese ? "输出文件应以 .docx、.pdf、.html 或 .md 结尾。" : "The output has to end in .docx, .pdf, .html or .md."
            )
        }
        let bar = ProgressBar(Label("制作文档", "making the document"), language)
        let workspace = try holidays.workspace(file, language)
        bar(0.2)
        let plan = try PlanInput.plan(of: workspace, at: file)
        guard let facts = PlanFacts(plan.key, in: workspace, today: Terminal.today) else { throw ExitCode(2) }
        if let part, !DocumentPart.all(of: plan.blueprint).contains(part) {
            throw ValidationError(
                Label("只有项目计划有「\(part.label.zh)」。", "Only plans of projects have the part “\(part.label.en)”.")[language])
        }
        let manuscript = Manuscript(facts, language, withSecrets: secrets, part: part)
        bar(0.4)
        Interrupt.listen()
        defer { bar(1) }
        do {
            if format == .md {
                try writeMarkdown(manuscript)
            } else {
                let bytes = try DocumentExport.make(manuscript, format) { part in
                    bar(0.4 + 0.6 * part)
                    return !Interrupt.isWished
                }
                try Data(bytes).write(to: URL(filePath: output), options: .atomic)
            }
        } catch is CancellationError {
            Terminal.complain(Label("已停止，没有写出文件。", "Stopped; no file was written.")[language])
            throw ExitCode(130)
        } catch let failure as DocumentExport.Failure {
            Terminal.complain(failure.message[language])
            throw ExitCode(1)
        }
    }

    /// `plan.md`, with its pictures in `plan.files`.
    private func writeMarkdown(_ manuscript: Manuscript) throws {
        let target = URL(filePath: output)
        let folder = target.deletingPathExtension().appendingPathExtension("files")
        let (text, pictures) = DocumentExport.markdown(manuscript, folder: folder.lastPathComponent)
        if !pictures.isEmpty { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
        for picture in pictures {
            try Data(picture.svg.utf8).write(to: folder.appending(path: picture.name), options: .atomic)
        }
        try Data(text.utf8).write(to: target, options: .atomic)
    }
}

extension DocumentPart: ExpressibleByArgument {}
