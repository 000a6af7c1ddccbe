"""A layer that the product does not have: every contract must hold for it by its being there."""

from collections.abc import Iterator

import pyarrow as pa

from geodata.query import Query
from geodata.store.reader import Reader
from layers._layer import (
    Categorized,
    Category,
    Class,
    Field,
    Label,
    Layer,
    Range,
    Source,
    Text,
)

BENCHES = (
    ("b1", "长椅甲", "wood", 3.0, 118.005, 36.815),
    ("b2", "长椅乙", "iron", 4.5, 118.025, 36.803),
)


def rows(reader: Reader, query: Query) -> Iterator[pa.RecordBatch]:
    """Two benches, filtered by what they are made of and how long they are."""
    kept = BENCHES
    for name, chosen in query.filters.items():
        at = ("id", "name", "kind", "metres").index(name)
        kept = tuple(
            bench
            for bench in kept
            if (bench[at] in chosen if name == "kind" else chosen[0] <= bench[at] <= chosen[1])
        )
    columns = ("id", "name", "kind", "metres", "lon", "lat")
    yield from pa.Table.from_pylist(
        [dict(zip(columns, bench, strict=True)) for bench in kept],
        pa.schema([(c, pa.float64() if c in columns[3:] else pa.string()) for c in columns]),
    ).to_batches()


LAYER = Layer(
    id="benches",
    title=Text("长椅", "Benches"),
    group=Text("测试", "Tests"),
    description=Text("两张长椅。", "Two benches."),
    source=Source(provider=Text("测试", "Tests"), license="CC0"),
    geometry="Point",
    query=rows,
    fields=(
        Field(name="id", title=Text("编号", "Id")),
        Field(name="name", title=Text("名称", "Name"), hover=True),
        Field(name="kind", title=Text("材质", "Made of"), hover=True),
        Field(name="metres", title=Text("长度", "Length"), unit=Text("米", "m"), decimals=1),
    ),
    queryables=(
        Category(name="kind", title=Text("材质", "Made of"), values=("wood", "iron")),
        Range(name="metres", title=Text("长度", "Length"), minimum=0, maximum=10),
    ),
    symbology=Categorized(
        by="kind",
        classes=(
            Class(value="wood", title=Text("木", "Wood"), color="#8a6d3b"),
            Class(value="iron", title=Text("铁", "Iron"), color="lamp-grey"),
        ),
    ),
    label=Label(field="name", from_zoom=14),
)
