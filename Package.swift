// swift-tools-version:6.1
// The house, floor by floor (docs/DESIGN.md). A module may use only modules on floors below its own;
// Tests/ArchitectureTests holds the imports against this table.
//
// PHAROS_ONLY=Scheduling,Measures builds and tests just these modules and what they stand on,
// so that an engine needs neither the web stack nor a download.
import PackageDescription

struct Module {
    let name: String
    let uses: [String]
    var libraries: [Library] = []
    var isExecutable = false
    /// Files built into the program, so that one binary is all there is to install.
    var embeds: [String] = []
}

enum Library: String {
    case grdb, hummingbird, arguments, logging, lifecycle, cYaml, cCmark, cZlib, cZip

    var dependency: Target.Dependency {
        switch self {
        case .grdb: .product(name: "GRDB", package: "GRDB.swift")
        case .hummingbird: .product(name: "Hummingbird", package: "hummingbird")
        case .arguments: .product(name: "ArgumentParser", package: "swift-argument-parser")
        case .logging: .product(name: "Logging", package: "swift-log")
        case .lifecycle: .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
        case .cYaml: "CYaml"
        case .cCmark: "CCmark"
        case .cZlib: "CZlib"
        case .cZip: "CZip"
        }
    }

    var package: Package.Dependency? {
        switch self {
        case .grdb: .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0")
        case .hummingbird: .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1")
        case .arguments: .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
        case .logging: .package(url: "https://github.com/apple/swift-log", exact: "1.16.2")
        case .lifecycle: .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0")
        case .cYaml, .cCmark, .cZlib, .cZip: nil
        }
    }

    var systemTarget: Target? {
        switch self {
        case .cZlib: .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])])
        case .cYaml: .systemLibrary(name: "CYaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])])
        case .cCmark: .systemLibrary(name: "CCmark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])])
        case .cZip: .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])])
        default: nil
        }
    }
}

/// Web/ by way of the link Sources/WebApp/Assets.
let webFiles =
    ["tokens", "base", "frame", "controls", "marks", "tables", "document", "pages", "pictures", "phone", "print"].map {
        "Assets/styles/\($0).css"
    }
    + [
        "pharos", "api", "theme", "keys", "margin", "edit", "live", "drag", "gantt", "confirm", "pick", "order", "clock", "seg",
        "timer", "notice",
    ]
    .map {
        "Assets/scripts/\($0).js"
    }

let house: [Module] = [
    // floor 1
    Module(name: "WorkingTime", uses: []),
    Module(name: "Markup", uses: []),
    Module(name: "Measures", uses: []),
    // floor 2
    Module(name: "ProcessMining", uses: ["Measures"], libraries: [.cZlib]),
    Module(name: "Scheduling", uses: ["WorkingTime"]),
    // floor 3
    Module(name: "PlanModel", uses: ["WorkingTime"]),
    // floor 4
    Module(
        name: "PlanInsight",
        uses: ["WorkingTime", "ProcessMining", "Measures", "Scheduling", "PlanModel"]),
    // floor 5
    Module(name: "PlanPictures", uses: ["WorkingTime", "Measures", "ProcessMining", "PlanModel", "PlanInsight", "Markup"]),
    Module(name: "PlanStore", uses: ["WorkingTime", "PlanModel"], libraries: [.grdb, .logging]),
    // floor 6
    Module(
        name: "PlanExchange",
        uses: ["WorkingTime", "Markup", "ProcessMining", "Scheduling", "PlanModel", "PlanInsight", "PlanPictures"],
        libraries: [.cYaml, .cCmark, .cZip]),
    // floor 7
    Module(
        name: "WebApp",
        uses: [
            "WorkingTime", "Markup", "Scheduling", "Measures", "ProcessMining", "PlanModel", "PlanInsight",
            "PlanPictures", "PlanStore", "PlanExchange",
        ],
        libraries: [.hummingbird, .logging, .lifecycle], embeds: webFiles),
    // floor 8
    Module(
        name: "pharos",
        uses: [
            "WorkingTime", "Scheduling", "Measures", "ProcessMining", "PlanModel", "PlanInsight", "PlanPictures",
            "PlanStore", "PlanExchange", "WebApp",
        ],
        libraries: [.arguments, .logging, .lifecycle], isExecutable: true),
]

func standing(on names: [String]) -> [Module] {
    var wanted = Set(names)
    for module in house.reversed() where wanted.contains(module.name) { wanted.formUnion(module.uses) }
    return house.filter { wanted.contains($0.name) }
}

let only = Context.environment["PHAROS_ONLY"].map { $0.split(separator: ",").map(String.init) }
let modules = only.map { standing(on: $0) } ?? house
let tested = only ?? house.map(\.name)

var libraries: [Library] = []
for library in modules.flatMap(\.libraries) where !libraries.contains(where: { $0 == library }) { libraries.append(library) }

let settings: [SwiftSetting] = [.swiftLanguageMode(.v6)]

let package = Package(
    name: "pharos",
    products: modules.filter { !$0.isExecutable }.map { .library(name: $0.name, targets: [$0.name]) },
    dependencies: libraries.compactMap(\.package),
    targets: libraries.compactMap(\.systemTarget)
        + modules.map { module in
            let dependencies = module.uses.map { Target.Dependency(stringLiteral: $0) } + module.libraries.map(\.dependency)
            return module.isExecutable
                ? .executableTarget(name: module.name, dependencies: dependencies, swiftSettings: settings)
                : .target(
                    name: module.name, dependencies: dependencies, resources: module.embeds.map { .embedInCode($0) },
                    swiftSettings: settings)
        }
        + modules.filter { tested.contains($0.name) }.map { module in
            .testTarget(
                name: module.name.prefix(1).uppercased() + module.name.dropFirst() + "Tests",
                dependencies: [Target.Dependency(stringLiteral: module.name)]
                    + module.uses.map { Target.Dependency(stringLiteral: $0) },
                exclude: module.name == "PlanExchange" ? ["Golden"] : [], swiftSettings: settings)
        }
        + (only == nil ? [.testTarget(name: "ArchitectureTests", swiftSettings: settings)] : [])
)
