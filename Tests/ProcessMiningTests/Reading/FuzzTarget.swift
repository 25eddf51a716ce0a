import Measures
import ProcessMining

/// What every reader has to hold, whatever the bytes are: it ends with a value whose counts add up, or with an error that has words.
/// The fuzzer and the tests share it; the first byte chooses reader, options and the size of pieces.
enum FuzzTarget {
    static func take(_ bytes: [UInt8]) {
        guard let first = bytes.first else { return }
        // A row begun is looked at again with every piece, so that thousands of them would measure nothing else.
        let size = max(1 + Int(first) % 64, bytes.count / 500)
        let pieces = Pieces(bytes: bytes.dropFirst(), size: first % 16 == 15 ? 50_000 : size)
        switch first {
        case 0xF0...0xF7: series(pieces)
        case 0xF8...0xFF: orders(pieces)
        default: log(pieces, first)
        }
    }

    private struct Pieces: Sequence, IteratorProtocol {
        var bytes: ArraySlice<UInt8>
        let size: Int

        mutating func next() -> [UInt8]? {
            guard !bytes.isEmpty else { return nil }
            defer { bytes = bytes.dropFirst(size) }
            return Array(bytes.prefix(size))
        }
    }

    private static func log(_ pieces: Pieces, _ first: UInt8) {
        var options = LogReadingOptions()
        options.attributes = first % 5 == 0 ? ["d"] : []
        options.mostEvents = first % 11 == 0 ? 3 : nil
        if first % 7 == 0 { options.encoding = ["gb18030", "utf-16", "iso-8859-1"][Int(first) % 3] }
        if first % 4 == 1 { options.spill = SpillOptions(bytesInMemory: 1_000, folder: "/tmp") }
        do throws(LogReadingError) {
            var reader = LogReader(options: options, pairsLifecycle: first % 2 == 0)
            for piece in pieces { try reader.read(piece) }
            let reading = try reader.finish()
            let statistics: LogStatistics
            if let log = reading.spilled { statistics = try LogStatistics(log) } else { statistics = LogStatistics(reading.log) }
            precondition(reading.spilled != nil || statistics.events == reading.log.eventCount)
            precondition(reading.badRows.count <= reading.badRowCount)
            precondition(statistics.arcs.reduce(0) { $0 + $1.count } == statistics.events - statistics.cases)
            precondition(statistics.variants.reduce(0) { $0 + $1.count } == statistics.cases)
            precondition(reading.log.activity.indices.allSatisfy { reading.log.start(of: $0) <= reading.log.end[$0] })
            precondition(reading.badRows.allSatisfy { !$0.reason.words.zh.isEmpty && $0.line > 0 })
        } catch {
            precondition(!error.words.zh.isEmpty && !error.words.en.isEmpty)
        }
    }

    private static func series(_ pieces: Pieces) {
        do throws(SeriesTableError) {
            var reader = SeriesTableReader()
            for piece in pieces { try reader.read(piece) }
            let table = try reader.finish()
            precondition(table.series.allSatisfy { !$0.name.isEmpty && $0.values.allSatisfy { $0?.isFinite ?? true } })
            precondition(table.badRows.allSatisfy { !$0.reason.zh.isEmpty && $0.line > 0 })
        } catch {
            precondition(!error.wording.zh.isEmpty && !error.wording.en.isEmpty)
        }
    }

    private static func orders(_ pieces: Pieces) {
        do throws(OrderTableError) {
            var reader = OrderTableReader()
            for piece in pieces { try reader.read(piece) }
            let table = try reader.finish()
            precondition(table.orders.allSatisfy { $0.amount?.isFinite ?? true })
            precondition(table.badRows.allSatisfy { !$0.reason.zh.isEmpty && $0.line > 0 })
        } catch {
            precondition(!error.wording.zh.isEmpty && !error.wording.en.isEmpty)
        }
    }
}
