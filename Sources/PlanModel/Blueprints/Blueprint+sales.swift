extension Blueprint { public static let sales = Blueprint("sales", "sales", "sales", help: Label("", ""), chapters: []) }
