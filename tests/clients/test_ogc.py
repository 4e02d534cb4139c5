"""GIS programs read every layer under /ogc: GDAL of the system and of a newer wheel, OWSLib, QGIS without a screen.

What they make of it is held against the survey grid that /ogc gives in EPSG:4547 and against the records that the
API lists: the same count, ids and values, and every vertex of every ring within a millimetre.
"""

import json
import os
import pathlib
import shutil
import subprocess

import httpx
import pyogrio
import pytest
from owslib.ogcapi.features import Features
from pyogrio.raw import read

from conftest import HERE

LAYERS = ["plots", "residuals", "parcels", "approvals"]
# This county has no contracts and no idle land: their layers are there, and empty.
OFFERED = [*LAYERS, "contracts", "idle_cases", "idle_suspicions"]
PLOTS = 400
GRID = "http://www.opengis.net/def/crs/EPSG/0/4547"
MILLIMETRE = 0.001
SYSTEM_PYTHON = "/usr/bin/python3"


@pytest.fixture
def county(service):
    """The demonstration county, with the viewer's token and all its features on the survey grid."""
    printed = service.run("demo-data", "--plots", str(PLOTS))
    service.token = dict(line.split()[1:] for line in printed.splitlines() if line.startswith("token "))["viewer"]
    service.ogc = f"{service.url}/ogc"
    service.http = httpx.Client(headers={"Authorization": f"Bearer {service.token}"}, timeout=60)
    service.truth = {layer: dict(features(service, f"{service.ogc}/collections/{layer}/items?crs={GRID}&limit=150")) for layer in LAYERS}
    yield service
    service.http.close()
    # GDAL keeps what it is told between tests.
    pyogrio.set_gdal_config_options({"GDAL_HTTP_USERPWD": None, "GDAL_HTTP_AUTH": None})


def features(service, url):
    """Every feature, from page to page."""
    while url:
        page = service.http.get(url).raise_for_status().json()
        assert page["numberReturned"] == len(page["features"])
        for feature in page["features"]:
            yield feature["id"], feature
        url = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)


def rings(wkb):
    """The rings of a multi-polygon in well-known binary, little endian, as lists of (x, y)."""
    import struct

    at = 0

    def take(form):
        nonlocal at
        values = struct.unpack_from("<" + form, wkb, at)
        at += struct.calcsize("<" + form)
        return values

    assert take("BI") == (1, 6)
    found = []
    for _ in range(*take("I")):
        assert take("BI") == (1, 3)
        for _ in range(*take("I")):
            (count,) = take("I")
            found.append([take("dd") for _ in range(count)])
    assert at == len(wkb)
    return found


def grid_rings(feature):
    """The rings as the service gives them in EPSG:4547: north first, here east first."""
    return [[(east, north) for north, east in ring] for part in feature["geometry"]["coordinates"] for ring in part]


def compare(truth, ids, geometries, columns):
    """Holds what a program has against what the service says; `columns`: name to values."""
    assert sorted(map(int, ids)) == sorted(truth)
    for at, number in enumerate(map(int, ids)):
        feature = truth[number]
        for name, values in columns.items():
            wanted, found = feature["properties"][name], values[at]
            found = None if found is None or found != found else found
            if isinstance(wanted, (int, float)):
                assert float(found) == float(wanted), (number, name)
            else:
                assert (None if found is None else str(found)) == wanted, (number, name)
        found, wanted = rings(geometries[at]), grid_rings(feature)
        assert [len(ring) for ring in found] == [len(ring) for ring in wanted], number
        for one, other in zip(found, wanted):
            for (x, y), (east, north) in zip(one, other):
                assert abs(x - east) <= MILLIMETRE and abs(y - north) <= MILLIMETRE, (number, x, y, east, north)


def gdal_environment(county):
    return {**os.environ, "GDAL_HTTP_USERPWD": f"viewer:{county.token}", "GDAL_HTTP_AUTH": "BASIC"}


def test_the_features_are_the_records_of_the_api(county):
    for layer, key in [("plots", "code"), ("parcels", "code"), ("approvals", "number")]:
        listed, after = {}, None
        while True:
            query = {"limit": 500, **({"after": after} if after else {})}
            page = county.http.get(f"{county.url}/api/v1/counties/410183/{layer}", params=query).raise_for_status().json()
            listed.update({record["id"]: record for record in page["items"]})
            after = page["next"]
            if not after:
                break
        assert set(listed) == set(county.truth[layer])
        for number, feature in county.truth[layer].items():
            record = listed[number]
            assert feature["properties"][key] == record[key]
            area = record.get("area_m2") or record["total_m2"]
            assert feature["properties"]["area_m2"] == float(area)
    assert 0 < len(county.truth["residuals"]) < len(county.truth["plots"]) == PLOTS
    whole = json.dumps(county.truth)
    assert "holder" not in whole and "remark" not in whole


def test_ogr2ogr_copies_every_layer_into_a_geopackage(county, tmp_path):
    assert shutil.which("ogr2ogr"), "scripts/install brings it"
    package = tmp_path / "county.gpkg"
    for layer in LAYERS:
        ran = subprocess.run(
            ["ogr2ogr", "-f", "GPKG", *(["-update"] if package.exists() else []), "-preserve_fid", "-t_srs", "EPSG:4547",
             package, f"OAPIF:{county.ogc}", layer, "-oo", "PAGE_SIZE=150"],
            env=gdal_environment(county), capture_output=True, text=True, timeout=120,
        )
        assert ran.returncode == 0 and "ERROR" not in ran.stderr, ran.stderr
        meta, ids, geometries, values = read(package, layer=layer, return_fids=True)
        assert meta["crs"] == "EPSG:4547"
        compare(county.truth[layer], ids, geometries, dict(zip(meta["fields"], values)))


def test_ogr2ogr_asks_for_a_box_and_for_a_value(county, tmp_path):
    one = next(iter(county.truth["plots"].values()))
    code, township = one["properties"]["code"], one["properties"]["township"]
    xs, ys = zip(*(at for ring in grid_rings(one) for at in ring))
    for arguments, wanted in [
        (["-where", f"code = '{code}'"], {one["id"]}),
        (["-where", f"township = '{township}'"],
         {number for number, of in county.truth["plots"].items() if of["properties"]["township"] == township}),
        (["-spat", min(xs), min(ys), max(xs), max(ys), "-spat_srs", "EPSG:4547"], None),
    ]:
        package = tmp_path / "some.gpkg"
        package.unlink(missing_ok=True)
        command = ["ogr2ogr", "-f", "GPKG", "-preserve_fid", package, f"OAPIF:{county.ogc}", "plots", *map(str, arguments)]
        ran = subprocess.run(command, env=gdal_environment(county), capture_output=True, text=True, timeout=120)
        assert ran.returncode == 0 and "ERROR" not in ran.stderr, ran.stderr
        found = set(map(int, read(package, return_fids=True)[1]))
        if wanted is None:
            assert one["id"] in found and len(found) < PLOTS / 4
        else:
            assert found == wanted


def test_a_newer_gdal_reads_every_layer_on_the_survey_grid(county):
    pyogrio.set_gdal_config_options({"GDAL_HTTP_USERPWD": f"viewer:{county.token}", "GDAL_HTTP_AUTH": "BASIC"})
    source = f"OAPIF:{county.ogc}"
    assert [name for name, _ in pyogrio.list_layers(source)] == OFFERED
    for layer in LAYERS:
        meta, ids, geometries, values = read(source, layer=layer, return_fids=True)
        # It chooses the system in which the layer rests by itself.
        assert meta["crs"] == "EPSG:4547"
        compare(county.truth[layer], ids, geometries, dict(zip(meta["fields"], values)))
    one = list(county.truth["plots"].values())[PLOTS // 2]
    where = f"code = '{one['properties']['code']}'"
    assert list(read(source, layer="plots", where=where, return_fids=True)[1]) == [one["id"]]
    xs, ys = zip(*(at for ring in grid_rings(one) for at in ring))
    found = list(read(source, layer="plots", bbox=(min(xs), min(ys), max(xs), max(ys)), return_fids=True)[1])
    assert one["id"] in found and len(found) < PLOTS / 4
    assert len(read(source, layer="plots", bbox=(0, 0, 1, 1))[2]) == 0


def test_owslib_finds_collections_and_pages_through_items(county):
    service = Features(county.ogc, headers={"Authorization": f"Bearer {county.token}"})
    assert service.feature_collections() == OFFERED
    assert service.api()["openapi"].startswith("3.0")
    for layer in LAYERS:
        assert service.collection(layer)["storageCrs"] == GRID
        assert service.collection_queryables(layer)["properties"]["geometry"]
        found, offset = [], 0
        while True:
            page = service.collection_items(layer, limit=150, offset=offset)
            found += [feature["id"] for feature in page["features"]]
            assert page["numberMatched"] == len(county.truth[layer])
            if not page["features"]:
                break
            offset += 150
        assert found == sorted(county.truth[layer])
        assert service.collection_item(layer, found[0])["id"] == found[0]
    one = county.truth["plots"][found[0]]
    page = service.collection_items("plots", code=one["properties"]["code"], bbox=[113, 34, 114, 35])
    assert [feature["id"] for feature in page["features"]] == [one["id"]]


def test_qgis_opens_every_layer(county):
    ran = subprocess.run(
        [SYSTEM_PYTHON, HERE / "qgis_layers.py", county.ogc, county.token, *LAYERS],
        env={"PATH": os.environ["PATH"], "HOME": str(pathlib.Path(county.log.name).parent), "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"},
        capture_output=True, text=True, timeout=180,
    )
    assert ran.returncode == 0, f"{ran.stderr}\nscripts/install brings QGIS for {SYSTEM_PYTHON}"
    seen = json.loads(ran.stdout.strip().splitlines()[-1])
    for layer in LAYERS:
        found, truth = seen["layers"][layer], county.truth[layer]
        assert found["is_valid"] and found["count"] == len(truth), (layer, seen["version"])
        first = next(iter(truth.values()))
        assert found["fields"] == list(first["properties"])
        assert sorted(found["codes"]) == sorted(str(next(iter(of["properties"].values()))) for of in truth.values())
        assert all(area > 0 for area in found["areas"])
        assert 113 < found["extent"][0] < found["extent"][2] < 114


def test_the_database_itself_can_be_opened_by_gis_programs(county):
    """The schema `gis` on PostgreSQL: views with geometries and exact square metres, and nothing personal."""
    if county.kind != "postgres":
        return  # SQLite has no such schema.
    for layer in LAYERS:
        ran = subprocess.run(
            ["psql", "-X", "-A", "-t", "-d", county.database, "-c",
             f"SELECT id, ST_IsValid(geom), ST_SRID(geom) FROM gis.{layer} WHERE geom IS NOT NULL"],
            capture_output=True, text=True, check=True, timeout=60,
        )
        rows = [line.split("|") for line in ran.stdout.split()]
        assert {int(number) for number, *_ in rows} == set(county.truth[layer])
        assert {srid for _, _, srid in rows} == {"4326"}
    ran = subprocess.run(
        ["psql", "-X", "-A", "-t", "-d", county.database, "-c",
         "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'gis'"],
        capture_output=True, text=True, check=True, timeout=60,
    )
    assert "plots.area_m2" in ran.stdout
    assert not any(word in ran.stdout for word in ["holder", "remark", "cause", "recorded_by", "parcels.name"])
