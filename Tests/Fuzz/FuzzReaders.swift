import ProcessMining

/// What the fuzzer calls with its bytes: whatever they are, reading ends with a log or an error that has words, in either reader and in
/// pieces of a size the bytes choose.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let first = bytes.first else { return 0 }
    var options = LogReadingOptions()
    options.attributes = first % 5 == 0 ? ["d"] : []
    if first % 7 == 0 { options.encoding = "gb18030" }
    let piece = 1 + Int(first) % 64
    do throws(LogReadingError) {
        var reader = LogReader(options: options, pairsLifecycle: first % 2 == 0)
        var place = 1
        while place < bytes.count {
            let end = min(place + piece, bytes.count)
            try reader.read(Array(bytes[place..<end]))
            place = end
        }
        let reading = try reader.finish()
        let statistics = LogStatistics(reading.log)
        precondition(statistics.events == reading.log.eventCount)
        precondition(statistics.arcs.reduce(0) { $0 + $1.count } == statistics.events - statistics.cases)
        precondition(statistics.variants.reduce(0) { $0 + $1.count } == statistics.cases)
    } catch {
        precondition(!error.words.zh.isEmpty && !error.words.en.isEmpty)
    }
    return 0
}
