"""Files with faults are corrected in the wizard, whatever their format: the clerk sees which line and which value."""

import io
import re
import tempfile
import zipfile
import pathlib

import numpy
import pyogrio.raw
from playwright.sync_api import expect

from test_jobs import choose_file, square

# The south-west corner of the demonstration county in metres of zone 38, away from its plots.
NORTH, EAST = 3_797_900, 38_421_800


def boundary_points(code, n, wrong):
    north, east = NORTH + 200 * n, EAST
    corners = [(north, east), (north, east + 100), (north - 100, east + 100), (north - 100, east)]
    rows = [f"J{at + 1},1,{x}.000,{y}.000" for at, (x, y) in enumerate(corners)]
    rows.append(rows[0])
    if wrong:
        rows[2] = rows[2].replace("38421900", "3842190O")
        rows.pop(3)
    return "\r\n".join([
        "[属性描述]", "格式版本号=1.01", "数据产生单位=演示县自然资源局", "数据产生日期=2025-6-15", "坐标系=2000国家大地坐标系",
        "几度分带=3", "投影类型=高斯克吕格", "计量单位=米", "带号=38", "精度=0.001", "转换参数=,,,,,,", "[地块坐标]",
        f"5,1.0000,{code},演示地块,面,,工业用地,,@", *rows,
    ])


def retry(page):
    page.get_by_role("button", name="按更正内容重新试运行").click()


def imported(person, count=1):
    person.page.get_by_role("button", name=f"导入 {count} 条").click()
    person.said(f"已导入 {count} 条")


def test_lines_of_boundary_points_are_corrected_and_one_that_was_left_out_is_put_in(people, name):
    clerk = people("clerk")
    page = clerk.page
    clerk.open("import?what=plots")
    page.get_by_label(re.compile("^来源")).select_option(label="存量国有建设用地")
    # GBK, as survey programs write it.
    choose_file(clerk, "界址点.txt", boundary_points(f"{name}-T", 1, wrong=True).encode("gbk"), "text/plain")
    page.get_by_role("heading", name="有误的行").wait_for()
    line = page.get_by_label("更正 第 16 行")
    expect(line).to_have_value(re.compile("3842190O"))
    north = NORTH + 200 - 100
    line.fill(f"J3,1,{north}.000,38421900.000\nJ4,1,{north}.000,{EAST}.000")
    line.blur()
    retry(page)
    imported(clerk)
    page.get_by_role("link", name=f"{name}-T").click()
    page.get_by_role("heading", name=f"地块 {name}-T").wait_for()
    expect(page.locator("main")).to_contain_text("10,000.00")


def test_a_line_is_found_again_when_others_before_it_have_become_several(people, name):
    clerk = people("clerk")
    page = clerk.page
    clerk.open("import?what=plots")
    page.get_by_label(re.compile("^来源")).select_option(label="存量国有建设用地")
    first = boundary_points(f"{name}-A", 2, wrong=True)
    second = boundary_points(f"{name}-B", 3, wrong=False).split("[地块坐标]\r\n")[1].replace("1.0000", "一公顷")
    choose_file(clerk, "两宗.txt", f"{first}\r\n{second}", "text/plain")
    north = NORTH + 400 - 100
    line = page.get_by_label("更正 第 16 行")
    line.fill(f"J3,1,{north}.000,38421900.000\nJ4,1,{north}.000,{EAST}.000")
    line.blur()
    retry(page)
    # The second plot's line is the nineteenth of what was sent, and the eighteenth of the file.
    other = page.get_by_label("更正 第 18 行")
    expect(other).to_have_value(re.compile("一公顷"))
    other.fill(f"5,1.0000,{name}-B,演示地块,面,,工业用地,,@")
    other.blur()
    retry(page)
    imported(clerk, 2)


def shapefile(rows, encoding):
    """Squares with attributes as a bureau names them, zipped."""
    shapes = numpy.array([polygon_wkb(square(n)) for n, *_ in rows], dtype=object)
    columns = [numpy.array([row[at] for row in rows], dtype=object) for at in (1, 2, 3)]
    columns.append(numpy.array([row[4] for row in rows]))
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "plots.shp"
        pyogrio.raw.write(
            path, geometry=shapes, field_data=columns, fields=["DKBH", "DKMC", "来源", "MJ"], geometry_type="Polygon",
            crs="EPSG:4490", driver="ESRI Shapefile", encoding=encoding,
        )
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(pathlib.Path(folder).iterdir()):
                archive.write(file, file.name)
        return out.getvalue()


def polygon_wkb(polygon):
    import struct

    (ring,) = polygon["coordinates"]
    return struct.pack("<BIII", 1, 3, 1, len(ring)) + b"".join(struct.pack("<dd", *point) for point in ring)


def test_values_of_a_shapefile_are_corrected_in_its_table_and_its_shapes_stay(people, name):
    for at, encoding in enumerate(["UTF-8", "GBK"]):
        clerk = people("clerk")
        page = clerk.page
        code = f"{name}-S{at}"
        packed = shapefile(
            [(20 + 2 * at, f"{code}-1", "演示一号", "存量国有建设用地", 12000.0), (21 + 2 * at, f"{code}-2", "演示二号", "不知道", 0.0)], encoding
        )
        clerk.open("import?what=plots")
        choose_file(clerk, "地块.zip", packed, "application/zip")
        page.get_by_role("heading", name="有误的行").wait_for()
        origin = page.get_by_label("更正 第 2 条 origin")
        expect(origin).to_have_value("不知道")
        # Longer than the column is wide in the file.
        origin.fill("存量国有建设用地")
        origin.blur()
        area = page.get_by_label("更正 第 2 条 area")
        if area.count():
            area.fill("11850.5")
            area.blur()
        retry(page)
        if page.get_by_label("更正 第 2 条 area").count():
            page.get_by_label("更正 第 2 条 area").fill("11850.5")
            page.get_by_label("更正 第 2 条 area").blur()
            retry(page)
        imported(clerk, 2)
        page.get_by_role("link", name=f"{code}-2").click()
        page.get_by_role("heading", name=f"地块 {code}-2").wait_for()
        expect(page.locator("main")).to_contain_text("11,850.50")
        expect(page.locator("main")).to_contain_text("演示二号")
        expect(page.locator(".drawing .outline")).to_have_count(1)


ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' office:version="1.2"><office:body><office:spreadsheet><table:table table:name="批文">'
)


def ods(rows):
    """A spreadsheet as LibreOffice writes it: cells and rows that are alike stand once, with how often."""
    def cells(row):
        out, at = "", 0
        while at < len(row):
            times = next((n for n in range(1, len(row) - at) if row[at + n] != row[at]), len(row) - at)
            repeated = f' table:number-columns-repeated="{times}"' if times > 1 else ""
            text = f"<text:p>{row[at]}</text:p>" if row[at] else ""
            kind = ' office:value-type="string"' if row[at] else ""
            out += f"<table:table-cell{kind}{repeated}>{text}</table:table-cell>"
            at += times
        return out

    body = "".join(f"<table:table-row>{cells(row)}</table:table-row>" for row in rows)
    tail = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    content = f"{ODS_HEAD}{body}{tail}</table:table></office:spreadsheet></office:body></office:document-content>"
    media_type = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media_type}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", media_type)
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        archive.writestr("META-INF/manifest.xml", manifest, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def test_cells_of_an_ods_are_corrected_also_where_one_stands_for_several(people, name):
    clerk = people("clerk")
    page = clerk.page
    numbers = [f"演示政土〔2025〕{name}{letter}号" for letter in "甲乙"]
    book = ods([
        ["批准文号", "批次类型", "批准机关", "批准日期", "总面积(公顷)", "农用地(公顷)", "建设用地(公顷)", "未利用地(公顷)"],
        [numbers[0], "城市批次", "演示省人民政府", "2025-13-15", "2", "2", "0", "0"],
        [numbers[1], "城市批次", "演示省人民政府", "2025-03-15", "2", "2", "2", "0"],
    ])
    clerk.open("import?what=approvals")
    choose_file(clerk, "批文.ods", book, "application/vnd.oasis.opendocument.spreadsheet")
    page.get_by_role("heading", name="有误的行").wait_for()
    day = page.get_by_label(re.compile("^更正 .*D2$"))
    day.fill("2025-03-15")
    day.blur()
    # One of three cells that stand as one: the others keep what they say.
    for cell in page.get_by_label(re.compile(r"^更正 .*[EFG]3$")).all():
        label = cell.get_attribute("aria-label")
        cell.fill({"E": "4", "F": "2", "G": "2"}[re.search(r"([EFG])3$", label)[1]])
        cell.blur()
    retry(page)
    imported(clerk, 2)
    page.get_by_role("link", name=numbers[1]).click()
    page.get_by_role("heading", name=re.compile(re.escape(numbers[1]))).wait_for()


def test_what_the_file_has_no_place_for_is_given_beside_it(people, name):
    clerk = people("clerk")
    page = clerk.page
    clerk.open("import?what=plots")
    choose_file(clerk, "界址点.txt", boundary_points(f"{name}-O", 5, wrong=False), "text/plain")
    expect(page.get_by_role("table", name="有误的内容")).to_contain_text("在上面填写批准文号")
    # Given there, it is tried out at once.
    page.get_by_label(re.compile("^来源")).select_option(label="存量国有建设用地")
    imported(clerk)
