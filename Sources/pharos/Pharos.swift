import ArgumentParser

@main struct Pharos: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pharos",
        abstract: "Live plans: written as documents, scheduled, checked and printed. 灯塔:活的计划。",
        subcommands: []
    )
}
