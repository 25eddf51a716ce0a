extension Blueprint { public static let project = Blueprint("project", "project", "project", help: Label("", ""), chapters: []) }
