"""Writes files of any bytes as a C++ unit, when the program is built: in namespace embedded
`std::span<const file> symbol()`, each with its name and bytes, as cmake/embed.cmake does for text when CMake runs.

    embed_bytes.py OUT.cpp OUT.hpp symbol FILE...

The bytes stand in the unit itself, so a compiler's cache sees them change. A file that stays as it was is not written.
"""
import pathlib
import sys

HEADER = """\
// Made by cmake/embed_bytes.py.
#pragma once
#include <span>
#include <string_view>
namespace embedded {{
#ifndef BAKEN_EMBEDDED_FILE
#define BAKEN_EMBEDDED_FILE
struct file {{
    std::string_view name, text;
}};
#endif
std::span<const file> {symbol}();
}}  // namespace embedded
"""
UNIT = """\
// Made by cmake/embed_bytes.py.
#include "{header}"
namespace embedded {{
{arrays}static constexpr file files[] = {{
{rows}}};
std::span<const file> {symbol}() {{ return files; }}
}}  // namespace embedded
"""
ROW = 64  # bytes a line
# Three octal digits always: what follows a byte never joins it. Printable bytes stay, apart from the three that mean
# something in a literal.
SPELLED = ["\\%03o" % byte if byte < 32 or byte > 126 or chr(byte) in '"\\?' else chr(byte) for byte in range(256)]


def array(name, data):
    lines = ['    "' + "".join(SPELLED[byte] for byte in data[at:at + ROW]) + '"' for at in range(0, len(data), ROW)]
    return f"static constexpr char {name}[] =\n" + "\n".join(lines or ['    ""']) + ";\n"


def write_if_new(path, text):
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def main():
    unit, header, symbol, *files = sys.argv[1:]
    unit, header = pathlib.Path(unit), pathlib.Path(header)
    arrays, rows = "", ""
    for place, path in enumerate(map(pathlib.Path, files)):
        arrays += array(f"bytes_{place}", path.read_bytes())
        rows += f'    {{"{path.name}", {{bytes_{place}, sizeof bytes_{place} - 1}}}},\n'
    unit.parent.mkdir(parents=True, exist_ok=True)
    write_if_new(header, HEADER.format(symbol=symbol))
    write_if_new(unit, UNIT.format(header=header.name, arrays=arrays, rows=rows, symbol=symbol))


if __name__ == "__main__":
    main()
