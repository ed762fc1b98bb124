"""The commands: `python -m backend --help`. Each imports only what it needs, so that small ones are quick."""

import argparse
import asyncio
import os
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from backend import settings as settings_module
from backend.kernel.actors import Role
from backend.kernel.errors import DomainError
from backend.settings import Settings

#: What a command does with its options; anything but None or 0 is a failure.
Command = Callable[[argparse.Namespace, Settings], object]
AddCommand = Callable[[str, str, Command], argparse.ArgumentParser]


def main(arguments: list[str]) -> int:
    """Run one command; its exit status."""
    options = parser().parse_args(arguments)
    try:
        settings = settings_module.read()
        return int(options.do(options, settings) or 0)
    except (ValueError, FileNotFoundError, DomainError) as error:
        told = error.message if isinstance(error, DomainError) else error
        print(f"没有办成：{told}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `check | head` has read enough
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  flushed when all ends
        return 141


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m backend", description="桓台一次办好")
    commands = top.add_subparsers(required=True, metavar="命令")

    def command(name: str, told: str, do: Command) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=told, description=told)
        made.set_defaults(do=do)
        return made

    _service_commands(command)
    _desk_commands(command)
    return top


def _service_commands(command: AddCommand) -> None:
    """What whoever runs the service types."""
    run = command("run", "准备好数据库和示例县，然后启动服务（make run）", _run)
    run.add_argument("--reload", action="store_true", help="源代码有改动时重新启动")
    command("serve", "启动网页服务（数据库须已是最新）", _serve)
    command("work", "只做后台任务，可同时开多个", _work)
    migrate = command("migrate", "把数据库升级到最新版本", _migrate)
    migrate.add_argument("--draft", action="store_true", help="为改动过的模型起草一个新版本（开发用）")
    command("seed", "装入示例县数据（可反复执行）", _seed)
    audit = command("audit", "台账", _audit)
    audit.add_argument("what", choices=["verify"], help="校验台账是否被改动")
    jobs = command("jobs", "后台任务：还有多少、卡住多少", _jobs)
    jobs.add_argument("--revive", action="store_true", help="把放弃了的任务重新排队")
    officer = command("officer", "新建工作人员（口令从终端输入，动态口令密钥只显示这一次）", _officer)
    officer.add_argument("number", metavar="工号")
    officer.add_argument("name", metavar="姓名")
    officer.add_argument("roles", nargs="+", choices=[role.value for role in Role], metavar="角色")
    officer.add_argument("--office", default="", help="所在单位代码")
    command("openapi", "输出 OpenAPI 文档", _openapi)
    docs = command("docs", "重新生成 docs/ 里的生成页", _docs)
    docs.add_argument("--check", action="store_true", help="只检查是否最新")


def _desk_commands(command: AddCommand) -> None:
    """What whoever keeps the catalogue, or wants an answer, types."""
    command("check", "检查事项目录，列出不完整的要素", _check)
    items = command("items", "事项目录", _items)
    items.add_argument("--names", action="store_true", required=True, help="每行一个事项名称")
    ask = command("ask", "在终端里问一句", _ask)
    ask.add_argument("question", nargs="*", help="想问的话")
    ask.add_argument("--batch", metavar="文件", help="逐行读取 JSON 问题，“-”为标准输入")
    ask.add_argument("--index", type=Path, metavar="索引", help="不对事项，对 assistant index 做的索引")
    assistant = command("assistant", "办事助手：做索引，出报告", _assistant)
    assistant.add_argument("what", choices=["index", "report"])
    assistant.add_argument("--candidates", type=Path, metavar="文件", help="index：每行一个候选句子")
    assistant.add_argument("--out", type=Path, metavar="索引", help="index：写到哪里")
    assistant.add_argument("--write", action="store_true", help="report：写入 docs/assistant-report.md")
    due = command("due", "计算期限的最后一天", _due)
    due.add_argument("date", type=date.fromisoformat, metavar="起算日")
    due.add_argument("days", type=int, metavar="工作日数")
    due.add_argument(
        "--pause", action="append", default=[], type=_pause, metavar="起..止", help="中止期间，可多次"
    )
    due.add_argument("--explain", action="store_true", help="逐日说明")


def _pause(text: str) -> tuple[date, date]:
    """FROM..TO. Raises `ArgumentTypeError` for anything else."""
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", text)
    if not found or found[2] < found[1]:
        raise argparse.ArgumentTypeError(f"{text} 应写成 2026-02-01..2026-02-10")
    return date.fromisoformat(found[1]), date.fromisoformat(found[2])


def _run(options: argparse.Namespace, settings: Settings) -> None:
    from backend import serving

    if options.reload:
        serving.serve_with_reload()
    else:
        serving.serve_sample_county(settings)


def _serve(options: argparse.Namespace, settings: Settings) -> None:
    from backend import serving

    serving.serve(settings)


def _work(options: argparse.Namespace, settings: Settings) -> None:
    from backend import serving

    serving.work(settings)


def _migrate(options: argparse.Namespace, settings: Settings) -> None:
    from backend.migrations import service as migrations

    if options.draft:
        print("\n".join(asyncio.run(migrations.draft(settings))) or "模型没有改动。")
        return
    applied = asyncio.run(migrations.migrate(settings))
    print("\n".join(f"已升级：{name}" for name in applied) or "数据库已是最新。")


def _seed(options: argparse.Namespace, settings: Settings) -> None:
    from backend import serving

    print(asyncio.run(serving.seed(settings)))


def _check(options: argparse.Namespace, settings: Settings) -> int:
    from backend.seeds import service as seeds

    findings = seeds.lint()
    for each in findings:
        mark = "错误" if each.is_error else "待补"
        print(f"{mark}\t{each.item_code}\t{each.item_name}\t{each.element}\t{each.message}\t{each.where}")
    errors = sum(each.is_error for each in findings)
    print(f"错误 {errors} 处，待补 {len(findings) - errors} 处。", file=sys.stderr)
    return 1 if errors else 0


def _openapi(options: argparse.Namespace, settings: Settings) -> None:
    import json

    from backend.app import api_document

    print(json.dumps(api_document(), ensure_ascii=False, indent=1, sort_keys=True))


def _docs(options: argparse.Namespace, settings: Settings) -> int:
    from backend import reference

    stale = reference.write(Path("docs"), only_check=options.check)
    for name in stale:
        print(f"{name} {'已过期，请运行 make docs' if options.check else '已更新'}")
    return 1 if stale and options.check else 0


def _items(options: argparse.Namespace, settings: Settings) -> None:
    from backend.seeds import service as seeds

    print("\n".join(seeds.item_names()))


def _ask(options: argparse.Namespace, settings: Settings) -> None:
    from backend.assistant import batch, terminal

    if options.batch == "-":
        batch.run(sys.stdin, sys.stdout, index=options.index)
    elif options.batch:
        with Path(options.batch).open(encoding="utf-8") as questions:
            batch.run(questions, sys.stdout, index=options.index)
    else:
        print(terminal.ask(" ".join(options.question) or sys.stdin.readline()))


def _assistant(options: argparse.Namespace, settings: Settings) -> None:
    if options.what == "report":
        _assistant_report(options)
        return
    from backend.assistant import generic

    if not options.candidates or not options.out:
        raise ValueError("请写 --candidates 文件 --out 索引")
    with options.candidates.open(encoding="utf-8") as lines:
        print(f"索引里有 {generic.write(lines, options.out)} 个候选。")


def _assistant_report(options: argparse.Namespace) -> None:
    """The questions and the peers belong to the tests, which only a checkout has."""
    from importlib import import_module

    try:
        report = import_module("tests.assistant.report")
    except ModuleNotFoundError:
        raise ValueError("报告要在源代码目录里运行，并装好开发用的依赖") from None
    report.main(["--write"] if options.write else [])


def _due(options: argparse.Namespace, settings: Settings) -> None:
    from backend.timelimits.explaining import due_text

    print(due_text(options.date, options.days, pauses=options.pause, explain=options.explain))


def _jobs(options: argparse.Namespace, settings: Settings) -> None:
    from backend import serving
    from backend.journal import store

    async def look() -> dict[str, int]:
        if options.revive:
            print(f"重新排队 {await store.revive_dead()} 件。")
        return await store.backlog()

    found = asyncio.run(serving.with_database(settings, look))
    print("\n".join(f"{name}\t{count}" for name, count in found.items()))


def _officer(options: argparse.Namespace, settings: Settings) -> None:
    from getpass import getpass

    from backend import serving

    secret = asyncio.run(
        serving.create_officer(
            settings,
            number=options.number,
            name=options.name,
            roles={Role(role) for role in options.roles},
            office=options.office,
            password=getpass("口令："),
        )
    )
    print(f"已建立工号 {options.number}。请把这个密钥输入其动态口令应用：{secret}")


def _audit(options: argparse.Namespace, settings: Settings) -> int:
    from backend import serving
    from backend.journal import service as journal

    faults = asyncio.run(serving.with_database(settings, journal.verify_chain))
    for fault in faults:
        print(f"{fault.kind}\t{fault.explanation}")
    print("台账有改动，请立即报告安全审计员。" if faults else "台账完整。", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
