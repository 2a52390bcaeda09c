#!/usr/bin/env bash
# Flask-AppBuilder 5.3.0, on which Superset stands: the parameter `q` of a list is described
# as JSON (`content: application/json`), and its text is decoded twice. So a filter for "C++" looks for
# "C  " and finds nothing, one for "100%25" finds "100%", and one with "&" is refused with 400. Escapes
# of JSON (`\u002b`) get through.
#
# Source: OpenAPI 3.0.4, section 4.7.12 (a parameter with `content`); the query is decoded once (URL
# Standard, section 5.1), which Flask has done: `rison` in flask_appbuilder/api/__init__.py gives its
# text to `urllib.parse.parse_qs` again.
source "$(dirname "$0")/lib.sh"
install flask-appbuilder==5.3.0 flask-sqlalchemy==3.1.1 marshmallow==3.26.1 marshmallow-sqlalchemy==1.3.0

cat > look.py <<'END'
import json
import logging

from flask import Flask
from flask_appbuilder import AppBuilder, Model
from flask_appbuilder.api import ModelRestApi
from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_appbuilder.utils.legacy import get_sqla_class
from sqlalchemy import Column, Integer, String

logging.disable()
app = Flask(__name__)
app.config.update(
    SECRET_KEY="k" * 40,
    SQLALCHEMY_DATABASE_URI="sqlite:///look.db",
    AUTH_ROLE_PUBLIC="Admin",
    FAB_API_SWAGGER_UI=True,
    WTF_CSRF_ENABLED=False,
)
db = get_sqla_class()(app)
NAMES = ["C++", "C\\u002b\\u002b", "100%25", "R&D", "Go"]


class Language(Model):
    __tablename__ = "language"
    id = Column(Integer, primary_key=True)
    name = Column(String(50))


class Languages(ModelRestApi):
    resource_name = "language"
    datamodel = SQLAInterface(Language)
    base_permissions = ["can_get"]
    list_columns = ["name"]


with app.app_context():
    builder = AppBuilder(app, db.session)
    builder.add_api(Languages)
    db.create_all()
    for name in ("C++", "C  ", "100%25", "100%", "R&D", "Go"):
        db.session.add(Language(name=name))
    db.session.commit()

client = app.test_client()
operation = client.get("/api/v1/_openapi").json["paths"]["/api/v1/language/"]["get"]
print("described:", *operation["parameters"][0]["content"])
for name in NAMES:
    q = '{"filters": [{"col": "name", "opr": "eq", "value": "%s"}]}' % name
    wanted = json.loads(q)["filters"][0]["value"]
    answer = client.get("/api/v1/language/", query_string={"q": q})
    found = [one["name"] for one in answer.json.get("result", [])]
    print(f"{name}: wanted {[wanted]}, {answer.status_code}, found {found}")
END
python look.py 2>/dev/null | expect "described: application/json
C++: wanted ['C++'], 200, found ['C  ']
C\\u002b\\u002b: wanted ['C++'], 200, found ['C++']
100%25: wanted ['100%25'], 200, found ['100%']
R&D: wanted ['R&D'], 400, found []
Go: wanted ['Go'], 200, found ['Go']"
