import Markup
import PlanModel

extension Page {
    /// A form that uploads the file a field of a record names.
    func upload(_ record: Record, _ key: String, _ plan: Plan) -> Markup {
        guard !isReadOnly, let field = record.kind.field(key), let kind = field.spec.file else { return Markup() }
        return el(
            .form, .class("choices uploads"), .method("post"), .action("\(address(record.id))/files/\(key)"),
            Attribute("enctype", "multipart/form-data")
        ) {
            base(plan.revision)
            if let revision = try? site.store.filesRevision {
                el(.input, .type("hidden"), .name("files"), .value(String(revision)))
            }
            el(.label) {
                t(field.label) + " "
                el(
                    .input, .type("file"), .name("file"), Attribute("accept", kind.endings.joined(separator: ",") + ",.gz"),
                    .required)
            }
            el(.button, .class("btn"), .type("submit")) { t("上传", "Upload") }
            el(.span, .class("muted small beside")) {
                switch kind {
                case .eventLog: t("CSV 或 XES，可用 gzip 压缩。", "CSV or XES, gzip allowed.")
                case .orderList:
                    t(
                        "CSV，含客户、日期、金额三列，可用 gzip 压缩；重名的文件会被替换。",
                        "CSV with columns customer, date and amount, gzip allowed; a file of the same name is replaced.")
                }
            }
        }
    }

    /// The page that shows what a record's file says.
    func fileAddress(_ record: Record) -> String {
        switch record.kind {
        case Kind.of(CustomerBook.self): "/plans/\(record.id.plan)/customers?book=\(record.id.short)"
        case Kind.of(Process.self): "/plans/\(record.id.plan)/process?process=\(record.id.short)"
        default: address(record.id)
        }
    }
}
