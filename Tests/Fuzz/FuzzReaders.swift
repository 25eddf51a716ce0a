/// What the fuzzer calls with its bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    FuzzTarget.take(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
