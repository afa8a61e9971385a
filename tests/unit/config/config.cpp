// bakend.toml: defaults, bounds, and every fault at once with its line.
#include "server/config/config.hpp"

#include <array>
#include <set>
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "crypto/encoding.hpp"
#include "server/admission/gate.hpp"
#include "server/net/limits.hpp"
#include "tests/unit/client/scratch.hpp"

using namespace std::chrono_literals;

namespace {

struct installation : scratch {
    crypto::sign_public root = crypto::sign_keys::random().public_key,
                        next = crypto::sign_keys::random().public_key;
    installation() {
        write("root.pub", crypto::b64u(root) + "\n");
        write("next.pub", crypto::b64u(next));
    }
    config::config good(const std::string& text) const {
        auto read = config::read(write("bakend.toml", text));
        if (!read) FAIL(read.error().at(0));
        return std::move(*read);
    }
    std::vector<std::string> faults(const std::string& text) const {
        auto read = config::read(write("bakend.toml", text));
        return read ? std::vector<std::string>() : read.error();
    }
};

}  // namespace

TEST_CASE("an empty file is every default") {
    installation at;
    auto out = at.good("");
    CHECK(out.data == std::filesystem::path(at.path + "/"));
    CHECK(out.store == at.path + "/baken.db");
    REQUIRE(out.listen.size() == 2);
    CHECK(out.listen[0].host == "127.0.0.1");
    CHECK(out.listen[0].port == 8443);
    CHECK(out.listen[1].host == "::1");
    CHECK(out.names == std::vector<std::string>{"localhost:8443", "127.0.0.1:8443", "[::1]:8443"});
    CHECK(out.certificate == at / "tls/cert.pem");
    CHECK(out.certificate_key == at / "tls/key.pem");
    CHECK(out.roots == std::vector{at.root});
    CHECK(out.schema == "/usr/share/baken/schema");
    CHECK(out.threads == 0);
    CHECK(out.connections == 8000);
    CHECK(out.disk == std::filesystem::path(at.path));
    CHECK(std::array{out.disk_large, out.disk_small, out.disk_urgent, out.intake_hour} ==
          std::array<std::uint64_t, 4>{2048, 1024, 256, 16384});
    CHECK_FALSE(out.demonstration);
    CHECK_FALSE(out.mailbox);
    CHECK(out.confirmation == std::chrono::minutes(10));
    CHECK(out.clock_every == std::chrono::minutes(1));
}

TEST_CASE("a demonstration listens on loopback alone, by its key and by the people that lie beside it") {
    const std::string public_address = "listen = ['127.0.0.1:1', '192.0.2.1:443', '[2001:db8::1]:1']\n";
    installation at;
    CHECK(at.faults(public_address).empty());
    const auto found = at.faults(public_address + "demonstration = true\n");
    REQUIRE(found.size() == 2);
    CHECK(found[0].starts_with("line 1: 'listen': 192.0.2.1 is not loopback"));
    CHECK(found[1].find("2001:db8::1") != std::string::npos);
    CHECK(
        at.good("listen = ['127.0.0.1:1', '127.9.9.9:1', '[::1]:1']\ndemonstration = true\n").demonstration);
    std::filesystem::create_directories(at / "var/demo");
    const auto beside = at.faults(public_address + "data = 'var'\n");
    REQUIRE(beside.size() == 2);
    CHECK(beside[0].find("holds the keys of a demonstration") != std::string::npos);
    CHECK(at.good("data = 'var'\n").demonstration);
}

TEST_CASE(
    "whose free space counts: that of the file, of a directory that is named, of none with PostgreSQL") {
    installation at;
    std::filesystem::create_directories(at / "var");
    CHECK(at.good("data = 'var'\nstore = 'sqlite:deep/x.db'\n").disk == at / "var/deep");
    CHECK(at.good("disk = 'var'\n").disk == at / "var");
    CHECK(at.good("store = 'postgresql://db/baken'\n").disk.empty());
    CHECK(at.good("store = 'postgresql://db/baken'\ndisk = 'var'\n").disk == at / "var");
    CHECK(at.faults("disk = 'nowhere'\n").size() == 1);
    const auto order = at.faults("disk-large = 10\ndisk-small = 20\n");
    REQUIRE(order.size() == 1);
    CHECK(order[0].starts_with("line 1: 'disk-large', 'disk-small', 'disk-urgent'"));
    CHECK(at.faults("disk-large = -1\n").size() >= 1);
    CHECK(at.faults("intake-hour = 63\n").size() == 1);
    CHECK(at.good("disk-large = 3\ndisk-small = 2\ndisk-urgent = 0\nintake-hour = 64\n").intake_hour == 64);
}

TEST_CASE("the waits and the steps of load that nobody turned are those of the rooms that hold them") {
    installation at;
    const auto out = at.good("");
    const net::limits net;
    CHECK(out.waits.handshake == net.handshake);
    CHECK(out.waits.head == net.head);
    CHECK(out.waits.idle == net.idle);
    CHECK(out.waits.body == net.body);
    CHECK(out.waits.write == net.write);
    const admission::limits gate;
    CHECK(out.shedding.reading == gate.reading.delay);
    CHECK(out.shedding.writing == gate.writing.delay);
    CHECK(out.shedding.rescue == gate.rescue.delay);
}

TEST_CASE("waits and steps of load are taken, parts of a millisecond too") {
    installation at;
    const auto out = at.good(
        "wait-handshake = 1\nwait-head = 2\nwait-idle = 600\nwait-body = 3\nwait-write = 4\n"
        "shed-reading = 0.001\nshed-writing = 2\nshed-rescue = 60000\n");
    CHECK(out.waits.handshake == 1s);
    CHECK(out.waits.head == 2s);
    CHECK(out.waits.idle == 600s);
    CHECK(out.waits.body == 3s);
    CHECK(out.waits.write == 4s);
    CHECK(out.shedding.reading == 1us);
    CHECK(out.shedding.writing == 2ms);
    CHECK(out.shedding.rescue == 60s);
    CHECK(at.good("shed-reading = 0\nshed-writing = 0\n").shedding.writing == 0us);
}

TEST_CASE("the defaults of the table, written into a file, are the defaults") {
    installation at;
    std::string text;
    for (const auto& key : config::keys()) {
        CHECK_FALSE(key.meaning.empty());
        text += std::string(key.name) + " = " + std::string(key.otherwise) + "\n";
    }
    CHECK(config::keys().size() == 37);
    auto written = at.good(text), none = at.good("");
    CHECK(written.data == none.data);
    REQUIRE(written.listen.size() == none.listen.size());
    for (std::size_t i = 0; i < none.listen.size(); ++i) {
        CHECK(written.listen[i].host == none.listen[i].host);
        CHECK(written.listen[i].port == none.listen[i].port);
    }
    CHECK(written.names == none.names);
    CHECK(written.certificate == none.certificate);
    CHECK(written.certificate_key == none.certificate_key);
    CHECK(written.roots == none.roots);
    CHECK(written.schema == none.schema);
    CHECK(written.threads == none.threads);
    CHECK(written.connections == none.connections);
    CHECK(written.languages == none.languages);
    CHECK(written.waits.handshake == none.waits.handshake);
    CHECK(written.waits.head == none.waits.head);
    CHECK(written.waits.idle == none.waits.idle);
    CHECK(written.waits.body == none.waits.body);
    CHECK(written.waits.write == none.waits.write);
    CHECK(written.shedding.reading == none.shedding.reading);
    CHECK(written.shedding.writing == none.shedding.writing);
    CHECK(written.shedding.rescue == none.shedding.rescue);
}

TEST_CASE("an address has brackets where it is IPv6, and only there; a NUL ends nothing") {
    installation at;
    for (const std::string wrong :
         {"::1:8443", "[127.0.0.1]:1", "[::1]", "[::1:1", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536",
          "localhost:1", "127.0.0.1\\u0000:1", "[::1\\u0000]:1", "127.0.0.1\\u0000.example:1"}) {
        INFO(wrong);
        CHECK(at.faults("listen = [\"" + wrong + "\"]").size() == 1);
    }
    CHECK(at.faults("data = \"var\\u0000x\"").size() == 1);
    CHECK(at.faults("names = [\"a\", \"b\\u0000\"]").size() == 1);
}

TEST_CASE("every key can be set; relative paths are the file's, absolute ones stay") {
    installation at;
    auto out = at.good(
        "data = 'var'\nlisten = ['192.0.2.1:443', '[2001:db8::1]:1']\nnames = 'Meldpunt.Example'\n"
        "certificate = '/etc/cert.pem'\ncertificate-key = 'key.pem'\nroot = ['root.pub', '" +
        at / "next.pub" +
        "']\n"
        "schema = '../schema'\nthreads = 64\nconnections = 1000000\n");
    CHECK(out.data == at / "var");
    REQUIRE(out.listen.size() == 2);
    CHECK(out.listen[1].host == "2001:db8::1");
    CHECK(out.listen[1].port == 1);
    CHECK(out.names == std::vector<std::string>{"meldpunt.example"});
    CHECK(out.certificate == "/etc/cert.pem");
    CHECK(out.certificate_key == at / "key.pem");
    CHECK(out.roots == std::vector{at.root, at.next});
    CHECK(out.schema == std::filesystem::path(at.path).parent_path() / "schema");
    CHECK(out.threads == 64);
    CHECK(out.connections == 1000000);
}

TEST_CASE("each fault says its line and its key") {
    installation at;
    at.write("bad.pub", "not a key\n");
    at.write("short.pub", "AAAA\n");
    struct row {
        const char* text;
        const char* names;
    };
    auto by = GENERATE(
        row{"treads = 1", "'treads'"}, row{"[data]", "'data'"}, row{"data = 1", "'data'"},
        row{"data = ''", "'data'"}, row{"listen = 1", "'listen'"}, row{"listen = []", "'listen'"},
        row{"listen = ['127.0.0.1:1', 2]", "'listen'"}, row{"listen = '127.0.0.1'", "'listen'"},
        row{"listen = 'localhost:8443'", "'listen'"}, row{"listen = ':8443'", "'listen'"},
        row{"listen = '127.0.0.1:'", "'listen'"}, row{"listen = '127.0.0.1:65536'", "'listen'"},
        row{"listen = '127.0.0.1:-1'", "'listen'"}, row{"listen = '127.0.0.1:80x'", "'listen'"},
        row{"listen = '[127.0.0.1:80'", "'listen'"}, row{"names = []", "'names'"},
        row{"names = [1]", "'names'"}, row{"certificate = 1", "'certificate'"},
        row{"certificate-key = true", "'certificate-key'"}, row{"root = 'missing.pub'", "'root'"},
        row{"root = 'bad.pub'", "'root'"}, row{"root = 'short.pub'", "'root'"}, row{"root = 1", "'root'"},
        row{"root = []", "'root'"}, row{"root = ['root.pub', 'next.pub', 'root.pub']", "'root'"},
        row{"schema = []", "'schema'"}, row{"threads = -1", "'threads'"}, row{"threads = 65", "'threads'"},
        row{"threads = '1'", "'threads'"}, row{"threads = 1.0", "'threads'"},
        row{"connections = 0", "'connections'"}, row{"connections = 1000001", "'connections'"},
        row{"wait-handshake = 0", "'wait-handshake'"}, row{"wait-head = 601", "'wait-head'"},
        row{"wait-idle = 1.5", "'wait-idle'"}, row{"wait-body = '1'", "'wait-body'"},
        row{"wait-write = -1", "'wait-write'"}, row{"shed-reading = -0.1", "'shed-reading'"},
        row{"shed-reading = nan", "'shed-reading'"}, row{"shed-reading = inf", "'shed-reading'"},
        row{"shed-writing = '1'", "'shed-writing'"}, row{"shed-writing = 60001", "'shed-writing'"},
        // An urgent report is not turned away by a typing error.
        row{"shed-rescue = 0", "'shed-rescue'"}, row{"shed-rescue = 999", "'shed-rescue'"},
        // Nor before one that is not.
        row{"shed-reading = 1001", "at least 'shed-reading'"},
        row{"shed-writing = 249", "at least 'shed-reading'"},
        row{"shed-writing = 4001", "at least 'shed-writing'"});
    CAPTURE(by.text);
    auto found = at.faults("\n\n" + std::string(by.text) + "\n");
    REQUIRE(found.size() == 1);
    CHECK(found[0].starts_with("line 3: "));
    CHECK(found[0].find(by.names) != std::string::npos);
}

TEST_CASE("beyond ASCII: in comments and texts with double quotes, and elsewhere a fault with its line") {
    installation at;
    CHECK(at.good("# één\n \t# twee drieën\ndata = \"\\u00e9an\"\n").data == at / "éan");
    CHECK(at.good("data = \"éan\"  # één\n").data == at / "éan");
    for (const char* text : {"é = 1", "data = é", "data = 'é'", "data = 'x' # é", "\xEF\xBB\xBF data = 'x'",
                             "\u3000", "data = 'x'\uFD3F", "data = \"\xff\"", "data = \"\xed\xa0\x80\""}) {
        CAPTURE(text);
        auto found = at.faults("\n" + std::string(text));
        REQUIRE(found.size() == 1);
        CHECK(found[0].starts_with("line 2: "));
    }
}

TEST_CASE("all faults at once, each with its own line") {
    installation at;
    auto found = at.faults(
        "threads = 65\nlisten = ['x:1', 'y:2']\nextra = 1\nconnections = 0\nroot = 'missing.pub'\n");
    REQUIRE(found.size() == 6);
    std::multiset<std::string> lines;
    for (const auto& one : found) lines.insert(one.substr(0, 7));
    CHECK(lines ==
          std::multiset<std::string>{"line 1:", "line 2:", "line 2:", "line 3:", "line 4:", "line 5:"});
}

TEST_CASE("a file that is not TOML, not there, or without its root says so") {
    installation at;
    auto broken = at.faults("data = 'x'\nlisten = [\n");
    REQUIRE(broken.size() == 1);
    CHECK(broken[0].starts_with("line "));
    CHECK(at.faults("data = 'x'\ndata = 'y'\n").size() == 1);
    for (const auto& file : {at / "missing.toml", at.path}) {
        auto unreadable = config::read(file);
        REQUIRE_FALSE(unreadable.has_value());
        CHECK(unreadable.error().at(0).starts_with("it cannot be read: "));
    }
    std::filesystem::remove(at / "root.pub");
    auto rootless = at.faults("");
    REQUIRE(rootless.size() == 1);
    CHECK(rootless[0].find("root.pub") != std::string::npos);
}

TEST_CASE("the store is a file in the data directory or a database; a password stays between us") {
    installation at;
    CHECK(at.good("store = 'sqlite:other.db'").store == at.path + "/other.db");
    CHECK(at.good("store = 'sqlite:/srv/x.db'").store == "/srv/x.db");
    CHECK(at.good("store = 'postgresql:///baken'").store == "postgresql:///baken");
    CHECK(at.good("store = 'postgres://baken@db/baken?sslmode=verify-full'").store.ends_with("verify-full"));
    for (const char* wrong : {"sqlite:", "baken.db", "mysql://x", "postgresql:/x", ""}) {
        CAPTURE(wrong);
        CHECK(at.faults(std::string("store = '") + wrong + "'").size() == 1);
    }
    for (const char* secret :
         {"postgresql://baken:geheim@db/baken", "postgresql://db/baken?password=geheim"}) {
        CAPTURE(secret);
        auto file = at.write("bakend.toml", std::string("store = '") + secret + "'");
        ::chmod(file.c_str(), 0640);
        auto refused = config::read(file);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error()[0].find("chmod 600") != std::string::npos);
        CHECK(refused.error()[0].find("geheim") == std::string::npos);
        ::chmod(file.c_str(), 0600);
        CHECK(config::read(file).has_value());
    }
}

TEST_CASE("keys of backups are keys or files, those of wraps with their last day") {
    installation at;
    const auto key = crypto::b64u(crypto::box_keys::random().public_key);
    at.write("backup.pub", key + "\nsecond line\n");
    at.write("wraps.pub", key + ":2026-12-24\n");
    auto out = at.good("backup-keys = ['" + key + "', 'backup.pub']\nwrap-backup-keys = ['wraps.pub', '" +
                       key + ":2027-01-01']\n");
    REQUIRE(out.backup_keys.size() == 2);
    CHECK(crypto::b64u(out.backup_keys[1].key) == key);
    REQUIRE(out.wrap_backup_keys.size() == 2);
    CHECK(out.wrap_backup_keys[0].last_day == "2026-12-24");
    CHECK(at.good("").backup_keys.empty());
    for (const std::string wrong :
         {"backup-keys = ['none.pub']", "backup-keys = ['wraps.pub']", "backup-keys = 5",
          "wrap-backup-keys = ['backup.pub']", "backup-keys = ['']"}) {
        CAPTURE(wrong);
        CHECK(at.faults(wrong).size() == 1);
    }
    CHECK(at.faults("backup-keys = ['none.pub']")[0].find("there is no file") != std::string::npos);
    CHECK(at.faults("backup-keys = ['wraps.pub']")[0].find("wrap-backup-keys") != std::string::npos);
    CHECK(at.faults("backup-keys = ['" + key + ":2026-12-24']")[0].find("wrap-backup-keys") !=
          std::string::npos);
    CHECK(at.faults("backup-keys = ['" + std::string(43, 'A') + "']").size() == 1);  // nobody can seal to it
    CHECK(at.faults("wrap-backup-keys = ['" + key + ":2026-1-1']").size() == 1);
}

TEST_CASE("who runs it: texts of one line, contacts that one can write to, a day that exists") {
    const installation at;
    const auto good = at.good(
        "about-name = \"Stichting É\"\nabout-controller = 'De stichting, Postbus 1'\nabout-contact = "
        "'tel:+31701234567'\n"
        "about-security = 'lek@meldpunt.example'\nabout-day = '2026-11-02'\n");
    CHECK(good.about.name == "Stichting É");
    CHECK(good.about.day == protocol::day::parse("2026-11-02"));
    CHECK(missing(good.about).empty());
    CHECK(missing(at.good("").about) == std::vector<std::string>{"about-name", "about-controller",
                                                                 "about-contact", "about-security",
                                                                 "about-day"});
    CHECK(missing(at.good("about-name = 'x'\nabout-contact = 'https://meldpunt.example/'\n").about).size() ==
          3);
    for (const auto* bad :
         {"about-name = \"a\\nb\"", "about-contact = 'bel ons'", "about-contact = 'a@b'",
          "about-security = \"a@b.nl\\nCanonical: x\"", "about-security = 'http://meldpunt.example/'",
          "about-contact = 'javascript:a@b.nl'", "about-day = '2026-02-30'", "about-day = 'today'"}) {
        CAPTURE(bad);
        const auto found = at.faults(bad);
        REQUIRE(found.size() >= 1);
        CHECK(found[0].starts_with("line 1: 'about-"));
    }
    CHECK(at.faults("about-contact = 'x'\nabout-security = 'y'\nabout-day = 'z'").size() == 3);
}
