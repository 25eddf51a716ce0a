import Foundation
import Testing

/// Runs the built program as a person would.
@Suite struct CommandLineTests {
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    static let program: URL = {
        let folder = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }?.deletingLastPathComponent()
        return (folder ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()).appending(path: "pharos")
    }()

    static func run(_ arguments: String...) throws -> Outcome { try run(arguments) }

    static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": NSTemporaryDirectory()]
            .merging(environment) { $1 }
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        let complaint = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
            errors: String(decoding: complaint, as: UTF8.self))
    }

    static func file(_ text: String, _ name: String = "plan.yaml") throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pharos-cli-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let url = folder.appending(path: name)
        try Data(text.utf8).write(to: url)
        return url.path
    }

    static let project = """
        pharos: 1
        plan: trial-2026
        kind: project
        title: 试验计划
        start: 2026-09-25
        others:
          tasks:
            - title: 启动
              children:
                - {title: 调研, duration: 5d}
                - {id: T-7, title: 评审, predecessors: [T-9], isMilestone: true}
            - {title: 开发, predecessors: [T-7], duration: 10d, deadline: 2026-10-15}
        """

    @Test("schedule computes over the national holiday and its make-up Saturday")
    func schedule() throws {
        let outcome = try Self.run("schedule", try Self.file(Self.project), "--format", "csv")
        #expect(outcome.status == 0)
        // 28–30 September, then 8 and 9 October; Saturday the 10th is a make-up working day.
        #expect(outcome.output.contains("T-9,调研,2026-09-28,2026-10-09,"))
        #expect(outcome.output.contains("T-10,开发,2026-10-10,2026-10-22,"))
    }

    @Test("schedule says why a task lies where it does and what it is too late for, and judges quality by fourteen points")
    func scheduleReasons() throws {
        let file = try Self.file(Self.project)
        let why = try Self.run("schedule", file, "--why", "T-10", "--lang", "en")
        #expect(why.status == 0)
        #expect(why.output.contains("T-9 “调研” must finish first"))
        #expect(why.output.contains("too late for: T-10 deadline"))
        #expect(try Self.run("schedule", file, "--why", "T-99").status != 0)
        let quality = try Self.run("schedule", file, "--quality", "--format", "json")
        let points = try #require(try JSONSerialization.jsonObject(with: Data(quality.output.utf8)) as? [[String: Any]])
        #expect(points.compactMap { $0["point"] as? Int } == Array(1...14))
        #expect(points.first { $0["point"] as? Int == 7 }?["tasks"] as? [String] == ["T-9", "T-7", "T-10"])
    }

    @Test("check ends with 1 on errors and 0 without, and names code, record and remedy in the language asked for")
    func check() throws {
        let bad = try Self.run("check", try Self.file(Self.project), "--lang", "en")
        #expect(bad.status == 1)
        #expect(bad.output.contains("Error P6-04 T-10.deadline Negative float"))
        let good = try Self.run("check", try Self.file("pharos: 1\nplan: p\nkind: growth\ntitle: 成长\n"))
        #expect(good.status == 0)
        let github = try Self.run("check", try Self.file(Self.project), "--format", "github")
        #expect(github.output.contains("::error file="))
        let json = try Self.run("check", try Self.file(Self.project), "--format", "json")
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
        #expect(rows.contains { $0["code"] as? String == "P6-04" && $0["record"] as? String == "T-10" })
    }

    @Test("a file that cannot be read ends with 2 and says where")
    func unreadable() throws {
        let outcome = try Self.run("check", try Self.file(Self.project + "\n    - {titel: x}\n"), "--lang", "en")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("plan.yaml:13:"))
        #expect(try Self.run("check", "/nowhere.yaml").status == 2)
    }

    @Test(
        "init makes a file that can be read and does not overwrite one",
        arguments: ["company", "department", "growth", "project", "sales", "improvement"])
    func initialise(kind: String) throws {
        let path = try Self.file("", "other.yaml").replacingOccurrences(of: "other", with: kind)
        #expect(try Self.run("init", kind, "-o", path).status == 0)
        #expect(try Self.run("check", path).status < 2)
        #expect(try Self.run("init", kind, "-o", path).status != 0)
        #expect(try Self.run("init", "nothing").status != 0)
    }

    @Test("messages are in one language: the one asked for, else the machine's, else Chinese")
    func languages() throws {
        let arguments = ["export", "--data", "/nowhere", "-o", "/nowhere"]
        for (environment, option, isChinese) in [
            ([:], [], true), (["LANG": "en_GB.UTF-8"], [], false), (["LANG": "C.UTF-8"], [], true),
            (["LANG": "en_GB.UTF-8", "PHAROS_LANG": "zh"], [], true), (["LANG": "en_GB.UTF-8"], ["--lang", "zh-Hans"], true),
        ] as [([String: String], [String], Bool)] {
            let errors = try Self.run(arguments + option, environment: environment).errors
            #expect(errors.contains("没有数据文件") == isChinese)
            #expect(errors.contains("there is no data file") != isChinese)
        }
    }

    static let commands = [
        "serve", "document", "init", "check", "schedule", "level", "simulate", "earned-value", "forecast", "import-values",
        "customers",
        "mine", "import", "export", "backup", "restore", "verify", "doctor", "findings",
    ]

    @Test("a file that cannot be written is named with the reason, in the language of the run", arguments: ["docx", "html"])
    func unwritable(form: String) throws {
        let plan = try Self.file(Self.project)
        for (language, words) in [("zh-Hans", "没有这个文件或文件夹。"), ("en", "there is no such file or folder.")] {
            let outcome = try Self.run("document", plan, "-o", "/nowhere/a.\(form)", "--lang", language)
            #expect(outcome.status == 1 && outcome.errors.contains("/nowhere/a.\(form)") && outcome.errors.contains(words))
            #expect(!outcome.errors.contains("NSCocoa"))
        }
    }

    @Test(
        "what a command cannot read or make is named with the reason alone, in the language of the run",
        arguments: [
            (["restore", "PLAN"], 1, "不是灯塔的数据或备份。", "it holds neither data of Pharos nor a backup."),
            (["serve", "--data", "/proc/nowhere"], 1, "没有这个文件或文件夹。", "there is no such file or folder."),
            (["schedule", "nothing.xml"], 2, "没有这个文件。", "there is no such file."),
            (["schedule", "PLAN", "--why", "T-99"], 2, "没有任务 T-99。", "There is no task T-99."),
            (["document", "GOALS", "--part", "charter", "-o", "a.md"], 2, "只有项目计划有「项目章程」。", "Only plans of projects have"),
            (["schedule", "PLAN", "--holidays", "PLAN"], 2, "不是节假日文件", "no holiday file"),
        ])
    func refusedFiles(arguments: [String], status: Int, chinese: String, english: String) throws {
        let fixed = Self.project.replacing("predecessors: [T-9], ", with: "")
        let plan = try Self.file(fixed)
        let goals = try Self.file("pharos: 1\nplan: a\nkind: company\ntitle: a\n")
        let folder = URL(filePath: plan).deletingLastPathComponent().appending(path: "data").path
        for (language, words) in [("zh-Hans", chinese), ("en", english)] {
            let given =
                arguments.map { $0 == "PLAN" ? plan : $0 == "GOALS" ? goals : $0 }
                + (arguments[0] == "restore" ? ["--data", folder] : [])
            let outcome = try Self.run(given, environment: ["PHAROS_LANG": language])
            #expect(outcome.status == status)
            #expect(outcome.errors.contains(words) && outcome.errors.count { $0 == "\n" } == 1, "\(outcome.errors)")
        }
    }

    /// The file of a plan, `kpi.yaml`, that has a measure with one value.
    static func measurePlan() throws -> String {
        try file(
            """
            pharos: 1
            plan: kpi
            kind: department
            title: 指标
            others:
              measures:
                - {id: M-1, title: 首次解决率, values: {2026-01: 70}}

            """, "kpi.yaml")
    }

    @Test("a port that somebody listens on is refused before anything is made")
    func takenPort() throws {
        let taken = try TakenPort()
        let folder = FileManager.default.temporaryDirectory.appending(path: "pharos-cli-\(UUID().uuidString)").path
        let outcome = try Self.run("serve", "--data", folder, "--port", "\(taken.number)")
        #expect(outcome.status == 2 && outcome.errors.contains("端口 \(taken.number) 不能用"))
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test("the first page of help names every command")
    func firstHelp() throws {
        let rows = try Self.run().output.matches(of: #/\n  ([a-z][a-z-]+)  /#).map { String($0.1) }
        #expect(rows == Self.commands)
        #expect(try Self.run("--help").output == Self.run("help").output)
    }

    @Test("every command has help with an example of itself, in the language of the run, in lines that fit", arguments: commands)
    func help(command: String) throws {
        let chinese = try Self.run("help", command).output
        let english = try Self.run([command, "--help"], environment: ["PHAROS_LANG": "en"]).output
        for page in [chinese, english] { #expect(page.contains("\n  pharos \(command)")) }
        let ideograph = #/\p{Han}/#
        let words = { (page: String) in page.split(separator: "\n").filter { !$0.hasPrefix("  pharos ") } }
        for line in words(chinese) {
            #expect(columns(line) <= 80)
            // Lines of an option's words that hold names alone come from wrapping.
            if line.hasPrefix("  -") { #expect(line.contains(ideograph) || line.count < 40, "\(line)") }
        }
        for line in words(english) {
            #expect(columns(line) <= 80)
            #expect(!line.contains(ideograph) || line.contains("王芳") || line.contains("春节"), "\(line)")
        }
    }

    private func columns(_ line: Substring) -> Int {
        line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
    }

    @Test(
        "arguments that cannot be meant are refused with what would be right, in the language of the run",
        arguments: [
            (["lvel"], "没有命令「lvel」。你是不是要写「level」？", "There is no command “lvel”. Did you mean “level”?"),
            (["level"], "缺少参数 <file>。", "Missing expected argument '<file>'"),
            (
                ["level", "a.yaml", "--schedule", "3"], "没有选项 --schedule。是不是 --schedules？",
                "Unknown option '--schedule'. Did you mean"
            ),
            (["level", "a.yaml", "--nothing"], "没有选项 --nothing。", "Unknown option '--nothing'"),
            (["level", "a.yaml", "--seed"], "--seed <seed> 缺少值。", "Missing value for '--seed <seed>'"),
            (["level", "a.yaml", "--seed", "x"], "--seed <seed> 不能是「x」。", "The value 'x' is invalid for '--seed <seed>'"),
            (
                ["level", "a.yaml", "--seconds", "0"], "--seconds 须在 0.001 到 86400 之间",
                "--seconds takes 0.001 to 86400, not 0."
            ),
            (
                ["customers", "a.csv", "--horizon", "4", "--top", "-3"], "负数要和选项连着写：--top=-3。",
                "A negative number is written together with its option: --top=-3."
            ),
            (
                ["customers", "a.csv", "--horizon", "9999", "--top=3"], "--horizon 须在 1 到 5200 之间，不能是 9999。",
                "--horizon takes 1 to 5200, not 9999."
            ),
            (["document", "a.yaml", "-o", "a.md", "--part", "bogus"], "不能是「bogus」，可用：charter、", "Please provide one of"),
            (["--generate-completion-script", "tcsh"], "不能为「tcsh」生成补全脚本", "Can't generate completion scripts for 'tcsh'."),
            (["level", "a.yaml", "--write=3"], "--write 不带值，却给了「3」。", "does not take any value"),
            (["level", "a.yaml", "b", "c"], "有 2 个多余的参数：b、c。", "2 unexpected arguments"),
            (["level", "a.yaml", "b"], "多余的参数「b」。", "Unexpected argument 'b'"),
            (["check", "a.yaml", "--format", "xml"], "可用：text、json、github。", "Please provide one of"),
            (["serve", "--port", "99999"], "--port 须在 0 到 65535 之间，不能是 99999。", "--port takes 0 to 65535, not 99999."),
            (["serve", "--today", "31.12.2026"], "--today 不能是「31.12.2026」", "--today cannot be “31.12.2026”"),
            (["schedule", "a.yaml", "--why", "T-1", "--quality"], "--why 须单独使用。", "--why stands alone."),
        ])
    func refusedArguments(arguments: [String], chinese: String, english: String) throws {
        for (language, words) in [("zh-Hans", chinese), ("en", english)] {
            let outcome = try Self.run(arguments, environment: ["PHAROS_LANG": language])
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
            #expect(outcome.errors.contains(language == "en" ? "--help." : "--help。"))
            #expect(outcome.output.isEmpty)
        }
    }

    @Test("doctor names the database, the data folder, the port and what documents need; what cannot work ends with 1")
    func doctor() throws {
        let folder = URL(filePath: try Self.file("")).deletingLastPathComponent().path
        let well = try Self.run("doctor", "--data", folder, "--port", "0", "--lang", "en")
        #expect(well.output.contains("✓ SQLite"))
        #expect(well.output.contains("the data folder can be written"))
        #expect(well.output.contains("Noto Serif CJK SC"))
        #expect(well.status == 0)
        let taken = try TakenPort()
        let ill = try Self.run("doctor", "--data", "/proc/nowhere", "--port", "\(taken.number)", "--lang", "en")
        #expect(ill.output.contains("the port is taken"))
        #expect(ill.status == 1)
        #expect(try Self.run("doctor", "--port", "99999", "--lang", "en").errors.contains("--port takes 0 to 65535, not 99999."))
    }

    /// A port of this machine that somebody listens on.
    private final class TakenPort {
        let number: UInt16
        private let line: Int32

        init() throws {
            line = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let line = line
            let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(line, $0, size) == 0 && listen(line, 1) == 0 && getsockname(line, $0, &size) == 0
                }
            }
            try #require(isOpen)
            number = UInt16(bigEndian: address.sin_port)
        }

        deinit { close(line) }
    }

    @Test("what the data does not take is told in words; a restore that failed leaves no folder; there is no help of no command")
    func refusedData() throws {
        let path = try Self.file(Self.project)
        let folder = URL(filePath: path).deletingLastPathComponent().path
        let failed = try Self.run("restore", path, "--data", folder + "/new")
        #expect(failed.status == 1 && !FileManager.default.fileExists(atPath: folder + "/new"))
        let served = try Self.run(
            "serve", "--port", "0", "--samples", "--samples-folder", folder + "/none", "--data", folder + "/new")
        #expect(served.status == 2 && !FileManager.default.fileExists(atPath: folder + "/new"), "\(served.errors)")
        let help = try Self.run("help", "nope", "--lang", "en")
        #expect(help.status == 64 && help.errors.contains("There is no command “nope”."))
        #expect(try Self.run("help", "check").status == 0 && Self.run("help").status == 0)
    }

    @Test("import, export, backup and restore keep a plan as it was")
    func journey() throws {
        let path = try Self.file(Self.project)
        let folder = URL(filePath: path).deletingLastPathComponent().path
        #expect(try Self.run("import", path, "--data", folder + "/data").status == 0)
        #expect(try Self.run("import", path, "--data", folder + "/data").status == 1)
        #expect(try Self.run("backup", folder + "/copy.db", "--data", folder + "/data").status == 0)
        #expect(try Self.run("restore", folder + "/copy.db", "--data", folder + "/again").status == 0)
        #expect(try Self.run("verify", "--data", folder + "/again").status == 0)
        #expect(try Self.run("export", "--data", folder + "/again", "-o", folder + "/out").status == 0)
        let exported = try String(contentsOfFile: folder + "/out/trial-2026.yaml", encoding: .utf8)
        #expect(exported.contains("title: 开发"))
        #expect(try Self.run("check", folder + "/out/trial-2026.yaml").status == 1)
    }
}

@Suite struct MeasureCommandTests {
    @Test("import-values shows what a table would write, and writes it when told to")
    func importValues() throws {
        let plan = try CommandLineTests.measurePlan()
        let table = try CommandLineTests.file("月;率\n2026-01;70\n2026-02;72,5\n2026-03;x\n", "kpi.csv")
        let columns = ["--time", "月", "--value", "率", "--measure", "M-1"]
        let tried = try CommandLineTests.run(
            "import-values", plan, table, columns[0], columns[1], columns[2], columns[3], columns[4], columns[5])
        #expect(tried.status == 1)
        #expect(tried.output.contains("72.5"))
        let before = try String(contentsOfFile: plan, encoding: .utf8)
        #expect(!before.contains("72.5"))
        _ = try CommandLineTests.run(
            "import-values", plan, table, columns[0], columns[1], columns[2], columns[3], columns[4], columns[5], "--write")
        #expect(try String(contentsOfFile: plan, encoding: .utf8).contains("72.5"))
    }

    @Test("forecast continues a line and counts bad rows; a missing column ends with 2")
    func forecast() throws {
        let rows = (1...36).map { "甲,\($0),\(100 + $0 * 2)" }.joined(separator: "\n")
        let good = try CommandLineTests.run(
            "forecast", try CommandLineTests.file("series,t,value\n\(rows)\n", "s.csv"), "--horizon", "3", "--period", "1")
        #expect(good.status == 0)
        let json = try #require(try JSONSerialization.jsonObject(with: Data(good.output.utf8)) as? [String: Any])
        #expect(!json.isEmpty)
        let table = try CommandLineTests.run(
            "forecast", try CommandLineTests.file("series,t,value\n\(rows)\n", "s.csv"), "--horizon", "1", "--period", "1",
            "--format", "table")
        let row = table.output.split(separator: "\n").last { $0.hasPrefix("甲 ") }
        let last = try #require(row?.split(separator: " ").last.flatMap { Double($0) })
        #expect(abs(last - 174) < 2)
        #expect(try CommandLineTests.run("forecast", try CommandLineTests.file("", "empty.csv"), "--horizon", "3").status == 2)
        #expect(try CommandLineTests.run("forecast", "/nowhere.csv", "--horizon", "3").status == 2)
        for text in ["series,t,value\n", "series,t,value\na,3/5/26,7\n"] {
            #expect(
                try CommandLineTests.run("forecast", try CommandLineTests.file(text, "none.csv"), "--horizon", "3").status == 2)
        }
    }

    @Test("customers values an order list")
    func customers() throws {
        let rows = (1...60).flatMap { customer in
            (0..<(1 + customer % 5)).map { "c\(customer),2026-0\(1 + $0)-\(10 + customer % 18),\(50 + customer)" }
        }.joined(separator: "\n")
        let outcome = try CommandLineTests.run(
            "customers", try CommandLineTests.file("customer,date,amount\n\(rows)\n", "o.csv"), "--until", "2026-06-30",
            "--horizon", "26", "--format", "json")
        #expect(outcome.status == 0)
        #expect(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) is [String: Any])
        #expect(try CommandLineTests.run("customers", "/nowhere.csv", "--horizon", "4").status == 2)
        let named = rows.replacingOccurrences(of: ",", with: ";") + "\nc1;2026-06-01;-5"
        let table = try CommandLineTests.run(
            "customers", try CommandLineTests.file("who;when;how much\n\(named)\n", "n.csv"), "--horizon", "26", "--format",
            "table",
            "--top", "3", "--customer", "who", "--date", "when", "--amount", "how much", "--lang", "en")
        #expect(table.status == 0)
        let lines = table.output.split(separator: "\n")
        #expect(lines[0].contains("Expected value") && lines[4].hasPrefix("c"))
        #expect(table.output.contains("60 customers, 180 orders") && table.output.contains("Returns: 1, −5 in all"))
    }
}
