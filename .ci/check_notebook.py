"""Checks an executed notebook: no error, every picture complete, tables and pictures where they are expected."""
import base64
import json
import struct
import sys
import zlib


def png_is_complete(data):
    """Walks the chunks of a PNG: signature, checksums, and the end chunk as the last bytes."""
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        return False
    at, kind = 8, b""
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind = data[at + 4 : at + 8]
        body = data[at + 4 : at + 8 + length]
        (checksum,) = struct.unpack(">I", data[at + 8 + length : at + 12 + length] or b"\0\0\0\0")
        if zlib.crc32(body) != checksum:
            return False
        at += 12 + length
    return kind == b"IEND" and at == len(data)


def gif_is_complete(data):
    return data[:6] in (b"GIF89a", b"GIF87a") and data[-1:] == b"\x3b"


def main(path):
    with open(path, encoding="utf-8") as file:
        notebook = json.load(file)
    faults, pictures, tables = [], 0, 0
    for index, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] != "code":
            continue
        if cell["source"] and cell["execution_count"] is None:
            faults.append(f"cell {index}: was not executed")
        for output in cell["outputs"]:
            if output["output_type"] == "error":
                faults.append(f"cell {index}: {output['ename']}: {output['evalue']}")
            data = output.get("data", {})
            if data and "text/plain" not in data:
                faults.append(f"cell {index}: an output has no text/plain")
            html = "".join(data.get("text/html", ""))
            if "<script" in html.lower():
                faults.append(f"cell {index}: an output holds a script")
            tables += html.count("<table")
            for mime, complete in (("image/png", png_is_complete), ("image/gif", gif_is_complete)):
                if mime in data:
                    pictures += 1
                    if not complete(base64.b64decode("".join(data[mime]))):
                        faults.append(f"cell {index}: an {mime} is cut off")
    if tables == 0:
        faults.append("no table was shown")
    if pictures == 0:
        faults.append("no picture was shown")
    for fault in faults:
        print(f"{path}: {fault}", file=sys.stderr)
    print(f"{path}: {len(notebook['cells'])} cells, {tables} tables, {pictures} pictures, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(max(main(path) for path in sys.argv[1:]))
