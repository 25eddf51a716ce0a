import CZip

public struct ZipError: Error {
    public let reason: String
}

/// A zip archive made in memory by libzip.
enum ZipArchive {
    /// The same entries always give the same bytes: every entry has the same date.
    static func write(_ entries: [(name: String, bytes: [UInt8])]) throws(ZipError) -> [UInt8] {
        var failure = zip_error_t()
        guard let buffer = zip_source_buffer_create(nil, 0, 0, &failure) else { throw ZipError(reason: "no memory") }
        defer { zip_source_free(buffer) }
        zip_source_keep(buffer)
        guard let archive = zip_open_from_source(buffer, ZIP_TRUNCATE, &failure) else {
            zip_source_free(buffer)
            throw ZipError(reason: String(cString: zip_error_strerror(&failure)))
        }
        // libzip borrows the entries until the archive is closed.
        let copies = entries.map { entry in
            let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(entry.bytes.count, 1))
            _ = copy.initialize(from: entry.bytes)
            return copy
        }
        defer { for copy in copies { copy.deallocate() } }
        for (entry, copy) in zip(entries, copies) {
            guard let source = zip_source_buffer(archive, copy.baseAddress, UInt64(entry.bytes.count), 0) else { continue }
            let index = zip_file_add(archive, entry.name, source, UInt32(ZIP_FL_ENC_UTF_8))
            guard index >= 0 else {
                zip_source_free(source)
                zip_discard(archive)
                throw ZipError(reason: "cannot add \(entry.name)")
            }
            zip_file_set_dostime(archive, UInt64(index), 0, 0x5A21, 0)
        }
        guard zip_close(archive) == 0 else {
            let reason = String(cString: zip_strerror(archive))
            zip_discard(archive)
            throw ZipError(reason: reason)
        }
        return try contents(of: buffer)
    }

    private static func contents(of source: OpaquePointer) throws(ZipError) -> [UInt8] {
        var status = zip_stat_t()
        guard zip_source_stat(source, &status) == 0, zip_source_open(source) == 0 else {
            throw ZipError(reason: "cannot read back")
        }
        defer { zip_source_close(source) }
        var bytes = [UInt8](repeating: 0, count: Int(status.size))
        let read = bytes.withUnsafeMutableBytes { zip_source_read(source, $0.baseAddress, UInt64($0.count)) }
        guard read == Int64(bytes.count) else { throw ZipError(reason: "cannot read back") }
        return bytes
    }
}
