"""A month's inspections: who inspected what, and on which days.

    python docs/examples/inspections.py RUN MONTH [OUT.png]

MONTH is such as 2024-03. Needs pandas (`pip install 'guanxi[analysis]'`), for the picture matplotlib too.
"""

import sys

import pandas

from pipeline import load_tables


def inspections(run: str, month: str) -> pandas.DataFrame:
    """The acts of inspection and visits of a month, by date."""
    acts = load_tables(run)["acts"]
    mine = acts[acts["category"].isin(["inspect", "visit"]) & acts["date"].fillna("").str.startswith(month)]
    return mine.sort_values(["date", "id"])[["date", "agents", "verb", "objects", "places"]]


def main(run: str, month: str, picture: str | None = None) -> None:
    table = inspections(run, month)
    for row in table.itertuples():
        print(row.date, "、".join(row.agents), row.verb, "、".join([*row.objects, *row.places]), sep="\t")
    counts = table.explode("agents").groupby("agents").size().sort_values(ascending=False)
    print(counts.head(5).to_string())
    if picture:
        axes = table.groupby("date").size().plot.bar(ylabel="inspections")
        axes.figure.savefig(picture, bbox_inches="tight")


if __name__ == "__main__":
    main(*sys.argv[1:4])
