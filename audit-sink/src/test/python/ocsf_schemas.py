"""Derives the JSON Schema that exported OCSF events are tested against.

    python3 -m venv /tmp/v && /tmp/v/bin/pip install -r audit-sink/src/test/python/requirements.txt
    /tmp/v/bin/python audit-sink/src/test/python/ocsf_schemas.py audit-sink/src/test/resources/ocsf-1.8.0.json

From the published OCSF 1.8.0 (github.com/ocsf/ocsf-schema, Apache-2.0), as PyPI's ocsf-json-schema carries the export of
the schema server, it takes what decides whether an event is valid, and nothing of its texts: names, types, enumerations,
what is required, constraints between attributes. Nothing that the schema does not know is allowed. Attributes that a
profile brings are left out, since the export applies none; so are objects that it never writes.
"""

import importlib.resources
import json
import pathlib
import sys

VERSION = "1.8.0"
CLASSES = [
    "account_change",
    "authentication",
    "base_event",
    "entity_management",
    "group_management",
    "user_access",
]
OBJECTS = [
    "actor",
    "group",
    "managed_entity",
    "metadata",
    "network_endpoint",
    "object",
    "product",
    "resource_details",
    "service",
    "user",
]
JSON_TYPES = {
    "boolean_t": {"type": "boolean"},
    "float_t": {"type": "number"},
    "integer_t": {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1},
    "json_t": {},
    "long_t": {"type": "integer"},
    "string_t": {"type": "string"},
}


def scalar(types, name):
    if name in JSON_TYPES:
        return dict(JSON_TYPES[name])
    declared = types[name]
    schema = scalar(types, declared["type"])
    if "regex" in declared:
        schema["pattern"] = declared["regex"]
    if "max_len" in declared:
        schema["maxLength"] = declared["max_len"]
    if "range" in declared:
        schema["minimum"], schema["maximum"] = declared["range"]
    return schema


def value(types, attribute):
    if attribute["type"] == "object_t":
        schema = {"$ref": "#/$defs/" + attribute["object_type"]}
    else:
        schema = scalar(types, attribute["type"])
        if "enum" in attribute:
            keys = sorted(attribute["enum"])
            schema["enum"] = sorted(map(int, keys)) if "integer" == schema.get("type") else keys
    return {"type": "array", "items": schema} if attribute.get("is_array") else schema


def structure(types, declared):
    attributes = {
        name: attribute
        for name, attribute in declared["attributes"].items()
        if not attribute.get("profiles")
        and (attribute["type"] != "object_t" or attribute["object_type"] in OBJECTS)
    }
    schema = {
        "type": "object",
        "properties": {name: value(types, attribute) for name, attribute in sorted(attributes.items())},
        "required": sorted(name for name, a in attributes.items() if a.get("requirement") == "required"),
        "additionalProperties": False,
    }
    for constraint, names in (declared.get("constraints") or {}).items():
        schema[{"at_least_one": "anyOf", "just_one": "oneOf"}[constraint]] = [
            {"required": [name]} for name in names if name in attributes
        ]
    return schema


def main(file):
    published = importlib.resources.files("ocsf_json_schema").joinpath(f"ocsf/{VERSION}.json")
    ocsf = json.loads(published.read_text())
    assert ocsf["version"] == VERSION
    types = ocsf["dictionary"]["types"]["attributes"]
    definitions = {name: structure(types, ocsf["objects"][name]) for name in OBJECTS}
    definitions["object"] = {"type": "object"}
    definitions |= {name: structure(types, ocsf["classes"][name]) for name in CLASSES}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": f"Derived from OCSF {VERSION} (Apache-2.0) by src/test/python/ocsf_schemas.py",
        "$defs": definitions,
    }
    pathlib.Path(file).write_text(json.dumps(schema, separators=(",", ":")).replace('},"', '},\n"') + "\n")


main(sys.argv[1])
