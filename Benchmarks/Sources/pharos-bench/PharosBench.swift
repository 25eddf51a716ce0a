import ArgumentParser

@main struct PharosBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pharos-bench",
        abstract: "Measures Pharos against references in the same run; docs/BENCHMARKS.md holds the figures.",
        subcommands: [CPM.self, PSPLIB.self, ForecastBench.self, Simulate.self, Mine.self]
    )
}
