"""The command line: parses arguments, calls the rooms, shows progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, Literal, ParamSpec

import typer
from rich.console import Console

from pipeline.errors import DataError, GuanxiError

P = ParamSpec("P")
app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Pages of Chinese local newspapers to a graph of officials, posts, bodies, districts and acts.",
)
output = Console()
errors = Console(stderr=True, highlight=False)

Inputs = Annotated[
    list[str], typer.Argument(help="Files, folders, globs, or - for standard input.", show_default=False)
]
Model = Annotated[str, typer.Option("--model", "-m", help="Name or folder of a trained pipeline.")]
Output = Annotated[str, typer.Option("--output", "-o", help="File to write, - for standard output.")]
DEFAULT_MODEL = "zh_guanxi_sm"
SHORT = 12
"""Columns at most so many characters of a terminal wide are printed in one line."""
FORMAT_HELP = "ann, jsonl, docbin, brat, doccano, label-studio, bio or bioes; guessed when left out."
graph = typer.Typer(no_args_is_help=True, help="Ask the graph of a run, and write it in the formats of other tools.")
app.add_typer(graph, name="graph")
Run = Annotated[Path, typer.Option("--in", help="Folder of a run.")]


def plain_errors(command: Callable[P, int]) -> Callable[P, None]:
    """Print errors that a user can mend, one line each, and leave with the command's exit code."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = command(*args, **kwargs)
        except GuanxiError as error:
            for fault in error.faults if isinstance(error, DataError) else [str(error)]:
                complain(fault)
            code = 1
        except BrokenPipeError:
            code = 0
        except KeyboardInterrupt:
            complain("stopped; run and train go on from here with the same command")
            code = 130
        raise typer.Exit(code)

    return wrapped


def complain(message: str) -> None:
    """One line on standard error, whatever the message holds."""
    errors.print(f"guanxi: {' '.join(message.split())}", markup=False, soft_wrap=True)


def write_json(value: dict[str, Any]) -> None:
    """Plain values on standard output, for programs."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


@contextmanager
def progress(description: str, total: int | None) -> Iterator[Callable[[str], None]]:
    """Yields a function that counts one step: a bar on a terminal, one plain line a step elsewhere."""
    if errors.is_terminal:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=errors) as bar:
            task = bar.add_task(description, total=total)
            yield lambda name: bar.update(task, advance=1, description=f"{description} {name[-40:]}")
    else:
        count = iter(range(1, sys.maxsize))
        yield lambda name: errors.print(
            f"{description} {next(count)}/{total or '?'} {name}", markup=False, soft_wrap=True
        )


def show_version(wanted: bool) -> None:
    """Print the version and leave, if that is what is wanted."""
    if wanted:
        from importlib.metadata import version

        output.print(f"guanxi {version('guanxi')}", highlight=False)
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=show_version)
    ] = False,
) -> None:
    """Options before a command."""


@app.command()
@plain_errors
def run(
    inputs: Inputs,
    out: Annotated[Path, typer.Option(help="Folder for the results; an earlier run's results are extended.")],
    home: Annotated[str | None, typer.Option(help="The paper's place, such as 湖北省/荆州市/沙市区.")] = None,
    date: Annotated[str | None, typer.Option(help="The issue's date, such as 2024-03-07.")] = None,
    model: Model = DEFAULT_MODEL,
    jobs: Annotated[int, typer.Option(min=1, help="Processes that read at once.")] = 1,
    engine: Annotated[
        Literal["local", "ray"], typer.Option(help="Where they run: on this machine, or on a Ray cluster.")
    ] = "local",
) -> int:
    """Read pages and write the graph, the records, a report and a database.

    Example: `guanxi run issues/2024-03-07/ --out results --home 湖北省/荆州市/沙市区`
    """
    from pipeline.engines.run import run as run_inputs
    from pipeline.engines.source import Context
    from pipeline.linking import resolve_home
    from pipeline.report import summary

    if home and (place := resolve_home(home)).path != home:
        errors.print(f"home: {place.path}", markup=False, soft_wrap=True)
    with progress("reading", None) as step:
        manifest = run_inputs(inputs, out, Context(home=home, date=date), model, step, jobs, engine)
    for failure in manifest.failures:
        complain(failure.reason)
    output.print(summary(manifest.counts, manifest.seconds))
    return 1 if manifest.failures else 0


@app.command()
@plain_errors
def extract(
    source: Annotated[
        str, typer.Argument(metavar="IN.jsonl", help="Records or {id, text} lines; - for standard input.")
    ],
    out: Output = "-",
    model: Model = DEFAULT_MODEL,
) -> int:
    """Find mentions and relations in passages: JSON Lines in, records out, same ids, same order.

    Example: `guanxi extract passages.jsonl -o records.jsonl`
    """
    from pipeline.extract import extract as extract_records
    from pipeline.extract import load_model
    from pipeline.files import open_output, read_passages

    nlp = load_model(model)
    with open_output(out) as file:
        for record in extract_records(nlp, read_passages(source)):
            file.write(record.model_dump_json() + "\n")
    return 0


@app.command()
@plain_errors
def pages(
    inputs: Inputs,
    out: Output = "-",
    show: Annotated[bool, typer.Option("--show", help="Print the reading for people instead.")] = False,
) -> int:
    """Restore the articles of pages, with headline, byline and the way back to the source.

    Example: `guanxi pages seeds/pages/seed.txt --show`
    """
    if show and out != "-":
        raise typer.BadParameter("--show prints for people; leave -o out, or leave --show out to write articles")
    from pipeline.files import open_output
    from pipeline.pages import read_articles
    from pipeline.pages.show import show as show_reading
    from pipeline.sources import expand, read_pages

    failed = False
    with open_output(out) as file:
        for source in expand(inputs):
            try:
                for page in read_pages(source):
                    reading = read_articles(page)
                    if show:
                        output.print(show_reading(reading, page))
                    else:
                        file.writelines(article.model_dump_json() + "\n" for article in reading.articles)
            except GuanxiError as error:
                complain(str(error))
                failed = True
    return int(failed)


@app.command()
@plain_errors
def evaluate(
    gold: Annotated[
        Path, typer.Argument(help="Annotated samples, in any format of `guanxi convert`; with --pages a folder.")
    ],
    predicted: Annotated[
        Path | None, typer.Argument(help="Predicted records; without them the model reads the texts.")
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", "-m", help=f"Model that reads the texts; {DEFAULT_MODEL} if left out.")
    ] = None,
    compare: Annotated[str | None, typer.Option(help="Another model, or its predictions: which is better?")] = None,
    calibration: Annotated[bool, typer.Option("--calibration", help="Show what the scores are worth.")] = False,
    worst: Annotated[int, typer.Option(help="How many of the worst sentences to show.")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
    read_pages: Annotated[
        bool, typer.Option("--pages", help="Measure how pages are read: GOLD holds NAME.txt with readings NAME.json.")
    ] = False,
    match: Annotated[list[str] | None, typer.Option(help="With --pages: only these names, such as 'page-*'.")] = None,
) -> int:
    """Strict precision, recall and F1 of spans and relations, by label, group and length, and what went wrong where.

    Example: `guanxi evaluate gold.ann --model zh_guanxi_sm --compare zh_guanxi_trf`

    Example: `guanxi evaluate --pages seeds/pages --match 'page-*'`
    """
    if read_pages:
        if predicted or model or compare or calibration:
            raise typer.BadParameter("--pages takes a folder alone: pages are read without a model")
        return evaluate_pages(gold, match or [], as_json)
    if match:
        raise typer.BadParameter("--match chooses among pages; add --pages")
    if predicted and model:
        raise typer.BadParameter("give either PREDICTED or --model; --compare takes a second one")
    from pipeline.training.formats import load_samples
    from pipeline.training.scoring import evaluate as evaluate_records
    from pipeline.training.scoring import predictions
    from pipeline.training.scoring.bootstrap import compare as compare_records
    from pipeline.training.scoring.tables import tables

    samples = load_samples([gold])
    systems = [str(predicted or model or DEFAULT_MODEL), *([compare] if compare else [])]
    found = []
    for name in systems:
        with progress(f"reading with {name}", len(samples)) as step:
            found.append(predictions(name, samples, step if errors.is_terminal else lambda _: None))
    evaluation = evaluate_records(samples, found[0], worst)
    differences = compare_records(samples, found[0], found[1]) if compare else []
    if as_json:
        said = [one.as_dict() | {"sentence": one.sentence(*systems)} for one in differences]
        write_json(evaluation.as_dict() | ({"compared_with": compare, "differences": said} if compare else {}))
    else:
        for table in (*tables(evaluation, calibration), *(one.sentence(*systems) for one in differences)):
            output.print(table, soft_wrap=isinstance(table, str), highlight=False, markup=False)
    return 0


def evaluate_pages(place: Path, match: list[str], as_json: bool) -> int:
    """How well the pages of a folder are read, against readings by people."""
    from pipeline.pages.measure import as_dict, load_readings, measure, table

    counts = measure(load_readings(place, match))
    if as_json:
        write_json(as_dict(counts))
    else:
        output.print(table(counts))
    return 0


@app.command()
@plain_errors
def convert(
    source: Annotated[Path, typer.Argument(metavar="IN", help="File of samples; for brat its folder.")],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="File to write; for brat a folder.")],
    kind: Annotated[str | None, typer.Option("--from", help=FORMAT_HELP)] = None,
    target_kind: Annotated[str | None, typer.Option("--to", help=FORMAT_HELP)] = None,
) -> int:
    """Turn annotated samples from one format into another; every fault is told with its line, every loss with its count.

    Example: `guanxi convert samples.ann samples.spacy`
    """
    from pipeline.training.formats import convert as convert_samples

    for loss in convert_samples(source, target, kind, target_kind):
        complain(loss)
    return 0


@graph.command("show")
@plain_errors
def graph_show(name: Annotated[str, typer.Argument(help="A person's name.")], run_folder: Run = Path("out")) -> int:
    """The posts of a person, with dates and evidence.

    Example: `guanxi graph show 秦军 --in out`
    """
    from pipeline.graph.queries import person

    return print_table(
        *person(run_folder, name), f"{name}: nobody of this name holds a post in {run_folder}; give the whole name"
    )


@graph.command("posts")
@plain_errors
def graph_posts(
    place: Annotated[str, typer.Argument(help="A district or body, or a part of its name.")],
    run_folder: Run = Path("out"),
) -> int:
    """Who holds which post in a district or body.

    Example: `guanxi graph posts 沙市区 --in out`
    """
    from pipeline.graph.queries import posts

    return print_table(
        *posts(run_folder, place),
        f"{place}: no post there in {run_folder}; give a part of the full name, 沙市 or 教育局",
    )


@graph.command("acts")
@plain_errors
def graph_acts(
    run_folder: Run = Path("out"),
    person: Annotated[str | None, typer.Option(help="Who took part.")] = None,
    district: Annotated[str | None, typer.Option(help="Where, or whose bodies.")] = None,
    category: Annotated[
        str | None, typer.Option(help="A kind of act, such as inspect or appoint; a wrong one names them all.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="First date, such as 2024-03.")] = None,
    until: Annotated[str | None, typer.Option(help="Last date, such as 2024-03-31.")] = None,
) -> int:
    """What was done, by whom, where and when.

    Example: `guanxi graph acts --person 秦军 --since 2024-03 --in out`
    """
    from pipeline.graph.queries import acts

    found = acts(run_folder, person=person, place=district, category=category, since=since, until=until)
    return print_table(*found, f"{run_folder}: no such act; widen the dates or leave out an option")


@graph.command("export")
@plain_errors
def graph_export(
    target: Annotated[
        Path, typer.Argument(metavar="OUT", help="File to write; for csv, neo4j-csv and parquet a folder.")
    ],
    kind: Annotated[str, typer.Option("--to", help="apoc-jsonl, csv, neo4j-csv, gexf, graphml, parquet, ftm or rdf.")],
    run_folder: Run = Path("out"),
) -> int:
    """Write the graph for Neo4j, Gephi, spreadsheets and other tools.

    Example: `guanxi graph export graph.gexf --to gexf --in out`
    """
    from pipeline.graph.exports import export

    export(run_folder, target, kind)
    return 0


@graph.command("merge")
@plain_errors
def graph_merge(
    folders: Annotated[list[Path], typer.Argument(metavar="A B…", help="Folders of runs.")],
    out: Annotated[Path, typer.Option(help="Folder for the merged run; it appears when it is whole.")],
) -> int:
    """Merge runs into one: the same graph as one run over all their inputs, in any order.

    Example: `guanxi graph merge march april --out spring`
    """
    from pipeline.engines.merge import merge
    from pipeline.report import summary

    manifest = merge(folders, out)
    output.print(summary(manifest.counts, manifest.seconds))
    return 0


def print_table(columns: list[str], rows: list[tuple[object, ...]], otherwise: str) -> int:
    """Rows as a table for people, without empty columns and short ones never wrapped; where there are none, one line that
    says so, and the exit code 1.
    """
    if not rows:
        complain(otherwise)
        return 1
    from rich.box import SIMPLE
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE, pad_edge=False, collapse_padding=True)
    filled = [values for values in zip(columns, *rows, strict=True) if any(values[1:])]
    cells = [["" if value is None else str(value) for value in values] for values in filled]
    for column, *values in cells:
        table.add_column(column, overflow="fold", no_wrap=max(map(cell_len, (column, *values))) <= SHORT)
    for row in zip(*(values for _, *values in cells), strict=True):
        table.add_row(*map(Text, row))
    output.print(table)
    return 0


@app.command()
@plain_errors
def serve(
    run_folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Folder of a run.")] = Path("out"),
    host: Annotated[str, typer.Option(help="Address to answer on; others than 127.0.0.1 need a token.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to answer on.")] = 8000,
    token: Annotated[str | None, typer.Option(help="Word that every request must bring.")] = None,
    model: Model = DEFAULT_MODEL,
) -> int:
    """Open a run as a web application: read, explore, add pages, correct, retrain; with an HTTP API.

    Example: `guanxi serve out`
    """
    from pipeline.errors import InputError

    try:
        from pipeline.service.serve import serve as serve_run
    except ImportError as error:
        raise InputError(f"serving needs {error.name}; run: pip install 'guanxi[web]'") from error

    serve_run(run_folder, host, port, token, model, lambda it: errors.print(it, markup=False, soft_wrap=True))
    return 0


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
@plain_errors
def train(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(help="A training config, such as configs/sm.cfg; with --from, samples.")],
    out: Annotated[Path, typer.Option(help="Folder for checkpoints and the best model; resumed when it holds a run.")],
    start: Annotated[str | None, typer.Option("--from", help="A trained model to go on with.")] = None,
) -> int:
    """Train a model from a config, or go on with a trained one on your samples; any setting can be overridden.

    Examples: `guanxi train configs/sm.cfg --out build/sm --training.epochs 4`,
    `guanxi train --from zh_guanxi_sm my_samples.jsonl --out build/mine`
    """
    from pipeline.training.run import finetune_model, train_from_config

    overrides = parse_overrides(context.args)
    show_log()
    if start:
        output.print_json(data=finetune_model(start, source, overrides, out))
    else:
        output.print_json(data=train_from_config(source, overrides, out))
    return 0


def show_log() -> None:
    """Show what the rooms log, for work that goes on for long."""
    import logging

    from rich.logging import RichHandler

    logging.basicConfig(
        level=logging.INFO, format="%(message)s", handlers=[RichHandler(console=errors, show_path=False)]
    )


def parse_overrides(arguments: list[str]) -> dict[str, Any]:
    """`--training.epochs 4 --paths.raw=[]` as a mapping of dotted keys, values read as the config reads them."""
    from spacy.cli._util import _parse_overrides

    overrides: dict[str, Any] = _parse_overrides(arguments, is_cli=False)
    return overrides
