extension Blueprint { public static let company = Blueprint("company", "company", "company", help: Label("", ""), chapters: []) }
