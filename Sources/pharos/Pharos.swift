import ArgumentParser

@main struct Pharos: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pharos",
        abstract: "Live plans: written as documents, scheduled, checked and printed. 灯塔：活的计划。",
        discussion: """
            Works on plan files without a server, or serves them to browsers.

            Examples:
              pharos init project --key portal-2026 -o portal-2026.yaml
              pharos check portal-2026.yaml
              pharos schedule portal-2026.yaml --format csv
              pharos serve --samples
            """,
        version: "0.1.0",
        subcommands: [
            ServeCommand.self, DocumentCommand.self, InitCommand.self, CheckCommand.self, ScheduleCommand.self, LevelCommand.self,
            SimulateCommand.self, EarnedValueCommand.self, ForecastCommand.self, ImportValuesCommand.self, CustomersCommand.self,
            MineCommand.self,
            ImportCommand.self, ExportCommand.self,
            BackupCommand.self, RestoreCommand.self, VerifyCommand.self, DoctorCommand.self, FindingsCommand.self,
        ]
    )
}
