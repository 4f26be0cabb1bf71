"""Lets scim2-tester loose on SCIM_BASE_URL and prints what it found; exits 1 when that holds an error."""

import argparse
import json
import os
import sys
from collections import Counter
from datetime import datetime, timezone

from httpx2 import Client, HTTPTransport, Response
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_models import BaseModel, Mutability, Path, Returned
from scim2_tester import Status, check_server

WRONG = {Status.ERROR, Status.CRITICAL}
SILENT = {Status.SUCCESS, Status.COMPLIANT, Status.ACCEPTABLE}


class WithoutLaterAdditions(HTTPTransport):
    """Leaves out what RFC 9967 §4 adds to the configuration: scim2-models takes what it does not know for a mistake."""

    def handle_request(self, request):
        response = super().handle_request(request)
        if request.method != "GET" or not request.url.path.endswith("/ServiceProviderConfig"):
            return response
        body = json.loads(response.read())
        body.pop("securityEvents", None)
        return Response(response.status_code, headers={"Content-Type": response.headers["Content-Type"]}, json=body)


def checks():
    """All results, and the names of the resource types that the service serves."""
    http = Client(
        base_url=os.environ["SCIM_BASE_URL"],
        headers={"Authorization": "Bearer " + os.environ["SCIM_TOKEN"]},
        timeout=30,
        transport=WithoutLaterAdditions(),
    )
    with http:
        scim = SyncSCIMClient(http)
        scim.discover()
        for model in scim.provider.models:
            give_examples(model)
        results = check_server(scim)
        for result in results:
            excuse(scim, result)
        return results, [kind.name for kind in scim.provider.resource_types or []]


def give_examples(model):
    """Moments for what is a dateTime, which it would else fill with a text."""
    for path in Path[model].iter_paths(include_subattributes=True):
        binding = path.resolve()
        if binding and binding.target_type is datetime:
            field = binding.target_model.model_fields[binding.target_field_name]
            field.examples = [datetime(2040, 1, 31, 12, 0, tzinfo=timezone.utc)]


def excuse(scim, result):
    """Takes back what it calls an error though the RFC allows it: to keep what is returned on request only from those
    who do not ask, and to complete what was written by what only the server says (RFC 7643 §7)."""
    if result.status is not Status.ERROR or not isinstance(result.data, dict) or "actual" not in result.data:
        return
    model = scim.get_resource_model(result.resource_type)
    binding = Path[model](result.data["urn"]).resolve()
    unasked = result.data["actual"] is None and binding.get_annotation(Returned) is Returned.request
    if unasked or written(result.data["expected"]) == written(result.data["actual"]):
        result.status = Status.SKIPPED
        result.reason = f"{result.data['urn']}: " + (
            "returned on request, and it does not ask" if unasked else "the server says more about it than was written"
        )


def written(value):
    """The value without what only the server can set."""
    if isinstance(value, list):
        return [written(element) for element in value]
    if isinstance(value, BaseModel):
        return {
            name: written(getattr(value, name))
            for name in type(value).model_fields
            if type(value).get_field_annotation(name, Mutability) is not Mutability.read_only
        }
    return value


def row(name, cells):
    print(f"{name:24}" + "".join(f"{cell:>12}" for cell in cells))


def table(results, names):
    """One row for discovery and one for each resource type, one column for each status."""
    shown = [status for status in Status if any(result.status is status for result in results)]
    row("", [status.name.lower() for status in shown])
    for name in [None, *names]:
        counts = Counter(result.status for result in results if result.resource_type == name)
        row(name or "(discovery)", [counts[status] for status in shown])
    counts = Counter(result.status for result in results)
    row("total", [counts[status] for status in shown])


def details(results, everything):
    for result in results:
        if everything or result.status not in SILENT:
            kind = f"{result.resource_type} " if result.resource_type else ""
            print(f"{result.status.name.lower()}: {kind}{result.title}: {result.reason or result.description}")
            if result.status in WRONG and result.data is not None:
                print(f"    {result.data}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true")
    results, names = checks()
    details(results, parser.parse_args().all)
    table(results, names)
    unchecked = [name for name in names if not any(result.resource_type == name for result in results)]
    if unchecked or not names:
        print("scim-tester: did not get to test " + (", ".join(unchecked) or "any resource type"), file=sys.stderr)
    return 1 if unchecked or not names or any(result.status in WRONG for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
