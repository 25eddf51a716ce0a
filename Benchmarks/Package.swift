// swift-tools-version:6.1
// Speed and quality benches, apart from the main package so that its build does not pay for them.
import PackageDescription

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
    ]
)
