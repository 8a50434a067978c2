"""Compares poles.hdf5, poles.parquet and poles.csv, which Retort wrote of one dataset, bit for bit.

Needs numpy, h5py and pyarrow; run it in the folder of the three files.
"""

import json

import h5py
import numpy as np
import pyarrow.csv
import pyarrow.parquet


def columns(table, width):
    """Observations and actions of a table; the rows of final observations have no action."""
    rows = table.to_pydict()
    seen = [np.array(rows[f"observation_{k}"], dtype=np.float32) for k in range(width)]
    return np.stack(seen, 1), [action for action in rows["action"] if action is not None]


with open("poles.hdf5.json") as file:
    metadata = json.load(file)
width = json.loads(metadata["observation_space"])["shape"][0]
with h5py.File("poles.hdf5") as file:
    episodes = [file[f"episode_{i}"] for i in range(metadata["total_episodes"])]
    for episode in episodes:
        assert len(episode["observations"]) == len(episode["actions"]) + 1
        assert episode.attrs["total_steps"] == len(episode["rewards"])
    seen = np.concatenate([episode["observations"][:] for episode in episodes])
    done = np.concatenate([episode["actions"][:] for episode in episodes])
as_floats = pyarrow.csv.ConvertOptions(
    column_types={f"observation_{k}": "float32" for k in range(width)}
)
for name, table in [
    ("poles.parquet", pyarrow.parquet.read_table("poles.parquet")),
    ("poles.csv", pyarrow.csv.read_csv("poles.csv", convert_options=as_floats)),
]:
    own, chosen = columns(table, width)
    assert np.array_equal(own.view(np.uint32), seen.view(np.uint32)), name
    assert np.array_equal(np.array(chosen), done), name
    print(name, "has the observations and actions of poles.hdf5:", own.shape)
