"""Makes wmm2025.csv and igrf14.csv of the two models' published coefficient files.

Usage: python3 make.py WMM.COF IGRF14.shc FOLDER
"""
import pathlib
import sys


def wmm(source, target):
    lines = ["degree,order,g_nT,h_nT,g_nT_per_year,h_nT_per_year"]
    for line in source.read_text().splitlines()[1:]:
        fields = line.split()
        if len(fields) != 6:  # the two rows of nines that end the file
            break
        lines.append(",".join([fields[0], fields[1]] + [repr(float(x)) for x in fields[2:]]))
    target.write_text("\n".join(lines) + "\n")


def igrf(source, target):
    rows = [line.split() for line in source.read_text().splitlines() if not line.startswith("#")]
    _, years, *coefficients = rows
    lines = [",".join(["degree", "order", "kind"] + [str(int(float(year))) for year in years])]
    for row in coefficients:
        degree, order = int(row[0]), int(row[1])
        kind = "h" if order < 0 else "g"  # the file writes h with a negative order
        lines.append(",".join([str(degree), str(abs(order)), kind] + [repr(float(x)) for x in row[2:]]))
    target.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    wmm_file, igrf_file, folder = map(pathlib.Path, sys.argv[1:])
    wmm(wmm_file, folder / "wmm2025.csv")
    igrf(igrf_file, folder / "igrf14.csv")
