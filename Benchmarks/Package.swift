// swift-tools-version:6.1
// Speed and quality benches, apart from the main package so that its build does not pay for them.
import PackageDescription

// Benches over whole plans need more of the house than the engines; PHAROS_ONLY without PlanExchange leaves them out.
let only = Context.environment["PHAROS_ONLY"]?.split(separator: ",").map(String.init)
let hasPlans = only?.contains("PlanExchange") ?? true

let planBench = Target.executableTarget(
    name: "plan-bench",
    dependencies: [
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "WorkingTime", package: "pharos"),
        .product(name: "PlanModel", package: "pharos"),
        .product(name: "PlanInsight", package: "pharos"),
        .product(name: "PlanExchange", package: "pharos"),
    ],
    swiftSettings: [.swiftLanguageMode(.v6)]
)

let package = Package(
    name: "pharos-benchmarks",
    dependencies: [
        .package(name: "pharos", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    ],
    targets: [
        .executableTarget(
            name: "pharos-bench",
            dependencies: [
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "WorkingTime", package: "pharos"),
                .product(name: "Scheduling", package: "pharos"),
                .product(name: "ProcessMining", package: "pharos"),
                .product(name: "Measures", package: "pharos"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6)]
        )
    ] + (hasPlans ? [planBench] : [])
)
