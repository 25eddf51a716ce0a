import Foundation
import Testing

/// Commands in a folder of plans: what stands beside the plans is never taken for one, and nothing of it is lost.
@Suite struct FolderCommandTests {
    /// A folder with `workspace.yaml`, a plan, and what else may stand there.
    private static func folder() throws -> String {
        let plan = try CommandLineTests.measurePlan()
        let folder = URL(filePath: plan).deletingLastPathComponent().path
        for (name, text) in [
            ("workspace.yaml", "name: 工作区\nplans:\n  - kpi.yaml\n"), ("README.md", "# 说明\n"),
            ("values.csv", "measure,date,value\nM-1,2026-02,72.5\n"),
        ] {
            try Data(text.utf8).write(to: URL(filePath: folder + "/" + name))
        }
        return folder
    }

    private static func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    @Test(
        "a file beside the plans is refused as none, and stays as it was",
        arguments: ["README.md", "workspace.yaml", "values.csv"])
    func noPlan(name: String) throws {
        let folder = try Self.folder()
        let file = "\(folder)/\(name)"
        let before = try Self.text(file)
        for arguments in [
            ["import-values", file, folder + "/values.csv", "--write"], ["level", file, "--write"], ["check", file],
            ["schedule", file],
            ["document", file, "-o", folder + "/out.html"], ["import", file, "--data", folder + "/data"],
        ] {
            let outcome = try CommandLineTests.run(arguments + ["--lang", "en"])
            #expect(outcome.status == 2, "\(arguments): \(outcome.errors)")
            #expect(outcome.errors.contains("not a plan file"), "\(outcome.errors)")
        }
        #expect(try Self.text(file) == before)
        #expect(!FileManager.default.fileExists(atPath: folder + "/data"))
        let settings = try CommandLineTests.run("check", folder + "/workspace.yaml", "--lang", "en")
        #expect(settings.errors.contains("Give the folder"))
    }

    @Test("a command for one plan names the plans of a folder that holds several")
    func severalPlans() throws {
        let folder = try Self.folder()
        for arguments in [["schedule", folder], ["document", folder, "-o", folder + "/out.md"], ["earned-value", folder]] {
            let alone = try CommandLineTests.run(arguments + ["--lang", "en"])
            #expect(!alone.errors.contains("the folder holds"), "\(alone.errors)")
        }
        try Data("plan: other\nkind: project\ntitle: 另一份\n".utf8).write(to: URL(filePath: folder + "/other.yaml"))
        for arguments in [
            ["schedule", folder], ["document", folder, "-o", folder + "/out.md"], ["level", folder], ["simulate", folder],
            ["earned-value", folder], ["import-values", folder, folder + "/values.csv"],
        ] {
            let outcome = try CommandLineTests.run(arguments + ["--lang", "en"])
            #expect(outcome.status == 2 && outcome.errors.contains("the folder holds 2 plans"), "\(arguments): \(outcome.errors)")
            #expect(outcome.errors.contains("other"))
        }
    }

    @Test("errors name their file as the command was given it", arguments: ["check", "import", "schedule"])
    func paths(command: String) throws {
        let folder = try Self.folder()
        for name in ["aa", "bb"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
            try Data("plan: \(name)\nkind: project\ntitel: x\ntitle: y\n".utf8).write(
                to: URL(filePath: "\(folder)/\(name)/p.yaml"))
            let data = command == "import" ? ["--data", folder + "/data"] : []
            let outcome = try CommandLineTests.run([command, "\(folder)/\(name)/p.yaml", "--lang", "en"] + data)
            #expect(outcome.status == 2 && outcome.errors.hasPrefix("\(folder)/\(name)/p.yaml:3:1: "), "\(outcome.errors)")
        }
    }

    @Test("a plan reached by a symbolic link is written where it is, and the link stays one")
    func link() throws {
        let folder = try Self.folder()
        let link = folder + "/../link-\(UUID().uuidString).yaml"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder + "/kpi.yaml")
        defer { try? FileManager.default.removeItem(atPath: link) }
        let outcome = try CommandLineTests.run("import-values", link, folder + "/values.csv", "--write")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == folder + "/kpi.yaml")
        #expect(try Self.text(folder + "/kpi.yaml").contains("72.5"))
    }

    @Test("values that the plan's file could not be read with again are not written")
    func unreadableValues() throws {
        let folder = try Self.folder()
        try Data("measure,date,value\nM-1,2026-02,1e20\n".utf8).write(to: URL(filePath: folder + "/far.csv"))
        let before = try Self.text(folder + "/kpi.yaml")
        let outcome = try CommandLineTests.run(
            "import-values", folder + "/kpi.yaml", folder + "/far.csv", "--write", "--lang", "en")
        #expect(outcome.status == 1 && outcome.errors.contains("kpi/M-1: “Values” is out of range."), "\(outcome.errors)")
        #expect(try Self.text(folder + "/kpi.yaml") == before)
    }

    @Test("a folder is not written over as a plan file")
    func folderGiven() throws {
        let folder = try Self.folder()
        let outcome = try CommandLineTests.run("import-values", folder, folder + "/values.csv", "--write", "--lang", "en")
        #expect(outcome.status == 2 && outcome.errors.contains("This is a folder; nothing was written."), "\(outcome.errors)")
    }

    @Test("export leaves files of other content alone unless told to replace them, and writes nothing then")
    func export() throws {
        let folder = try Self.folder()
        let (data, out) = (folder + "/data", folder + "/out")
        #expect(try CommandLineTests.run("import", folder, "--data", data).status == 0)
        #expect(try CommandLineTests.run("export", "--data", data, "-o", out).status == 0)
        #expect(try CommandLineTests.run("export", "--data", data, "-o", out).status == 0, "unchanged files are no hindrance")
        let written = try Self.text(out + "/kpi.yaml")
        try Data("edited\n".utf8).write(to: URL(filePath: out + "/kpi.yaml"))
        try FileManager.default.removeItem(atPath: out + "/workspace.yaml")
        let refused = try CommandLineTests.run("export", "--data", data, "-o", out, "--lang", "en")
        #expect(refused.status == 1)
        #expect(refused.errors.hasPrefix("\(out)/kpi.yaml\n") && refused.errors.contains("--replace"))
        #expect(try Self.text(out + "/kpi.yaml") == "edited\n")
        #expect(!FileManager.default.fileExists(atPath: out + "/workspace.yaml"))
        #expect(try CommandLineTests.run("export", "--data", data, "-o", out, "--replace").status == 0)
        #expect(try Self.text(out + "/kpi.yaml") == written)
    }

    @Test("a file beside the plans that cannot be read is told by its name, instead of being left out")
    func unreadableFile() throws {
        let folder = try Self.folder()
        try FileManager.default.createSymbolicLink(atPath: folder + "/orders.csv", withDestinationPath: folder + "/nowhere.csv")
        let outcome = try CommandLineTests.run("import", folder, "--data", folder + "/data", "--lang", "en")
        #expect(outcome.status == 2 && outcome.errors.contains("orders.csv: The file cannot be read."), "\(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder + "/data"))
    }

    @Test("check tells files that cannot be read in the format asked for, seen from where it runs")
    func unreadable() throws {
        let folder = try Self.folder()
        try Data("pharos: 1\nplan: b\nkind: project\ntitel: x\n".utf8).write(to: URL(filePath: folder + "/b,1.yaml"))
        let json = try CommandLineTests.run("check", folder, "--format", "json", "--lang", "en")
        #expect(json.status == 2)
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
        let row = try #require(rows.first { $0["line"] as? Int == 4 })
        #expect(row["file"] as? String == folder + "/b,1.yaml" && row["column"] as? Int == 1)
        #expect(row["message"] is String && row["remedy"] is String)
        let github = try CommandLineTests.run("check", folder, "--format", "github", "--lang", "en")
        #expect(github.status == 2)
        #expect(github.output.contains("::error file=\(folder)/b%2C1.yaml,line=4,col=1::"), "\(github.output)")
        let missing = try CommandLineTests.run("check", "/nowhere.yaml", "--format", "github")
        #expect(missing.output.hasPrefix("::error file=/nowhere.yaml::"))
    }

    @Test("level says that tasks form a ring, and that durations reach too far, each by what it is")
    func levelRefused() throws {
        let ring = try CommandLineTests.file(
            """
            pharos: 1
            plan: ring
            kind: project
            title: 环
            others:
              tasks:
                - {id: T-1, title: 甲, duration: 5d, predecessors: [T-2]}
                - {id: T-2, title: 乙, duration: 5d, predecessors: [T-1]}

            """)
        let refused = try CommandLineTests.run("level", ring, "--lang", "en")
        #expect(refused.status == 1 && refused.output.isEmpty)
        #expect(refused.errors.contains("form a ring") && refused.errors.contains("T-1 → "), "\(refused.errors)")
        let tasks = (1...59).map {
            "    - {id: T-\($0), title: 长, duration: 100000d\($0 > 1 ? ", predecessors: [T-\($0 - 1)]" : "")}\n"
        }
        let long = try CommandLineTests.file(
            "pharos: 1\nplan: long\nkind: project\ntitle: 长\nothers:\n  tasks:\n" + tasks.joined())
        let tooLong = try CommandLineTests.run("level", long, "--lang", "en")
        #expect(tooLong.status == 1 && tooLong.errors.contains("too long together"), "\(tooLong.errors)")
    }

    @Test("doctor looks at the data folder itself: a file, or a place that takes no files, is none")
    func doctor() throws {
        let folder = try Self.folder()
        let file = try CommandLineTests.run("doctor", "--data", folder + "/README.md", "--port", "0", "--lang", "en")
        #expect(file.status == 1 && file.output.contains("is a file, not a folder"), "\(file.output)")
        let proc = try CommandLineTests.run("doctor", "--data", "/proc/data", "--port", "0", "--lang", "en")
        #expect(proc.status == 1 && proc.output.contains("the data folder cannot be written"), "\(proc.output)")
    }

    @Test("prose of any depth is printed in every form", arguments: ["html", "md", "docx"])
    func deepProse(form: String) throws {
        let deep = String(repeating: "- ", count: 20_000) + "底"
        let plan = try CommandLineTests.file(
            """
            pharos: 1
            plan: deep
            kind: project
            title: 深
            chapters:
              - section: overview
                text: "\(deep)"
            others:
              lessons:
                - {title: 教训, advice: "\(deep)", factor: "\(String(repeating: ">", count: 50_000))底"}

            """)
        let outcome = try CommandLineTests.run("document", plan, "-o", plan + "." + form)
        #expect(outcome.status == 0, "\(outcome.status) \(outcome.errors)")
    }

    @Test("simulate without a number of runs makes those of the plan's own simulation")
    func simulate() throws {
        let plan = try CommandLineTests.file(
            """
            pharos: 1
            plan: s
            kind: project
            title: 模拟
            start: 2026-09-01
            others:
              tasks:
                - {title: 甲, duration: 10d, optimistic: 5d, pessimistic: 30d}

            """)
        let own = try CommandLineTests.run("simulate", plan, "--format", "json")
        #expect(own.status == 0, "\(own.errors)")
        #expect(
            try CommandLineTests.run("simulate", plan, "--format", "json", "--runs", "16384", "--converge").output == own.output)
    }

    @Test("mine says what a plan lacks that a log is to be compared with, and how much memory it takes")
    func mine() throws {
        let folder = try Self.folder()
        let log = try CommandLineTests.file("case,activity,time\n1,a,2026-03-01T08:00:00Z\n1,b,2026-03-01T09:00:00Z\n", "log.csv")
        let none = try CommandLineTests.run("mine", log, "--process", folder + "/kpi.yaml", "--lang", "en")
        #expect(none.status == 2 && none.errors.contains("has no process to compare with"), "\(none.errors)")
        let memory = try CommandLineTests.run("mine", log, "--memory", "1K", "--lang", "en")
        #expect(memory.errors.contains("too little: it takes 1M to 64T"), "\(memory.errors)")
        let negative = try CommandLineTests.run("mine", log, "--variants", "-1", "--lang", "en")
        #expect(negative.errors.contains("--variants=-1"), "\(negative.errors)")
        let together = try CommandLineTests.run("mine", log, "--variants=-1", "--lang", "en")
        #expect(together.status == 2, "\(together.errors)")
        let unnamed = try CommandLineTests.run("mine", try CommandLineTests.file("x,y\n1,2\n", "x.csv"), "--lang", "en")
        #expect(unnamed.errors.contains("call it “case”") && unnamed.errors.contains("--case"), "\(unnamed.errors)")
    }
}
