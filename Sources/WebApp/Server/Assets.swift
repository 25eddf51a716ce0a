import Hummingbird

/// Styles and scripts, built into the program, at addresses that change with their content.
struct Assets: Sendable {
    let styles: [UInt8]
    let scripts: [String: [UInt8]]
    /// Of everything together, so that a new program is never seen with old styles.
    let version: String

    init() {
        typealias File = PackageResources
        styles = [
            File.tokens_css, File.base_css, File.frame_css, File.controls_css, File.marks_css, File.tables_css, File.document_css,
            File.pages_css,
            File.pictures_css, File.phone_css, File.print_css,
        ].flatMap { $0 }
        scripts = [
            "pharos.js": File.pharos_js, "api.js": File.api_js, "theme.js": File.theme_js, "keys.js": File.keys_js,
            "margin.js": File.margin_js,
            "edit.js": File.edit_js, "live.js": File.live_js, "drag.js": File.drag_js, "gantt.js": File.gantt_js,
            "confirm.js": File.confirm_js, "pick.js": File.pick_js, "order.js": File.order_js, "clock.js": File.clock_js,
            "seg.js": File.seg_js, "notice.js": File.notice_js, "timer.js": File.timer_js,
        ]
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        let everything = styles + scripts.sorted { $0.key < $1.key }.flatMap(\.value)
        for byte in everything { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        version = String(hash, radix: 36)
    }

    /// `/assets/VERSION/NAME`
    func response(_ name: String) -> Response? {
        let (bytes, type): ([UInt8]?, String) =
            name == "pharos.css" ? (styles, "text/css; charset=utf-8") : (scripts[name], "text/javascript; charset=utf-8")
        guard let bytes else { return nil }
        return Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "public, max-age=31536000, immutable"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
