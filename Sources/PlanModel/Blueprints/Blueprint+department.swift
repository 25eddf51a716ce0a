extension Blueprint { public static let department = Blueprint("department", "department", "department", help: Label("", ""), chapters: []) }
