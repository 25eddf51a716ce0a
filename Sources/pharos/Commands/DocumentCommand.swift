import ArgumentParser
import Foundation
import PlanExchange
import PlanInsight
import PlanModel

struct DocumentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "document", abstract: "Print a plan file as Word, PDF, HTML or Markdown.",
        discussion:
            "Examples:\n  pharos document support-2026.yaml -o support-2026.docx\n  pharos document support-2026.yaml -o support-2026.pdf --lang en"
    )

    @Argument(help: "A plan file.", completion: .file(extensions: ["yaml"])) var file: String
    @Option(name: .shortAndLong, help: "The file to write: .docx, .pdf, .html or .md.", completion: .file()) var output: String
    @OptionGroup var holidays: HolidayOption
    @OptionGroup var options: LanguageOption

    func run() throws {
        let language = options.language
        guard let format = DocumentFormat(rawValue: URL(filePath: output).pathExtension.lowercased()) else {
            throw ValidationError(
                language == .chinese ? "输出文件应以 .docx、.pdf、.html 或 .md 结尾。" : "The output has to end in .docx, .pdf, .html or .md."
            )
        }
        let workspace = try holidays.workspace(file, language)
        guard let plan = workspace.plans.first, let facts = PlanFacts(plan.key, in: workspace, today: Terminal.today) else {
            throw ExitCode(2)
        }
        do {
            if format == .md {
                try writeMarkdown(facts)
            } else {
                try Data(DocumentExport.make(facts, format, language)).write(to: URL(filePath: output), options: .atomic)
            }
        } catch let failure as DocumentExport.Failure {
            Terminal.complain(failure.message[language])
            throw ExitCode(1)
        }
    }

    /// `plan.md`, with its pictures in `plan.files`.
    private func writeMarkdown(_ facts: PlanFacts) throws {
        let target = URL(filePath: output)
        let folder = target.deletingPathExtension().appendingPathExtension("files")
        let (text, pictures) = DocumentExport.markdown(facts, options.language, folder: folder.lastPathComponent)
        if !pictures.isEmpty { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
        for picture in pictures {
            try Data(picture.svg.utf8).write(to: folder.appending(path: picture.name), options: .atomic)
        }
        try Data(text.utf8).write(to: target, options: .atomic)
    }
}
