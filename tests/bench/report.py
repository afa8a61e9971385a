"""Results for people: while they come, as a table at the end, and as the table of docs/performance.md."""
import machine


def value(figure, number):
    if figure["unit"] == "×":
        return f"{number:.2f}"
    return f"{number:.3g}" if abs(number) < 100 else f"{number:,.0f}"


def unit(figure):
    return "" if figure["unit"] == "×" else f" {figure['unit']}"


def span(figure):
    median, least, most = (value(figure, figure[name]) for name in ("median", "min", "max"))
    return f"{median} [{least} – {most}]{unit(figure)}"


def goal(figure):
    if figure["goal"] is None:
        return "–"
    return f"{'≥' if figure['goalIs'] == 'least' else '≤'} {value(figure, figure['goal'])}{unit(figure)}"


def verdict(figure):
    return {True: "met", False: "MISSED", None: ""}[figure["met"]]


def described(facts):
    libraries = ", ".join(f"{name} {facts[name.lower()]}" for name in ("OpenSSL", "SQLite", "libsodium", "nginx"))
    return f"{facts['cores']} × {facts['processor']}, {facts['memoryGiB']} GiB, Linux {facts['kernel']}, {libraries}"


def heading(results):
    facts = results["machine"]
    print(described(facts))
    if machine.is_noisy(results):
        print(f"the machine is at work already (load {facts['loadBefore']:.1f}): compare ratios, no absolute figures")


def show(row):
    for figure in row["figures"]:
        print(f"   {figure['name']}: {span(figure)}  {goal(figure)} {verdict(figure)}  {figure['remark']}".rstrip(),
              flush=True)


def lines(results):
    for row in results["rows"]:
        for figure in row["figures"]:
            yield row["row"], figure["name"], goal(figure), span(figure), verdict(figure), figure["remark"]


def table(results, rows):
    head = ("row", "figure", "goal", "measured, median [min – max]", "", "")
    all_lines = [head, *lines(results)]
    widths = [max(len(one[column]) for one in all_lines) for column in range(5)]
    print()
    for one in all_lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(one, widths)).rstrip())
    for one in rows:
        if one.name in results["absent"]:
            print(f"{one.name}: not there yet ({one.work})")
    for one in results["unmeasured"]:
        print(f"{one['row']}: NOT MEASURED: {one['why']}")


def names(rows):
    width = max(len(one.name) for one in rows)
    for theme in dict.fromkeys(one.theme for one in rows):
        print(theme)
        for one in rows:
            if one.theme == theme:
                print(f"  {one.name.ljust(width)}  {one.work}{'' if one.measure else ' (not there yet)'}"
                      f"{' (only when named)' if one.asked else ''}")


def markdown(runs, rows):
    """Of several runs, each row as the last of them saw it."""
    for results in runs:
        facts = results["machine"]
        yield (f"Measured {facts['day']} at {facts['revision']}: {described(facts)}, rounds: {results['rounds']} of "
               f"{results['seconds']:g} s.")
        if machine.is_noisy(results):
            yield (f"**Others were at work on it (load {facts['loadBefore']:.1f} to {facts['loadAfter']:.1f}): these "
                   "figures show that the harness works, not what the product does.**")
    yield from ("", "| row | figure | goal | measured: median [min – max] | | command |", "|---|---|---|---|---|---|")
    seen = {row["row"]: row for results in runs for row in results["rows"]}
    for one in rows:
        command = f"`deploy/bench {one.name}`"
        if one.measure is None:
            yield f"| {one.name} | {one.work} | | not there yet | | |"
        elif one.name not in seen:
            yield f"| {one.name} | {one.work} | | not measured | | {command} |"
        else:
            for figure in seen[one.name]["figures"]:
                remark = f" ({figure['remark']})" if figure["remark"] else ""
                yield (f"| {one.name} | {figure['name']}{remark} | {goal(figure)} | {span(figure)} | "
                       f"{verdict(figure)} | {command} |")
