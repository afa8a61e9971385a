"""The layering that CMake cannot see: which library each room may read, and in which files; that our own includes are
spelled from the root of the repository; that SQL stands in server/store and nowhere else.

    rooms.py ROOT        exit 1 with a line for every breach
"""
import pathlib
import re
import sys

# By directory: the libraries its files may include. A directory that is not named here is a breach.
ROOMS = {
    "base/text": {"boost/locale"},
    "base/municipalities": set(),
    "base/async": {"boost/asio"},
    "base/process": set(),
    "base/settings": {"toml++", "fmt"},
    "base/watch": {"fmt"},
    "crypto": {"sodium.h"},
    "crypto/protocol": {"boost/json", "fmt"},
    "client": {"CLI", "fmt"},
    "client/line": {"curl", "fmt"},
    "client/here": {"unicode", "fmt"},
    "client/report": {"fmt"},
    "client/desk": {"fmt"},
    "client/lead": {"fmt"},
    "server": {"boost/asio", "fmt", "CLI"},
    "server/http": set(),
    "server/html": set(),
    "server/lang": {"boost/locale", "unicode", "fmt"},
    "server/net": {"boost/asio", "openssl", "fmt"},
    "server/admission": set(),
    "server/admin": {"fmt", "CLI"},
    "server/admin/install": {"openssl", "fmt"},
    "server/admin/directory": {"fmt", "CLI"},
    "server/admin/backup": {"fmt", "CLI"},
    "server/admin/guide": {"fmt", "CLI"},
    "server/admin/trail": {"fmt", "CLI"},
    "server/api": {"fmt"},
    "server/config": {"fmt"},
    "server/domain_files": {"fmt"},
    "server/guide": {"fmt"},
    "server/inbox": {"boost/asio", "fmt"},
    "server/intake": {"boost/asio", "fmt"},
    "server/jobs": {"boost/asio", "fmt"},
    "server/pages": {"brotli", "zlib.h"},
    "server/places": {"fmt"},
    "server/store": {"openssl", "fmt"},
    "server/store/sql": {"boost/asio", "fmt"},
    "server/store/sqlite": {"sqlite3.h", "fmt"},
    "server/store/postgres": {"libpq-fe.h"},
    "server/trust": {"fmt"},
}
# Libraries that stand in these files only: they cost seconds a unit, or must be replaceable.
ONLY_IN = {
    "CLI": {"server/main.cpp", "server/admin/main.cpp", "server/admin/trail/audit_arguments.cpp",
            "server/admin/backup/backup_arguments.cpp", "server/admin/directory/directory_arguments.cpp",
            "server/admin/guide/guide_arguments.cpp", "server/admin/key_arguments.cpp",
            "server/admin/guide/places_arguments.cpp", "client/form.hpp"},
    "toml++": {"base/settings/toml.hpp"},
    "curl": {"client/line/http.cpp"},
    "boost/locale": {"base/text/utf8.cpp", "server/lang/languages.cpp"},
    "unicode": {"client/here/passphrase_spellings.cpp", "server/lang/names.cpp", "server/lang/abroad.cpp"},
    "brotli": {"server/pages/assets.cpp"},
    "zlib.h": {"server/pages/assets.cpp"},
    "sqlite3.h": {"server/store/sqlite/connection.cpp"},
    "libpq-fe.h": {"server/store/postgres/connection.cpp", "server/store/postgres/dial.cpp"},
}
SYSTEM = re.compile(r"[a-z_0-9]+|(sys|arpa|netinet|linux)/[a-z_0-9]+\.h|"
                    r"(errno|fcntl|locale|malloc|poll|pwd|signal|stdlib|string|termios|time|unistd)\.h")
MADE = {"went_up_municipalities.hpp", "sqlite_migrations.hpp", "postgres_migrations.hpp", "openapi.hpp",
        "shipped_codes.hpp", "catalogues.hpp", "page_templates.hpp", "page_assets.hpp"}  # by baken_embed
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)
SQL = re.compile(r"\b(SELECT\s.*\sFROM|INSERT\s+INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET|CREATE\s+(TABLE|INDEX)|PRAGMA\s+\w+)\b")


def library(name):
    parts = name.split("/")
    return "/".join(parts[:2]).removesuffix(".hpp") if parts[0] == "boost" else parts[0]


def breaches(root, path, text):
    """Every breach in one source."""
    name, room = path.as_posix(), path.parent.as_posix()
    if room not in ROOMS:
        yield f"{name}: this directory is no room; name it in tests/rooms.py with what it may include"
        return
    for mark, what in INCLUDE.findall(text):
        if mark == '"':
            if what not in MADE and not (root / what).is_file():
                yield f'{name}: "{what}" is not spelled from the root, or not there'
            continue
        if SYSTEM.fullmatch(what):
            continue
        lib = library(what)
        if lib not in ROOMS[room]:
            yield f"{name}: <{what}> may not be included in {room}"
        elif lib in ONLY_IN and name not in ONLY_IN[lib]:
            yield f"{name}: <{what}> stands only in {', '.join(sorted(ONLY_IN[lib]))}"
    if not room.startswith("server/store"):
        for found in SQL.finditer(text):
            yield f"{name}: SQL stands in server/store only: {found.group(0)[:40]}"


def own_alarm(root):
    """The check itself: each kind of breach is seen."""
    bad = {
        "crypto/x.cpp": "#include <fmt/format.h>\n",
        "crypto/protocol/x.cpp": "#include <boost/asio/post.hpp>\n",
        "server/http/x.hpp": "#include <boost/beast/http.hpp>\n",
        "client/x.cpp": "#include <curl/curl.h>\n",
        "server/api/x.cpp": '#include "answers.hpp"\n',
        "server/inbox/x.cpp": 'auto sql = "SELECT id FROM meldingen";\n',
        "server/new/x.cpp": "\n",
    }
    return [name for name, text in bad.items() if not list(breaches(root, pathlib.PurePosixPath(name), text))]


def main():
    root = pathlib.Path(sys.argv[1])
    found = [f"rooms.py does not see a breach in {name}" for name in own_alarm(root)]
    seen = set()
    for top in ("base", "crypto", "client", "server"):
        for file in sorted([*(root / top).rglob("*.cpp"), *(root / top).rglob("*.hpp")]):
            path = file.relative_to(root)
            seen.add(path.parent.as_posix())
            found += breaches(root, path, file.read_text(encoding="utf-8"))
    found += [f"{room}: no such room any more" for room in sorted(ROOMS.keys() - seen)]
    for file in sorted([*(root / "tests").rglob("*.cpp"), *(root / "tests").rglob("*.hpp")]):
        for mark, what in INCLUDE.findall(file.read_text(encoding="utf-8")):
            if mark == '"' and what not in MADE and not (root / what).is_file() and not (file.parent / what).is_file():
                found.append(f'{file.relative_to(root)}: "{what}" is not there')
    print("\n".join(found) if found else f"{len(seen)} rooms keep to their libraries")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
